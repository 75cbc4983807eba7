"""What a meeting said to its requests: votes, words, that one is put off."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from welfare.cases import services as cases
from welfare.cases.services.helping.committee import may_vote_for
from welfare.cases.workflow import Vote
from welfare.core.errors import Refused
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Viewer
from welfare.meetings.kinds import ItemState, Presence
from welfare.meetings.models import MeetingItem
from welfare.meetings.queries import (
    ItemRow,
    SeatRow,
    items_of,
    seats_of,
)
from welfare.meetings.services.holding import changing, items_held, note


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
    meeting = changing(actor, reference, version)
    rows = {one.id: one for one in items_of(meeting, actor)}
    present = {one.member_id for one in seats_of(meeting.id) if one.presence is Presence.PRESENT}
    new = 0
    for item in items_held(meeting):
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
    note(actor, meeting, "meeting.written", {"items": len(said), "votes": new})
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
