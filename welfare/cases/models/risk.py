"""How much danger there is in a case, with reasons from a list that the municipality keeps."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from welfare.cases.kinds import RiskLevel
from welfare.core.db import Base, UTCDateTime, Versioned, personal, str_enum


class RiskReason(Versioned, Base):
    """A reason that may be given for a risk level, from a day to a day."""

    __tablename__ = "risk_reasons"
    __table_args__ = (
        CheckConstraint("effective_to IS NULL OR effective_to >= effective_from", name="span"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    name_th: Mapped[str] = mapped_column(String(160))
    name_en: Mapped[str] = mapped_column(String(160), default="")
    effective_from: Mapped[date] = mapped_column(Date)
    effective_to: Mapped[date | None] = mapped_column(Date)
    position: Mapped[int] = mapped_column(default=0)
    source: Mapped[str] = mapped_column(String(200), default="")


class CaseRisk(Base):
    """A risk level as it was set: appended, never changed. The newest is the case's own."""

    __tablename__ = "case_risks"
    __table_args__ = (Index("ix_case_risks_case", "case_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    level: Mapped[RiskLevel] = mapped_column(str_enum(RiskLevel))
    note: Mapped[str] = mapped_column(Text, default="", info=personal("narrative"))
    set_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    set_at: Mapped[datetime] = mapped_column(UTCDateTime)


class CaseRiskReason(Base):
    """One of the reasons for a risk level."""

    __tablename__ = "case_risk_reasons"

    risk_id: Mapped[int] = mapped_column(ForeignKey("case_risks.id"), primary_key=True)
    reason_id: Mapped[int] = mapped_column(ForeignKey("risk_reasons.id"), primary_key=True)
