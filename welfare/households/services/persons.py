"""Verbs on people: their facts, names, identifiers, death."""

from __future__ import annotations

from datetime import date
from typing import Literal

from sqlalchemy import select

from welfare.core import audit, clock
from welfare.core.db import db
from welfare.core.errors import Forbidden, NotFound, Refused
from welfare.core.i18n import gettext as _
from welfare.core.numbers import take_number
from welfare.core.security.permissions import Viewer
from welfare.core.thai.identity import IdKind, format_id
from welfare.core.thai.phones import format_phone
from welfare.core.thai.references import PERSON, format_reference
from welfare.households import policies
from welfare.households.facts import HealthFacts, NumberEntry, PersonFacts
from welfare.households.kinds import EndReason, FactSource, MaritalStatus, YesNo
from welfare.households.models import Person, PersonName
from welfare.households.models.changes import ChangeKind
from welfare.households.models.keys import identifier_index, person_key, phone_index
from welfare.households.parts import tell_new_words
from welfare.households.queries.health import sees_health
from welfare.households.queries.loading import load_person
from welfare.households.queries.values import health_facts, person_facts
from welfare.households.services.deaths import note_death
from welfare.households.services.ending import end_all
from welfare.households.services.names import borne_names
from welfare.households.services.numbers import keep_number, must_be_free
from welfare.households.services.projecting import (
    before_facts,
    changed_columns,
    follow_edit,
    kinds_of,
)
from welfare.households.services.recording import recorded
from welfare.households.services.writing import assign, must_be_fresh, must_edit, not_in_future

NameWords = tuple[str, str, str, str]
"""Title, first, middle and last name."""

_NOBODY = Person(
    marital_status=MaritalStatus.UNKNOWN, occupation="", monthly_income=None,
    welfare_card=YesNo.UNKNOWN, welfare_card_on=None, disability=None, adl_score=None, adl_on=None,
)  # fmt: skip
"""What nothing is known of, to tell what a new person comes with."""

_OWN_RECORD = frozenset({"search_key", "identifier_index", "phone_index"})


def add_person(*, actor: Viewer, facts: PersonFacts, health: HealthFacts | None = None) -> Person:
    """A new person with a number (``P-000123-4``). ``Refused`` when the ID is in the registry
    already. Who adds somebody may say what they know of their health."""
    must_edit(actor)
    _check(facts, health)
    now = clock.now()
    person = Person(
        number=format_reference(PERSON, running=take_number("person")),
        created_at=now,
        updated_at=now,
    )
    assign(person, facts)
    if health is not None:
        assign(person, health)
    _index(person, ())
    db.session.add(person)
    db.session.flush()
    db.session.add(_name_of(person))
    follow_edit(actor, person, kinds_of(changed_columns(_NOBODY, facts, health)))
    audit.record(actor, "person.added", "person", person.number, {"id_kind": person.id_kind})
    db.session.flush()
    return person


def edit_person(
    *,
    actor: Viewer,
    number: str,
    version: int,
    facts: PersonFacts,
    health: HealthFacts | None = None,
    name_reason: str = "",
) -> Person:
    """Change what is known of somebody; a new name goes into the history of names.

    ``health`` left out stays as it is; given by who may not see it: ``Forbidden``.
    """
    must_edit(actor)
    person = load_person(number, viewer=actor, for_update=True)
    seen = sees_health(actor, person.id)
    if health is not None and not seen:
        raise Forbidden
    must_be_fresh(
        version, person.version, person_facts(person), *([health_facts(person)] if seen else [])
    )
    _check(facts, health, itself=person.id)
    before = _words_of(person)
    number_before = (person.id_kind, person.identifier)
    columns = changed_columns(person, facts, health)
    if not columns:
        return person
    kinds = kinds_of(columns)
    old_words = person.search_key
    with recorded(actor, ChangeKind.CORRECTION):
        for kind in kinds:
            before_facts(person, kind)
        assign(person, facts)
        if health is not None:
            assign(person, health)
        renamed = before != _words_of(person)
        changes = audit.changes_of(person)
        with db.session.no_autoflush:
            if renamed:
                _rename(person, before, name_reason)
            _index(person, _earlier_names(person.id, before))
        person.updated_at = clock.now()
        kept = {name: change for name, change in changes.items() if name not in _OWN_RECORD}
        audit.record(
            actor, "person.renamed" if renamed else "person.edited", "person", person.number, kept
        )
        db.session.flush()
        follow_edit(actor, person, kinds)
        _keep_old_number(actor, person, *number_before)
    tell_new_words(old_words, person.search_key, person_id=person.id)
    return person


def mark_deceased(
    actor: Viewer,
    person: Person,
    day: date,
    *,
    source: FactSource = FactSource.FILE,
    source_note: str = "",
) -> None:
    """Note a death of a person that is loaded and locked; all their memberships end on that day."""
    not_in_future(day, "deceased_on")
    if person.deceased_on is not None:
        raise Refused(_("This person is already noted as deceased."))
    if person.birth_date is not None and day < person.birth_date:
        raise Refused(_("This day is before the day of birth."), field="deceased_on")
    person.deceased_on = day
    person.updated_at = clock.now()
    note_death(actor, person, day, source=source, source_note=source_note)
    audit.record(actor, "person.died", "person", person.number, {"deceased_on": (None, day)})
    end_all(actor, person, day, EndReason.DIED)
    db.session.flush()


def take_name(
    *, actor: Viewer, person: Person, title: str, last_name: str, day: date, reason: str
) -> None:
    """Somebody who is loaded and locked is called otherwise from a day on: a dated name."""
    before, old_words = _words_of(person), person.search_key
    person.title, person.last_name = title, last_name
    if before == _words_of(person):
        return
    changes = audit.changes_of(person)
    with db.session.no_autoflush:
        _rename(person, before, reason, day)
        _index(person, _earlier_names(person.id, before))
    person.updated_at = clock.now()
    audit.record(actor, "person.renamed", "person", person.number, changes)
    db.session.flush()
    tell_new_words(old_words, person.search_key, person_id=person.id)


def reveal_identifier(
    *, actor: Viewer, number: str, what: Literal["identifier", "phone"] = "identifier"
) -> str:
    """The whole ID or telephone number for who holds the right; each time is noted in the audit.

    The caller commits before it shows the value.
    """
    if not policies.can_reveal(actor):
        raise Forbidden
    person = load_person(number, viewer=actor)
    value = person.identifier if what == "identifier" else person.phone
    if not value:
        raise NotFound
    audit.record(actor, "person.revealed", "person", person.number, {"what": what})
    return format_id(value) if what == "identifier" else format_phone(value)


def _check(facts: PersonFacts, health: HealthFacts | None, *, itself: int = 0) -> None:
    if not facts.first_name:
        raise Refused(_("Please enter the first name."), field="first_name")
    not_in_future(facts.birth_date, "birth_date")
    if health is not None and isinstance(health.adl_score, int) and not 0 <= health.adl_score <= 20:
        raise Refused(_("The ADL score is a number from 0 to 20."), field="adl_score")
    if isinstance(facts.identifier, str) and facts.identifier:
        must_be_free(facts.identifier, itself=itself)


def _index(person: Person, earlier: tuple[str, ...]) -> None:
    if person.id_kind == IdKind.NONE:
        person.identifier = None
    person.identifier_index = identifier_index(person.identifier)
    person.phone_index = phone_index(person.phone)
    person.search_key = person_key(person.first_name, person.middle_name, person.last_name, earlier)


def _words_of(person: Person) -> NameWords:
    return (person.title, person.first_name, person.middle_name, person.last_name)


def _keep_old_number(actor: Viewer, person: Person, kind: IdKind, identifier: str | None) -> None:
    """A number that was replaced is kept among the earlier ones: papers may still bear it."""
    if not identifier or identifier == person.identifier:
        return
    entry = NumberEntry(kind, identifier, to_day=clock.today())
    keep_number(person, entry)
    audit.record(actor, "person.number_added", "person", person.number, {"id_kind": kind.value})
    db.session.flush()


def _name_of(person: Person, from_day: date | None = None, reason: str = "") -> PersonName:
    return PersonName(
        person_id=person.id,
        title=person.title,
        first_name=person.first_name,
        middle_name=person.middle_name,
        last_name=person.last_name,
        from_day=from_day,
        reason=reason,
    )


def _rename(person: Person, before: NameWords, reason: str, day: date | None = None) -> None:
    today = day or clock.today()
    present = db.session.scalar(
        select(PersonName)
        .where(PersonName.person_id == person.id, PersonName.borne_now())
        .order_by(PersonName.id.desc())
        .limit(1)
    )
    if present is None:
        title, first, middle, last = before
        present = PersonName(
            person_id=person.id, title=title, first_name=first, middle_name=middle, last_name=last
        )
        db.session.add(present)
    if present.from_day is not None and today < present.from_day:
        raise Refused(_("They took their present name later than on this day."), field="day")
    present.to_day = today
    db.session.add(_name_of(person, today, reason))


def _earlier_names(person_id: int, before: NameWords) -> tuple[str, ...]:
    return (" ".join(before[1:]), *borne_names(person_id))
