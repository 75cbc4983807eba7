"""Verbs on the further and earlier numbers of people; the main one is part of their file."""

from __future__ import annotations

from sqlalchemy import select

from welfare.core import audit, clock
from welfare.core.db import db
from welfare.core.errors import Forbidden, NotFound, Refused
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Viewer
from welfare.core.thai.identity import IdKind, format_id
from welfare.households import policies
from welfare.households.facts import KEEP, NumberEntry
from welfare.households.models import Person, PersonIdentifier
from welfare.households.models.keys import identifier_index
from welfare.households.queries.loading import load_person
from welfare.households.services.writing import must_be_fresh, must_edit, not_in_future


def add_number(*, actor: Viewer, number: str, entry: NumberEntry) -> PersonIdentifier:
    """A number that somebody has besides the main one, or had earlier. ``Refused`` when anybody
    in the registry has it already."""
    must_edit(actor)
    person = load_person(number, viewer=actor, for_update=True)
    if not isinstance(entry.number, str) or not entry.number or entry.kind == IdKind.NONE:
        raise Refused(_("Please enter the number."), field="identifier")
    must_be_free(entry.number)
    _check_days(entry)
    kept = keep_number(person, entry)
    audit.record(
        actor, "person.number_added", "person", person.number, {"id_kind": entry.kind.value}
    )
    db.session.flush()
    return kept


def keep_number(person: Person, entry: NumberEntry) -> PersonIdentifier:
    """The row of it, for a loaded and locked person; checked and noted by the caller."""
    digits = str(entry.number)
    kept = PersonIdentifier(
        person_id=person.id,
        kind=entry.kind,
        number=digits,
        number_index=identifier_index(digits) or b"",
        from_day=entry.from_day,
        to_day=entry.to_day,
        note=entry.note,
        recorded_at=clock.now(),
    )
    db.session.add(kept)
    return kept


def edit_number(
    *, actor: Viewer, number: str, identifier_id: int, version: int, entry: NumberEntry
) -> None:
    """From when to when it was theirs, and what the office remarks. A wrong number is withdrawn and
    added anew, so that both stay to be read."""
    must_edit(actor)
    person = load_person(number, viewer=actor, for_update=True)
    kept = _load(person, identifier_id)
    must_be_fresh(version, kept.version, entry_of(kept))
    _check_days(entry)
    kept.from_day, kept.to_day, kept.note = entry.from_day, entry.to_day, entry.note
    changes = audit.changes_of(kept)
    if changes:
        audit.record(actor, "person.number_edited", "person", person.number, changes)
    db.session.flush()


def withdraw_number(
    *, actor: Viewer, number: str, identifier_id: int, version: int, reason: str
) -> None:
    """It was never theirs; search no longer finds them by it."""
    must_edit(actor)
    person = load_person(number, viewer=actor, for_update=True)
    kept = _load(person, identifier_id)
    must_be_fresh(version, kept.version)
    if not reason:
        raise Refused(_("Please say why it is taken back."), field="reason")
    kept.withdrawn_at, kept.withdrawn_reason = clock.now(), reason
    audit.record(
        actor, "person.number_withdrawn", "person", person.number, {"id_kind": kept.kind.value}
    )
    db.session.flush()


def reveal_number(*, actor: Viewer, number: str, identifier_id: int) -> str:
    """The whole of one further number for who holds the right; each time is noted in the audit.
    The caller commits before it shows the value."""
    if not policies.can_reveal(actor):
        raise Forbidden
    person = load_person(number, viewer=actor)
    kept = _load(person, identifier_id, lock=False)
    audit.record(
        actor, "person.revealed", "person", person.number, {"what": f"number {identifier_id}"}
    )
    return format_id(kept.number)


def entry_of(kept: PersonIdentifier) -> NumberEntry:
    """What a form would have sent, without the number itself."""
    return NumberEntry(kept.kind, KEEP, kept.from_day, kept.to_day, kept.note)


def must_be_free(digits: str, *, itself: int = 0) -> None:
    """``Refused`` when somebody else (``itself`` left out) has this number, main or further."""
    index = identifier_index(digits)
    main = select(Person.id).where(Person.identifier_index == index, Person.id != itself)
    further = select(PersonIdentifier.id).where(
        PersonIdentifier.number_index == index,
        PersonIdentifier.withdrawn_at.is_(None),
        PersonIdentifier.person_id != itself,
    )
    if db.session.scalar(main.limit(1)) or db.session.scalar(further.limit(1)):
        raise Refused(
            _("Somebody with this number is already in the registry."), field="identifier"
        )


def _check_days(entry: NumberEntry) -> None:
    not_in_future(entry.from_day, "from_day")
    if entry.from_day and entry.to_day and entry.to_day < entry.from_day:
        raise Refused(_("This day is before the day from which it holds."), field="to_day")


def _load(person: Person, identifier_id: int, *, lock: bool = True) -> PersonIdentifier:
    statement = select(PersonIdentifier).where(
        PersonIdentifier.id == identifier_id,
        PersonIdentifier.person_id == person.id,
        PersonIdentifier.withdrawn_at.is_(None),
    )
    if lock:
        statement = statement.with_for_update().execution_options(populate_existing=True)
    found = db.session.scalar(statement)
    if found is None:
        raise NotFound
    return found
