"""What stands on an agenda, with its votes, as the viewer may know it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from sqlalchemy import case, select

from welfare.benefits.queries import Rule, rules_of
from welfare.cases.models import Case, HelpRequest, HelpVote
from welfare.cases.queries.help import recusals_of, votes_needed
from welfare.cases.queries.rights import searchable, visible_to
from welfare.cases.workflow import HelpStatus, Sensitivity, Vote
from welfare.core import clock
from welfare.core.db import db
from welfare.core.security.permissions import Viewer
from welfare.core.thai.names import display_name
from welfare.households.models import Person
from welfare.meetings.facts import majority
from welfare.meetings.kinds import ItemState
from welfare.meetings.models import Meeting, MeetingItem


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
    requests = [one.request_id for one in found]
    votes, recused = _votes(requests), recusals_of(requests)
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


def _votes(requests: Collection[int]) -> dict[int, dict[int, Vote]]:
    """Votes by request and member, in their order."""
    votes: dict[int, dict[int, Vote]] = {}
    if requests:
        for request, member, vote in db.session.execute(
            select(HelpVote.request_id, HelpVote.member_id, HelpVote.vote)
            .where(HelpVote.request_id.in_(requests))
            .order_by(HelpVote.id)
        ):
            votes.setdefault(request, {})[member] = vote
    return votes
