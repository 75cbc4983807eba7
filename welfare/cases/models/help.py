"""Help that is asked for from a fund: the request, the votes on it, what was delivered."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    Date,
    ForeignKey,
    Index,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from welfare.cases.workflow import AssistanceKind, HelpStatus, Vote
from welfare.core.db import Baht, Base, UTCDateTime, Versioned, personal, str_enum

__all__ = ["HelpDelivery", "HelpRecusal", "HelpRequest", "HelpVote"]

_WAITING = text("status = 'waiting'")


class HelpRequest(Versioned, Base):
    """Help of a kind and amount from a fund, for the person and household of a case.

    All amounts in baht. ``approved`` is what was granted; of it ``delivered`` went out and
    ``released`` is given up; ``returned`` is what came back of the delivered.
    """

    __tablename__ = "help_requests"
    __table_args__ = (
        Index("ix_help_requests_case", "case_id", "id"),
        Index("ix_help_requests_person", "person_id", "fund_id", "fiscal_year"),
        Index("ix_help_requests_household", "household_id", "fund_id", "fiscal_year"),
        Index(
            "ix_help_requests_waiting",
            "fund_id",
            "id",
            sqlite_where=_WAITING,
            postgresql_where=_WAITING,
        ),
        CheckConstraint("asked > 0", name="asked"),
        CheckConstraint("delivered >= 0 AND released >= 0 AND returned >= 0", name="signs"),
        CheckConstraint("delivered + released <= approved", name="delivered"),
        CheckConstraint("returned <= delivered", name="returned"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    household_id: Mapped[int | None] = mapped_column(ForeignKey("households.id"))
    fund_id: Mapped[int] = mapped_column(ForeignKey("funds.id"))
    budget_id: Mapped[int | None] = mapped_column(ForeignKey("fund_budgets.id"))
    fiscal_year: Mapped[int | None]
    """พ.ศ., of the day of the approval: whose budget it is, and for which year it counts."""
    kind: Mapped[AssistanceKind] = mapped_column(str_enum(AssistanceKind))
    description: Mapped[str] = mapped_column(String(300), info=personal("welfare"))
    reason: Mapped[str] = mapped_column(Text, default="", info=personal("welfare"))
    status: Mapped[HelpStatus] = mapped_column(str_enum(HelpStatus), default=HelpStatus.WAITING)
    asked: Mapped[Decimal] = mapped_column(Baht, info=personal("welfare"))
    approved: Mapped[Decimal] = mapped_column(Baht, default=Decimal(0), info=personal("welfare"))
    delivered: Mapped[Decimal] = mapped_column(Baht, default=Decimal(0), info=personal("welfare"))
    released: Mapped[Decimal] = mapped_column(Baht, default=Decimal(0), info=personal("welfare"))
    returned: Mapped[Decimal] = mapped_column(Baht, default=Decimal(0), info=personal("welfare"))
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    asked_at: Mapped[datetime] = mapped_column(UTCDateTime)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    decided_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    grounds: Mapped[str] = mapped_column(Text, default="", info=personal("welfare"))
    own_decision: Mapped[bool] = mapped_column(default=False)
    by_committee: Mapped[bool] = mapped_column(default=False)
    met_on: Mapped[date | None] = mapped_column(Date)
    findings: Mapped[list[Any]] = mapped_column(JSON, default=list)
    """How each rule stood when it was decided: codes and numbers, no personal data."""

    @property
    def undelivered(self) -> Decimal:
        """Granted and still to be handed over."""
        return self.approved - self.delivered - self.released


class HelpVote(Base):
    """What a member of the committee said to a request; appended, one a member."""

    __tablename__ = "help_votes"
    __table_args__ = (UniqueConstraint("request_id", "member_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    request_id: Mapped[int] = mapped_column(ForeignKey("help_requests.id"))
    member_id: Mapped[int] = mapped_column(ForeignKey("committee_members.id"))
    vote: Mapped[Vote] = mapped_column(str_enum(Vote))
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))


class HelpRecusal(Base):
    """A member who must not vote on a request, because it touches them or theirs."""

    __tablename__ = "help_recusals"
    __table_args__ = (UniqueConstraint("request_id", "member_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    request_id: Mapped[int] = mapped_column(ForeignKey("help_requests.id"))
    member_id: Mapped[int] = mapped_column(ForeignKey("committee_members.id"), index=True)
    reason: Mapped[str] = mapped_column(String(300), info=personal("narrative"))
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))


class HelpDelivery(Base):
    """One handing over: which record of help it made. A part that comes back replaces the record
    by one of what stayed."""

    __tablename__ = "help_deliveries"
    __table_args__ = (Index("ix_help_deliveries_request", "request_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    request_id: Mapped[int] = mapped_column(ForeignKey("help_requests.id"))
    assistance_id: Mapped[int | None] = mapped_column(ForeignKey("assistance.id"), unique=True)
    """The record that counts now; none when everything came back."""
    amount: Mapped[Decimal] = mapped_column(Baht, info=personal("welfare"))
    returned: Mapped[Decimal] = mapped_column(Baht, default=Decimal(0), info=personal("welfare"))
    given_on: Mapped[date] = mapped_column(Date)
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    delivered_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
