"""Requests for help from funds: whose they are, how the rules stand, what waits for whom."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, false, func, or_, select, type_coerce
from sqlalchemy.orm import aliased

from welfare.accounts.models import User
from welfare.benefits.kinds import Per, RuleKind
from welfare.benefits.models import CommitteeMember, Fund, FundRule
from welfare.benefits.queries import Finding, Rule, Used, budget_left, check, in_force, rules_of
from welfare.cases.kinds import AID_RECEIPT
from welfare.cases.models import (
    Case,
    EquipmentLoan,
    HelpDelivery,
    HelpRecusal,
    HelpRequest,
    HelpVote,
)
from welfare.cases.policies import searchable, visible_to
from welfare.cases.workflow import AssistanceKind, HelpStatus, Vote
from welfare.core import clock
from welfare.core.db import Baht, db, hold
from welfare.core.errors import NotFound
from welfare.core.security.permissions import Permission, Viewer
from welfare.core.thai.dates import fiscal_year
from welfare.core.thai.names import display_name
from welfare.households.models import Person
from welfare.papers.composed import DECISION, REFUSAL
from welfare.papers.kinds import PaperStatus
from welfare.papers.models import Paper

NOTHING = Decimal(0)
GRANTED = (HelpStatus.APPROVED, HelpStatus.PARTLY, HelpStatus.DELIVERED, HelpStatus.ENDED)
OPEN = (HelpStatus.WAITING, HelpStatus.APPROVED, HelpStatus.PARTLY)
MOST_WAITING = 200

_Asker = aliased(User)
_Decider = aliased(User)


@dataclass(frozen=True, slots=True)
class RequestRow:
    """A request for help; amounts in baht."""

    id: int
    version: int
    case_id: int
    fund_id: int
    fund_code: str
    fund_th: str
    fund_en: str
    kind: AssistanceKind
    description: str
    reason: str
    status: HelpStatus
    asked: Decimal
    approved: Decimal
    delivered: Decimal
    released: Decimal
    returned: Decimal
    asked_by_id: int | None
    asked_at: datetime
    decided_at: datetime | None
    grounds: str
    own_decision: bool
    by_committee: bool
    met_on: date | None
    findings: list[Any]
    person_id: int | None
    household_id: int | None
    asked_by: str
    decided_by: str
    who: str = ""

    @property
    def undelivered(self) -> Decimal:
        """Granted and still to be handed over."""
        return self.approved - self.delivered - self.released

    @property
    def held(self) -> Decimal:
        """Handed over, and not come back."""
        return self.delivered - self.returned

    def fund(self, lang: str) -> str:
        """The fund's name."""
        return self.fund_en if lang == "en" and self.fund_en else self.fund_th


_REQUEST = (
    HelpRequest.id, HelpRequest.version, HelpRequest.case_id, HelpRequest.fund_id,
    Fund.code.label("fund_code"), Fund.name_th.label("fund_th"), Fund.name_en.label("fund_en"),
    HelpRequest.kind, HelpRequest.description, HelpRequest.reason, HelpRequest.status,
    HelpRequest.asked, HelpRequest.approved, HelpRequest.delivered, HelpRequest.released,
    HelpRequest.returned, HelpRequest.asked_by_id, HelpRequest.asked_at, HelpRequest.decided_at,
    HelpRequest.grounds, HelpRequest.own_decision, HelpRequest.by_committee, HelpRequest.met_on,
    HelpRequest.findings, HelpRequest.person_id, HelpRequest.household_id,
    func.coalesce(_Asker.display_name, "").label("asked_by"),
    func.coalesce(_Decider.display_name, "").label("decided_by"),
    Person.title, Person.first_name, Person.last_name,
)  # fmt: skip


def _requests() -> Any:
    return (
        select(*_REQUEST)
        .join(Fund, Fund.id == HelpRequest.fund_id)
        .outerjoin(_Asker, _Asker.id == HelpRequest.asked_by_id)
        .outerjoin(_Decider, _Decider.id == HelpRequest.decided_by_id)
        .outerjoin(Person, Person.id == HelpRequest.person_id)
    )


def _request(row: Any) -> RequestRow:
    facts: list[Any]
    *facts, title, first, last = row
    who = display_name(title or "", first, last or "") if first else ""
    return RequestRow(*[*facts, who])


def request_of(case_id: int, request_id: int) -> RequestRow:
    """One of them; ``NotFound`` when the case has none such."""
    row = db.session.execute(
        _requests().where(HelpRequest.case_id == case_id, HelpRequest.id == request_id)
    ).first()
    if row is None:
        raise NotFound
    return _request(row)


def undecided_of(case_id: int) -> list[RequestRow]:
    """What was asked for in a case and is not decided yet, the oldest first: seen before more is
    asked for."""
    rows = db.session.execute(
        _requests()
        .where(HelpRequest.case_id == case_id, HelpRequest.status == HelpStatus.WAITING)
        .order_by(HelpRequest.id)
    )
    return [_request(row) for row in rows]


def load_request(case_id: int, request_id: int) -> HelpRequest:
    """The record itself, held until the transaction ends."""
    return hold(
        select(HelpRequest).where(HelpRequest.case_id == case_id, HelpRequest.id == request_id)
    )


@dataclass(frozen=True, slots=True)
class VoteRow:
    """What a member said."""

    member_id: int
    name: str
    position: str
    vote: Vote
    at: datetime
    recorded_by: str


def votes_of(request_id: int) -> list[VoteRow]:
    """The votes on a request in their order."""
    rows = db.session.execute(
        select(
            HelpVote.member_id, CommitteeMember.name, CommitteeMember.position, HelpVote.vote,
            HelpVote.at, func.coalesce(User.display_name, ""),
        )
        .join(CommitteeMember, CommitteeMember.id == HelpVote.member_id)
        .outerjoin(User, User.id == HelpVote.recorded_by_id)
        .where(HelpVote.request_id == request_id)
        .order_by(HelpVote.id)
    )  # fmt: skip
    return [VoteRow(*row) for row in rows]


def recusals_of(requests: Collection[int]) -> dict[int, dict[int, str]]:
    """Who must not vote on these requests, and why: by request and member."""
    found: dict[int, dict[int, str]] = {}
    if requests:
        rows = db.session.execute(
            select(HelpRecusal.request_id, HelpRecusal.member_id, HelpRecusal.reason).where(
                HelpRecusal.request_id.in_(sorted(requests))
            )
        )
        for request, member, reason in rows:
            found.setdefault(request, {})[member] = reason
    return found


def told_of_decision(request: HelpRequest) -> str:
    """The number of a paper in force that tells of the decision: a voucher of this request, or a
    letter of decision of its case since; empty: there is none."""
    voucher = and_(Paper.kind == AID_RECEIPT.code, Paper.source == f"help:{request.id}")
    letter = and_(
        Paper.case_id == request.case_id,
        Paper.kind.in_([one.code for one in (DECISION, REFUSAL)]),
        Paper.issued_at >= request.decided_at,
    )
    found = db.session.scalar(
        select(Paper.number)
        .where(Paper.status == PaperStatus.ISSUED, or_(voucher, letter))
        .order_by(Paper.id)
        .limit(1)
    )
    return found or ""


@dataclass(frozen=True, slots=True)
class DeliveryRow:
    """One handing over; ``returned`` came back of ``amount``."""

    id: int
    amount: Decimal
    returned: Decimal
    given_on: date
    delivered_by: str


def deliveries_of(request_id: int) -> list[DeliveryRow]:
    """What was handed over on a request, oldest first."""
    rows = db.session.execute(
        select(
            HelpDelivery.id, HelpDelivery.amount, HelpDelivery.returned, HelpDelivery.given_on,
            func.coalesce(User.display_name, ""),
        )
        .outerjoin(User, User.id == HelpDelivery.delivered_by_id)
        .where(HelpDelivery.request_id == request_id)
        .order_by(HelpDelivery.id)
    )  # fmt: skip
    return [DeliveryRow(*row) for row in rows]


def load_delivery(request_id: int, delivery_id: int) -> HelpDelivery:
    """The record itself, held until the transaction ends."""
    return hold(
        select(HelpDelivery).where(
            HelpDelivery.request_id == request_id, HelpDelivery.id == delivery_id
        )
    )


def used_by(
    fund_id: int, year: int, *, person_id: int | None, household_id: int | None
) -> dict[Per, Used | None]:
    """What the person and the household have had of a fund in a fiscal year, promises included.

    ``None`` where the case names nobody. One statement.
    """
    if person_id is None and household_id is None:
        return {Per.PERSON: None, Per.HOUSEHOLD: None}
    net = type_coerce(HelpRequest.approved - HelpRequest.released - HelpRequest.returned, Baht)
    of_person = HelpRequest.person_id == person_id if person_id else false()
    of_house = HelpRequest.household_id == household_id if household_id else false()
    row = db.session.execute(
        select(
            func.sum(net).filter(of_person),
            func.count().filter(of_person),
            func.sum(net).filter(of_house),
            func.count().filter(of_house),
        ).where(
            or_(of_person, of_house),
            net > NOTHING,
            HelpRequest.fund_id == fund_id,
            HelpRequest.fiscal_year == year,
            HelpRequest.status.in_(GRANTED),
        )
    ).one()
    return {
        Per.PERSON: Used(row[0] or NOTHING, row[1]) if person_id is not None else None,
        Per.HOUSEHOLD: Used(row[2] or NOTHING, row[3]) if household_id is not None else None,
    }


def findings_for(
    *, fund_id: int, amount: Decimal, person_id: int | None, household_id: int | None
) -> tuple[Finding, ...]:
    """Every rule of the fund in force today against so much for these people."""
    today = clock.today()
    year = fiscal_year(today)
    return check(
        rules_of([fund_id], today),
        amount=amount,
        used=used_by(fund_id, year, person_id=person_id, household_id=household_id),
        left=budget_left(fund_id, year),
        year=year,
    )


def decides_alone(viewer: Viewer, rules: Collection[Rule], amount: Decimal) -> bool:
    """Whether a rule lets somebody of the viewer's roles decide so much."""
    return any(
        rule.kind == RuleKind.DECIDER and rule.role in viewer.roles and rule.reaches(amount)
        for rule in rules
    )


def votes_needed(rules: Collection[Rule], amount: Decimal) -> int:
    """With how many votes the committee decides so much; 0 when it does not."""
    seats = [
        rule.members or 1
        for rule in rules
        if rule.kind == RuleKind.COMMITTEE and rule.reaches(amount)
    ]
    return max(seats, default=0)


@dataclass(frozen=True, slots=True)
class WaitingRow:
    """A request that waits for the viewer; ``who`` and ``description`` masked as in lists."""

    id: int
    case_number: str
    fund_code: str
    fund_th: str
    fund_en: str
    kind: AssistanceKind
    description: str
    asked: Decimal
    asked_at: datetime
    asked_by: str
    who: str

    def fund(self, lang: str) -> str:
        """The fund's name."""
        return self.fund_en if lang == "en" and self.fund_en else self.fund_th


def _for(viewer: Viewer) -> ColumnElement[bool]:
    """Requests that wait for this viewer: to decide, to vote, or to record what was resolved."""
    rules = [FundRule.fund_id == HelpRequest.fund_id, in_force(clock.today())]
    enough = or_(FundRule.amount.is_(None), FundRule.amount >= HelpRequest.asked)
    alone = exists().where(
        *rules, enough, FundRule.kind == RuleKind.DECIDER, FundRule.role.in_(sorted(viewer.roles))
    )
    together = exists().where(*rules, enough, FundRule.kind == RuleKind.COMMITTEE)
    voted = exists().where(
        HelpVote.request_id == HelpRequest.id, HelpVote.member_id == CommitteeMember.id
    )
    recused = exists().where(
        HelpRecusal.request_id == HelpRequest.id, HelpRecusal.member_id == CommitteeMember.id
    )
    member = exists().where(
        CommitteeMember.fund_id == HelpRequest.fund_id,
        CommitteeMember.user_id == viewer.user_id,
        CommitteeMember.ended_at.is_(None),
        ~voted,
        ~recused,
    )
    parts = [and_(together, member)]
    if viewer.can(Permission.DECIDE_ASSISTANCE):
        parts += [alone, together]
    found = and_(HelpRequest.status == HelpStatus.WAITING, or_(*parts))
    if not viewer.can(Permission.APPROVE_OWN):
        others = or_(HelpRequest.asked_by_id.is_(None), HelpRequest.asked_by_id != viewer.user_id)
        found = and_(found, others)
    return found


def count_waiting(viewer: Viewer) -> int:
    """How many requests wait for the viewer's decision or vote, of cases they may see."""
    return db.session.scalar(waiting_count(viewer)) or 0


def waiting_count(viewer: Viewer) -> Select[Any]:
    """The statement of :func:`count_waiting`, to stand inside another."""
    return (
        select(func.count())
        .select_from(HelpRequest)
        .join(Case, Case.id == HelpRequest.case_id)
        .where(_for(viewer), visible_to(viewer))
    )


def waits_for_one(request_id: int, *, viewer: Viewer) -> bool:
    """Whether one request waits for this person's decision or vote."""
    one = waiting_count(viewer).where(HelpRequest.id == request_id)
    return bool(db.session.scalar(one))


def asker_of(request_id: int) -> int | None:
    """Who asked for help."""
    return db.session.scalar(select(HelpRequest.asked_by_id).where(HelpRequest.id == request_id))


def waiting_for(viewer: Viewer) -> list[WaitingRow]:
    """The requests that :func:`count_waiting` counts, the oldest first."""
    named = searchable(viewer).label("named")
    rows = db.session.execute(
        select(
            HelpRequest.id, Case.number, Fund.code, Fund.name_th, Fund.name_en, HelpRequest.kind,
            HelpRequest.description, HelpRequest.asked, HelpRequest.asked_at,
            func.coalesce(_Asker.display_name, ""), Person.title, Person.first_name,
            Person.last_name, named,
        )
        .join(Case, Case.id == HelpRequest.case_id)
        .join(Fund, Fund.id == HelpRequest.fund_id)
        .outerjoin(_Asker, _Asker.id == HelpRequest.asked_by_id)
        .outerjoin(Person, Person.id == HelpRequest.person_id)
        .where(_for(viewer), visible_to(viewer))
        .order_by(HelpRequest.id)
        .limit(MOST_WAITING)
    )  # fmt: skip
    return [_waiting(row) for row in rows]


def _waiting(row: Any) -> WaitingRow:
    facts: list[Any]
    *facts, title, first, last, named = row
    who = display_name(title or "", first or "", last or "") if first and named else ""
    if not named:
        facts[6] = ""
    return WaitingRow(*[*facts, who])


def seen_numbers(numbers: Collection[str], *, viewer: Viewer) -> frozenset[str]:
    """Which of these cases the viewer may see: a ledger names no others."""
    if not numbers:
        return frozenset()
    found = select(Case.number).where(Case.number.in_(sorted(set(numbers))), visible_to(viewer))
    return frozenset(db.session.scalars(found))


def comes_from_fund(assistance_id: int) -> bool:
    """Whether a record of help was made by a delivery from a fund, or by a loan."""
    delivered = select(HelpDelivery.id).where(HelpDelivery.assistance_id == assistance_id)
    lent = select(EquipmentLoan.id).where(EquipmentLoan.assistance_id == assistance_id)
    return db.session.scalar(select(or_(delivered.exists(), lent.exists()))) or False


def is_own_fund(name: str) -> bool:
    """Whether a name, as it was typed, is that of a fund of the office."""
    wanted = name.strip().lower()
    return bool(
        db.session.scalar(
            select(Fund.id)
            .where(
                or_(
                    func.lower(Fund.name_th) == wanted,
                    and_(Fund.name_en != "", func.lower(Fund.name_en) == wanted),
                )
            )
            .limit(1)
        )
    )
