"""How households stood before a change set, from the rows that it and all later ones have kept."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import aliased

from welfare.core.db import db
from welfare.households.models import Membership
from welfare.households.models.changes import Change, ChangeSet, ChangeSubject, RowChange
from welfare.households.services.freezing import from_json, frozen_row


def living_before(houses: Collection[int], set_id: int) -> dict[int, list[str]]:
    """The relations of those who lived in these households before this change set; a household in
    which nobody lived is left out."""
    found: dict[int, list[str]] = {}
    for row in _memberships_before(houses, set_id).values():
        if row["de_facto"] and row["to_day"] is None and row["household_id"] in houses:
            found.setdefault(row["household_id"], []).append(row["relation"])
    return found


def _memberships_before(houses: Collection[int], set_id: int) -> dict[int, dict[str, Any]]:
    table = Membership.__table__
    present = db.session.execute(select(table).where(table.c.household_id.in_(houses))).mappings()
    rows = {row["id"]: frozen_row(dict(row)) for row in present}
    for change in _changes_since(houses, set_id):
        if change.what is RowChange.ADDED:
            rows.pop(change.row_id, None)
        elif change.what is RowChange.REMOVED:
            rows[change.row_id] = from_json(change.before)
        elif change.row_id in rows:
            rows[change.row_id] |= from_json(change.before)
    return rows


def _changes_since(houses: Collection[int], set_id: int) -> list[Change]:
    """The last first. Also of rows that are gone: one may have been added and taken back since."""
    touching = select(ChangeSubject.change_set_id).where(
        ChangeSubject.household_id.in_(houses), ChangeSubject.change_set_id >= set_id
    )
    statement = select(Change).where(
        Change.table_name == Membership.__tablename__,
        Change.change_set_id.in_(touching),
    )
    return list(
        db.session.scalars(statement.order_by(Change.change_set_id.desc(), Change.position.desc()))
    )


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
