"""Loading a pair for a viewer: both records must be theirs to see."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from welfare.core.db import db
from welfare.core.errors import NotFound
from welfare.core.security.permissions import Viewer
from welfare.households.kinds import PairKind
from welfare.households.models import DuplicatePair, Household, Person
from welfare.households.queries.loading import load_household, load_person


def load_records(
    kind: PairKind, a: str, b: str, *, viewer: Viewer, for_update: bool = False
) -> tuple[Person, Person] | tuple[Household, Household]:
    """The two records of these numbers in the order given; ``NotFound`` unless both may be seen,
    ``MergedAway`` where one is part of another. Locked in the order of their ids."""
    if kind == PairKind.PERSON:
        people = {n: load_person(n, viewer=viewer, for_update=for_update) for n in sorted((a, b))}
        return people[a], people[b]
    houses = {n: load_household(n, viewer=viewer, for_update=for_update) for n in sorted((a, b))}
    return houses[a], houses[b]


def ordered_records(kind: PairKind, a: str, b: str, *, viewer: Viewer) -> tuple[Any, Any]:
    """The two, the older record first: ``a`` and ``b`` of every choice."""
    one, other = load_records(kind, a, b, viewer=viewer)
    return (one, other) if one.id < other.id else (other, one)


def load_pair(
    kind: PairKind, a: str, b: str, *, viewer: Viewer, for_update: bool = False
) -> DuplicatePair:
    """The pair of these two numbers, in either order. ``NotFound`` where none was found."""
    one, other = load_records(kind, a, b, viewer=viewer)
    found = find_pair(kind, one.id, other.id, for_update=for_update)
    if found is None:
        raise NotFound
    return found


def find_pair(
    kind: PairKind, one_id: int, other_id: int, *, for_update: bool = False
) -> DuplicatePair | None:
    """The row of two records, if there is one; rights were asked when they were loaded."""
    low, high = sorted((one_id, other_id))
    statement = select(DuplicatePair).where(
        DuplicatePair.kind == kind, DuplicatePair.a_id == low, DuplicatePair.b_id == high
    )
    if for_update:
        statement = statement.with_for_update().execution_options(populate_existing=True)
    return db.session.scalar(statement)
