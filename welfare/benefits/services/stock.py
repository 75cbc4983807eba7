"""Looking after equipment, and the steps that a loan takes with a piece."""

from __future__ import annotations

from dataclasses import fields
from typing import Any, cast

from sqlalchemy import CursorResult, select, update

from welfare.benefits.facts import PieceFacts
from welfare.benefits.kinds import PieceState
from welfare.benefits.models import EquipmentKind, EquipmentPiece
from welfare.benefits.policies import can_manage_funds
from welfare.benefits.queries.stock import load_piece_for_update
from welfare.benefits.services.funds import date_texts
from welfare.core import audit
from welfare.core.db import db
from welfare.core.errors import Forbidden, NotFound, Refused, StaleRecord
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import SYSTEM, Viewer

BY_LOANS = frozenset({PieceState.LENT})
"""States that only a loan gives and takes."""


def _allow(actor: Viewer) -> None:
    if actor is not SYSTEM and not can_manage_funds(actor):
        raise Forbidden


def add_kind(
    *, actor: Viewer, code: str, name_th: str, name_en: str = "", loan_days: int = 180
) -> int:
    """A new kind of equipment; ``Refused`` when there is one of that code."""
    _allow(actor)
    if db.session.scalar(select(EquipmentKind.id).where(EquipmentKind.code == code)) is not None:
        raise Refused(_("There is a kind with this code already."), field="code")
    kind = EquipmentKind(code=code, name_th=name_th, name_en=name_en, loan_days=loan_days)
    db.session.add(kind)
    audit.record(actor, "equipment.kind_added", "equipment", code, audit.changes_of(kind))
    db.session.flush()
    return kind.id


def add_piece(*, actor: Viewer, kind_id: int, facts: PieceFacts) -> int:
    """A piece comes into stock; its number is on no other."""
    _allow(actor)
    if db.session.get(EquipmentKind, kind_id) is None:
        raise NotFound
    _refuse_double(facts.number, None)
    _refuse_lent_by_hand(facts.state, None)
    piece = EquipmentPiece(kind_id=kind_id)
    _assign(piece, facts)
    db.session.add(piece)
    audit.record(actor, "equipment.added", "equipment", facts.number, audit.changes_of(piece))
    db.session.flush()
    return piece.id


def edit_piece(*, actor: Viewer, piece_id: int, version: int, facts: PieceFacts) -> None:
    """Change what is said of a piece. Whether it is lent is for loans alone to say."""
    _allow(actor)
    piece = load_piece_for_update(piece_id)
    if piece.version != version:
        raise StaleRecord(version=piece.version, current=_texts(piece))
    _refuse_double(facts.number, piece_id)
    _refuse_lent_by_hand(facts.state, piece.state)
    _assign(piece, facts)
    audit.record(actor, "equipment.edited", "equipment", facts.number, audit.changes_of(piece))
    db.session.flush()


def _refuse_double(number: str, own: int | None) -> None:
    found = db.session.scalar(select(EquipmentPiece.id).where(EquipmentPiece.number == number))
    if found is not None and found != own:
        raise Refused(_("Another piece has this number."), field="number")


def _refuse_lent_by_hand(after: PieceState, before: PieceState | None) -> None:
    if after != before and (after in BY_LOANS or before in BY_LOANS):
        raise Refused(_("A piece is lent and taken back on the page of its loan."), field="state")


def take_piece(piece_id: int) -> None:
    """A loan takes a piece from stock; ``Refused`` when it is there no more."""
    if not _turn(piece_id, PieceState.IN_STOCK, PieceState.LENT):
        raise Refused(_("This piece is no longer in stock. Please choose another."), field="piece")


def take_back_piece(piece_id: int, *, condition: str, repair: bool) -> None:
    """A loan gives a piece back, into stock or to be repaired first."""
    after = PieceState.REPAIR if repair else PieceState.IN_STOCK
    if not _turn(piece_id, PieceState.LENT, after, condition=condition):
        raise Refused(_("By the list this piece is not lent."))


def lose_piece(piece_id: int) -> None:
    """A loan ends without its piece."""
    if not _turn(piece_id, PieceState.LENT, PieceState.LOST):
        raise Refused(_("By the list this piece is not lent."))


def _turn(piece_id: int, before: PieceState, after: PieceState, **more: str) -> bool:
    """Change the state in one statement that only fits the state before: never two at once."""
    done = db.session.execute(
        update(EquipmentPiece)
        .where(EquipmentPiece.id == piece_id, EquipmentPiece.state == before)
        .values(state=after, version=EquipmentPiece.version + 1, **more)
        .execution_options(synchronize_session=False)
    )
    return cast(CursorResult[Any], done).rowcount == 1


def _assign(piece: EquipmentPiece, facts: PieceFacts) -> None:
    for field in fields(facts):
        setattr(piece, field.name, getattr(facts, field.name))


def _texts(piece: EquipmentPiece) -> dict[str, str]:
    return {
        "number": piece.number,
        "state": piece.state.value,
        "condition": piece.condition,
        "value": "" if piece.value is None else str(piece.value),
        **date_texts("acquired_on", piece.acquired_on),
    }
