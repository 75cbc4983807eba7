"""Equipment of the municipality that is lent: its kinds, and each single piece."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sqlalchemy import Date, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from welfare.benefits.kinds import PieceState
from welfare.core.db import Baht, Base, Versioned, str_enum


class EquipmentKind(Versioned, Base):
    """A kind of equipment (bed, wheelchair); ``loan_days``: for how long it is usually lent."""

    __tablename__ = "equipment_kinds"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(40), unique=True)
    name_th: Mapped[str] = mapped_column(String(120))
    name_en: Mapped[str] = mapped_column(String(120), default="")
    loan_days: Mapped[int] = mapped_column(default=180)
    active: Mapped[bool] = mapped_column(default=True)


class EquipmentPiece(Versioned, Base):
    """One piece, by the number written on it. Its state changes with loans only conditionally."""

    __tablename__ = "equipment_pieces"
    __table_args__ = (Index("ix_equipment_pieces_kind", "kind_id", "state"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind_id: Mapped[int] = mapped_column(ForeignKey("equipment_kinds.id"))
    number: Mapped[str] = mapped_column(String(40), unique=True)
    state: Mapped[PieceState] = mapped_column(str_enum(PieceState), default=PieceState.IN_STOCK)
    condition: Mapped[str] = mapped_column(String(200), default="")
    value: Mapped[Decimal | None] = mapped_column(Baht)
    acquired_on: Mapped[date | None] = mapped_column(Date)
