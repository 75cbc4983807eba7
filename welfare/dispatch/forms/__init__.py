"""Forms of dispatch."""

from welfare.dispatch.forms.crew import AbsenceForm, CalendarForm, ProfileForm
from welfare.dispatch.forms.plans import (
    ChoosePlanForm,
    RenewPlanForm,
    SettlePlanForm,
    read_wishes,
)
from welfare.dispatch.forms.rules import FiguresForm, KindForm, SkillForm, WishForm
from welfare.dispatch.forms.transfers import (
    AnswerForm,
    HandoverForm,
    RefuseTransferForm,
    TransferForm,
    UndoForm,
)
from welfare.dispatch.forms.visits import (
    AcceptForm,
    DeclineForm,
    OfferForm,
    PlanForm,
    RecordForm,
    SecondForm,
    SettleForm,
    SuggestForm,
    TakeBackForm,
    placed,
    plan_form,
    read_time,
)

__all__ = [
    "AbsenceForm",
    "AcceptForm",
    "AnswerForm",
    "CalendarForm",
    "ChoosePlanForm",
    "DeclineForm",
    "FiguresForm",
    "HandoverForm",
    "KindForm",
    "OfferForm",
    "PlanForm",
    "ProfileForm",
    "RecordForm",
    "RefuseTransferForm",
    "RenewPlanForm",
    "SecondForm",
    "SettleForm",
    "SettlePlanForm",
    "SkillForm",
    "SuggestForm",
    "TakeBackForm",
    "TransferForm",
    "UndoForm",
    "WishForm",
    "placed",
    "plan_form",
    "read_time",
    "read_wishes",
]
