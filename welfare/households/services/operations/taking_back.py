"""Taking an operation back, exactly, as long as nothing stands on it."""

from __future__ import annotations

from sqlalchemy import select

from welfare.core.db import db
from welfare.core.errors import NotFound, Refused
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Viewer
from welfare.households.models.changes import ChangeKind, ChangeSet, ChangeSubject
from welfare.households.services.operations.aftermath import must_stand, or_named
from welfare.households.services.operations.hindsight import later_upon
from welfare.households.services.operations.invariants import without_head
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
    with or_named(set_id, houses, people):
        lock_all(houses, people)
        if past.undone_by_id is None and (later := later_upon(set_id)):
            raise StandsOn(later=later)
        headless = without_head(houses)
        done = undo_changes(actor=actor, number=number, reason=reason)
        must_stand(set_id, houses | done.households, people | done.people, headless=headless)
    return done.number


def root_kind(past: ChangeSet) -> ChangeKind:
    """What was done, however often it was undone and done again since."""
    while past.undoes_id is not None:
        earlier = db.session.get(ChangeSet, past.undoes_id)
        if earlier is None:
            break
        past = earlier
    return past.kind
