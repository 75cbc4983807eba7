"""The case and its timeline."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Date, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from welfare.cases.kinds import RiskLevel
from welfare.cases.workflow import CaseStatus, EventKind, Outcome, Priority, Sensitivity
from welfare.core.db import Base, SearchText, UTCDateTime, Versioned, personal, str_enum

__all__ = ["Case", "CaseEvent", "EventKind"]

_OPEN = text("closed_at IS NULL")
_CLOSED = text("closed_at IS NOT NULL")
_NOBODYS = text("closed_at IS NULL AND assignee_id IS NULL")
_UNHAPPY = text("unhappy_at IS NOT NULL")


def _open_index(name: str, *columns: str) -> Index:
    """An index of the open cases alone: few among many, in the order of their deadlines."""
    return Index(
        f"ix_cases_open_{name}",
        *columns,
        "due_at",
        "id",
        sqlite_where=_OPEN,
        postgresql_where=_OPEN,
    )


def _whole_index(name: str, *columns: str) -> Index:
    """An index of all cases in the order in which they were opened."""
    return Index(f"ix_cases_all_{name}", *columns, "id")


def _month_indexes(name: str, column: str) -> tuple[Index, Index]:
    """Cases opened, and closed, in a span of time by one more column: the lists behind the numbers
    of a month. A village's share of a month is found without reading the whole month."""
    return (
        Index(f"ix_cases_opened_{name}", column, "opened_at", "id"),
        Index(
            f"ix_cases_closed_{name}",
            column,
            "closed_at",
            "id",
            sqlite_where=_CLOSED,
            postgresql_where=_CLOSED,
        ),
    )


class Case(Versioned, Base):
    """The office's work on one trouble.

    ``assignee_id`` is the worker it is offered to or who works on it (kept by dispatch).
    ``village_no`` is copied from the household or the complaint, for lists and rights.
    ``paused_at`` is set while it waits for the citizen or another agency.
    """

    __tablename__ = "cases"
    __table_args__ = (
        _whole_index("status", "status"),
        _whole_index("category", "category_id"),
        _whole_index("village", "village_no"),
        _whole_index("assignee", "assignee_id"),
        _whole_index("priority", "priority"),
        _whole_index("opener", "opened_by_id"),
        _whole_index("village_status", "village_no", "status"),
        _whole_index("category_status", "category_id", "status"),
        _whole_index("assignee_status", "assignee_id", "status"),
        _whole_index("opener_status", "opened_by_id", "status"),
        _whole_index("village_category", "village_no", "category_id"),
        _whole_index("assignee_village", "assignee_id", "village_no"),
        _whole_index("assignee_category", "assignee_id", "category_id"),
        _open_index("due"),
        Index(
            "ix_cases_open_nobody",
            "due_at",
            "id",
            sqlite_where=_NOBODYS,
            postgresql_where=_NOBODYS,
        ),
        _open_index("status", "status"),
        _open_index("category", "category_id"),
        _open_index("village", "village_no"),
        _open_index("assignee", "assignee_id"),
        _open_index("priority", "priority"),
        _open_index("opener", "opened_by_id"),
        _open_index("village_category", "village_no", "category_id"),
        _open_index("village_status", "village_no", "status"),
        _open_index("village_priority", "village_no", "priority"),
        _open_index("category_status", "category_id", "status"),
        _open_index("category_priority", "category_id", "priority"),
        _open_index("assignee_status", "assignee_id", "status"),
        _open_index("assignee_village", "assignee_id", "village_no"),
        _open_index("assignee_category", "assignee_id", "category_id"),
        _open_index("risk", "risk"),
        *_month_indexes("village", "village_no"),
        *_month_indexes("category", "category_id"),
        *_month_indexes("assignee", "assignee_id"),
        Index("ix_cases_opened", "opened_at", "id"),
        Index(
            "ix_cases_closed",
            "closed_at",
            "id",
            sqlite_where=_CLOSED,
            postgresql_where=_CLOSED,
        ),
        Index(
            "ix_cases_unhappy",
            "id",
            sqlite_where=_UNHAPPY,
            postgresql_where=_UNHAPPY,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(20), unique=True)
    title: Mapped[str] = mapped_column(String(200), info=personal("narrative"))
    summary: Mapped[str] = mapped_column(Text, default="", info=personal("narrative"))
    category_id: Mapped[int] = mapped_column(ForeignKey("categories.id"))
    priority: Mapped[Priority] = mapped_column(str_enum(Priority), default=Priority.NORMAL)
    sensitivity: Mapped[Sensitivity] = mapped_column(
        str_enum(Sensitivity), default=Sensitivity.NORMAL
    )
    status: Mapped[CaseStatus] = mapped_column(str_enum(CaseStatus), default=CaseStatus.NEW)
    household_id: Mapped[int | None] = mapped_column(ForeignKey("households.id"), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    village_no: Mapped[int | None] = mapped_column(ForeignKey("villages.village_no"))
    assignee_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    opened_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    opened_at: Mapped[datetime] = mapped_column(UTCDateTime)
    due_at: Mapped[datetime] = mapped_column(UTCDateTime)
    paused_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    waits_until: Mapped[date | None] = mapped_column(Date)
    """While it waits: the day on which somebody looks whether to go on."""
    closed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    outcome: Mapped[Outcome | None] = mapped_column(str_enum(Outcome))
    outcome_note: Mapped[str] = mapped_column(Text, default="", info=personal("narrative"))
    """What the citizen reads about how it ended."""
    reopened_times: Mapped[int] = mapped_column(default=0)
    unhappy_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    """Since when a citizen says of a closed case that it did not help, until it is reopened."""
    risk: Mapped[RiskLevel | None] = mapped_column(str_enum(RiskLevel))
    """The newest of ``case_risks``, for lists; none while nobody has judged it."""
    search_text: Mapped[str] = mapped_column(SearchText, default="", info=personal("narrative"))
    """Number, title, summary, subject, house and the joined complaints, as ``search_key`` text."""
    updated_at: Mapped[datetime] = mapped_column(UTCDateTime)


class CaseEvent(Base):
    """A line of the timeline: appended, never changed; a ``public`` one is read by the citizen."""

    __tablename__ = "case_events"
    __table_args__ = (Index("ix_case_events_case", "case_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    kind: Mapped[EventKind] = mapped_column(str_enum(EventKind))
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    public: Mapped[bool] = mapped_column(default=False)
    text: Mapped[str] = mapped_column(Text, default="", info=personal("narrative"))
    data: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    """Plain details: old and new state, worker, reference of a complaint; no personal data."""
