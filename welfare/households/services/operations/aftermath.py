"""What must hold after an undo, whichever way it came about: looked at on the result, before it is
saved, so that no path is missed."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager

from sqlalchemy import or_, select
from sqlalchemy.exc import IntegrityError

from welfare.core.db import db
from welfare.core.errors import Refused
from welfare.core.i18n import gettext as _
from welfare.households.kinds import Relation
from welfare.households.models import Household, Membership, Person
from welfare.households.queries.duplicates.heads import losing_heads
from welfare.households.services.operations.hindsight import (
    later_about,
    later_to_rows,
    living_before,
)
from welfare.households.services.operations.invariants import must_hold, without_head
from welfare.households.services.undoing import StandsOn


class HeadLost(Exception):
    """Households that had a head before the thing undone, or in which nobody lived, would be left
    with people and without one. Never leaves ``or_named``."""

    def __init__(self, houses: Collection[int]) -> None:
        super().__init__()
        self.houses = tuple(houses)
        self.heads = losing_heads(self.houses)


class InTheWay(Exception):
    """The registry would not be whole in another way. Never leaves ``or_named``."""


@contextmanager
def or_named(set_id: int, households: Collection[int], people: Collection[int]) -> Iterator[None]:
    """Undo within this. What cannot be is rolled back and ``Refused``, naming the later changes
    that are in the way: those about what was found or, where that is not known, about all of
    these."""
    try:
        yield
    except HeadLost as lost:
        db.session.rollback()
        raise _named(set_id, lost) from None
    except (IntegrityError, InTheWay):
        db.session.rollback()
        raise StandsOn(later=later_about(set_id, households, people)) from None
    except Refused:
        db.session.rollback()
        raise


def must_stand(
    set_id: int,
    households: Collection[int],
    people: Collection[int],
    *,
    headless: Collection[int],
) -> None:
    """``HeadLost`` or ``InTheWay`` unless these households and people are whole after the undo of
    this set. ``headless``: those that had no head right before the undo, or may be without one."""
    db.session.flush()
    bare = without_head(households)
    if lost := heads_lost(set_id, bare - set(headless)):
        raise HeadLost(lost)
    try:
        must_hold(households, people, headless=bare)
    except Refused:
        raise InTheWay from None
    if _in_a_merged_record(households, people):
        raise InTheWay


def heads_lost(set_id: int, bare: Collection[int]) -> set[int]:
    """Those of these households without a head in which it was otherwise before this set."""
    if not bare:
        return set()
    before = living_before(bare, set_id)
    return {
        house
        for house in bare
        if house not in before
        or any(row["relation"] == Relation.HEAD.value for row in before[house])
    }


def _named(set_id: int, lost: HeadLost) -> StandsOn:
    """Told are the changes to the head of then, else to the person, else to the household."""
    heads = [
        row
        for rows in living_before(lost.houses, set_id).values()
        for row in rows
        if row["relation"] == Relation.HEAD.value
    ]
    later = later_to_rows(set_id, [row["id"] for row in heads]) or later_about(
        set_id, lost.houses, {row["person_id"] for row in heads}
    )
    words = _(
        "Nobody would be head of the household %(numbers)s. Nothing has been undone.",
        numbers=", ".join(house.number for house in lost.heads),
    )
    return StandsOn(words, later=later, heads=lost.heads)


def _in_a_merged_record(houses: Collection[int], people: Collection[int]) -> bool:
    """Whether somebody would be back in a household that has become part of another one since, or
    a person who has: that merge is undone first."""
    lost = (
        select(Membership.id)
        .join(Household, Household.id == Membership.household_id)
        .join(Person, Person.id == Membership.person_id)
        .where(
            or_(Membership.household_id.in_(houses), Membership.person_id.in_(people)),
            or_(Household.merged_into_id.is_not(None), Person.merged_into_id.is_not(None)),
            Membership.to_day.is_(None),
        )
        .limit(1)
    )
    return db.session.scalar(lost) is not None
