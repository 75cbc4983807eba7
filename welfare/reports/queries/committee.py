"""What a committee has before it, and what it resolved on a day: of cases the viewer sees."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import func, select

from welfare.benefits.queries import Seat, committee
from welfare.cases.models import Case, HelpRequest, HelpVote
from welfare.cases.queries.rights import searchable, visible_to
from welfare.cases.workflow import HelpStatus, Vote
from welfare.core.db import db
from welfare.core.security.permissions import Viewer
from welfare.households.queries.cards import person_cards

MOST = 200


@dataclass(frozen=True, slots=True)
class BeforeThem:
    """A request. ``named``: whether the viewer may be told whom it is for; amounts in baht."""

    case_number: str
    named: bool
    name: str
    what: str
    reason: str
    asked: Decimal
    status: HelpStatus
    approved: Decimal
    grounds: str
    votes: dict[Vote, int]


@dataclass(frozen=True, slots=True)
class Sitting:
    """The requests of a meeting, who sits in the committee, and who voted on any of them."""

    requests: tuple[BeforeThem, ...]
    seats: tuple[Seat, ...]
    voted: frozenset[int]


def waiting_requests(fund_id: int, *, viewer: Viewer) -> Sitting:
    """What waits for a decision."""
    return _sitting(fund_id, viewer, HelpRequest.status == HelpStatus.WAITING)


def resolved_requests(fund_id: int, on: date, *, viewer: Viewer) -> Sitting:
    """What the committee resolved on a day."""
    return _sitting(fund_id, viewer, HelpRequest.by_committee & (HelpRequest.met_on == on))


def _sitting(fund_id: int, viewer: Viewer, which: Any) -> Sitting:
    rows = db.session.execute(
        select(HelpRequest, Case.number, searchable(viewer).label("named"))
        .join(Case, Case.id == HelpRequest.case_id)
        .where(HelpRequest.fund_id == fund_id, which, visible_to(viewer))
        .order_by(HelpRequest.id)
        .limit(MOST)
    ).all()
    ids = [row.HelpRequest.id for row in rows]
    people = {row.HelpRequest.person_id for row in rows if row.named and row.HelpRequest.person_id}
    cards = person_cards(people, viewer=viewer)
    votes: dict[int, dict[Vote, int]] = {}
    for row in db.session.execute(
        select(HelpVote.request_id, HelpVote.vote, func.count())
        .where(HelpVote.request_id.in_(ids))
        .group_by(HelpVote.request_id, HelpVote.vote)
    ):
        votes.setdefault(row[0], {})[row[1]] = row[2]
    voted = db.session.scalars(
        select(HelpVote.member_id).where(HelpVote.request_id.in_(ids)).distinct()
    )
    return Sitting(
        tuple(_before(row, cards, votes) for row in rows),
        tuple(committee(fund_id)),
        frozenset(voted),
    )


def _before(row: Any, cards: Any, votes: dict[int, dict[Vote, int]]) -> BeforeThem:
    asked: HelpRequest = row.HelpRequest
    card = cards.get(asked.person_id)
    return BeforeThem(
        case_number=row.number,
        named=bool(row.named),
        name=card.person.name if card else "",
        what=asked.description if row.named else "",
        reason=asked.reason if row.named else "",
        asked=asked.asked,
        status=asked.status,
        approved=asked.approved,
        grounds=asked.grounds if row.named else "",
        votes=votes.get(asked.id, {}),
    )
