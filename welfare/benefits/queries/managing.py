"""What the administrator's pages show of a fund: budgets of all years, rules of all times."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from welfare.accounts.models import User
from welfare.benefits.kinds import EntryKind, Per, RuleKind
from welfare.benefits.models import Fund, FundBudget, FundEntry, FundRule
from welfare.benefits.queries.funds import BudgetRow
from welfare.core.db import db
from welfare.core.errors import NotFound
from welfare.core.security.permissions import Role

MOST_LINES = 200


@dataclass(frozen=True, slots=True)
class RuleRow:
    """A rule with its span of days."""

    id: int
    version: int
    kind: RuleKind
    amount: Decimal | None
    times: int | None
    per: Per
    role: Role | None
    members: int | None
    effective_from: date
    effective_to: date | None
    legal_basis: str
    source: str

    def counts_on(self, day: date) -> bool:
        """Whether it is in force on a day."""
        return self.effective_from <= day and (
            self.effective_to is None or self.effective_to >= day
        )


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """A line of the ledger."""

    id: int
    at: datetime
    kind: EntryKind
    amount: Decimal
    case_number: str
    who: str


_RULE: tuple[Any, ...] = (
    FundRule.id, FundRule.version, FundRule.kind, FundRule.amount, FundRule.times, FundRule.per,
    FundRule.role, FundRule.members, FundRule.effective_from, FundRule.effective_to,
    FundRule.legal_basis, FundRule.source,
)  # fmt: skip


def all_rules(fund_id: int) -> list[RuleRow]:
    """Every rule a fund has or had, the newest first within its kind."""
    rows = db.session.execute(
        select(*_RULE)
        .where(FundRule.fund_id == fund_id)
        .order_by(FundRule.kind, FundRule.effective_from.desc(), FundRule.id)
    )
    return [RuleRow(*row) for row in rows]


def rule_row(fund_id: int, rule_id: int) -> RuleRow:
    """One rule of a fund; ``NotFound`` when it has none such."""
    row = db.session.execute(
        select(*_RULE).where(FundRule.fund_id == fund_id, FundRule.id == rule_id)
    ).first()
    if row is None:
        raise NotFound
    return RuleRow(*row)


def budgets(fund_id: int) -> list[BudgetRow]:
    """The budgets of a fund, the newest year first."""
    rows = db.session.execute(
        select(
            FundBudget.id, FundBudget.version, FundBudget.fiscal_year, FundBudget.amount,
            FundBudget.reserved, FundBudget.paid,
        )
        .where(FundBudget.fund_id == fund_id)
        .order_by(FundBudget.fiscal_year.desc())
    )  # fmt: skip
    return [BudgetRow(*row) for row in rows]


def ledger(budget_id: int, *, before: int | None = None) -> list[LedgerLine]:
    """The lines of a budget, newest first; those ``before`` a line when the list goes on."""
    statement = (
        select(
            FundEntry.id, FundEntry.at, FundEntry.kind, FundEntry.amount, FundEntry.case_number,
            User.display_name,
        )
        .outerjoin(User, User.id == FundEntry.actor_id)
        .where(FundEntry.budget_id == budget_id)
        .order_by(FundEntry.id.desc())
        .limit(MOST_LINES + 1)
    )  # fmt: skip
    if before is not None:
        statement = statement.where(FundEntry.id < before)
    return [LedgerLine(*row[:5], row[5] or "") for row in db.session.execute(statement)]


def load_fund(code: str, *, for_update: bool = False) -> Fund:
    """The record itself; ``NotFound`` when there is none."""
    statement = select(Fund).where(Fund.code == code)
    if for_update:
        statement = statement.with_for_update().execution_options(populate_existing=True)
    fund = db.session.scalar(statement)
    if fund is None:
        raise NotFound
    return fund
