"""How households stood before a change set, from the rows that it and all later ones have kept."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import aliased

from welfare.core.db import db
from welfare.households.models import Membership
from welfare.households.models.changes import Change, ChangeSet, ChangeSubject, RowChange
from welfare.households.services.freezing import from_json, table
from welfare.households.services.recording import chunks, rows_by_id

Row = dict[str, Any]
_TABLE = "memberships"


def living_before(houses: Collection[int], set_id: int) -> dict[int, list[Row]]:
    """The memberships of those who lived in these households before this change set, with the
    relation they then had; a household in which nobody lived is left out."""
    found: dict[int, list[Row]] = {}
    for row in _memberships_before(houses, set_id):
        if row["de_facto"] and row["to_day"] is None and row["household_id"] in houses:
            found.setdefault(row["household_id"], []).append(row)
    return found


def _memberships_before(houses: Collection[int], set_id: int) -> list[Row]:
    """Of everybody who is there now, or has been there since: who was carried into another
    household by a merge has a row that tells nothing of this one any more."""
    ids = _ids_about(houses, set_id)
    rows = rows_by_id(table(_TABLE), ids)
    for change in _changes_to(ids, set_id):
        if change.what is RowChange.ADDED:
            rows.pop(change.row_id, None)
        elif change.what is RowChange.REMOVED:
            rows[change.row_id] = from_json(change.before)
        elif change.row_id in rows:
            rows[change.row_id] |= from_json(change.before)
    return list(rows.values())


def _ids_about(houses: Collection[int], set_id: int) -> list[int]:
    about = select(ChangeSubject.change_set_id).where(
        ChangeSubject.household_id.in_(houses), ChangeSubject.change_set_id >= set_id
    )
    changed = select(Change.row_id).where(
        Change.table_name == _TABLE, Change.change_set_id.in_(about)
    )
    present = select(Membership.id).where(Membership.household_id.in_(houses))
    return sorted({*db.session.scalars(changed), *db.session.scalars(present)})


def _changes_to(ids: Sequence[int], set_id: int) -> list[Change]:
    """What this set and all later ones have done to these rows, wherever, the last first."""
    found: list[Change] = []
    for chunk in chunks(ids):
        statement = select(Change).where(
            Change.table_name == _TABLE,
            Change.row_id.in_(chunk),
            Change.change_set_id >= set_id,
        )
        found += db.session.scalars(statement)
    return sorted(found, key=lambda change: (change.change_set_id, change.position), reverse=True)


def later_upon(set_id: int) -> list[str]:
    """The numbers of later change sets that still have their effect and have changed a row of this
    one, the first first.

    What was undone since, and the undo of it, cancel each other.
    """
    later = aliased(Change)
    touching = db.session.scalars(
        select(later.change_set_id)
        .join(Change, (Change.table_name == later.table_name) & (Change.row_id == later.row_id))
        .where(Change.change_set_id == set_id, later.change_set_id > set_id)
        .distinct()
    ).all()
    return _numbers(sorted(later_id for later_id in touching if _has_effect(later_id, set_id)))


def later_to_rows(set_id: int, memberships: Collection[int]) -> list[str]:
    """The numbers of later change sets with effect that have changed one of these memberships, the
    first first."""
    found = db.session.scalars(
        select(Change.change_set_id)
        .where(
            Change.table_name == _TABLE,
            Change.row_id.in_(memberships),
            Change.change_set_id > set_id,
        )
        .distinct()
    ).all()
    return _numbers(sorted(later_id for later_id in found if _has_effect(later_id, set_id)))


def later_about(set_id: int, houses: Collection[int], people: Collection[int]) -> list[str]:
    """The numbers of later change sets with effect about these people or, where none is, about
    these households, the first first."""
    for mine in (ChangeSubject.person_id.in_(people), ChangeSubject.household_id.in_(houses)):
        found = db.session.scalars(
            select(ChangeSubject.change_set_id)
            .where(ChangeSubject.change_set_id > set_id, mine)
            .distinct()
        ).all()
        standing = sorted(later_id for later_id in found if _has_effect(later_id, set_id))
        if standing:
            return _numbers(standing)
    return []


def _numbers(ids: Collection[int]) -> list[str]:
    return [db.session.get_one(ChangeSet, one).number for one in ids]


def _has_effect(later_id: int, set_id: int) -> bool:
    """Whether something is otherwise because of this later set than it was right after the first.

    A later set and its undo cancel each other. The undo of what had been done before the first,
    however, does not: a merge that was taken back beneath an operation, say.
    """
    one = db.session.get_one(ChangeSet, later_id)
    if one.undone_by_id is not None:
        return False
    undos = 0
    while one.undoes_id is not None:
        undos += one.id > set_id
        one = db.session.get_one(ChangeSet, one.undoes_id)
    return undos % 2 == (0 if one.id > set_id else 1)
