"""The committee's approval of the minutes."""

from __future__ import annotations

from welfare.core import clock
from welfare.core.errors import Refused
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Viewer
from welfare.core.thai.dates import local_date
from welfare.meetings.facts import Approval
from welfare.meetings.queries import (
    minutes_hold,
)
from welfare.meetings.services.holding import held, note, refuse_stale


def approve_minutes(*, actor: Viewer, reference: str, version: int, approval: Approval) -> None:
    """The committee approved the minutes, on a day, with or without corrections."""
    meeting = held(actor, reference)
    refuse_stale(meeting, version)
    if not minutes_hold(meeting.id):
        raise Refused(_("The minutes are not issued yet."), field="approved_on")
    if not local_date(meeting.begins_at) <= approval.on <= clock.today():
        raise Refused(_("The day lies before the meeting, or in the future."), field="approved_on")
    meeting.approved_on, meeting.approved_note = approval.on, approval.note
    note(actor, meeting, "meeting.approved")
