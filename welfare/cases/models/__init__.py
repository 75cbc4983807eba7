"""Tables of casework."""

from welfare.cases.models.case import Case, CaseEvent
from welfare.cases.models.category import Category
from welfare.cases.models.counters import CaseCount, CountMark
from welfare.cases.models.deadlines import (
    CaseStage,
    DeadlineNotice,
    DeadlineRule,
    DeadlineSettings,
    DelayQuestion,
    Escalation,
    EscalationRule,
    ReckoningTask,
)
from welfare.cases.models.help import HelpDelivery, HelpRequest, HelpVote
from welfare.cases.models.loans import EquipmentLoan
from welfare.cases.models.rules import RuleFiring, RuleHealth
from welfare.cases.models.views import SavedView, ViewChoice
from welfare.cases.models.work import Assistance, CaseAttachment, CaseTask

__all__ = [
    "Assistance",
    "Case",
    "CaseAttachment",
    "CaseCount",
    "CaseEvent",
    "CaseStage",
    "CaseTask",
    "Category",
    "CountMark",
    "DeadlineNotice",
    "DeadlineRule",
    "DeadlineSettings",
    "DelayQuestion",
    "EquipmentLoan",
    "Escalation",
    "EscalationRule",
    "HelpDelivery",
    "HelpRequest",
    "HelpVote",
    "ReckoningTask",
    "RuleFiring",
    "RuleHealth",
    "SavedView",
    "ViewChoice",
]
