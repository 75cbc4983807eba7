"""Calling a meeting, its agenda, who came, what was resolved, and carrying that out.

A resolution is carried out by the service that decides on help (``cases.services.helping``): its
rights, its rules of the fund, its budget. One that cannot be carried out stays open and says why.
Nothing of a meeting changes any more once its minutes are issued.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from flask_babel import force_locale
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.attributes import flag_modified

from welfare.benefits.queries import committee, fund_of
from welfare.cases import services as cases
from welfare.cases.services.helping.committee import may_vote_for
from welfare.cases.workflow import HelpStatus, Vote
from welfare.core import audit, clock
from welfare.core.db import db
from welfare.core.errors import Forbidden, NotFound, Refused, StaleRecord
from welfare.core.i18n import gettext as _
from welfare.core.numbers import take_number
from welfare.core.security.permissions import Permission, Viewer
from welfare.core.thai.dates import fiscal_year, local_date
from welfare.meetings.facts import Approval, MeetingFacts, quorum
from welfare.meetings.kinds import ItemState, MeetingStatus, Presence
from welfare.meetings.models import Meeting, MeetingItem, MeetingSeat
from welfare.meetings.policies import can_keep
from welfare.meetings.queries import (
    ItemRow,
    SeatRow,
    candidates,
    items_of,
    load_meeting,
    minutes_hold,
    seats_of,
)

MOST_ON_AGENDA = 200
AGREED = "ที่ประชุมมีมติเห็นชอบ"
"""The resolution where nobody wrote more. Thai: it stands in papers of the office."""


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
    meeting = _held(actor, reference)
    if meeting.version != version:
        current = {name: getattr(meeting, name) for name in asdict(facts)}
        raise StaleRecord(version=meeting.version, current=current)
    _still_going_on(meeting)
    if fiscal_year(local_date(facts.begins_at)) != meeting.fiscal_year:
        raise Refused(
            _("Its number is of fiscal year %(year)s. Call it off and call another.",
              year=meeting.fiscal_year), field="met_on",
        )  # fmt: skip
    for name, value in asdict(facts).items():
        setattr(meeting, name, value)
    _note(actor, meeting, "meeting.edited")


def call_off(*, actor: Viewer, reference: str, version: int, reason: str) -> None:
    """It does not take place. Its number stays used; what stood on its agenda waits again."""
    meeting = _changing(actor, reference, version)
    if not reason:
        raise Refused(_("Please write the reason."), field="reason")
    items = _items(meeting)
    if any(one.state is ItemState.DECIDED for one in items):
        raise Refused(_("Something was resolved in it. Take that back first."), field="reason")
    for one in items:
        one.state, one.words = ItemState.DEFERRED, reason
    meeting.status, meeting.called_off_reason = MeetingStatus.CALLED_OFF, reason
    _note(actor, meeting, "meeting.called_off")


def put_on_agenda(*, actor: Viewer, reference: str, version: int, requests: Collection[int]) -> int:
    """Put requests that wait for this committee on the agenda; how many."""
    meeting = _changing(actor, reference, version)
    waiting = [one.request_id for one in candidates(meeting.fund_id, viewer=actor)]
    chosen = [one for one in waiting if one in set(requests)]
    if not chosen:
        raise Refused(_("Choose at least one request that waits."))
    items = {one.request_id: one for one in _items(meeting)}
    if len(items) + len(chosen) > MOST_ON_AGENDA:
        raise Refused(_("An agenda holds %(n)s requests at most.", n=MOST_ON_AGENDA))
    last = max((one.place for one in items.values()), default=0)
    for place, request_id in enumerate(chosen, start=last + 1):
        if request_id in items:  # put off in this very meeting, and taken up again
            items[request_id].state, items[request_id].words = ItemState.OPEN, ""
        else:
            db.session.add(MeetingItem(meeting_id=meeting.id, request_id=request_id, place=place))
    try:
        _note(actor, meeting, "meeting.agenda", {"added": len(chosen)})
    except IntegrityError as error:
        db.session.rollback()
        raise Refused(_("One of them stands on another agenda by now.")) from error
    return len(chosen)


def take_off_agenda(*, actor: Viewer, reference: str, version: int, item_id: int) -> None:
    """Take a request off that was not resolved on."""
    meeting = _changing(actor, reference, version)
    item = _item(meeting, item_id)
    if item.state is ItemState.DECIDED:
        raise Refused(_("Something was resolved in it. Take that back first."))
    db.session.delete(item)
    _note(actor, meeting, "meeting.agenda", {"removed": 1})


def note_attendance(
    *, actor: Viewer, reference: str, version: int, presences: Mapping[int, Presence | None]
) -> None:
    """Who came, by member. Members who were added to the committee since stand in it too."""
    meeting = _changing(actor, reference, version)
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
    _note(actor, meeting, "meeting.attendance", {"present": came, "of": len(rows)})


def _resolutions_stand(meeting: Meeting, actor: Viewer, seats: Mapping[int, MeetingSeat]) -> None:
    """Refuse an attendance with which something carried out would not have been resolved."""
    decided = [one for one in items_of(meeting, actor) if one.state is ItemState.DECIDED]
    came = {member for member, one in seats.items() if one.presence is Presence.PRESENT}
    if any(set(one.votes) - came for one in decided):
        raise Refused(_("Who voted on a resolution came. Take that resolution back first."))
    if decided and len(came) < quorum(len(seats)):
        raise Refused(_("Without them too few came for what was resolved. Take that back first."))


@dataclass(frozen=True, slots=True)
class Said:
    """What is written down of one request: words, whether it is put off, votes by member."""

    words: str | None = None
    deferred: bool = False
    votes: Mapping[int, Vote] | None = None


def write_down(*, actor: Viewer, reference: str, version: int, said: Mapping[int, Said]) -> int:
    """Write down what the meeting said to its requests, by item; how many votes were new.

    The votes are those of members that the actor may write for; ``vote_on_request`` asks it again.
    """
    meeting = _changing(actor, reference, version)
    rows = {one.id: one for one in items_of(meeting, actor)}
    present = {one.member_id for one in seats_of(meeting.id) if one.presence is Presence.PRESENT}
    new = 0
    for item in _items(meeting):
        if item.id not in said or not rows[item.id].seen or not rows[item.id].open:
            continue
        what = said[item.id]
        if what.words is not None:
            item.words = what.words
        if what.deferred:
            _put_off(item)
            continue
        for member_id, vote in (what.votes or {}).items():
            if member_id not in present:
                raise Refused(_("Only who came to the meeting votes. Note the attendance first."))
            new += _vote(actor, rows[item.id], member_id, vote)
    _note(actor, meeting, "meeting.written", {"items": len(said), "votes": new})
    return new


def _put_off(item: MeetingItem) -> None:
    if not item.words:
        raise Refused(_("Please write why it is put off."), field="words")
    item.state, item.failure = ItemState.DEFERRED, ""


def _vote(actor: Viewer, row: ItemRow, member_id: int, vote: Vote) -> int:
    if row.votes.get(member_id) is vote:
        return 0
    if member_id in row.votes:
        raise Refused(_("This member has voted already."))
    cases.vote_on_request(
        actor=actor, number=row.case_number, request_id=row.request_id, version=row.version,
        member_id=member_id, vote=vote,
    )  # fmt: skip
    return 1


def writable_seats(actor: Viewer, seats: Collection[SeatRow], row: ItemRow) -> list[SeatRow]:
    """Those who came, may vote on this and have not, and whose vote the actor may write."""
    return [
        seat
        for seat in seats
        if seat.presence is Presence.PRESENT
        and seat.member_id not in row.votes
        and seat.member_id not in row.recused
        and may_vote_for(actor, seat)
    ]


def recuse(
    *, actor: Viewer, reference: str, version: int, item_id: int, member_id: int, reason: str
) -> None:
    """A member of the committee does not vote on this request."""
    meeting = _changing(actor, reference, version)
    row = _row(meeting, actor, item_id)
    cases.recuse_member(
        actor=actor, number=row.case_number, request_id=row.request_id, member_id=member_id,
        reason=reason,
    )  # fmt: skip
    _note(actor, meeting, "meeting.recused", {"member": member_id})


@dataclass(frozen=True, slots=True)
class Carried:
    """What came of carrying out: how many were granted, refused, and could not be carried out."""

    granted: int = 0
    refused: int = 0
    failed: int = 0


def carry_out(*, actor: Viewer, reference: str, version: int) -> Carried:
    """Make the resolution on each request the decision on it; those on which nobody voted wait.
    What this writes into the record is Thai, whatever language the clerk reads.

    ``Refused`` without a quorum. What cannot be carried out stays open with the reason, and hinders
    no other.
    """
    meeting = _changing(actor, reference, version)
    if not actor.can(Permission.DECIDE_ASSISTANCE):
        raise Forbidden
    seats = seats_of(meeting.id)
    present = {one.member_id for one in seats if one.presence is Presence.PRESENT}
    if not seats or len(present) < quorum(len(seats)):
        raise Refused(
            _("%(n)s of %(all)s members came; at least %(needed)s must be there.",
              n=len(present), all=len(seats), needed=quorum(len(seats)))
        )  # fmt: skip
    rows = {one.id: one for one in items_of(meeting, actor)}
    done = {"granted": 0, "refused": 0, "failed": 0}
    for item in _items(meeting):
        row = rows[item.id]
        if not row.open or not (row.votes or item.words):
            continue
        done[_carry(actor, meeting, item, row, present)] += 1
    _note(actor, meeting, "meeting.carried_out", done)
    return Carried(**done)


def _carry(
    actor: Viewer, meeting: Meeting, item: MeetingItem, row: ItemRow, present: Collection[int]
) -> str:
    try:
        with db.session.begin_nested(), force_locale("th"):
            _resolve(actor, meeting, item, row, present)
    except Refused as refusal:
        item.failure = refusal.message
        return "failed"
    except (NotFound, Forbidden):
        with force_locale("th"):
            item.failure = _("You may not see the case of this request, or not decide on it.")
        return "failed"
    item.state, item.failure = ItemState.DECIDED, ""
    return "granted" if row.outcome is Vote.FOR else "refused"


def _resolve(
    actor: Viewer, meeting: Meeting, item: MeetingItem, row: ItemRow, present: Collection[int]
) -> None:
    if not row.seen:
        raise NotFound
    if set(row.votes) - set(present):
        raise Refused(_("Somebody voted who did not come to the meeting."))
    if row.outcome is Vote.AGAINST and not item.words:
        raise Refused(_("Write the grounds of the refusal: the citizen is told them."))
    words = item.words or AGREED
    cases.resolve_request(
        actor=actor, number=row.case_number, request_id=row.request_id, version=row.version,
        resolution=words, met_on=local_date(meeting.begins_at),
    )  # fmt: skip


def undo_item(*, actor: Viewer, reference: str, version: int, item_id: int, reason: str) -> None:
    """Take back what was resolved on a request, or that it was put off: it waits in this meeting
    again."""
    meeting = _changing(actor, reference, version)
    item, row = _item(meeting, item_id), _row(meeting, actor, item_id)
    if item.state is ItemState.DECIDED:
        cases.undo_resolution(
            actor=actor, number=row.case_number, request_id=row.request_id, version=row.version,
            reason=reason,
        )  # fmt: skip
    elif item.state is ItemState.OPEN or row.status is not HelpStatus.WAITING:
        raise Refused(_("There is nothing to take back."), field="reason")
    item.state, item.failure = ItemState.OPEN, ""
    try:
        _note(actor, meeting, "meeting.undone", {"request": row.request_id})
    except IntegrityError as error:
        db.session.rollback()
        raise Refused(_("One of them stands on another agenda by now."), field="reason") from error


def approve_minutes(*, actor: Viewer, reference: str, version: int, approval: Approval) -> None:
    """The committee approved the minutes, on a day, with or without corrections."""
    meeting = _held(actor, reference)
    if meeting.version != version:
        raise StaleRecord(version=meeting.version, current={})
    if not minutes_hold(meeting.id):
        raise Refused(_("The minutes are not issued yet."), field="approved_on")
    if not local_date(meeting.begins_at) <= approval.on <= clock.today():
        raise Refused(_("The day lies before the meeting, or in the future."), field="approved_on")
    meeting.approved_on, meeting.approved_note = approval.on, approval.note
    _note(actor, meeting, "meeting.approved")


def _held(actor: Viewer, reference: str) -> Meeting:
    if not can_keep(actor):
        raise Forbidden
    return load_meeting(reference, viewer=actor)


def _changing(actor: Viewer, reference: str, version: int) -> Meeting:
    meeting = _held(actor, reference)
    if meeting.version != version:
        raise StaleRecord(version=meeting.version, current={})
    _still_going_on(meeting)
    return meeting


def _still_going_on(meeting: Meeting) -> None:
    if meeting.status is MeetingStatus.CALLED_OFF:
        raise Refused(_("This meeting was called off."))
    if minutes_hold(meeting.id):
        raise Refused(_("The minutes are issued: what they say stays. Take them back first."))


def _items(meeting: Meeting) -> list[MeetingItem]:
    return list(
        db.session.scalars(
            select(MeetingItem)
            .where(MeetingItem.meeting_id == meeting.id)
            .order_by(MeetingItem.place, MeetingItem.id)
        )
    )


def _item(meeting: Meeting, item_id: int) -> MeetingItem:
    found = next((one for one in _items(meeting) if one.id == item_id), None)
    if found is None:
        raise NotFound
    return found


def _row(meeting: Meeting, actor: Viewer, item_id: int) -> ItemRow:
    found = next((one for one in items_of(meeting, actor) if one.id == item_id), None)
    if found is None or not found.seen:
        raise NotFound
    return found


def _note(
    actor: Viewer, meeting: Meeting, action: str, details: Mapping[str, Any] | None = None
) -> None:
    """Write it into the audit; every change raises the version: no two write at once."""
    changed = [name for name in audit.changes_of(meeting) if name != "changed_at"]
    meeting.changed_at = clock.now()
    flag_modified(meeting, "changed_at")
    noted = dict(details or {}) | ({"changed": sorted(changed)} if changed else {})
    audit.record(actor, action, "meeting", meeting.reference, noted)
    db.session.flush()
