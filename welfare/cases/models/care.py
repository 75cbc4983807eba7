"""What a case needs and what is planned: assessments of the five dimensions, goals and actions."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from welfare.cases.kinds import ActionStatus, AgreedBy, GoalStatus, Responsible
from welfare.core.db import Base, UTCDateTime, Versioned, personal, str_enum
from welfare.core.security.crypto import EncryptedText
from welfare.households.kinds import Dimension


class NeedsAssessment(Versioned, Base):
    """How much help is needed on a day; a later one stands beside it, none replaces another."""

    __tablename__ = "needs_assessments"
    __table_args__ = (Index("ix_needs_assessments_case", "case_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    assessed_on: Mapped[date] = mapped_column(Date)
    note: Mapped[str | None] = mapped_column(
        EncryptedText("needs_assessments.note"), info=personal("health")
    )
    assessed_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    recorded_at: Mapped[datetime] = mapped_column(UTCDateTime)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    withdrawn_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    withdrawn_reason: Mapped[str] = mapped_column(
        String(300), default="", info=personal("narrative")
    )


class AssessedNeed(Base):
    """One dimension of an assessment, where it was looked at: from 0, no need, to 3, at once."""

    __tablename__ = "assessed_needs"
    __table_args__ = (
        UniqueConstraint("assessment_id", "dimension"),
        CheckConstraint("level BETWEEN 0 AND 3", name="level"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    assessment_id: Mapped[int] = mapped_column(ForeignKey("needs_assessments.id"))
    dimension: Mapped[Dimension] = mapped_column(str_enum(Dimension))
    level: Mapped[int]
    text: Mapped[str | None] = mapped_column(
        EncryptedText("assessed_needs.text"), info=personal("health")
    )
    """Encrypted: what is written of health speaks of somebody's health."""


class PlanGoal(Versioned, Base):
    """What is to be reached for a case; met, or dropped with a reason."""

    __tablename__ = "plan_goals"
    __table_args__ = (Index("ix_plan_goals_case", "case_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    title: Mapped[str] = mapped_column(String(300), info=personal("narrative"))
    dimension: Mapped[Dimension | None] = mapped_column(str_enum(Dimension))
    due_on: Mapped[date | None] = mapped_column(Date)
    status: Mapped[GoalStatus] = mapped_column(str_enum(GoalStatus), default=GoalStatus.OPEN)
    reason: Mapped[str] = mapped_column(Text, default="", info=personal("narrative"))
    """Why it was dropped, or what tells that it is met."""
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    made_at: Mapped[datetime] = mapped_column(UTCDateTime)
    changed_at: Mapped[datetime] = mapped_column(UTCDateTime)
    """When its words or day were last changed: an agreement from before knows others."""
    ended_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))


class PlanAction(Versioned, Base):
    """A step towards a goal: by a worker of the office, an agency, or the family."""

    __tablename__ = "plan_actions"
    __table_args__ = (
        Index("ix_plan_actions_case", "case_id", "id"),
        Index("ix_plan_actions_goal", "goal_id"),
        Index("ix_plan_actions_worker", "worker_id", "status", "due_on"),
        CheckConstraint("(responsible = 'worker') = (worker_id IS NOT NULL)", name="worker"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    goal_id: Mapped[int] = mapped_column(ForeignKey("plan_goals.id"))
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    title: Mapped[str] = mapped_column(String(300), info=personal("narrative"))
    responsible: Mapped[Responsible] = mapped_column(str_enum(Responsible))
    worker_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    who: Mapped[str] = mapped_column(String(120), default="", info=personal("identity"))
    """Which agency, or who of the family."""
    due_on: Mapped[date | None] = mapped_column(Date)
    status: Mapped[ActionStatus] = mapped_column(str_enum(ActionStatus), default=ActionStatus.OPEN)
    reason: Mapped[str] = mapped_column(Text, default="", info=personal("narrative"))
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    made_at: Mapped[datetime] = mapped_column(UTCDateTime)
    changed_at: Mapped[datetime] = mapped_column(UTCDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))


class PlanAgreement(Base):
    """Who agreed to the plan as it stood on a day."""

    __tablename__ = "plan_agreements"
    __table_args__ = (Index("ix_plan_agreements_case", "case_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    agreed_on: Mapped[date] = mapped_column(Date)
    agreed_by: Mapped[AgreedBy] = mapped_column(str_enum(AgreedBy))
    who: Mapped[str] = mapped_column(String(120), default="", info=personal("identity"))
    note: Mapped[str] = mapped_column(Text, default="", info=personal("narrative"))
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    recorded_at: Mapped[datetime] = mapped_column(UTCDateTime)
