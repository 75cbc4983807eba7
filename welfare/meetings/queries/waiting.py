"""What could stand on an agenda."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, case, exists, false, select, true

from welfare.benefits.kinds import RuleKind
from welfare.benefits.queries import Rule, rules_of
from welfare.cases.models import Case, HelpRequest
from welfare.cases.queries.rights import searchable, visible_to
from welfare.cases.workflow import HelpStatus
from welfare.core import clock
from welfare.core.db import db
from welfare.core.security.permissions import Viewer
from welfare.core.thai.names import display_name
from welfare.households.models import Person
from welfare.meetings.kinds import ItemState
from welfare.meetings.models import MeetingItem

MOST_WAITING = 200


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
            _theirs(rules),
            visible_to(viewer),
            ~taken,
        )
        .order_by(HelpRequest.id)
        .limit(MOST_WAITING)
    )  # fmt: skip
    return [_candidate(row) for row in rows]


def _candidate(row: Any) -> Candidate:
    named, first = bool(row.named), row.first_name
    who = display_name(row.title or "", first, row.last_name or "") if first else ""
    return Candidate(
        row.id, row.number, row.description if named else "", row.asked, row.asked_at,
        who if named else "", named,
    )  # fmt: skip


def _theirs(rules: Collection[Rule]) -> ColumnElement[bool]:
    """Amounts that the committee decides by these rules; ``votes_needed`` says the same of one."""
    ceilings = [rule.amount for rule in rules if rule.kind == RuleKind.COMMITTEE]
    known = [amount for amount in ceilings if amount is not None]
    if len(known) < len(ceilings):
        return true()
    return HelpRequest.asked <= max(known) if known else false()
