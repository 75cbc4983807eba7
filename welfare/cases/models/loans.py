"""Equipment on loan."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from welfare.cases.workflow import LoanStatus
from welfare.core.db import Base, UTCDateTime, Versioned, personal, str_enum

__all__ = ["EquipmentLoan"]

_OUT = text("status = 'out'")


class EquipmentLoan(Versioned, Base):
    """One piece with one person; the database itself refuses a second loan of a piece that is out.

    ``assistance_id``: the record of help that it counts as.
    """

    __tablename__ = "equipment_loans"
    __table_args__ = (
        Index("ix_equipment_loans_case", "case_id", "id"),
        Index(
            "uq_equipment_loans_out",
            "piece_id",
            unique=True,
            sqlite_where=_OUT,
            postgresql_where=_OUT,
        ),
        Index("ix_equipment_loans_due", "due_on", sqlite_where=_OUT, postgresql_where=_OUT),
        CheckConstraint("due_on >= lent_on", name="due"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    household_id: Mapped[int | None] = mapped_column(ForeignKey("households.id"), index=True)
    piece_id: Mapped[int] = mapped_column(ForeignKey("equipment_pieces.id"), index=True)
    assistance_id: Mapped[int | None] = mapped_column(ForeignKey("assistance.id"))
    status: Mapped[LoanStatus] = mapped_column(str_enum(LoanStatus), default=LoanStatus.OUT)
    lent_on: Mapped[date] = mapped_column(Date)
    due_on: Mapped[date] = mapped_column(Date)
    extended: Mapped[int] = mapped_column(default=0)
    ended_on: Mapped[date | None] = mapped_column(Date)
    note: Mapped[str] = mapped_column(String(300), default="", info=personal("narrative"))
    condition_back: Mapped[str] = mapped_column(String(200), default="")
    reminded_on: Mapped[date | None] = mapped_column(Date)
    """The due date for which its owner was last reminded."""
    lent_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    lent_at: Mapped[datetime] = mapped_column(UTCDateTime)
