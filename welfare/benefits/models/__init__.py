"""Tables of funds and equipment."""

from welfare.benefits.models.funds import CommitteeMember, Fund, FundBudget, FundEntry, FundRule
from welfare.benefits.models.stock import EquipmentKind, EquipmentPiece

__all__ = [
    "CommitteeMember",
    "EquipmentKind",
    "EquipmentPiece",
    "Fund",
    "FundBudget",
    "FundEntry",
    "FundRule",
]
