"""Words of the closed lists of reports."""

from __future__ import annotations

from typing import Any

from welfare.core.i18n import lazy_gettext as _l
from welfare.reports.kinds import Basis, ListKind, ListStatus, Why

BASES: dict[Basis, Any] = {
    Basis.GIVEN: _l("Help that was handed over"),
    Basis.GRANTED: _l("Help that was granted"),
}

LISTS: dict[ListKind, Any] = {
    ListKind.RECIPIENTS: _l("Register of recipients"),
    ListKind.LABELS: _l("Address labels"),
    ListKind.ENVELOPES: _l("Envelopes"),
}

STATES: dict[ListStatus, Any] = {
    ListStatus.WAITING: _l("Waits to be drawn"),
    ListStatus.WORKING: _l("Being drawn"),
    ListStatus.DONE: _l("Ready"),
    ListStatus.FAILED: _l("Could not be drawn"),
}

TONES: dict[ListStatus, str] = {
    ListStatus.WAITING: "waiting",
    ListStatus.WORKING: "working",
    ListStatus.DONE: "done",
    ListStatus.FAILED: "refused",
}

FAILURES: dict[str, Any] = {
    "rights": _l("You may not make this list any more."),
    "large": _l("The list is too long to be drawn. Choose a shorter period or fewer villages."),
    "error": _l("Something went wrong while it was drawn. Nothing was lost; try it again."),
}

LEFT_OUT: dict[Why, Any] = {
    Why.DEAD: _l("has died"),
    Why.NO_ADDRESS: _l("no address is known"),
    Why.NOBODY: _l("nobody is known, or not named to you"),
}
"""Why no letter goes to somebody."""
