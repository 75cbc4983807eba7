"""Who lives, or is registered, where since when."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from welfare.core.db import Base, Versioned, str_enum
from welfare.households.kinds import Relation


def _one(name: str, columns: str, only: str = "") -> Index:
    """At most one open membership of a kind: a unique index over those rows alone."""
    where = " AND ".join(part for part in (only, "to_day IS NULL") if part)
    return Index(
        f"uq_memberships_open_{name}",
        *columns.split(", "),
        unique=True,
        sqlite_where=text(where),
        postgresql_where=text(where),
    )


class Membership(Versioned, Base):
    """One person in one household from a day to a day (open: no end).

    Living there (``de_facto``) and standing in its house register (``on_register``) are two facts.
    """

    __tablename__ = "memberships"
    __table_args__ = (
        CheckConstraint("to_day IS NULL OR from_day IS NULL OR to_day >= from_day", name="days"),
        Index("ix_memberships_person", "person_id", "to_day"),
        Index("ix_memberships_household", "household_id", "to_day"),
        _one("head", "household_id", f"relation = '{Relation.HEAD.value}'"),
        _one("member", "household_id, person_id"),
        _one("home", "person_id", "de_facto"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    household_id: Mapped[int] = mapped_column(ForeignKey("households.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    relation: Mapped[Relation] = mapped_column(str_enum(Relation), default=Relation.OTHER)
    de_facto: Mapped[bool] = mapped_column(default=True)
    on_register: Mapped[bool] = mapped_column(default=True)
    from_day: Mapped[date | None] = mapped_column(Date)
    to_day: Mapped[date | None] = mapped_column(Date)
    reason: Mapped[str] = mapped_column(String(120), default="")
