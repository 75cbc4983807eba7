"""What a visit needs, by kind of trouble and by case; and the figures dispatch reckons with."""

from __future__ import annotations

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from welfare.core.db import Base, Versioned, personal, str_enum
from welfare.households.kinds import Sex


class Skill(Versioned, Base):
    """Something that a worker can do and a visit may need: data that the office edits."""

    __tablename__ = "skills"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(40), unique=True)
    name_th: Mapped[str] = mapped_column(String(120))
    name_en: Mapped[str] = mapped_column(String(120))
    position: Mapped[int] = mapped_column(default=0)
    active: Mapped[bool] = mapped_column(default=True)


class CategoryVisit(Versioned, Base):
    """What a visit of one kind of trouble takes; without a row: half an hour, anybody, alone."""

    __tablename__ = "category_visits"
    __table_args__ = (CheckConstraint("minutes BETWEEN 10 AND 90", name="minutes"),)

    category_id: Mapped[int] = mapped_column(ForeignKey("categories.id"), primary_key=True)
    skills: Mapped[list[str]] = mapped_column(JSON, default=list)
    minutes: Mapped[int] = mapped_column(default=30)
    pair: Mapped[bool] = mapped_column(default=False)
    """A lone visit is unsafe: two go, and arrive together."""


class CaseWish(Versioned, Base):
    """What is asked for of the visits of one case, beyond its kind."""

    __tablename__ = "case_wishes"
    __table_args__ = (
        CheckConstraint("minutes IS NULL OR minutes BETWEEN 10 AND 90", name="minutes"),
    )

    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), primary_key=True)
    language: Mapped[str] = mapped_column(String(8), default="")
    sex: Mapped[Sex] = mapped_column(str_enum(Sex), default=Sex.UNKNOWN)
    """Of the worker asked for; unknown: no matter."""
    skills: Mapped[list[str]] = mapped_column(JSON, default=list)
    pair: Mapped[bool] = mapped_column(default=False)
    minutes: Mapped[int | None]
    earliest: Mapped[str] = mapped_column(String(5), default="")
    latest: Mapped[str] = mapped_column(String(5), default="")
    """Between when and when to arrive, ``HH:MM``; empty: any time."""
    never: Mapped[list[int]] = mapped_column(JSON, default=list)
    """Users who must not go: complained about, or in conflict for another reason."""
    why_never: Mapped[str] = mapped_column(Text, default="", info=personal("narrative"))


class DispatchRules(Versioned, Base):
    """The figures of dispatch (one row)."""

    __tablename__ = "dispatch_rules"
    __table_args__ = (
        CheckConstraint("speed_kmh BETWEEN 5 AND 90", name="speed"),
        CheckConstraint("road_factor BETWEEN 1 AND 3", name="road"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    road_factor: Mapped[float] = mapped_column(default=1.3)
    """Length of the road for one metre of great circle."""
    speed_kmh: Mapped[int] = mapped_column(default=30)
    lunch_minutes: Mapped[int] = mapped_column(default=60)
    office_lat: Mapped[float | None]
    office_lng: Mapped[float | None]
    weights: Mapped[dict[str, int]] = mapped_column(JSON, default=dict)
    """Points by ``kinds.Weight``; what is missing has its first value."""
