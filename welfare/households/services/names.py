"""Verbs on the names that people have borne: earlier ones added, their words and days put right.
The present name is changed with the person's file, which moves the old one into this history."""

from __future__ import annotations

from sqlalchemy import select

from welfare.core import audit
from welfare.core.db import db, hold
from welfare.core.errors import Refused
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Viewer
from welfare.households.facts import NameEntry
from welfare.households.models import Person, PersonName
from welfare.households.models.keys import person_key
from welfare.households.parts import tell_new_words
from welfare.households.queries.loading import load_person
from welfare.households.services.writing import (
    assign,
    last_day,
    must_be_fresh,
    must_edit,
    not_in_future,
)


def add_name(*, actor: Viewer, number: str, entry: NameEntry) -> PersonName:
    """A name that somebody bore earlier; search finds them by it from now on."""
    must_edit(actor)
    person = load_person(number, viewer=actor, for_update=True)
    _check(entry, present=False)
    name = PersonName(person_id=person.id)
    assign(name, entry)
    db.session.add(name)
    audit.record(actor, "person.name_added", "person", person.number, {})
    _reindex(person)
    return name


def correct_name(
    *, actor: Viewer, number: str, name_id: int, version: int, entry: NameEntry
) -> None:
    """Put an earlier name right, or the days and reason of the present one."""
    must_edit(actor)
    person = load_person(number, viewer=actor, for_update=True)
    name = hold(
        select(PersonName).where(PersonName.id == name_id, PersonName.person_id == person.id)
    )
    must_be_fresh(version, name.version, entry_of(name))
    present = name.is_present
    _check(entry, present=present)
    if present and _words(entry) != _words(entry_of(name)):
        raise Refused(_("The present name is changed in the person's file."), field="first_name")
    assign(name, entry)
    changes = audit.changes_of(name)
    if not changes:
        return
    audit.record(actor, "person.name_corrected", "person", person.number, changes)
    _reindex(person)


def entry_of(name: PersonName) -> NameEntry:
    """What a form would have sent for this name."""
    return NameEntry(
        title=name.title,
        first_name=name.first_name,
        middle_name=name.middle_name,
        last_name=name.last_name,
        from_day=name.from_day,
        to_day=name.to_day,
        reason=name.reason,
        from_precision=name.from_precision,
        to_precision=name.to_precision,
        end_unknown=name.end_unknown,
    )


def borne_names(person_id: int) -> tuple[str, ...]:
    """Every name somebody has borne, the latest first, as search keys want them."""
    rows = db.session.execute(
        select(PersonName.first_name, PersonName.middle_name, PersonName.last_name)
        .where(PersonName.person_id == person_id)
        .order_by(PersonName.id.desc())
    )
    return tuple(f"{row.first_name} {row.middle_name} {row.last_name}" for row in rows)


def _words(entry: NameEntry) -> tuple[str, ...]:
    return (entry.title, entry.first_name, entry.middle_name, entry.last_name)


def _check(entry: NameEntry, *, present: bool) -> None:
    if not entry.first_name:
        raise Refused(_("Please enter the first name."), field="first_name")
    not_in_future(entry.from_day, "from_day")
    not_in_future(entry.to_day, "to_day")
    if present and (entry.to_day is not None or entry.end_unknown):
        raise Refused(_("The present name has no last day."), field="to_day")
    if not present and entry.to_day is None and not entry.end_unknown:
        raise Refused(
            _(
                "Please enter until when the name was borne, at least the year, "
                "or say it is unknown."
            ),
            field="to_day",
        )
    if entry.to_day is not None and entry.end_unknown:
        raise Refused(
            _("Until when it was borne is either known or not: please choose one."), field="to_day"
        )
    last = last_day(entry.to_day, entry.to_precision)
    if entry.from_day and last and last < entry.from_day:
        raise Refused(_("This day is before the day from which it holds."), field="to_day")


def _reindex(person: Person) -> None:
    db.session.flush()
    before = person.search_key
    person.search_key = person_key(
        person.first_name, person.middle_name, person.last_name, borne_names(person.id)
    )
    db.session.flush()
    tell_new_words(before, person.search_key, person_id=person.id)
