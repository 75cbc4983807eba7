"""Taking an operation back, exactly, as long as nothing stands on it."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import or_, select
from sqlalchemy.exc import IntegrityError

from welfare.core.db import db
from welfare.core.errors import NotFound, Refused
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Viewer
from welfare.households.kinds import Relation
from welfare.households.models import Household, Membership, Person
from welfare.households.models.changes import ChangeKind, ChangeSet, ChangeSubject
from welfare.households.services.operations.hindsight import later_about, later_upon, living_before
from welfare.households.services.operations.invariants import must_hold
from welfare.households.services.operations.scene import lock_all
from welfare.households.services.undoing import StandsOn, undo_changes
from welfare.households.services.writing import must_edit

OPERATIONS = frozenset(
    {
        ChangeKind.HEAD, ChangeKind.MOVE_IN, ChangeKind.MOVE_OUT, ChangeKind.MARRIAGE,
        ChangeKind.BIRTH, ChangeKind.DEATH, ChangeKind.SPLIT, ChangeKind.JOIN,
        ChangeKind.CORRECTION,
    }
)  # fmt: skip
"""What is undone here; merges and imports have pages of their own."""


def take_back(*, actor: Viewer, number: str, reason: str = "") -> str:
    """Undo an operation: every row is again as it was. The number of the undo, which can be undone
    itself. ``Refused`` when later changes stand on it; nothing has changed then."""
    must_edit(actor)
    past = db.session.scalar(select(ChangeSet).where(ChangeSet.number == number))
    if past is None:
        raise NotFound
    set_id = past.id
    if root_kind(past) not in OPERATIONS:
        raise Refused(_("This is undone on the page of the merge or import it belongs to."))
    subjects = db.session.execute(
        select(ChangeSubject.household_id, ChangeSubject.person_id).where(
            ChangeSubject.change_set_id == set_id
        )
    ).all()
    houses = {row.household_id for row in subjects if row.household_id}
    people = {row.person_id for row in subjects if row.person_id}
    try:
        lock_all(houses, people)
        if past.undone_by_id is None and (later := later_upon(set_id)):
            raise StandsOn(later=later)
        done = undo_changes(actor=actor, number=number, reason=reason)
        _must_hold_again(set_id, houses, people)
    except IntegrityError:
        db.session.rollback()
        raise StandsOn(later=later_about(set_id, houses, people)) from None
    except Refused:
        db.session.rollback()
        raise
    return done.number


def _must_hold_again(set_id: int, houses: set[int], people: set[int]) -> None:
    try:
        must_hold(houses, people, headless=_headless_before(houses, set_id))
        fits = not _in_a_merged_record(houses, people)
    except Refused:
        fits = False
    if not fits:
        db.session.rollback()
        raise StandsOn(later=later_about(set_id, houses, people))


def _in_a_merged_record(houses: set[int], people: set[int]) -> bool:
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


def root_kind(past: ChangeSet) -> ChangeKind:
    """What was done, however often it was undone and done again since."""
    while past.undoes_id is not None:
        earlier = db.session.get(ChangeSet, past.undoes_id)
        if earlier is None:
            break
        past = earlier
    return past.kind


def _headless_before(houses: Collection[int], set_id: int) -> set[int]:
    """Those of these households in which people lived without a head before the operation."""
    return {
        house_id
        for house_id, relations in living_before(houses, set_id).items()
        if Relation.HEAD.value not in relations
    }
