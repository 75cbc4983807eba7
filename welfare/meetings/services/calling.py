"""Calling a meeting, changing what is said of it, calling it off."""

from __future__ import annotations

from dataclasses import asdict

from welfare.benefits.queries import committee, fund_of
from welfare.core import audit, clock
from welfare.core.db import db
from welfare.core.errors import Forbidden, Refused, StaleRecord
from welfare.core.i18n import gettext as _
from welfare.core.numbers import take_number
from welfare.core.security.permissions import Viewer
from welfare.core.thai.dates import fiscal_year, local_date
from welfare.meetings.facts import MeetingFacts
from welfare.meetings.kinds import ItemState, MeetingStatus
from welfare.meetings.models import Meeting, MeetingSeat
from welfare.meetings.policies import can_keep
from welfare.meetings.services.holding import changing, held, items_held, note, still_going_on


def call_meeting(*, actor: Viewer, fund_code: str, facts: MeetingFacts) -> str:
    """Call the next meeting of a fund's committee; its reference. The number is the next of the
    fiscal year in which it is held."""
    if not can_keep(actor):
        raise Forbidden
    fund = fund_of(fund_code)
    seats = committee(fund.id)
    if not seats:
        raise Refused(
            _("This fund has no committee yet. An administrator enters its members."), field="fund"
        )
    year = fiscal_year(local_date(facts.begins_at))
    number = take_number(f"meeting:{fund.id}", year)
    now = clock.now()
    meeting = Meeting(
        reference=f"{fund.code}-{year}-{number}", fund_id=fund.id, fiscal_year=year, number=number,
        made_by_id=actor.user_id or None, made_at=now, changed_at=now, **asdict(facts),
    )  # fmt: skip
    db.session.add(meeting)
    db.session.flush()
    db.session.add_all(MeetingSeat(meeting_id=meeting.id, member_id=seat.id) for seat in seats)
    audit.record(actor, "meeting.called", "meeting", meeting.reference, {"fund": fund.code})
    db.session.flush()
    return meeting.reference


def edit_meeting(*, actor: Viewer, reference: str, version: int, facts: MeetingFacts) -> None:
    """Change what is said of it. The year of its number stays."""
    meeting = held(actor, reference)
    if meeting.version != version:
        current = {name: getattr(meeting, name) for name in asdict(facts)}
        raise StaleRecord(version=meeting.version, current=current)
    still_going_on(meeting)
    if fiscal_year(local_date(facts.begins_at)) != meeting.fiscal_year:
        raise Refused(
            _("Its number is of fiscal year %(year)s. Call it off and call another.",
              year=meeting.fiscal_year), field="met_on",
        )  # fmt: skip
    for name, value in asdict(facts).items():
        setattr(meeting, name, value)
    note(actor, meeting, "meeting.edited")


def call_off(*, actor: Viewer, reference: str, version: int, reason: str) -> None:
    """It does not take place. Its number stays used; what stood on its agenda waits again."""
    meeting = changing(actor, reference, version)
    if not reason:
        raise Refused(_("Please write the reason."), field="reason")
    items = items_held(meeting)
    if any(one.state is ItemState.DECIDED for one in items):
        raise Refused(_("Something was resolved in it. Take that back first."), field="reason")
    for one in items:
        one.state, one.words = ItemState.DEFERRED, reason
    meeting.status, meeting.called_off_reason = MeetingStatus.CALLED_OFF, reason
    note(actor, meeting, "meeting.called_off")
