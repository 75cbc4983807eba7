"""Equipment: kinds with how many pieces are where, and the pieces that could be lent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import and_, func, select

from welfare.benefits.kinds import PieceState
from welfare.benefits.models import EquipmentKind, EquipmentPiece
from welfare.core.db import db, hold
from welfare.core.errors import NotFound


@dataclass(frozen=True, slots=True)
class KindRow:
    """A kind of equipment with its stock; ``total`` without what is lost or no longer used."""

    id: int
    version: int
    code: str
    name_th: str
    name_en: str
    loan_days: int
    active: bool
    in_stock: int
    lent: int
    repair: int
    lost: int

    @property
    def total(self) -> int:
        """Pieces that the municipality still has."""
        return self.in_stock + self.lent + self.repair

    def name(self, lang: str) -> str:
        """Its name in Thai, or in English where it has one."""
        return self.name_en if lang == "en" and self.name_en else self.name_th


@dataclass(frozen=True, slots=True)
class PieceRow:
    """One piece."""

    id: int
    version: int
    kind_id: int
    number: str
    state: PieceState
    condition: str
    value: Decimal | None
    acquired_on: date | None
    kind_th: str
    kind_en: str
    loan_days: int

    def kind_name(self, lang: str) -> str:
        """What it is."""
        return self.kind_en if lang == "en" and self.kind_en else self.kind_th


def kinds_with_stock(*, every: bool = False) -> list[KindRow]:
    """All kinds in use with their stock, counted in one statement."""
    counts = [
        func.count(EquipmentPiece.id).filter(EquipmentPiece.state == state)
        for state in (PieceState.IN_STOCK, PieceState.LENT, PieceState.REPAIR, PieceState.LOST)
    ]
    statement = (
        select(
            EquipmentKind.id, EquipmentKind.version, EquipmentKind.code, EquipmentKind.name_th,
            EquipmentKind.name_en, EquipmentKind.loan_days, EquipmentKind.active, *counts,
        )
        .outerjoin(EquipmentPiece, EquipmentPiece.kind_id == EquipmentKind.id)
        .group_by(EquipmentKind.id)
        .order_by(EquipmentKind.active.desc(), EquipmentKind.id)
    )  # fmt: skip
    if not every:
        statement = statement.where(EquipmentKind.active)
    return [KindRow(*row) for row in db.session.execute(statement)]


_PIECE = (
    EquipmentPiece.id, EquipmentPiece.version, EquipmentPiece.kind_id, EquipmentPiece.number,
    EquipmentPiece.state, EquipmentPiece.condition, EquipmentPiece.value,
    EquipmentPiece.acquired_on, EquipmentKind.name_th, EquipmentKind.name_en,
    EquipmentKind.loan_days,
)  # fmt: skip


def free_pieces() -> list[PieceRow]:
    """Pieces in stock, by kind and number."""
    rows = db.session.execute(
        select(*_PIECE)
        .join(EquipmentKind, EquipmentKind.id == EquipmentPiece.kind_id)
        .where(and_(EquipmentPiece.state == PieceState.IN_STOCK, EquipmentKind.active))
        .order_by(EquipmentKind.id, EquipmentPiece.number)
    )
    return [PieceRow(*row) for row in rows]


def all_pieces() -> list[PieceRow]:
    """Every piece there is or was."""
    rows = db.session.execute(
        select(*_PIECE)
        .join(EquipmentKind, EquipmentKind.id == EquipmentPiece.kind_id)
        .order_by(EquipmentKind.id, EquipmentPiece.number)
    )
    return [PieceRow(*row) for row in rows]


def piece_of(piece_id: int) -> PieceRow:
    """One piece; ``NotFound`` when there is none."""
    row = db.session.execute(
        select(*_PIECE)
        .join(EquipmentKind, EquipmentKind.id == EquipmentPiece.kind_id)
        .where(EquipmentPiece.id == piece_id)
    ).first()
    if row is None:
        raise NotFound
    return PieceRow(*row)


def load_piece_for_update(piece_id: int) -> EquipmentPiece:
    """The piece itself, held until the transaction ends; ``NotFound`` when there is none."""
    return hold(select(EquipmentPiece).where(EquipmentPiece.id == piece_id))
