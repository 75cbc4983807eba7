"""Tables of casework."""

from welfare.cases.models.case import Case, CaseEvent
from welfare.cases.models.category import Category
from welfare.cases.models.counters import CaseCount, CountMark
from welfare.cases.models.help import HelpDelivery, HelpRequest, HelpVote
from welfare.cases.models.loans import EquipmentLoan
from welfare.cases.models.work import Assistance, CaseAttachment, CaseTask

__all__ = [
    "Assistance",
    "Case",
    "CaseAttachment",
    "CaseCount",
    "CaseEvent",
    "CaseTask",
    "Category",
    "CountMark",
    "EquipmentLoan",
    "HelpDelivery",
    "HelpRequest",
    "HelpVote",
]
