"""Funds with the money of a fiscal year, the rules in force on a day, the committee."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select, type_coerce

from welfare.accounts.models import User
from welfare.benefits.facts import Rule
from welfare.benefits.kinds import EntryKind
from welfare.benefits.models import CommitteeMember, Fund, FundBudget, FundEntry, FundRule
from welfare.core.db import Baht, db
from welfare.core.errors import NotFound

NOTHING = Decimal(0)
GONE = type_coerce(FundBudget.reserved + FundBudget.paid, Baht)
"""Of a budget: promised or paid, in SQL. Sums of amounts must be told that they are amounts."""
LEFT = type_coerce(FundBudget.amount - FundBudget.reserved - FundBudget.paid, Baht)
"""Of a budget: what may still be promised, in SQL."""


@dataclass(frozen=True, slots=True)
class BudgetRow:
    """The money of a fund in one fiscal year (พ.ศ.), in baht."""

    id: int
    version: int
    fiscal_year: int
    amount: Decimal
    reserved: Decimal
    paid: Decimal

    @property
    def left(self) -> Decimal:
        """Neither promised nor paid."""
        return self.amount - self.reserved - self.paid


@dataclass(frozen=True, slots=True)
class FundRow:
    """A fund, with its budget of the year that was asked for."""

    id: int
    version: int
    code: str
    name_th: str
    name_en: str
    purpose: str
    legal_basis: str
    active: bool
    budget: BudgetRow | None = None

    def name(self, lang: str) -> str:
        """Its name in Thai, or in English where it has one."""
        return self.name_en if lang == "en" and self.name_en else self.name_th


@dataclass(frozen=True, slots=True)
class Seat:
    """A member of a fund's committee."""

    id: int
    user_id: int | None
    username: str
    name: str
    position: str


_FUND = (
    Fund.id, Fund.version, Fund.code, Fund.name_th, Fund.name_en, Fund.purpose, Fund.legal_basis,
    Fund.active,
)  # fmt: skip


def funds(fiscal_year: int, *, every: bool = False) -> list[FundRow]:
    """The funds in use (or all) by name, each with its budget of that year."""
    statement = (
        select(
            *_FUND,
            FundBudget.id.label("budget_id"),
            FundBudget.version.label("budget_version"),
            FundBudget.amount,
            FundBudget.reserved,
            FundBudget.paid,
        )
        .outerjoin(
            FundBudget,
            and_(FundBudget.fund_id == Fund.id, FundBudget.fiscal_year == fiscal_year),
        )
        .order_by(Fund.active.desc(), Fund.name_th, Fund.id)
    )
    if not every:
        statement = statement.where(Fund.active)
    found = []
    for row in db.session.execute(statement):
        budget = None
        if row.budget_id is not None:
            budget = BudgetRow(
                row.budget_id, row.budget_version, fiscal_year, row.amount, row.reserved, row.paid
            )
        facts: list[Any] = list(row[: len(_FUND)])
        found.append(FundRow(*[*facts, budget]))
    return found


def fund_of(code: str) -> FundRow:
    """The fund with this code; ``NotFound`` when there is none."""
    row = db.session.execute(select(*_FUND).where(Fund.code == code)).first()
    if row is None:
        raise NotFound
    return FundRow(*row)


def fund_by_id(fund_id: int) -> FundRow:
    """The fund with this id; ``NotFound`` when there is none."""
    row = db.session.execute(select(*_FUND).where(Fund.id == fund_id)).first()
    if row is None:
        raise NotFound
    return FundRow(*row)


def in_force(day: date) -> ColumnElement[bool]:
    """Rules that count on a day, as a condition."""
    return and_(
        FundRule.effective_from <= day,
        or_(FundRule.effective_to.is_(None), FundRule.effective_to >= day),
    )


def rules_of(fund_ids: Iterable[int], day: date) -> list[Rule]:
    """The rules of some funds that are in force on a day, in one statement."""
    rows = db.session.execute(
        select(
            FundRule.id, FundRule.fund_id, FundRule.kind, FundRule.amount, FundRule.times,
            FundRule.per, FundRule.role, FundRule.members, FundRule.legal_basis,
        )
        .where(FundRule.fund_id.in_(sorted(set(fund_ids))), in_force(day))
        .order_by(FundRule.fund_id, FundRule.kind, FundRule.id)
    )  # fmt: skip
    return [Rule(*row) for row in rows]


def budget_left(fund_id: int, fiscal_year: int) -> Decimal | None:
    """What a fund may still promise in a year; ``None`` when it has no budget for it."""
    return db.session.scalar(
        select(LEFT).where(FundBudget.fund_id == fund_id, FundBudget.fiscal_year == fiscal_year)
    )


def committee(fund_id: int) -> list[Seat]:
    """Who sits in a fund's committee now."""
    rows = db.session.execute(
        select(
            CommitteeMember.id,
            CommitteeMember.user_id,
            func.coalesce(User.username, ""),
            CommitteeMember.name,
            CommitteeMember.position,
        )
        .outerjoin(User, User.id == CommitteeMember.user_id)
        .where(CommitteeMember.fund_id == fund_id, CommitteeMember.ended_at.is_(None))
        .order_by(CommitteeMember.id)
    )
    return [Seat(*row) for row in rows]


def ledger_totals(budget_id: int) -> tuple[Decimal, Decimal, Decimal]:
    """Budget, reserved and paid as the lines of the ledger add up to: the proof of the columns."""
    rows = db.session.execute(
        select(FundEntry.kind, func.sum(FundEntry.amount))
        .where(FundEntry.budget_id == budget_id)
        .group_by(FundEntry.kind)
    )
    sums: dict[EntryKind, Decimal] = {row[0]: row[1] for row in rows}
    of = {kind: sums.get(kind, NOTHING) for kind in EntryKind}
    reserved = of[EntryKind.RESERVED] - of[EntryKind.RELEASED] - of[EntryKind.PAID]
    return of[EntryKind.ALLOTTED], reserved, of[EntryKind.PAID] - of[EntryKind.RETURNED]
