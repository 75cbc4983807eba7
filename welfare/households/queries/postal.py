"""Names and addresses as the post wants them, for letters to many."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from welfare.core.db import db
from welfare.core.security.permissions import Permission, Viewer
from welfare.households.models import Household, Person
from welfare.households.policies import person_in_area
from welfare.households.queries.homes import Home, home_of_person
from welfare.households.queries.rows import full_name


@dataclass(frozen=True, slots=True)
class Destination:
    """A name and an address in lines; the address is empty where none is known."""

    name: str
    address: str


def destinations(ids: Collection[int], *, viewer: Viewer) -> dict[int, Destination]:
    """Where letters to these people go, in one statement; the dead, and who lies outside the
    viewer's area, are left out."""
    if not ids or not viewer.can(Permission.VIEW_REGISTRY):
        return {}
    rows = db.session.execute(
        select(
            Person.id, Person.title, Person.first_name, Person.middle_name, Person.last_name,
            Household.house_no, Household.village_no, Household.lane, Household.road,
            Household.subdistrict, Household.district, Household.province, Household.postcode,
        )
        .select_from(Person)
        .outerjoin(Home, Home.id == home_of_person())
        .outerjoin(Household, Household.id == Home.household_id)
        .where(Person.id.in_(ids), Person.deceased_on.is_(None), person_in_area(viewer))
    )  # fmt: skip
    return {
        row.id: Destination(
            full_name(row.title, row.first_name, row.middle_name, row.last_name), _lines(row)
        )
        for row in rows
    }


@dataclass(frozen=True, slots=True)
class Unreached:
    """Somebody to whom no letter goes."""

    name: str
    dead: bool


def unreached(ids: Collection[int], *, viewer: Viewer) -> dict[int, Unreached]:
    """Who these are, those in the viewer's area, in one statement: to say why no letter goes."""
    if not ids or not viewer.can(Permission.VIEW_REGISTRY):
        return {}
    rows = db.session.execute(
        select(
            Person.id, Person.title, Person.first_name, Person.middle_name, Person.last_name,
            Person.deceased_on,
        ).where(Person.id.in_(ids), person_in_area(viewer))
    )  # fmt: skip
    return {
        row.id: Unreached(
            full_name(row.title, row.first_name, row.middle_name, row.last_name),
            row.deceased_on is not None,
        )
        for row in rows
    }


def _lines(row: Any) -> str:
    """House, then subdistrict and district, then province and post code."""
    if not row.house_no:
        return ""
    village = f"หมู่ที่ {row.village_no}" if row.village_no is not None else ""
    first = " ".join(part for part in (row.house_no, village, row.lane, row.road) if part)
    second = (_called("ตำบล", row.subdistrict), _called("อำเภอ", row.district))
    third = (_called("จังหวัด", row.province), row.postcode)
    lines = (first, *(" ".join(part for part in parts if part) for parts in (second, third)))
    return "\n".join(line for line in lines if line)


def _called(what: str, name: str) -> str:
    return f"{what}{name}" if name else ""
