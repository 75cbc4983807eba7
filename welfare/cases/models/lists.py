"""Lists of casework that the municipality keeps: checklists, standard texts, numbers of days."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import (
    CheckConstraint,
    Date,
    ForeignKey,
    Index,
    String,
    Text,
    UniqueConstraint,
    false,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from welfare.cases.kinds import CareDays, TextUse, Tick
from welfare.cases.workflow import CaseStatus
from welfare.core.db import Base, UTCDateTime, Versioned, personal, str_enum

_STANDS = text("undone_at IS NULL")


class Checklist(Base):
    """One edition of the checklist of a category: never changed, followed by another.

    A case has the edition that was in force when it was opened.
    """

    __tablename__ = "checklists"
    __table_args__ = (UniqueConstraint("category_id", "edition"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    category_id: Mapped[int] = mapped_column(ForeignKey("categories.id"))
    edition: Mapped[int]
    made_at: Mapped[datetime] = mapped_column(UTCDateTime)
    """In force from this moment until the next edition's."""
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))


class ChecklistItem(Base):
    """Something to be looked at; one that is ``required`` hinders closing until it is ticked."""

    __tablename__ = "checklist_items"
    __table_args__ = (UniqueConstraint("checklist_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    checklist_id: Mapped[int] = mapped_column(ForeignKey("checklists.id"))
    position: Mapped[int]
    name_th: Mapped[str] = mapped_column(String(200))
    name_en: Mapped[str] = mapped_column(String(200), default="")
    required: Mapped[bool] = mapped_column(default=False, server_default=false())


class ChecklistTick(Base):
    """An item ticked for a case, or said not to apply; undone, it stays to be read."""

    __tablename__ = "checklist_ticks"
    __table_args__ = (
        Index(
            "uq_checklist_ticks_standing",
            "case_id",
            "item_id",
            unique=True,
            sqlite_where=_STANDS,
            postgresql_where=_STANDS,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    item_id: Mapped[int] = mapped_column(ForeignKey("checklist_items.id"))
    tick: Mapped[Tick] = mapped_column(str_enum(Tick))
    note: Mapped[str] = mapped_column(String(300), default="", info=personal("narrative"))
    ticked_at: Mapped[datetime] = mapped_column(UTCDateTime)
    ticked_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    undone_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    undone_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))


class StandardText(Versioned, Base):
    """Words that are offered where something is written; ``None`` means any category or state."""

    __tablename__ = "standard_texts"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80), unique=True)
    use: Mapped[TextUse] = mapped_column(str_enum(TextUse))
    category_id: Mapped[int | None] = mapped_column(ForeignKey("categories.id"))
    status: Mapped[CaseStatus | None] = mapped_column(str_enum(CaseStatus))
    body: Mapped[str] = mapped_column(Text)
    """Plain words; what stands in braces is one of ``kinds.Blank`` and is filled in."""
    active: Mapped[bool] = mapped_column(default=True)
    made_at: Mapped[datetime] = mapped_column(UTCDateTime)


class CareRule(Base):
    """A number of days of casework from a day on, until a later row of the same kind."""

    __tablename__ = "care_rules"
    __table_args__ = (
        UniqueConstraint("kind", "effective_from"),
        CheckConstraint("days BETWEEN 1 AND 1000", name="days"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[CareDays] = mapped_column(str_enum(CareDays))
    days: Mapped[int]
    effective_from: Mapped[date] = mapped_column(Date)
    source: Mapped[str] = mapped_column(String(200), default="")
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    made_at: Mapped[datetime] = mapped_column(UTCDateTime)
