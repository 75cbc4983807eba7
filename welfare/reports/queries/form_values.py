"""What forms of programmes are begun with: plain words of a person, their house, a case.

A form shows nothing that the page of the person would not show: health by right, whole numbers
only where they were asked for by who may reveal them; the rest is left to be filled in by hand.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import func, select

from welfare.cases.models import Case
from welfare.cases.queries.loading import load_case
from welfare.core import clock
from welfare.core.db import db
from welfare.core.errors import NotFound
from welfare.core.municipality import the_municipality
from welfare.core.security.permissions import Viewer
from welfare.core.thai.dates import fiscal_year, format_long, format_partial
from welfare.core.thai.identity import IdKind, format_id
from welfare.core.thai.money import format_baht
from welfare.core.thai.phones import format_phone
from welfare.households.kinds import DatePrecision, Disability, MaritalStatus, Tenure
from welfare.households.models import Household, Membership, Person
from welfare.households.queries.health import sees_health
from welfare.households.queries.homes import home_of_person
from welfare.households.queries.loading import load_person
from welfare.households.queries.rows import age, full_name

DISABILITIES: Mapping[Disability, str] = {
    Disability.SEEING: "การเห็น",
    Disability.HEARING: "การได้ยินหรือสื่อความหมาย",
    Disability.MOBILITY: "การเคลื่อนไหวหรือทางร่างกาย",
    Disability.MENTAL: "จิตใจหรือพฤติกรรม",
    Disability.INTELLECTUAL: "สติปัญญา",
    Disability.LEARNING: "การเรียนรู้",
    Disability.AUTISM: "ออทิสติก",
}
"""The seven types, in the words of the card (พ.ร.บ. 2550)."""
MARITAL: Mapping[MaritalStatus, str] = {
    MaritalStatus.SINGLE: "โสด",
    MaritalStatus.MARRIED: "สมรส",
    MaritalStatus.WIDOWED: "หม้าย",
    MaritalStatus.DIVORCED: "หย่าร้าง",
    MaritalStatus.SEPARATED: "แยกกันอยู่",
}
TENURES: Mapping[Tenure, str] = {Tenure.OWNER: "บ้านของตนเอง"}


@dataclass(frozen=True, slots=True)
class FormSubject:
    """Whom a form is for. ``number`` and ``name`` are empty where nobody is known."""

    number: str = ""
    name: str = ""
    case_number: str = ""
    deceased: bool = False
    values: Mapping[str, str] = field(default_factory=dict)
    ticked: Mapping[str, str] = field(default_factory=dict)


def of_person(number: str, *, viewer: Viewer, whole_numbers: bool = False) -> FormSubject:
    """The person of this number; ``NotFound`` outside the viewer's area. ``whole_numbers``: with
    ID and telephone; the right is the caller's to check."""
    return _subject(load_person(number, viewer=viewer), viewer, whole_numbers)


def of_case(number: str, *, viewer: Viewer, whole_numbers: bool = False) -> FormSubject:
    """Whom a case is about, as far as the viewer may know; ``NotFound`` where they may not see
    the case."""
    case = load_case(number, viewer=viewer)
    found = db.session.get(Person, case.person_id) if case.person_id else None
    if found is not None:
        try:
            person = load_person(found.number, viewer=viewer)
        except NotFound:
            return FormSubject(case_number=case.number, values=_office())
        return _subject(person, viewer, whole_numbers, case)
    house = db.session.get(Household, case.household_id) if case.household_id else None
    return FormSubject(
        case_number=case.number, values=_office() | {"subject": case.title} | _house(house)
    )


def _subject(
    person: Person, viewer: Viewer, whole_numbers: bool, case: Case | None = None
) -> FormSubject:
    house = db.session.scalar(
        select(Household)
        .join(Membership, Membership.household_id == Household.id)
        .join(Person, Membership.id == home_of_person())
        .where(Person.id == person.id)
    )
    values = _office() | _person(person) | _house(house)
    if case is not None:
        values["subject"] = case.title
    if whole_numbers:
        values |= _numbers(person)
    ticked = {"marital": MARITAL.get(person.marital_status, "")}
    if house is not None:
        ticked["tenure"] = TENURES.get(house.tenure, "")
    if sees_health(viewer, person.id):
        values |= {
            "card_issued": _day(person.disability_card_issued),
            "card_expires": _day(person.disability_card_expires),
        }
        if person.disability is not None:
            ticked["disability"] = DISABILITIES[person.disability]
    return FormSubject(
        number=person.number,
        name=values["name"],
        case_number=case.number if case is not None else "",
        deceased=person.deceased_on is not None,
        values=values,
        ticked=ticked,
    )


def _office() -> dict[str, str]:
    town, today = the_municipality(), clock.today()
    return {
        "office": town.name_th,
        "head": town.head_th,
        "today": format_long(today),
        "right_year": str(fiscal_year(today) + 1),
    }


def _person(person: Person) -> dict[str, str]:
    years = age(person.birth_date, person.birth_precision, person.deceased_on)
    born = ""
    if person.birth_date is not None:
        whole = person.birth_precision is DatePrecision.DAY
        partial = format_partial(person.birth_date, person.birth_precision.value)
        born = format_long(person.birth_date) if whole else partial
    income = person.monthly_income
    return {
        "name": full_name(person.title, person.first_name, person.middle_name, person.last_name),
        "born": born,
        "age": str(years) if years is not None else "",
        "nationality": person.nationality,
        "occupation": person.occupation,
        "income": format_baht(income) if income is not None else "",
        "elsewhere": "",
        "died": _day(person.deceased_on),
    }


def _numbers(person: Person) -> dict[str, str]:
    known = person.identifier if person.id_kind is not IdKind.NONE else None
    return {
        "id_number": format_id(known) if known else "",
        "phone": format_phone(person.phone) if person.phone else "",
    }


def _house(house: Household | None) -> dict[str, str]:
    if house is None:
        return {}
    members = db.session.scalar(
        select(func.count()).where(
            Membership.household_id == house.id, Membership.to_day.is_(None), Membership.de_facto
        )
    )
    income = house.monthly_income
    return {
        "house_no": house.house_no,
        "village": str(house.village_no) if house.village_no is not None else "",
        "lane": house.lane,
        "road": house.road,
        "subdistrict": house.subdistrict,
        "district": house.district,
        "province": house.province,
        "postcode": house.postcode,
        "members": str(members) if members else "",
        "house_income": format_baht(income) if income is not None else "",
    }


def _day(day: date | None) -> str:
    return format_long(day) if day is not None else ""
