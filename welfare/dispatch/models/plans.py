"""A day planned: which worker goes to which houses in which order."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Date, ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from welfare.core.db import Base, UTCDateTime, Versioned, str_enum
from welfare.dispatch.workflow import PlanStatus


class DayPlan(Versioned, Base):
    """A plan of one day. A draft until somebody accepts it; then its stops are visits."""

    __tablename__ = "day_plans"
    __table_args__ = (Index("ix_day_plans_day", "day", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(20), unique=True)
    day: Mapped[date] = mapped_column(Date)
    status: Mapped[PlanStatus] = mapped_column(str_enum(PlanStatus), default=PlanStatus.DRAFT)
    worker_ids: Mapped[list[int]] = mapped_column(JSON, default=list)
    seed: Mapped[int] = mapped_column(default=1)
    metres: Mapped[int] = mapped_column(default=0)
    milliseconds: Mapped[int] = mapped_column(default=0)
    """How long the solver took."""
    basis: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    """What it was reckoned with: road factor, speed, lunch; how many places were estimated."""
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    made_at: Mapped[datetime] = mapped_column(UTCDateTime)
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("day_plans.id"))
    """The accepted plan that this one plans anew."""
    settled_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    settled_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    """Accepted, taken back or thrown away."""


class PlanStop(Base):
    """One case in a plan: with a worker and a time, or without them and with the reason."""

    __tablename__ = "plan_stops"
    __table_args__ = (
        CheckConstraint("(worker_id IS NULL) = (arrive IS NULL)", name="placed"),
        CheckConstraint("partner_id IS NULL OR partner_id <> worker_id", name="two"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("day_plans.id"), index=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    worker_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    partner_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    arrive: Mapped[int | None]
    """Minutes since midnight."""
    minutes: Mapped[int]
    travel_minutes: Mapped[int] = mapped_column(default=0)
    metres: Mapped[int] = mapped_column(default=0)
    """Of the way there."""
    estimated: Mapped[bool] = mapped_column(default=False)
    """The house has no coordinates: the centre of its village stands for it."""
    wanted_worker_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    wanted_at: Mapped[int | None]
    """What somebody set by hand; planning anew keeps to it."""
    dropped: Mapped[bool] = mapped_column(default=False)
    why: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    """Why it did not fit: codes and plain figures."""
    standing_visit_id: Mapped[int | None] = mapped_column(ForeignKey("visits.id"))
    """The visit was planned already, before this plan."""
    visit_id: Mapped[int | None] = mapped_column(ForeignKey("visits.id"))
    """The visit that accepting the plan made, or changed."""
    before: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    """Of a day planned anew: the visit as the plan before it had it (``facts.Before``)."""
    offered: Mapped[bool] = mapped_column(default=False)
    """Accepting the plan offered the case to the worker."""


class CalendarLink(Base):
    """A secret address at which a worker's calendar can be fetched, until it is ended."""

    __tablename__ = "calendar_links"

    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    made_at: Mapped[datetime] = mapped_column(UTCDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
