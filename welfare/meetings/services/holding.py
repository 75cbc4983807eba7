"""What every change of a meeting begins and ends with: the record held, the line of the audit."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm.attributes import flag_modified

from welfare.core import audit, clock
from welfare.core.db import db
from welfare.core.errors import Forbidden, NotFound, Refused, StaleRecord
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Viewer
from welfare.meetings.kinds import MeetingStatus
from welfare.meetings.models import Meeting, MeetingItem
from welfare.meetings.policies import can_keep
from welfare.meetings.queries import ItemRow, items_of, load_meeting, minutes_hold


def held(actor: Viewer, reference: str) -> Meeting:
    """The record, held until the transaction ends, for somebody who keeps meetings."""
    if not can_keep(actor):
        raise Forbidden
    return load_meeting(reference, viewer=actor)


def changing(actor: Viewer, reference: str, version: int) -> Meeting:
    """The same as it was seen, and still going on."""
    meeting = held(actor, reference)
    refuse_stale(meeting, version)
    still_going_on(meeting)
    return meeting


def refuse_stale(meeting: Meeting, version: int) -> None:
    """``StaleRecord`` where it is not what the actor saw."""
    if meeting.version != version:
        raise StaleRecord(version=meeting.version, current={})


def still_going_on(meeting: Meeting) -> None:
    """``Refused`` where nothing of it changes any more."""
    if meeting.status is MeetingStatus.CALLED_OFF:
        raise Refused(_("This meeting was called off."))
    if minutes_hold(meeting.id):
        raise Refused(_("The minutes are issued: what they say stays. Take them back first."))


def items_held(meeting: Meeting) -> list[MeetingItem]:
    """The records of its agenda."""
    return list(
        db.session.scalars(
            select(MeetingItem)
            .where(MeetingItem.meeting_id == meeting.id)
            .order_by(MeetingItem.place, MeetingItem.id)
        )
    )


def item_held(meeting: Meeting, item_id: int) -> MeetingItem:
    """One of them; ``NotFound`` where it is not on this agenda."""
    found = next((one for one in items_held(meeting) if one.id == item_id), None)
    if found is None:
        raise NotFound
    return found


def row_of(meeting: Meeting, actor: Viewer, item_id: int) -> ItemRow:
    """What the actor may know of it; ``NotFound`` where they may not see its case."""
    found = next((one for one in items_of(meeting, actor) if one.id == item_id), None)
    if found is None or not found.seen:
        raise NotFound
    return found


def note(
    actor: Viewer, meeting: Meeting, action: str, details: Mapping[str, Any] | None = None
) -> None:
    """Write it into the audit; every change raises the version: no two write at once."""
    changed = [name for name in audit.changes_of(meeting) if name != "changed_at"]
    meeting.changed_at = clock.now()
    flag_modified(meeting, "changed_at")
    noted = dict(details or {}) | ({"changed": sorted(changed)} if changed else {})
    audit.record(actor, action, "meeting", meeting.reference, noted)
    db.session.flush()
