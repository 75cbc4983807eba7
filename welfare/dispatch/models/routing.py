"""Who is proposed first for which cases: dated data that the administrator edits."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, Date, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from welfare.cases.workflow import Priority
from welfare.core.db import Base, Versioned, str_enum
from welfare.core.security.permissions import Role
from welfare.dispatch.workflow import Target


class RoutingRule(Versioned, Base):
    """Cases of a kind, a village, an urgency (``None``: any) are first proposed to a worker, to
    those with a skill, or to a role. A person decides.

    Ended (``effective_to``) or put to rest, never deleted: cases say which rule spoke.
    """

    __tablename__ = "routing_rules"
    __table_args__ = (
        CheckConstraint("effective_to IS NULL OR effective_to >= effective_from", name="span"),
        CheckConstraint("(target = 'worker') = (worker_id IS NOT NULL)", name="worker"),
        CheckConstraint("(target = 'skill') = (skill IS NOT NULL)", name="skill"),
        CheckConstraint("(target = 'role') = (role IS NOT NULL)", name="role"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    category_id: Mapped[int | None] = mapped_column(ForeignKey("categories.id"))
    village_no: Mapped[int | None]
    priority: Mapped[Priority | None] = mapped_column(str_enum(Priority))
    target: Mapped[Target] = mapped_column(str_enum(Target))
    worker_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    skill: Mapped[str | None] = mapped_column(String(40))
    role: Mapped[Role | None] = mapped_column(str_enum(Role))
    reason: Mapped[str] = mapped_column(String(300))
    """Why, in words that the dispatcher reads."""
    effective_from: Mapped[date] = mapped_column(Date)
    effective_to: Mapped[date | None] = mapped_column(Date)
    active: Mapped[bool] = mapped_column(default=True)
