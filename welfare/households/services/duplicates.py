"""Verbs on pairs that may be one: finding them, saying that they are two, taking that back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import cast

from sqlalchemy import Table, bindparam, delete, insert, select

from welfare.core import audit, clock
from welfare.core.db import db
from welfare.core.db.engine import expect_writes
from welfare.core.errors import Forbidden, StaleRecord
from welfare.core.security.permissions import SYSTEM, Permission, Viewer
from welfare.households.kinds import FoundBy, PairKind, PairStatus
from welfare.households.likeness import OFFERED
from welfare.households.models import DuplicatePair
from welfare.households.queries.alike import AlikePerson
from welfare.households.queries.duplicates.pairs import load_pair
from welfare.households.queries.duplicates.sweep import (
    Pair,
    Progress,
    pairs_of_houses,
    pairs_of_people,
)
from welfare.households.queries.rows import PersonRow

NOTE_LENGTH = 300
_CHUNK = 500


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check found: pairs offered in all, how many of them new, how many no longer alike."""

    kind: PairKind
    offered: int
    new: int
    gone: int


def check_registry(progress: Progress | None = None) -> list[Checked]:
    """Compare the whole registry with itself and bring the table of pairs up to date.

    What was decided stays decided; open pairs that are no longer alike go. Comparing takes seconds
    to minutes and holds no lock: it reads in a transaction of its own, and only what was found is
    written. For commands and jobs, which commit afterwards.
    """
    tell = progress or (lambda _what, _how_many: None)
    db.session.rollback()
    expect_writes(False)
    try:
        people, houses = list(pairs_of_people(tell)), list(pairs_of_houses(tell))
    finally:
        db.session.rollback()
        expect_writes(True)
    results = [_renew(PairKind.PERSON, people), _renew(PairKind.HOUSEHOLD, houses)]
    audit.record(
        SYSTEM, "registry.checked", "registry", "duplicates",
        {one.kind.value: one.offered for one in results},
    )  # fmt: skip
    return results


def remember_pairs(kind: PairKind, pairs: Iterable[Pair], found_by: FoundBy) -> int:
    """Put pairs into the queue that are not in the table yet; how many were new."""
    pairs = list(pairs)
    known = _known(kind, {record for pair in pairs for record in (pair.a_id, pair.b_id)})
    fresh = {(p.a_id, p.b_id): p for p in pairs if (p.a_id, p.b_id) not in known}
    _insert(kind, list(fresh.values()), found_by)
    return len(fresh)


def remember_alike(person_id: int, alike: Iterable[PersonRow]) -> int:
    """Somebody was added although others look the same: those who are likely to be the same person
    are put into the queue at once; how many were new."""
    pairs = [
        Pair(min(person_id, row.id), max(person_id, row.id), row.likeness)
        for row in alike
        if isinstance(row, AlikePerson) and row.id != person_id and row.likeness.score >= OFFERED
    ]
    return remember_pairs(PairKind.PERSON, pairs, FoundBy.ENTRY)


def keep_apart(
    *, actor: Viewer, kind: PairKind, a: str, b: str, version: int, note: str = ""
) -> None:
    """These are two: they are not offered again. ``a`` and ``b`` are the records' numbers."""
    pair = _loaded(actor, kind, a, b, version)
    pair.status = PairStatus.DIFFERENT
    pair.note = note[:NOTE_LENGTH]
    _decided(actor, pair, f"{kind.value}.kept_apart", a, b)


def ask_again(*, actor: Viewer, kind: PairKind, a: str, b: str, version: int) -> None:
    """Take back that they are two: the pair is offered again."""
    pair = _loaded(actor, kind, a, b, version)
    pair.status = PairStatus.OPEN
    pair.note = ""
    _decided(actor, pair, f"{kind.value}.doubted", a, b)


def _loaded(actor: Viewer, kind: PairKind, a: str, b: str, version: int) -> DuplicatePair:
    if not actor.can(Permission.MERGE_REGISTRY):
        raise Forbidden
    pair = load_pair(kind, a, b, viewer=actor, for_update=True)
    if pair.version != version or pair.status == PairStatus.MERGED:
        raise StaleRecord(version=pair.version, current={})
    return pair


def _decided(actor: Viewer, pair: DuplicatePair, verb: str, a: str, b: str) -> None:
    pair.decided_at, pair.decided_by_id = clock.now(), actor.user_id
    for number, other in ((a, b), (b, a)):
        audit.record(actor, verb, pair.kind.value, number, {"other": other})
    db.session.flush()


def _known(kind: PairKind, records: set[int]) -> set[tuple[int, int]]:
    wanted, known = sorted(records), set()
    for start in range(0, len(wanted), _CHUNK):
        rows = db.session.execute(
            select(DuplicatePair.a_id, DuplicatePair.b_id).where(
                DuplicatePair.kind == kind,
                DuplicatePair.a_id.in_(wanted[start : start + _CHUNK]),
            )
        )
        known |= {(row.a_id, row.b_id) for row in rows}
    return known


def _renew(kind: PairKind, pairs: list[Pair]) -> Checked:
    rows = db.session.execute(
        select(
            DuplicatePair.id, DuplicatePair.a_id, DuplicatePair.b_id, DuplicatePair.status,
            DuplicatePair.weight, DuplicatePair.reasons, DuplicatePair.against,
        ).where(DuplicatePair.kind == kind)
    )  # fmt: skip
    known = {(row.a_id, row.b_id): row for row in rows}
    fresh, changed = [], []
    for pair in pairs:
        row = known.pop((pair.a_id, pair.b_id), None)
        if row is None:
            fresh.append(pair)
        elif (row.weight, row.reasons, row.against) != _said(pair)[1:]:
            changed.append({"row": row.id, **_values(pair)})
    gone = [row.id for row in known.values() if row.status == PairStatus.OPEN]
    _insert(kind, fresh, FoundBy.CHECK)
    if changed:
        of = cast(Table, DuplicatePair.__table__)
        db.session.execute(of.update().where(of.c.id == bindparam("row")), changed)
    for start in range(0, len(gone), _CHUNK):
        db.session.execute(
            delete(DuplicatePair).where(DuplicatePair.id.in_(gone[start : start + _CHUNK]))
        )
    return Checked(kind, len(pairs), len(fresh), len(gone))


def _said(pair: Pair) -> tuple[float, float, str, str]:
    like = pair.likeness
    return like.score, like.weight, ",".join(like.reasons), ",".join(like.against)


def _values(pair: Pair) -> dict[str, object]:
    names = ("score", "weight", "reasons", "against")
    return {**dict(zip(names, _said(pair), strict=True)), "compared_at": clock.now()}


def _insert(kind: PairKind, pairs: list[Pair], found_by: FoundBy) -> None:
    rows = [
        {
            "kind": kind,
            "a_id": pair.a_id,
            "b_id": pair.b_id,
            "status": PairStatus.OPEN,
            "found_by": found_by,
            "found_at": clock.now(),
            "note": "",
            "version": 1,
            **_values(pair),
        }
        for pair in pairs
    ]
    if rows:
        db.session.execute(insert(DuplicatePair), rows)
