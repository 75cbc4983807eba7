"""Tasks, help given, attachments."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, Numeric, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from welfare.cases.workflow import AssistanceKind, TaskStatus
from welfare.core.db import Base, UTCDateTime, Versioned, personal, str_enum

__all__ = ["Assistance", "AssistanceKind", "CaseAttachment", "CaseTask"]


class CaseTask(Versioned, Base):
    """Something to be done for a case by somebody until a day."""

    __tablename__ = "case_tasks"
    __table_args__ = (
        Index("ix_case_tasks_case", "case_id", "id"),
        Index("ix_case_tasks_assignee", "assignee_id", "status", "due_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    title: Mapped[str] = mapped_column(String(200), info=personal("narrative"))
    status: Mapped[TaskStatus] = mapped_column(str_enum(TaskStatus), default=TaskStatus.OPEN)
    assignee_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    due_on: Mapped[date | None] = mapped_column(Date)
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    done_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    done_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))


class Assistance(Versioned, Base):
    """Help that was given: what, how much, from which fund, who decided."""

    __tablename__ = "assistance"
    __table_args__ = (
        Index("ix_assistance_case", "case_id", "id"),
        CheckConstraint("amount IS NULL OR amount >= 0", name="amount"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    kind: Mapped[AssistanceKind] = mapped_column(str_enum(AssistanceKind))
    description: Mapped[str] = mapped_column(String(300), info=personal("welfare"))
    amount: Mapped[Decimal | None] = mapped_column(Numeric(12, 2), info=personal("welfare"))
    """Baht, for money; value of goods where it is known."""
    fund: Mapped[str] = mapped_column(String(120), default="")
    given_on: Mapped[date] = mapped_column(Date)
    decided_by: Mapped[str] = mapped_column(String(120), default="")
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    recorded_at: Mapped[datetime] = mapped_column(UTCDateTime)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    withdrawn_reason: Mapped[str] = mapped_column(Text, default="")


class CaseAttachment(Base):
    """A file of a case."""

    __tablename__ = "case_attachments"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_files.id"), unique=True)
    caption: Mapped[str] = mapped_column(String(200), default="", info=personal("narrative"))
    added_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    added_at: Mapped[datetime] = mapped_column(UTCDateTime)
    removed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
