"""The case and its timeline."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from welfare.cases.workflow import CaseStatus, Outcome, Priority, Sensitivity
from welfare.core.db import Base, UTCDateTime, Versioned, personal, str_enum


class Case(Versioned, Base):
    """The office's work on one trouble.

    ``assignee_id`` is the worker it is offered to or who works on it (kept by dispatch).
    ``village_no`` is copied from the household or the complaint, for lists and rights.
    ``paused_at`` is set while it waits for the citizen or another agency.
    """

    __tablename__ = "cases"
    __table_args__ = (
        Index("ix_cases_status", "status", "id"),
        Index("ix_cases_category", "category_id", "id"),
        Index("ix_cases_village", "village_no", "id"),
        Index("ix_cases_assignee", "assignee_id", "id"),
        Index("ix_cases_due", "due_at", "id"),
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
    due_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    paused_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    closed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    outcome: Mapped[Outcome | None] = mapped_column(str_enum(Outcome))
    outcome_note: Mapped[str] = mapped_column(Text, default="", info=personal("narrative"))
    """What the citizen reads about how it ended."""
    reopened_times: Mapped[int] = mapped_column(default=0)
    search_text: Mapped[str] = mapped_column(Text, default="", info=personal("narrative"))
    """Number, title, summary, subject, house and the joined complaints, as ``search_key`` text."""
    updated_at: Mapped[datetime] = mapped_column(UTCDateTime)


class EventKind(StrEnum):
    """What a line of the timeline tells."""

    OPENED = "opened"
    JOINED = "joined"
    STATUS = "status"
    ASSIGNED = "assigned"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    TAKEN_BACK = "taken_back"
    EDITED = "edited"
    NOTE = "note"
    CITIZEN = "citizen"
    TASK = "task"
    VISIT = "visit"
    ASSISTANCE = "assistance"
    ATTACHMENT = "attachment"
    CLOSED = "closed"
    REOPENED = "reopened"


class CaseEvent(Base):
    """A line of the timeline: appended, never changed. ``public``: the citizen may read ``text``."""

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
