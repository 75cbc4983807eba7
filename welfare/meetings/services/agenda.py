"""What stands on the agenda of a meeting."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy.exc import IntegrityError

from welfare.core.db import db
from welfare.core.errors import Refused
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Viewer
from welfare.meetings.kinds import ItemState
from welfare.meetings.models import MeetingItem
from welfare.meetings.queries import (
    candidates,
)
from welfare.meetings.services.holding import changing, item_held, items_held, note

MOST_ON_AGENDA = 200


def put_on_agenda(*, actor: Viewer, reference: str, version: int, requests: Collection[int]) -> int:
    """Put requests that wait for this committee on the agenda; how many."""
    meeting = changing(actor, reference, version)
    waiting = [one.request_id for one in candidates(meeting.fund_id, viewer=actor)]
    chosen = [one for one in waiting if one in set(requests)]
    if not chosen:
        raise Refused(_("Choose at least one request that waits."))
    items = {one.request_id: one for one in items_held(meeting)}
    if len(items) + len(chosen) > MOST_ON_AGENDA:
        raise Refused(_("An agenda holds %(n)s requests at most.", n=MOST_ON_AGENDA))
    last = max((one.place for one in items.values()), default=0)
    for place, request_id in enumerate(chosen, start=last + 1):
        if request_id in items:  # put off in this very meeting, and taken up again
            items[request_id].state, items[request_id].words = ItemState.OPEN, ""
        else:
            db.session.add(MeetingItem(meeting_id=meeting.id, request_id=request_id, place=place))
    try:
        note(actor, meeting, "meeting.agenda", {"added": len(chosen)})
    except IntegrityError as error:
        db.session.rollback()
        raise Refused(_("One of them stands on another agenda by now.")) from error
    return len(chosen)


def take_off_agenda(*, actor: Viewer, reference: str, version: int, item_id: int) -> None:
    """Take a request off that was not resolved on."""
    meeting = changing(actor, reference, version)
    item = item_held(meeting, item_id)
    if item.state is ItemState.DECIDED:
        raise Refused(_("Something was resolved in it. Take that back first."))
    db.session.delete(item)
    note(actor, meeting, "meeting.agenda", {"removed": 1})
