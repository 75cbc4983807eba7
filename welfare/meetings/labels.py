"""Words of the closed lists of meetings."""

from __future__ import annotations

from typing import Any

from welfare.core.i18n import lazy_gettext as _l
from welfare.meetings.kinds import ItemState, Presence

PRESENCES: dict[Presence, Any] = {
    Presence.PRESENT: _l("Came"),
    Presence.EXCUSED: _l("Excused"),
    Presence.ABSENT: _l("Did not come"),
}

ITEMS: dict[ItemState, Any] = {
    ItemState.OPEN: _l("On the agenda"),
    ItemState.DECIDED: _l("Resolved and carried out"),
    ItemState.DEFERRED: _l("Put off"),
}

ITEM_TONES: dict[ItemState, str] = {
    ItemState.OPEN: "waiting",
    ItemState.DECIDED: "done",
    ItemState.DEFERRED: "closed",
}
