"""What of a case could be shared, as the viewer may see it: each field with its very words.

The words are Thai: they go into an official letter.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from flask_babel import force_locale
from sqlalchemy import select

from welfare.cases.models import Assistance, Case
from welfare.cases.queries import category_by_id
from welfare.core.db import db
from welfare.core.security.permissions import Viewer
from welfare.core.thai.dates import format_long, format_partial
from welfare.core.thai.identity import format_id, mask_id
from welfare.core.thai.money import format_baht
from welfare.core.thai.phones import format_phone, mask_phone
from welfare.households import labels
from welfare.households.models import Household, Membership, Person
from welfare.households.queries import household_card, person_card, sees_health
from welfare.households.queries.rows import age, full_name
from welfare.referrals.labels import SHARED
from welfare.referrals.policies import sees_whole_numbers
from welfare.referrals.workflow import OF_HEALTH, WHOLE_NUMBERS, Shared

MOST_LINES = 20


@dataclass(frozen=True, slots=True)
class SharedLine:
    """One thing that is shared, in the words that the agency reads."""

    field: Shared
    label: str
    value: str
    hidden: bool = False
    """Whether this viewer may not read it whole."""


def as_text(lines: Iterable[SharedLine]) -> str:
    """How it is kept."""
    return json.dumps([[x.field.value, x.label, x.value] for x in lines], ensure_ascii=False)


def from_text(text: str | None) -> tuple[SharedLine, ...]:
    """And read again."""
    return tuple(
        SharedLine(Shared(f), label, value) for f, label, value in json.loads(text or "[]")
    )


def seen_by(
    lines: Iterable[SharedLine], viewer: Viewer, person_id: int | None
) -> tuple[SharedLine, ...]:
    """The same as a member of staff may read it: whole numbers and health by right only."""
    found = tuple(lines)
    covered = set() if sees_whole_numbers(viewer) else set(WHOLE_NUMBERS)
    delicate = any(line.field in OF_HEALTH for line in found)
    if delicate and (person_id is None or not sees_health(viewer, person_id)):
        covered |= OF_HEALTH
    return tuple(_cover(line) if line.field in covered else line for line in found)


def _cover(line: SharedLine) -> SharedLine:
    digits = "".join(letter for letter in line.value if letter.isdigit())
    masked = f"xxx{digits[-3:]}" if line.field in WHOLE_NUMBERS else "–"
    return SharedLine(line.field, line.label, masked, hidden=True)


def offered_fields(case: Case, *, viewer: Viewer) -> tuple[SharedLine, ...]:
    """Everything that is known and that this viewer may share."""
    with force_locale("th"):
        return tuple(
            SharedLine(field, str(SHARED[field]), value.strip())
            for field, value in _values(case, viewer)
            if value and value.strip()
        )


def _values(case: Case, viewer: Viewer) -> Iterator[tuple[Shared, str]]:
    if case.person_id is not None and person_card(case.person_id, viewer=viewer):
        yield from _person(db.session.get_one(Person, case.person_id), viewer)
    if case.household_id is not None and household_card(case.household_id, viewer=viewer):
        yield from _house(db.session.get_one(Household, case.household_id))
    category = category_by_id(case.category_id)
    yield Shared.CATEGORY, category.name("th") if category else ""
    yield Shared.SUMMARY, case.summary
    yield Shared.HELP, _help(case.id)


def _person(person: Person, viewer: Viewer) -> Iterator[tuple[Shared, str]]:
    yield (
        Shared.NAME,
        full_name(person.title, person.first_name, person.middle_name, person.last_name),
    )
    if sees_whole_numbers(viewer):
        number = person.identifier or ""
        yield Shared.IDENTIFIER, format_id(number) if number.isdigit() else number
        yield Shared.PHONE, format_phone(person.phone) if person.phone else ""
    if person.birth_date is not None:
        written = format_partial(person.birth_date, person.birth_precision.value)
        years = age(person.birth_date, person.birth_precision, person.deceased_on)
        yield Shared.BIRTH, f"{written} (อายุ {years} ปี)" if years is not None else written
    if person.sex.value != "unknown":
        yield Shared.SEX, labels.word(labels.SEX, person.sex)
    if sees_health(viewer, person.id):
        if person.disability is not None:
            yield Shared.DISABILITY, labels.word(labels.DISABILITY, person.disability)
        if person.adl_score is not None:
            yield Shared.ADL, f"{person.adl_score} จาก 20 คะแนน"
        yield Shared.HEALTH, person.health_notes or ""


def _house(house: Household) -> Iterator[tuple[Shared, str]]:
    place = labels.address(house.house_no, house.village_no, house.lane, house.road)
    beyond = (house.subdistrict, house.district, house.province, house.postcode)
    yield Shared.ADDRESS, " ".join([place, *(word for word in beyond if word)])
    yield Shared.LANDMARK, house.landmark
    rows = db.session.execute(
        select(
            Person.title, Person.first_name, Person.middle_name, Person.last_name,
            Person.birth_date, Person.birth_precision, Membership.relation,
        )
        .join(Membership, Membership.person_id == Person.id)
        .where(
            Membership.household_id == house.id,
            Membership.to_day.is_(None),
            Membership.de_facto,
            Person.deceased_on.is_(None),
        )
        .order_by(Membership.id)
        .limit(MOST_LINES)
    )  # fmt: skip
    yield Shared.HOUSEHOLD, "\n".join(_member(row) for row in rows)


def _member(row: Any) -> str:
    name = full_name(row.title, row.first_name, row.middle_name, row.last_name)
    years = age(row.birth_date, row.birth_precision)
    relation = labels.word(labels.RELATION, row.relation)
    return f"{name} {relation}" + (f" อายุ {years} ปี" if years is not None else "")


def _help(case_id: int) -> str:
    rows = db.session.execute(
        select(Assistance.given_on, Assistance.description, Assistance.amount)
        .where(Assistance.case_id == case_id, Assistance.withdrawn_at.is_(None))
        .order_by(Assistance.given_on, Assistance.id)
        .limit(MOST_LINES)
    )
    return "\n".join(
        f"{format_long(row.given_on)} {row.description}"
        + (f" {format_baht(row.amount)} บาท" if row.amount else "")
        for row in rows
    )


def masked(line: SharedLine) -> str:
    """A line for a form to choose from: numbers are not shown whole before they are chosen."""
    if line.field is Shared.IDENTIFIER:
        digits = "".join(letter for letter in line.value if letter.isalnum())
        return mask_id(digits)
    if line.field is Shared.PHONE:
        return mask_phone("".join(letter for letter in line.value if letter.isdigit()))
    return line.value
