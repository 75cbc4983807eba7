"""Meetings: the list, one of them with its agenda, what could stand on it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Select, case, exists, false, func, select, true

from welfare.benefits.models import CommitteeMember, Fund
from welfare.benefits.queries import Rule, rules_of
from welfare.cases.models import Case, HelpRecusal, HelpRequest, HelpVote
from welfare.cases.queries.help import votes_needed
from welfare.cases.queries.rights import rights_to_read, searchable, visible_to
from welfare.cases.workflow import HelpStatus, Sensitivity, Vote
from welfare.core import clock
from welfare.core.db import db, hold
from welfare.core.errors import NotFound
from welfare.core.security.permissions import Permission, Viewer
from welfare.core.thai.names import display_name
from welfare.households.models import Person
from welfare.meetings.facts import majority, quorum
from welfare.meetings.kinds import COMMITTEE_MINUTES, ItemState, MeetingStatus, Presence
from welfare.meetings.models import Meeting, MeetingItem, MeetingSeat
from welfare.meetings.policies import can_keep
from welfare.papers.kinds import PaperStatus, Secrecy
from welfare.papers.parts import About, Needs
from welfare.papers.queries import PaperRow, in_force, papers_of

MOST_LISTED = 100
MOST_WAITING = 200


@dataclass(frozen=True, slots=True)
class MeetingRow:
    """A meeting in the list."""

    reference: str
    fund_th: str
    fund_en: str
    fiscal_year: int
    number: int
    status: MeetingStatus
    begins_at: datetime
    place: str
    items: int
    open: int
    approved_on: date | None

    def fund(self, lang: str) -> str:
        """The fund's name."""
        return self.fund_en if lang == "en" and self.fund_en else self.fund_th

    @property
    def called(self) -> str:
        """``3/2570``."""
        return f"{self.number}/{self.fiscal_year}"

    @property
    def off(self) -> bool:
        """Whether it was called off."""
        return self.status is MeetingStatus.CALLED_OFF


def meetings(*, viewer: Viewer) -> list[MeetingRow]:
    """The newest first."""
    if not can_keep(viewer):
        return []
    still = case((_OPEN, 1), else_=0)
    rows = db.session.execute(
        select(
            Meeting.reference, Fund.name_th, Fund.name_en, Meeting.fiscal_year, Meeting.number,
            Meeting.status, Meeting.begins_at, Meeting.place, func.count(MeetingItem.id),
            func.coalesce(func.sum(still), 0), Meeting.approved_on,
        )
        .join(Fund, Fund.id == Meeting.fund_id)
        .outerjoin(MeetingItem, MeetingItem.meeting_id == Meeting.id)
        .outerjoin(HelpRequest, HelpRequest.id == MeetingItem.request_id)
        .group_by(Meeting.id, Fund.id)
        .order_by(Meeting.begins_at.desc(), Meeting.id.desc())
        .limit(MOST_LISTED)
    )  # fmt: skip
    return [MeetingRow(*row) for row in rows]


_OPEN = (MeetingItem.state == ItemState.OPEN) & (HelpRequest.status == HelpStatus.WAITING)


@dataclass(frozen=True, slots=True)
class SeatRow:
    """A member at a meeting."""

    member_id: int
    user_id: int | None
    name: str
    position: str
    presence: Presence | None


@dataclass(frozen=True, slots=True)
class ItemRow:
    """A request on an agenda. ``seen``: whether the viewer may see its case; ``named``: whether
    lists name to them whom it is for. Amounts in baht. ``needed``: how many must vote; 0 where the
    committee does not decide it by the rules of today."""

    id: int
    state: ItemState
    words: str
    failure: str
    request_id: int
    version: int
    status: HelpStatus
    by_committee: bool
    description: str
    reason: str
    asked: Decimal
    approved: Decimal
    grounds: str
    person_id: int | None
    case_number: str
    level: Sensitivity
    village_no: int | None
    seen: bool
    named: bool
    who: str = ""
    needed: int = 0
    votes: Mapping[int, Vote] = field(default_factory=dict)
    recused: Mapping[int, str] = field(default_factory=dict)

    @property
    def open(self) -> bool:
        """Whether it still waits for this meeting."""
        return self.state is ItemState.OPEN and self.status is HelpStatus.WAITING

    @property
    def elsewhere(self) -> bool:
        """Whether it was settled without this meeting."""
        return self.state is ItemState.OPEN and self.status is not HelpStatus.WAITING

    @property
    def outcome(self) -> Vote | None:
        """What most voted, as far as they have."""
        return majority(list(self.votes.values()))

    def count(self, vote: Vote) -> int:
        """How many voted so."""
        return sum(one == vote for one in self.votes.values())


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


_ITEM: tuple[Any, ...] = (
    MeetingItem.id, MeetingItem.state, MeetingItem.words, MeetingItem.failure, HelpRequest.id,
    HelpRequest.version, HelpRequest.status, HelpRequest.by_committee, HelpRequest.description,
    HelpRequest.reason, HelpRequest.asked, HelpRequest.approved, HelpRequest.grounds,
    HelpRequest.person_id, Case.number, Case.sensitivity, Case.village_no,
)  # fmt: skip


def items_of(
    meeting: Meeting, viewer: Viewer, rules: Collection[Rule] | None = None
) -> list[ItemRow]:
    """Its agenda; of what the viewer may not see only that it is there. Four statements."""
    rows = db.session.execute(
        select(
            *_ITEM, case((visible_to(viewer), 1), else_=0), case((searchable(viewer), 1), else_=0),
            Person.title, Person.first_name, Person.last_name,
        )
        .join(HelpRequest, HelpRequest.id == MeetingItem.request_id)
        .join(Case, Case.id == HelpRequest.case_id)
        .outerjoin(Person, Person.id == HelpRequest.person_id)
        .where(MeetingItem.meeting_id == meeting.id)
        .order_by(MeetingItem.place, MeetingItem.id)
    ).all()  # fmt: skip
    found = [_item(row) for row in rows]
    if rules is None:
        rules = rules_of([meeting.fund_id], clock.today())
    votes, recused = _said([one.request_id for one in found])
    return [
        replace(
            one,
            needed=votes_needed(rules, one.asked),
            votes=votes.get(one.request_id, {}),
            recused=recused.get(one.request_id, {}),
        )
        for one in found
    ]


def _item(row: Any) -> ItemRow:
    facts: list[Any]
    *facts, seen, named, title, first, last = row
    one = ItemRow(*[*facts, bool(seen), bool(seen and named)])
    if not one.named:
        return replace(one, description="", reason="", grounds="", words="", person_id=None)
    return replace(one, who=display_name(title or "", first, last or "") if first else "")


def _said(
    requests: list[int],
) -> tuple[dict[int, dict[int, Vote]], dict[int, dict[int, str]]]:
    """Votes and who must not vote, by request and member."""
    votes: dict[int, dict[int, Vote]] = {}
    recused: dict[int, dict[int, str]] = {}
    if requests:
        for request, member, vote in db.session.execute(
            select(HelpVote.request_id, HelpVote.member_id, HelpVote.vote)
            .where(HelpVote.request_id.in_(requests))
            .order_by(HelpVote.id)
        ):
            votes.setdefault(request, {})[member] = vote
        for request, member, reason in db.session.execute(
            select(HelpRecusal.request_id, HelpRecusal.member_id, HelpRecusal.reason).where(
                HelpRecusal.request_id.in_(requests)
            )
        ):
            recused.setdefault(request, {})[member] = reason
    return votes, recused


@dataclass(frozen=True, slots=True)
class Candidate:
    """A request that could stand on an agenda; masked as in lists."""

    request_id: int
    case_number: str
    description: str
    asked: Decimal
    asked_at: datetime
    who: str
    named: bool


def candidates(
    fund_id: int, *, viewer: Viewer, rules: Collection[Rule] | None = None
) -> list[Candidate]:
    """What waits for the committee of a fund and stands on no open agenda, the oldest first: of
    cases that the viewer sees, of amounts that the committee decides. Two statements."""
    if rules is None:
        rules = rules_of([fund_id], clock.today())
    taken = exists().where(
        MeetingItem.request_id == HelpRequest.id, MeetingItem.state == ItemState.OPEN
    )
    rows = db.session.execute(
        select(
            HelpRequest.id, Case.number, HelpRequest.description, HelpRequest.asked,
            HelpRequest.asked_at, Person.title, Person.first_name, Person.last_name,
            case((searchable(viewer), 1), else_=0).label("named"),
        )
        .join(Case, Case.id == HelpRequest.case_id)
        .outerjoin(Person, Person.id == HelpRequest.person_id)
        .where(
            HelpRequest.fund_id == fund_id,
            HelpRequest.status == HelpStatus.WAITING,
            visible_to(viewer),
            ~taken,
        )
        .order_by(HelpRequest.id)
        .limit(MOST_WAITING)
    )  # fmt: skip
    return [_candidate(row) for row in rows if _theirs(rules, row.asked)]


def _theirs(rules: Collection[Rule], asked: Decimal) -> bool:
    return votes_needed(rules, asked) > 0


def _candidate(row: Any) -> Candidate:
    named, first = bool(row.named), row.first_name
    who = display_name(row.title or "", first, row.last_name or "") if first else ""
    return Candidate(
        row.id, row.number, row.description if named else "", row.asked, row.asked_at,
        who if named else "", named,
    )  # fmt: skip


def load_meeting(reference: str, *, viewer: Viewer) -> Meeting:
    """The record itself, held; ``NotFound`` as above."""
    if not can_keep(viewer):
        raise NotFound
    return hold(select(Meeting).where(Meeting.reference == reference))


def needs_of(page: MeetingPage) -> Needs:
    """What whoever reads a paper of it must be allowed."""
    rights = rights_to_read({one.level for one in page.items}) | {Permission.ISSUE_PAPERS}
    known = frozenset(one.village_no for one in page.items if one.village_no is not None)
    return Needs(rights, known)


def meeting_by_number(reference: str, viewer: Viewer) -> About:
    """What its papers are about; ``NotFound`` when the viewer may not see it."""
    return _about(Meeting.reference == reference, viewer)


def meeting_by_id(meeting_id: int, viewer: Viewer) -> About:
    """The same by its id."""
    return _about(Meeting.id == meeting_id, viewer)


def _about(which: Any, viewer: Viewer) -> About:
    found = db.session.execute(
        select(Meeting.id, Meeting.reference, Meeting.number, Meeting.fiscal_year, Fund.name_th)
        .join(Fund, Fund.id == Meeting.fund_id)
        .where(which)
    ).first()
    if found is None or not can_keep(viewer):
        raise NotFound
    title = f"{found.name_th} ครั้งที่ {found.number}/{found.fiscal_year}"
    return About(
        "meeting", found.id, found.reference, title, f"/desk/meetings/{found.reference}",
        may_write=True, may_issue=True, secrecy=Secrecy.SENSITIVE, called=title,
    )  # fmt: skip


def visible_meetings(viewer: Viewer) -> Select[Any]:
    """The ids of the meetings that a viewer may know of."""
    return select(Meeting.id).where(true() if can_keep(viewer) else false())


def meeting_numbers(ids: Collection[int], viewer: Viewer) -> Mapping[int, str]:
    """What they are called."""
    if not ids or not can_keep(viewer):
        return {}
    rows = db.session.execute(
        select(Meeting.id, Meeting.reference).where(Meeting.id.in_(sorted(ids)))
    )
    return {row.id: row.reference for row in rows}


def no_values(_meeting_id: int, _viewer: Viewer, _detail: str) -> Mapping[str, object]:
    """Texts of letters speak of no meeting."""
    return {}


def tell_nothing(_actor: Viewer, _meeting_id: int, _told: Mapping[str, str]) -> None:
    """A meeting keeps no history beside the audit."""
