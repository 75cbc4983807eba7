"""What rules did: every firing, and which of them cannot run."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from welfare.cases.kinds import Fault, RuleKind
from welfare.core.db import Base, UTCDateTime, str_enum

__all__ = ["RuleFiring", "RuleHealth"]


class RuleFiring(Base):
    """A rule did something, or should have and could not (``fault``). Appended, never changed.

    ``rule_key`` names the rule (``routing:7``). What escalation rules did of cases stands in
    :class:`~welfare.cases.models.deadlines.Escalation`. ``once``: where a rule fires but once for
    something, that something; the database refuses the second.
    """

    __tablename__ = "rule_firings"
    __table_args__ = (
        Index("ix_rule_firings_rule", "rule_key", "id"),
        Index("ix_rule_firings_case", "case_id", "kind"),
        Index("ix_rule_firings_at", "at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[RuleKind] = mapped_column(str_enum(RuleKind))
    rule_key: Mapped[str] = mapped_column(String(60))
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    case_id: Mapped[int | None] = mapped_column(ForeignKey("cases.id"))
    reference: Mapped[str] = mapped_column(String(24), default="")
    """Of the request, where it is about one."""
    fault: Mapped[Fault | None] = mapped_column(str_enum(Fault))
    once: Mapped[str | None] = mapped_column(String(80), unique=True)
    data: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)


class RuleHealth(Base):
    """A rule that cannot run, and since when: kept by the worker, for the desk and `/metrics`."""

    __tablename__ = "rule_health"

    rule_key: Mapped[str] = mapped_column(String(60), primary_key=True)
    kind: Mapped[RuleKind] = mapped_column(str_enum(RuleKind))
    fault: Mapped[Fault] = mapped_column(str_enum(Fault))
    since_at: Mapped[datetime] = mapped_column(UTCDateTime)
