"""Who came to a meeting."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select

from welfare.benefits.queries import committee
from welfare.core.db import db
from welfare.core.errors import Refused
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Viewer
from welfare.meetings.facts import quorum
from welfare.meetings.kinds import ItemState, Presence
from welfare.meetings.models import Meeting, MeetingSeat
from welfare.meetings.queries import (
    items_of,
)
from welfare.meetings.services.holding import changing, note


def note_attendance(
    *, actor: Viewer, reference: str, version: int, presences: Mapping[int, Presence | None]
) -> None:
    """Who came, by member. Members who were added to the committee since stand in it too."""
    meeting = changing(actor, reference, version)
    rows = {
        one.member_id: one
        for one in db.session.scalars(
            select(MeetingSeat).where(MeetingSeat.meeting_id == meeting.id)
        )
    }
    for seat in committee(meeting.fund_id):
        if seat.id not in rows:
            rows[seat.id] = MeetingSeat(meeting_id=meeting.id, member_id=seat.id)
            db.session.add(rows[seat.id])
    for member_id, presence in presences.items():
        if member_id in rows:
            rows[member_id].presence = presence
    _resolutions_stand(meeting, actor, rows)
    came = sum(one.presence is Presence.PRESENT for one in rows.values())
    note(actor, meeting, "meeting.attendance", {"present": came, "of": len(rows)})


def _resolutions_stand(meeting: Meeting, actor: Viewer, seats: Mapping[int, MeetingSeat]) -> None:
    """Refuse an attendance with which something carried out would not have been resolved."""
    decided = [one for one in items_of(meeting, actor) if one.state is ItemState.DECIDED]
    came = {member for member, one in seats.items() if one.presence is Presence.PRESENT}
    if any(set(one.votes) - came for one in decided):
        raise Refused(_("Who voted on a resolution came. Take that resolution back first."))
    if decided and len(came) < quorum(len(seats)):
        raise Refused(_("Without them too few came for what was resolved. Take that back first."))
