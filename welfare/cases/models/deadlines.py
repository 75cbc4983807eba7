"""Deadlines in stages: the rules, what each case was given, who was told, why it is late."""

from __future__ import annotations

from datetime import date, datetime
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

from welfare.cases.kinds import Channel, Fault, Stage, Told, Watched
from welfare.cases.workflow import Priority
from welfare.core.db import Base, UTCDateTime, Versioned, personal, str_enum

_RUNS = text("met_at IS NULL AND ended_at IS NULL")
_UNANSWERED = text("answered_at IS NULL")


class DeadlineRule(Versioned, Base):
    """Working days of one stage for a kind of trouble and an urgency, from one day to another.

    ``priority`` ``None``: for every urgency that has no row of its own. ``working_days`` ``None``:
    this stage has no deadline. A case keeps what was in force on the day its clock began.
    """

    __tablename__ = "deadline_rules"
    __table_args__ = (
        CheckConstraint("working_days IS NULL OR working_days BETWEEN 1 AND 250", name="days"),
        CheckConstraint("effective_to IS NULL OR effective_to >= effective_from", name="span"),
        Index("ix_deadline_rules_category", "category_id", "stage", "effective_from"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    category_id: Mapped[int] = mapped_column(ForeignKey("categories.id"))
    priority: Mapped[Priority | None] = mapped_column(str_enum(Priority))
    stage: Mapped[Stage] = mapped_column(str_enum(Stage))
    working_days: Mapped[int | None]
    effective_from: Mapped[date] = mapped_column(Date)
    effective_to: Mapped[date | None] = mapped_column(Date)
    legal_basis: Mapped[str] = mapped_column(String(300), default="")
    source: Mapped[str] = mapped_column(String(200), default="")


class CaseStage(Base):
    """One deadline of a case. ``round`` counts its openings: a reopened case begins anew.

    It runs until it is met (``met_at``) or the case is closed without it (``ended_at``).
    ``reckoning`` is the arithmetic as ``core.deadlines.Deadline.as_data`` writes it. A deadline
    set by hand has ``hand_on``, who set it and why.
    """

    __tablename__ = "case_stages"
    __table_args__ = (
        UniqueConstraint("case_id", "round", "stage"),
        Index(
            "ix_case_stages_running",
            "stage",
            "due_at",
            "case_id",
            sqlite_where=_RUNS,
            postgresql_where=_RUNS,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    round: Mapped[int] = mapped_column(default=0)
    stage: Mapped[Stage] = mapped_column(str_enum(Stage))
    working_days: Mapped[int]
    rule_id: Mapped[int | None] = mapped_column(ForeignKey("deadline_rules.id"))
    """The rule that was in force; ``None``: the days of the kind of trouble."""
    started_at: Mapped[datetime] = mapped_column(UTCDateTime)
    due_at: Mapped[datetime] = mapped_column(UTCDateTime)
    met_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    hand_on: Mapped[date | None] = mapped_column(Date)
    hand_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    hand_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    hand_reason: Mapped[str] = mapped_column(Text, default="", info=personal("narrative"))
    reckoning: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)


class ReckoningTask(Base):
    """Closed days were changed: deadlines that run are to be reckoned anew by the worker."""

    __tablename__ = "reckoning_tasks"

    id: Mapped[int] = mapped_column(primary_key=True)
    asked_at: Mapped[datetime] = mapped_column(UTCDateTime)
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    days: Mapped[list[str]] = mapped_column(JSON, default=list)
    done_at: Mapped[datetime | None] = mapped_column(UTCDateTime, index=True)
    looked_at: Mapped[int] = mapped_column(default=0)
    moved: Mapped[int] = mapped_column(default=0)


class EscalationRule(Versioned, Base):
    """Who is told so many working days before (negative) or after a stage falls due."""

    __tablename__ = "escalation_rules"
    __table_args__ = (CheckConstraint("offset_days BETWEEN -60 AND 120", name="offset"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    stage: Mapped[Watched] = mapped_column(str_enum(Watched))
    offset_days: Mapped[int]
    told: Mapped[Told] = mapped_column(str_enum(Told))
    channel: Mapped[Channel] = mapped_column(str_enum(Channel), default=Channel.DESK)
    category_id: Mapped[int | None] = mapped_column(ForeignKey("categories.id"))
    """For one kind of trouble only; ``None``: for all."""
    active: Mapped[bool] = mapped_column(default=True)
    effective_from: Mapped[date] = mapped_column(Date)
    """What came to its point before this day is left alone."""
    source: Mapped[str] = mapped_column(String(200), default="")
    fault: Mapped[Fault | None] = mapped_column(str_enum(Fault))
    """What went wrong at the last time it should have told somebody; kept by the worker."""
    fault_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class Escalation(Base):
    """A rule fired for one deadline: once. ``fault``: why the officers were told instead."""

    __tablename__ = "escalations"
    __table_args__ = (
        UniqueConstraint("rule_id", "stage_id", "due_on"),
        Index("ix_escalations_case", "case_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    rule_id: Mapped[int] = mapped_column(ForeignKey("escalation_rules.id"))
    stage_id: Mapped[int] = mapped_column(ForeignKey("case_stages.id"))
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    due_on: Mapped[date] = mapped_column(Date)
    fired_at: Mapped[datetime] = mapped_column(UTCDateTime)
    fault: Mapped[Fault | None] = mapped_column(str_enum(Fault))


class DeadlineNotice(Base):
    """What somebody finds on their desk about a deadline."""

    __tablename__ = "deadline_notices"
    __table_args__ = (
        UniqueConstraint("escalation_id", "user_id"),
        Index("ix_deadline_notices_user", "user_id", "read_at", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    escalation_id: Mapped[int] = mapped_column(ForeignKey("escalations.id"))
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    stage: Mapped[Stage] = mapped_column(str_enum(Stage))
    due_on: Mapped[date] = mapped_column(Date)
    made_at: Mapped[datetime] = mapped_column(UTCDateTime)
    read_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class DelayQuestion(Base):
    """Why is it late? Asked of the owner until it is answered, and anew while it stays late."""

    __tablename__ = "delay_questions"
    __table_args__ = (
        Index("ix_delay_questions_case", "case_id", "id"),
        Index(
            "uq_delay_questions_unanswered",
            "case_id",
            unique=True,
            sqlite_where=_UNANSWERED,
            postgresql_where=_UNANSWERED,
        ),
        Index("ix_delay_questions_owner", "owner_id", "answered_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    stage: Mapped[Stage] = mapped_column(str_enum(Stage))
    due_on: Mapped[date] = mapped_column(Date)
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    """Whom it is asked of; ``None``: the officers, for a case without a worker."""
    first_asked_at: Mapped[datetime] = mapped_column(UTCDateTime)
    asked_at: Mapped[datetime] = mapped_column(UTCDateTime)
    times: Mapped[int] = mapped_column(default=1)
    answered_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    reason: Mapped[str] = mapped_column(Text, default="", info=personal("narrative"))


class DeadlineSettings(Versioned, Base):
    """How often a reason is asked for, and when the worker last looked (one row)."""

    __tablename__ = "deadline_settings"
    __table_args__ = (CheckConstraint("ask_every_days BETWEEN 1 AND 90", name="every"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    ask_every_days: Mapped[int] = mapped_column(default=7)
    """Calendar days between two askings (พ.ร.บ.การอำนวยความสะดวกฯ 2558 ม.10: every 7 days)."""
    legal_basis: Mapped[str] = mapped_column(String(300), default="")
    watched_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
