"""Funds, their budgets year by year, their rules as dated data, and the ledger."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from welfare.benefits.kinds import EntryKind, Per, RuleKind
from welfare.core.db import Baht, Base, UTCDateTime, Versioned, str_enum
from welfare.core.security.permissions import Role


class Fund(Versioned, Base):
    """Money that may be spent on one purpose by its own rules."""

    __tablename__ = "funds"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(40), unique=True)
    name_th: Mapped[str] = mapped_column(String(120))
    name_en: Mapped[str] = mapped_column(String(120), default="")
    purpose: Mapped[str] = mapped_column(Text, default="")
    legal_basis: Mapped[str] = mapped_column(Text, default="")
    active: Mapped[bool] = mapped_column(default=True)


class FundBudget(Versioned, Base):
    """What a fund may spend in one fiscal year, and how much of it is gone or promised.

    ``reserved`` and ``paid`` change only by the conditional statements of ``services.money``;
    ``version`` counts the edits of ``amount``.
    """

    __tablename__ = "fund_budgets"
    __table_args__ = (
        UniqueConstraint("fund_id", "fiscal_year"),
        CheckConstraint("reserved >= 0", name="reserved"),
        CheckConstraint("paid >= 0", name="paid"),
        CheckConstraint("reserved + paid <= amount", name="left"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    fund_id: Mapped[int] = mapped_column(ForeignKey("funds.id"))
    fiscal_year: Mapped[int]
    """พ.ศ.: 1 October to 30 September."""
    amount: Mapped[Decimal] = mapped_column(Baht)
    reserved: Mapped[Decimal] = mapped_column(Baht, default=Decimal(0))
    paid: Mapped[Decimal] = mapped_column(Baht, default=Decimal(0))


class FundRule(Versioned, Base):
    """One rule of a fund for a span of days, with the regulation or order it stands on.

    ``amount`` in baht: the ceiling, or up to where somebody may decide (``None``: any amount).
    """

    __tablename__ = "fund_rules"
    __table_args__ = (
        Index("ix_fund_rules_fund", "fund_id", "effective_from"),
        CheckConstraint("effective_to IS NULL OR effective_to >= effective_from", name="effective"),
        CheckConstraint("amount IS NULL OR amount >= 0", name="amount"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    fund_id: Mapped[int] = mapped_column(ForeignKey("funds.id"))
    kind: Mapped[RuleKind] = mapped_column(str_enum(RuleKind))
    amount: Mapped[Decimal | None] = mapped_column(Baht)
    times: Mapped[int | None]
    per: Mapped[Per] = mapped_column(str_enum(Per), default=Per.PERSON)
    role: Mapped[Role | None] = mapped_column(str_enum(Role))
    members: Mapped[int | None]
    """The least number of votes with which the committee may decide."""
    effective_from: Mapped[date] = mapped_column(Date)
    effective_to: Mapped[date | None] = mapped_column(Date)
    legal_basis: Mapped[str] = mapped_column(String(300), default="")
    source: Mapped[str] = mapped_column(String(300), default="")


class CommitteeMember(Base):
    """A member of a fund's committee; without an account their vote is written down for them."""

    __tablename__ = "committee_members"
    __table_args__ = (Index("ix_committee_members_fund", "fund_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    fund_id: Mapped[int] = mapped_column(ForeignKey("funds.id"))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"), index=True)
    name: Mapped[str] = mapped_column(String(120))
    position: Mapped[str] = mapped_column(String(120), default="")
    ended_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class FundEntry(Base):
    """A line of a fund's ledger: appended, never changed. The budget is the sum of its lines."""

    __tablename__ = "fund_entries"
    __table_args__ = (Index("ix_fund_entries_budget", "budget_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    budget_id: Mapped[int] = mapped_column(ForeignKey("fund_budgets.id"))
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    kind: Mapped[EntryKind] = mapped_column(str_enum(EntryKind))
    amount: Mapped[Decimal] = mapped_column(Baht)
    """Baht; of ``ALLOTTED`` the change of the budget, which may be below zero."""
    case_number: Mapped[str] = mapped_column(String(20), default="")
    request_id: Mapped[int | None] = mapped_column(index=True)
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
