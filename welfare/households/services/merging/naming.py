"""Names, numbers and telephones of two people who are one: all are kept."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from welfare.core import clock
from welfare.core.db import db
from welfare.core.i18n import gettext as _
from welfare.core.thai.identity import IdKind
from welfare.households.facts import NumberEntry
from welfare.households.models import Person, PersonIdentifier, PersonName, PersonPhone
from welfare.households.models.keys import person_key, phone_index
from welfare.households.services.names import borne_names
from welfare.households.services.numbers import keep_number

Words = tuple[str, str, str, str]


def words_of(named: Any) -> Words:
    """Title, first, middle and last name of a person or of one of their names."""
    return named.title, named.first_name, named.middle_name, named.last_name


def put_names_together(survivor: Person, loser: Person, before: Words) -> None:
    """The survivor bears the chosen name already; ``before`` is what they were called. Every other
    name of either becomes an earlier one."""
    today, now = clock.today(), words_of(survivor)
    rows = list(
        db.session.scalars(
            select(PersonName)
            .where(PersonName.person_id.in_((survivor.id, loser.id)))
            .order_by(PersonName.id)
        )
    )
    own = [row for row in rows if row.person_id == survivor.id]
    present = next((row for row in reversed(own) if row.is_present), None)
    if present is None:
        present = _row(survivor.id, before)
        db.session.add(present)
        own.append(present)
    if before != now:
        present.to_day = today
        db.session.add(_row(survivor.id, now, from_day=today))
    said = {words_of(row) for row in own} | {now}
    for row in rows:
        if row.person_id == loser.id and words_of(row) not in said:
            said.add(words_of(row))
            row.person_id = survivor.id
            if row.is_present:
                row.to_day = max(today, row.from_day or today)
    if words_of(loser) not in said:
        earlier = _row(survivor.id, words_of(loser))
        earlier.to_day = today
        db.session.add(earlier)
    db.session.flush()


def _row(person_id: int, words: Words, **more: Any) -> PersonName:
    title, first, middle, last = words
    return PersonName(
        person_id=person_id, title=title, first_name=first, middle_name=middle, last_name=last,
        reason=_("Two records became one"), **more,
    )  # fmt: skip


def search_words(person: Person) -> str:
    """The search key with every name they have borne."""
    earlier = borne_names(person.id)
    return person_key(person.first_name, person.middle_name, person.last_name, earlier)


def keep_numbers(survivor: Person, others: list[tuple[IdKind, str]], note: str) -> None:
    """ID numbers that are not the main one any more, or never were the survivor's, stay as further
    ones."""
    rows = db.session.scalars(
        select(PersonIdentifier).where(PersonIdentifier.person_id == survivor.id)
    )
    known = {row.number for row in rows} | {survivor.identifier}
    for kind, number in others:
        if number and number not in known and kind != IdKind.NONE:
            known.add(number)
            keep_number(survivor, NumberEntry(kind, number, note=note))
    db.session.flush()


def keep_phones(survivor: Person, others: list[str | None], note: str) -> None:
    """The same for telephone numbers."""
    rows = db.session.scalars(select(PersonPhone).where(PersonPhone.person_id == survivor.id))
    known = {row.phone for row in rows} | {survivor.phone}
    for phone in others:
        if phone and phone not in known:
            known.add(phone)
            db.session.add(
                PersonPhone(
                    person_id=survivor.id, phone=phone, phone_index=phone_index(phone) or b"",
                    note=note, recorded_at=clock.now(),
                )
            )  # fmt: skip
    db.session.flush()
