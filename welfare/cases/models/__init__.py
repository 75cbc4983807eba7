"""Tables of casework."""

from welfare.cases.models.care import (
    AssessedNeed,
    NeedsAssessment,
    PlanAction,
    PlanAgreement,
    PlanGoal,
)
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
from welfare.cases.models.help import HelpDelivery, HelpRecusal, HelpRequest, HelpVote
from welfare.cases.models.lists import (
    CareRule,
    Checklist,
    ChecklistItem,
    ChecklistTick,
    StandardText,
)
from welfare.cases.models.loans import EquipmentLoan
from welfare.cases.models.merging import CaseApart, CaseLink, CaseMerge, CaseMergeRow, CaseParent
from welfare.cases.models.risk import CaseRisk, CaseRiskReason, RiskReason
from welfare.cases.models.rules import RuleFiring, RuleHealth
from welfare.cases.models.views import SavedView, ViewChoice
from welfare.cases.models.work import Assistance, CaseAttachment, CaseTask

__all__ = [
    "AssessedNeed",
    "Assistance",
    "CareRule",
    "Case",
    "CaseApart",
    "CaseAttachment",
    "CaseCount",
    "CaseEvent",
    "CaseLink",
    "CaseMerge",
    "CaseMergeRow",
    "CaseParent",
    "CaseRisk",
    "CaseRiskReason",
    "CaseStage",
    "CaseTask",
    "Category",
    "Checklist",
    "ChecklistItem",
    "ChecklistTick",
    "CountMark",
    "DeadlineNotice",
    "DeadlineRule",
    "DeadlineSettings",
    "DelayQuestion",
    "EquipmentLoan",
    "Escalation",
    "EscalationRule",
    "HelpDelivery",
    "HelpRecusal",
    "HelpRequest",
    "HelpVote",
    "NeedsAssessment",
    "PlanAction",
    "PlanAgreement",
    "PlanGoal",
    "ReckoningTask",
    "RiskReason",
    "RuleFiring",
    "RuleHealth",
    "SavedView",
    "StandardText",
    "ViewChoice",
]
