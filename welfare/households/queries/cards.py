"""Small pieces of the registry for other domains' pages: cards, references, search words."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select

from welfare.core.db import db
from welfare.core.security.permissions import Permission, Viewer
from welfare.core.thai.identity import mask_id
from welfare.core.thai.phones import mask_phone
from welfare.households.models import Household, Person, Village
from welfare.households.policies import in_area, person_in_area
from welfare.households.queries.homes import people_statement, person_row
from welfare.households.queries.loading import load_household, load_person
from welfare.households.queries.rows import HouseholdRow, PersonRow
from welfare.households.queries.search import with_members


@dataclass(frozen=True, slots=True)
class PersonCard:
    """A person as another page shows them; ID and telephone are masked."""

    person: PersonRow
    identifier: str
    phone: str


@dataclass(frozen=True, slots=True)
class HouseholdCard:
    """A house as another page shows it."""

    household: HouseholdRow
    landmark: str
    lat: float | None
    lng: float | None


@dataclass(frozen=True, slots=True)
class Ref:
    """What another domain keeps of a record of the registry."""

    id: int
    number: str
    village_no: int | None


@dataclass(frozen=True, slots=True)
class VillageRow:
    """One หมู่ที่ for lists and fields."""

    village_no: int
    name_th: str
    name_en: str


def person_cards(ids: Collection[int], *, viewer: Viewer) -> dict[int, PersonCard]:
    """Cards by id, in one statement; who lies outside the viewer's area is left out."""
    wanted = set(ids)
    if not wanted or not viewer.can(Permission.VIEW_REGISTRY):
        return {}
    rows = db.session.execute(
        people_statement()
        .add_columns(Person.identifier, Person.phone)
        .where(Person.id.in_(sorted(wanted)), person_in_area(viewer))
    )
    return {
        row.id: PersonCard(
            person_row(row),
            mask_id(row.identifier) if row.identifier else "",
            mask_phone(row.phone) if row.phone else "",
        )
        for row in rows
    }


def person_card(person_id: int | None, *, viewer: Viewer) -> PersonCard | None:
    """One card; ``None`` without a person or outside the viewer's area."""
    return person_cards([person_id], viewer=viewer).get(person_id) if person_id else None


def household_cards(ids: Collection[int], *, viewer: Viewer) -> dict[int, HouseholdCard]:
    """Cards by id, in two statements; what lies outside the viewer's area is left out."""
    wanted = set(ids)
    if not wanted or not viewer.can(Permission.VIEW_REGISTRY):
        return {}
    found = db.session.execute(
        select(
            Household.id, Household.number, Household.house_no, Household.village_no,
            Household.lane, Household.road, Household.landmark, Household.lat, Household.lng,
        ).where(Household.id.in_(sorted(wanted)), in_area(viewer))
    ).all()  # fmt: skip
    bare = [
        HouseholdRow(row.id, row.number, row.house_no, row.village_no, row.lane, row.road, "", 0)
        for row in found
    ]
    return {
        row.id: HouseholdCard(full, row.landmark, row.lat, row.lng)
        for row, full in zip(found, with_members(bare), strict=True)
    }


def household_card(household_id: int | None, *, viewer: Viewer) -> HouseholdCard | None:
    """One card; ``None`` without a household or outside the viewer's area."""
    if household_id is None:
        return None
    return household_cards([household_id], viewer=viewer).get(household_id)


def household_ref(number: str, *, viewer: Viewer) -> Ref:
    """Id and village of a household number as it was typed or chosen. Raises ``NotFound``."""
    found = load_household(number, viewer=viewer)
    return Ref(found.id, found.number, found.village_no)


def person_ref(number: str, *, viewer: Viewer) -> Ref:
    """Id of a person's number; ``village_no`` is where they live. Raises ``NotFound``."""
    found = load_person(number, viewer=viewer)
    card = person_card(found.id, viewer=viewer)
    return Ref(found.id, found.number, card.person.village_no if card else None)


def search_words(*, household_id: int | None = None, person_id: int | None = None) -> str:
    """Names, house number and lane, for the search column of a case (for the program's own use:
    no rights are asked, nothing of it is shown)."""
    words: list[str] = []
    if person_id is not None:
        words += db.session.scalars(select(Person.search_key).where(Person.id == person_id)).all()
    if household_id is not None:
        words += db.session.scalars(
            select(Household.search_key).where(Household.id == household_id)
        ).all()
    return " ".join(words)


def villages() -> list[VillageRow]:
    """All villages by number."""
    rows = db.session.execute(
        select(Village.village_no, Village.name_th, Village.name_en).order_by(Village.village_no)
    )
    return [VillageRow(row.village_no, row.name_th, row.name_en) for row in rows]
