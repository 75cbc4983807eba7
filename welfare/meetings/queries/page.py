"""One meeting with all that its page and its papers show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from welfare.benefits.models import CommitteeMember, Fund
from welfare.benefits.queries import Rule, rules_of
from welfare.core import clock
from welfare.core.db import db, hold
from welfare.core.errors import NotFound
from welfare.core.security.permissions import Viewer
from welfare.meetings.facts import quorum
from welfare.meetings.kinds import COMMITTEE_MINUTES, Presence
from welfare.meetings.models import Meeting, MeetingSeat
from welfare.meetings.policies import can_keep
from welfare.meetings.queries.items import ItemRow, items_of
from welfare.meetings.queries.listing import MeetingRow
from welfare.papers.kinds import PaperStatus
from welfare.papers.queries import PaperRow, in_force, papers_of


@dataclass(frozen=True, slots=True)
class SeatRow:
    """A member at a meeting."""

    member_id: int
    user_id: int | None
    name: str
    position: str
    presence: Presence | None


@dataclass(frozen=True, slots=True)
class MeetingPage:
    """One meeting with all that its page shows."""

    row: MeetingRow
    record: Mapping[str, Any]
    seats: tuple[SeatRow, ...]
    items: tuple[ItemRow, ...]
    papers: tuple[PaperRow, ...]
    """What was issued of it, the newest first."""
    rules: tuple[Rule, ...] = ()
    """Of its fund, in force today."""

    @property
    def minutes(self) -> bool:
        """Whether minutes of it hold."""
        return any(
            one.kind is COMMITTEE_MINUTES and one.status is PaperStatus.ISSUED
            for one in self.papers
        )

    @property
    def id(self) -> int:
        """Of the meeting."""
        return int(self.record["id"])

    @property
    def fund_id(self) -> int:
        """Of its fund."""
        return int(self.record["fund_id"])

    @property
    def version(self) -> int:
        """Of the meeting."""
        return int(self.record["version"])

    @property
    def present(self) -> list[SeatRow]:
        """Who came."""
        return [one for one in self.seats if one.presence is Presence.PRESENT]

    @property
    def needed(self) -> int:
        """How many must be there."""
        return quorum(len(self.seats))

    @property
    def quorate(self) -> bool:
        """Whether enough came."""
        return bool(self.seats) and len(self.present) >= self.needed

    @property
    def open_items(self) -> list[ItemRow]:
        """What still waits."""
        return [one for one in self.items if one.open]

    @property
    def hidden(self) -> int:
        """How many of its requests the viewer may not see, or not by name."""
        return sum(not (one.seen and one.named) for one in self.items)

    @property
    def going_on(self) -> bool:
        """Whether anything of it can still be changed."""
        return not self.minutes and not self.row.off


def minutes_hold(meeting_id: int) -> bool:
    """Whether minutes of it were issued, and not taken back."""
    return bool(in_force(COMMITTEE_MINUTES.code, source_of(meeting_id)))


def source_of(meeting_id: int) -> str:
    """What its papers come from."""
    return f"meeting:{meeting_id}"


def meeting_page(reference: str, *, viewer: Viewer) -> MeetingPage:
    """One meeting; ``NotFound`` where there is none for the viewer. Seven
    statements."""
    if not can_keep(viewer):
        raise NotFound
    found = db.session.execute(
        select(Meeting, Fund.name_th, Fund.name_en)
        .join(Fund, Fund.id == Meeting.fund_id)
        .where(Meeting.reference == reference)
    ).first()
    if found is None:
        raise NotFound
    one: Meeting = found.Meeting
    record = {column.key: getattr(one, column.key) for column in Meeting.__table__.columns}
    rules = tuple(rules_of([one.fund_id], clock.today()))
    items = items_of(one, viewer, rules)
    row = MeetingRow(
        one.reference, found.name_th, found.name_en, one.fiscal_year, one.number, one.status,
        one.begins_at, one.place, len(items), sum(item.open for item in items), one.approved_on,
    )  # fmt: skip
    papers = papers_of("meeting", one.id)
    return MeetingPage(row, record, tuple(seats_of(one.id)), tuple(items), tuple(papers), rules)


def seats_of(meeting_id: int) -> list[SeatRow]:
    """Its members, in the order of the committee."""
    rows = db.session.execute(
        select(
            MeetingSeat.member_id, CommitteeMember.user_id, CommitteeMember.name,
            CommitteeMember.position, MeetingSeat.presence,
        )
        .join(CommitteeMember, CommitteeMember.id == MeetingSeat.member_id)
        .where(MeetingSeat.meeting_id == meeting_id)
        .order_by(CommitteeMember.id)
    )  # fmt: skip
    return [SeatRow(*row) for row in rows]


def load_meeting(reference: str, *, viewer: Viewer) -> Meeting:
    """The record itself, held; ``NotFound`` as above."""
    if not can_keep(viewer):
        raise NotFound
    return hold(select(Meeting).where(Meeting.reference == reference))
