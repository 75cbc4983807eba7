"""What refers to a record that becomes part of another: it refers to the other from then on."""

from __future__ import annotations

from typing import Any, Literal, cast

from sqlalchemy import CursorResult, or_, select, update

from welfare.core import clock
from welfare.core.db import db
from welfare.core.security.permissions import Viewer
from welfare.households.kinds import FoundBy, PairKind, PairStatus
from welfare.households.likeness import Likeness
from welfare.households.models import DuplicatePair, Parentage, PersonFact
from welfare.households.queries.duplicates.referring import referring
from welfare.households.services.recording import Recording


def repoint_all(
    changes: Recording, of: Literal["person", "household"], loser: int, survivor: int
) -> dict[str, int]:
    """Let every row of any table that names the one record name the other; how many, by table.

    A table without ``id`` (a profile kept under somebody's account) is outside change sets: its
    rows follow, and stay with the survivor when the merge is undone.
    """
    moved: dict[str, int] = {}
    for table, column in referring(of):
        if "id" in table.c:
            count = changes.repoint(table, column, loser, survivor)
        else:
            named = update(table).where(table.c[column] == loser).values({column: survivor})
            count = cast("CursorResult[Any]", db.session.execute(named)).rowcount
        if count:
            moved[table.name] = moved.get(table.name, 0) + count
    db.session.expire_all()
    return moved


def put_parents_together(loser: int, survivor: int) -> None:
    """Who bore whom: sent to the survivor, nothing said twice, nobody their own parent."""
    rows = db.session.scalars(
        select(Parentage)
        .where(or_(*(c.in_((loser, survivor)) for c in (Parentage.person_id, Parentage.parent_id))))
        .order_by(Parentage.id)
    ).all()
    said = set()
    for row in sorted(rows, key=lambda one: loser in (one.person_id, one.parent_id)):
        child = survivor if row.person_id == loser else row.person_id
        parent = survivor if row.parent_id == loser else row.parent_id
        if child == parent or (child, row.kind) in said:
            db.session.delete(row)
            continue
        said.add((child, row.kind))
        row.person_id, row.parent_id = child, parent
    db.session.flush()


def care_for_nobody_themselves(person_id: int) -> None:
    """Who was noted as somebody's carer and is that person now, is their carer no more."""
    for fact in db.session.scalars(
        select(PersonFact).where(
            PersonFact.person_id == person_id, PersonFact.other_person_id == person_id
        )
    ):
        fact.other_person_id = None
    db.session.flush()


def settle_pairs(
    actor: Viewer, kind: PairKind, loser: int, survivor: int, likeness: Likeness, change: str
) -> None:
    """The pair itself is done; the other pairs of the record that went are the survivor's now,
    with what was decided about them."""
    rows = db.session.scalars(
        select(DuplicatePair)
        .where(
            DuplicatePair.kind == kind,
            or_(*(c.in_((loser, survivor)) for c in (DuplicatePair.a_id, DuplicatePair.b_id))),
        )
        .order_by(DuplicatePair.id)
        .with_for_update()
    ).all()
    standing = {(row.a_id, row.b_id): row for row in rows}
    itself = (min(loser, survivor), max(loser, survivor))
    pair = standing.get(itself) or _new_pair(kind, itself, likeness)
    pair.status, pair.change_number = PairStatus.MERGED, change
    pair.decided_at, pair.decided_by_id = clock.now(), actor.user_id
    for row in rows:
        if row is pair or row.status == PairStatus.MERGED or loser not in (row.a_id, row.b_id):
            continue
        other = row.b_id if row.a_id == loser else row.a_id
        aim = (min(other, survivor), max(other, survivor))
        met = standing.get(aim)
        if met is None:
            row.a_id, row.b_id = aim
            standing[aim] = row
            continue
        if met.status == PairStatus.OPEN and row.status == PairStatus.DIFFERENT:
            met.status, met.note = row.status, row.note
            met.decided_at, met.decided_by_id = row.decided_at, row.decided_by_id
        db.session.delete(row)
    db.session.flush()


def _new_pair(kind: PairKind, ids: tuple[int, int], likeness: Likeness) -> DuplicatePair:
    pair = DuplicatePair(
        kind=kind,
        a_id=ids[0],
        b_id=ids[1],
        score=likeness.score,
        weight=likeness.weight,
        reasons=",".join(likeness.reasons),
        against=",".join(likeness.against),
        found_by=FoundBy.ENTRY,
        found_at=clock.now(),
        compared_at=clock.now(),
    )
    db.session.add(pair)
    return pair
