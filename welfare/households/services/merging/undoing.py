"""Taking a merge back after other edits: what was written later stays with the survivor."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from welfare.core import audit
from welfare.core.db import db
from welfare.core.errors import Forbidden, NotFound, Refused
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Permission, Viewer
from welfare.households.kinds import PairKind, PairStatus
from welfare.households.models import DuplicatePair, Household, Person
from welfare.households.models.changes import ChangeKind, ChangeSet, ChangeSubject
from welfare.households.parts import tell_new_words
from welfare.households.queries.loading import load_household, load_person
from welfare.households.services.merging.heirs import without_head
from welfare.households.services.merging.naming import search_words
from welfare.households.services.merging.sparing import spare_later_stays
from welfare.households.services.operations.invariants import must_hold
from welfare.households.services.operations.running import or_nothing
from welfare.households.services.undoing import Kept, Undone, undo_changes


@dataclass(frozen=True, slots=True)
class Restored:
    """Two records again. ``change``: number of the undo; ``kept``: what stays with the survivor
    because it was written, or built upon, after the merge."""

    kind: PairKind
    change: str
    survivor: str
    other: str
    rows: int
    kept: tuple[Kept, ...]


def undo_merge(*, actor: Viewer, number: str, reason: str = "") -> Restored:
    """Make two records of one again. ``number`` is that of the merge's change set.

    ``NotFound`` outside one's area, ``Refused`` when it has been undone or when the survivor has
    become part of a third record since: that merge is undone first.
    """
    if not actor.can(Permission.MERGE_REGISTRY):
        raise Forbidden
    pair = db.session.scalar(
        select(DuplicatePair)
        .where(DuplicatePair.change_number == number, DuplicatePair.status == PairStatus.MERGED)
        .with_for_update()
    )
    if pair is None:
        raise NotFound
    kind, ids = pair.kind, (pair.a_id, pair.b_id)
    survivor, loser = _records(kind, ids)
    if survivor.merged_into_id is not None:
        raise Refused(
            _("The record %(number)s has become part of another one since. Undo that merge first.",
              number=survivor.number)
        )  # fmt: skip
    numbers = (survivor.number, loser.number)
    _must_see(actor, kind, numbers[0])
    words = survivor.search_key
    headless = without_head(_households_of(number))
    with or_nothing(_in_the_way):
        done = undo_changes(
            actor=actor, number=number, reason=reason, keep_later=True, spare=spare_later_stays
        )
        _refresh(kind, ids, words)
        _whole(done)
        _no_later_merge_took(number, without_head(done.households) - headless)
    for one, other in (numbers, numbers[::-1]):
        audit.record(
            actor, f"{kind.value}.unmerged", kind.value, one,
            {"other": other, "change": done.number},
        )  # fmt: skip
    db.session.flush()
    return Restored(kind, done.number, *numbers, done.restored, done.kept)


def _whole(done: Undone) -> None:
    """What holds of every household must hold of these too, but that one which had no head before
    the merge, or has none now, may be without: nobody was asked."""
    try:
        must_hold(done.households, done.people, headless=without_head(done.households))
    except Refused:
        raise Refused(_in_the_way()) from None


def _households_of(number: str) -> list[int]:
    return list(
        db.session.scalars(
            select(ChangeSubject.household_id)
            .join(ChangeSet, ChangeSet.id == ChangeSubject.change_set_id)
            .where(ChangeSet.number == number, ChangeSubject.household_id.is_not(None))
        )
    )


def _no_later_merge_took(number: str, heads_of: set[int]) -> None:
    """``Refused`` where one of these households loses its head now because a later merge made the
    head's link one with a link that this undo takes away: that merge is undone first."""
    this = select(ChangeSet.id).where(ChangeSet.number == number).scalar_subquery()
    later = (
        select(ChangeSet.id)
        .join(ChangeSubject, ChangeSubject.change_set_id == ChangeSet.id)
        .where(
            ChangeSubject.household_id.in_(heads_of),
            ChangeSet.kind.in_([ChangeKind.MERGE, ChangeKind.MERGE_HOUSEHOLDS]),
            ChangeSet.id > this,
            ChangeSet.undone_by_id.is_(None),
        )
        .limit(1)
    )
    if heads_of and db.session.scalar(later) is not None:
        raise Refused(_in_the_way())


def _in_the_way() -> str:
    return _(
        "What was changed since stands in the way: a household has another head now, or somebody"
        " lives elsewhere. Change that back first; nothing has been undone."
    )


def _must_see(actor: Viewer, kind: PairKind, survivor: str) -> None:
    if kind == PairKind.PERSON:
        load_person(survivor, viewer=actor, for_update=True)
    else:
        load_household(survivor, viewer=actor, for_update=True)


def _records(kind: PairKind, ids: tuple[int, int]) -> tuple[Person | Household, Person | Household]:
    """The survivor, and the record that is part of it."""
    one, other = _by_id(kind, ids)
    if one.merged_into_id == other.id:
        one, other = other, one
    if other.merged_into_id != one.id:
        raise Refused(_("This has been undone already."))
    return one, other


def _refresh(kind: PairKind, ids: tuple[int, int], words: str) -> None:
    """Search words follow names and addresses, here and in the cases."""
    for record in _by_id(kind, ids):
        if isinstance(record, Person):
            record.search_key = search_words(record)
            db.session.flush()
            tell_new_words(words, record.search_key, person_id=record.id)
        else:
            tell_new_words(words, record.search_key, household_id=record.id)


def _by_id(kind: PairKind, ids: tuple[int, int]) -> list[Person] | list[Household]:
    if kind == PairKind.PERSON:
        return list(db.session.scalars(select(Person).where(Person.id.in_(ids))))
    return list(db.session.scalars(select(Household).where(Household.id.in_(ids))))
