"""The closed lists of funds and equipment."""

from __future__ import annotations

from enum import StrEnum


class RuleKind(StrEnum):
    """What a rule of a fund limits, or who may decide by it."""

    PER_TIME = "per_time"
    PER_YEAR = "per_year"
    TIMES = "times"
    DECIDER = "decider"
    COMMITTEE = "committee"


class Per(StrEnum):
    """For whom a rule counts what was given."""

    PERSON = "person"
    HOUSEHOLD = "household"


class EntryKind(StrEnum):
    """What moves the money of a budget."""

    ALLOTTED = "allotted"
    RESERVED = "reserved"
    RELEASED = "released"
    PAID = "paid"
    RETURNED = "returned"


class PieceState(StrEnum):
    """Where a piece of equipment is."""

    IN_STOCK = "in_stock"
    LENT = "lent"
    REPAIR = "repair"
    LOST = "lost"
    RETIRED = "retired"
