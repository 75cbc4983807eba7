"""The directory of agencies, and the rules of chasing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, select

from welfare.core import clock
from welfare.core.db import db
from welfare.core.errors import NotFound
from welfare.referrals.facts import AgencyFacts
from welfare.referrals.models import Agency, ChaseRule, Referral
from welfare.referrals.workflow import OPEN, AgencyKind

FIRST_DAYS, AGAIN_DAYS = 15, 7
"""What holds before anybody entered a rule."""


@dataclass(frozen=True, slots=True)
class AgencyRow:
    """An agency with how many referrals it was sent, and how many it has not ended."""

    id: int
    version: int
    kind: AgencyKind
    name_th: str
    name_en: str
    head: str
    address: str
    phone: str
    email: str
    contact: str
    active: bool
    sent: int = 0
    unanswered: int = 0

    def name(self, lang: str) -> str:
        """The name in a language."""
        return self.name_en if lang == "en" and self.name_en else self.name_th

    @property
    def facts(self) -> AgencyFacts:
        """What forms edit."""
        return AgencyFacts(
            self.kind, self.name_th, self.name_en, self.head, self.address, self.phone,
            self.email, self.contact, self.active,
        )  # fmt: skip


_COLUMNS = (
    Agency.id, Agency.version, Agency.kind, Agency.name_th, Agency.name_en, Agency.head,
    Agency.address, Agency.phone, Agency.email, Agency.contact, Agency.active,
)  # fmt: skip


def agencies(*, every: bool = False) -> list[AgencyRow]:
    """Those that can be referred to, by kind and name; with ``every`` also those ended."""
    statement = (
        select(
            *_COLUMNS,
            func.count(Referral.sent_at),
            func.count(Referral.id).filter(Referral.status.in_(OPEN)),
        )
        .outerjoin(Referral, Referral.agency_id == Agency.id)
        .group_by(*_COLUMNS)
        .order_by(Agency.active.desc(), Agency.kind, Agency.name_th)
    )
    if not every:
        statement = statement.where(Agency.active)
    return [AgencyRow(*row) for row in db.session.execute(statement)]


def agency_of(agency_id: int) -> AgencyRow:
    """One agency; ``NotFound`` when there is none of that id."""
    row = db.session.execute(select(*_COLUMNS).where(Agency.id == agency_id)).first()
    if row is None:
        raise NotFound
    return AgencyRow(*row)


def load_agency(agency_id: int) -> Agency:
    """The record itself, held until the transaction ends."""
    found = db.session.get(Agency, agency_id, with_for_update=True, populate_existing=True)
    if found is None:
        raise NotFound
    return found


@dataclass(frozen=True, slots=True)
class RuleRow:
    """A rule of chasing: from a day on, after so many days, and again after so many."""

    valid_from: date
    first_days: int
    again_days: int


def chase_rules() -> list[RuleRow]:
    """All rules, the newest first."""
    rows = db.session.execute(
        select(ChaseRule.valid_from, ChaseRule.first_days, ChaseRule.again_days).order_by(
            ChaseRule.valid_from.desc(), ChaseRule.id.desc()
        )
    )
    return [RuleRow(*row) for row in rows]


def rule_on(rules: list[RuleRow], day: date) -> RuleRow:
    """The rule in force on a day."""
    fitting = (rule for rule in rules if rule.valid_from <= day)
    return next(fitting, RuleRow(date.min, FIRST_DAYS, AGAIN_DAYS))


def answer_day(rules: list[RuleRow] | None = None) -> date:
    """By when an answer is asked for, if nobody says otherwise."""
    today = clock.today()
    days = rule_on(chase_rules() if rules is None else rules, today).first_days
    return today + timedelta(days=days)
