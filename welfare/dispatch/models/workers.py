"""What the office knows of its workers: what they can do, when they are there."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import JSON, CheckConstraint, Date, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from welfare.core.db import Base, UTCDateTime, Versioned, personal, str_enum
from welfare.dispatch.workflow import AbsenceKind, Vehicle
from welfare.households.kinds import Sex


class WorkerProfile(Versioned, Base):
    """What one worker can do. Who has no row works the office's hours and knows no trade."""

    __tablename__ = "worker_profiles"
    __table_args__ = (
        CheckConstraint("max_visits BETWEEN 1 AND 40", name="max_visits"),
        CheckConstraint("starts < ends", name="hours"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), unique=True)
    skills: Mapped[list[str]] = mapped_column(JSON, default=list)
    """Codes of ``Skill``."""
    languages: Mapped[list[str]] = mapped_column(JSON, default=list)
    """Codes of ``workflow.Language``."""
    villages: Mapped[list[int]] = mapped_column(JSON, default=list)
    """Where they are at home: a preference. Where they may go at all is ``UserArea``."""
    sex: Mapped[Sex] = mapped_column(
        str_enum(Sex), default=Sex.UNKNOWN, info=personal("staff", retention="employment+1y")
    )
    starts: Mapped[str] = mapped_column(String(5), default="08:30")
    ends: Mapped[str] = mapped_column(String(5), default="16:30")
    """``HH:MM`` of leaving the office and of being back there."""
    max_visits: Mapped[int] = mapped_column(default=12)
    alone: Mapped[bool] = mapped_column(default=True)
    """Whether they may visit a house without a second worker."""
    vehicle: Mapped[Vehicle] = mapped_column(
        str_enum(Vehicle), default=Vehicle.NONE, server_default=Vehicle.NONE.value
    )
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    """Their own record in the registry, from which their relatives are known."""


class Absence(Versioned, Base):
    """Days on which a worker is not there. Taken back, never deleted."""

    __tablename__ = "absences"
    __table_args__ = (
        CheckConstraint("last_day >= first_day", name="days"),
        Index("ix_absences_user", "user_id", "last_day"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    first_day: Mapped[date] = mapped_column(Date)
    last_day: Mapped[date] = mapped_column(Date)
    kind: Mapped[AbsenceKind] = mapped_column(
        str_enum(AbsenceKind), info=personal("staff", retention="employment+1y")
    )
    note: Mapped[str] = mapped_column(
        String(200), default="", info=personal("staff", retention="employment+1y")
    )
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    made_at: Mapped[datetime] = mapped_column(UTCDateTime)
    taken_back_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
