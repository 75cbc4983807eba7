"""The words for the closed lists of funds and equipment."""

from __future__ import annotations

from typing import Any

from welfare.benefits.kinds import EntryKind, Per, PieceState, RuleKind
from welfare.core.i18n import lazy_gettext as _l

RULES: dict[RuleKind, Any] = {
    RuleKind.PER_TIME: _l("Most baht each time"),
    RuleKind.PER_YEAR: _l("Most baht in a fiscal year"),
    RuleKind.TIMES: _l("Most times in a fiscal year"),
    RuleKind.DECIDER: _l("May be decided by one person of a role"),
    RuleKind.COMMITTEE: _l("Is decided by the committee"),
}

PERS: dict[Per, Any] = {
    Per.PERSON: _l("each person"),
    Per.HOUSEHOLD: _l("each household"),
}

ENTRIES: dict[EntryKind, Any] = {
    EntryKind.ALLOTTED: _l("Budget set"),
    EntryKind.RESERVED: _l("Reserved by an approval"),
    EntryKind.RELEASED: _l("Reservation released"),
    EntryKind.PAID: _l("Paid out"),
    EntryKind.RETURNED: _l("Given back"),
}

STATES: dict[PieceState, Any] = {
    PieceState.IN_STOCK: _l("In stock"),
    PieceState.LENT: _l("Lent"),
    PieceState.REPAIR: _l("In repair"),
    PieceState.LOST: _l("Lost"),
    PieceState.RETIRED: _l("No longer used"),
}

TONES: dict[PieceState, str] = {
    PieceState.IN_STOCK: "done",
    PieceState.LENT: "working",
    PieceState.REPAIR: "waiting",
    PieceState.LOST: "late",
    PieceState.RETIRED: "closed",
}
