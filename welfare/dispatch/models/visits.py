"""Tables of assignments and visits."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import JSON, Date, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from welfare.core.db import Base, UTCDateTime, Versioned, personal, str_enum
from welfare.dispatch.workflow import AssignmentStatus, Conflict, VisitStatus


class Assignment(Versioned, Base):
    """A case given to a worker. At most one of a case is offered or accepted."""

    __tablename__ = "assignments"
    __table_args__ = (
        Index("ix_assignments_case", "case_id", "id"),
        Index("ix_assignments_worker", "worker_id", "status"),
        Index(
            "uq_assignments_current",
            "case_id",
            unique=True,
            sqlite_where=text("status IN ('offered', 'accepted')"),
            postgresql_where=text("status IN ('offered', 'accepted')"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    worker_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    status: Mapped[AssignmentStatus] = mapped_column(str_enum(AssignmentStatus))
    companion_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    """Who goes along on visits where a lone one is unsafe, as it was proposed with the offer."""
    conflict: Mapped[Conflict | None] = mapped_column(str_enum(Conflict))
    """Told with a decline; bars the worker from the case until it is lifted."""
    conflict_lifted_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    conflict_lifted_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    took: Mapped[dict[str, int]] = mapped_column(JSON, default=dict)
    """Open tasks and actions that came along from earlier workers, and whose each was."""
    offered_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    offered_at: Mapped[datetime] = mapped_column(UTCDateTime)
    note: Mapped[str] = mapped_column(Text, default="", info=personal("narrative"))
    answered_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    reason: Mapped[str] = mapped_column(Text, default="", info=personal("narrative"))


class Visit(Versioned, Base):
    """A visit to a house: planned for a day, then done with findings, or missed with a reason."""

    __tablename__ = "visits"
    __table_args__ = (
        Index("ix_visits_case", "case_id", "id"),
        Index("ix_visits_worker_day", "worker_id", "planned_on", "status"),
        Index("ix_visits_companion_day", "companion_id", "planned_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(20), unique=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    worker_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    companion_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    """A second worker who goes along where a lone visit is unsafe; the record is the first's."""
    planned_on: Mapped[date] = mapped_column(Date)
    planned_time: Mapped[str] = mapped_column(String(5), default="")
    """``HH:MM``, or empty for any time of the day."""
    purpose: Mapped[str] = mapped_column(String(300), default="", info=personal("narrative"))
    status: Mapped[VisitStatus] = mapped_column(str_enum(VisitStatus), default=VisitStatus.PLANNED)
    visited_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    who_present: Mapped[str] = mapped_column(String(300), default="", info=personal("identity"))
    findings: Mapped[str] = mapped_column(Text, default="", info=personal("narrative"))
    needs: Mapped[str] = mapped_column(Text, default="", info=personal("welfare"))
    next_visit_on: Mapped[date | None] = mapped_column(Date)
    adl_fact_id: Mapped[int | None] = mapped_column(ForeignKey("person_facts.id"), index=True)
    """The Barthel index taken at this visit, as it stands in the registry."""
    missed_reason: Mapped[str] = mapped_column(Text, default="", info=personal("narrative"))
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)


class VisitPhoto(Base):
    """A picture taken at a visit."""

    __tablename__ = "visit_photos"

    id: Mapped[int] = mapped_column(primary_key=True)
    visit_id: Mapped[int] = mapped_column(ForeignKey("visits.id"), index=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_files.id"), unique=True)
    caption: Mapped[str] = mapped_column(String(200), default="", info=personal("narrative"))
