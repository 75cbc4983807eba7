"""Loading one record of the registry for a viewer: what they may not see is not there."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import aliased

from welfare.core.db import db
from welfare.core.errors import NotFound
from welfare.core.security.permissions import Permission, Viewer
from welfare.core.thai.faults import InputFault
from welfare.core.thai.references import HOUSEHOLD, PERSON, parse_reference
from welfare.households.errors import MergedAway
from welfare.households.models import Household, Membership, Person, Village
from welfare.households.policies import in_area, person_in_area


def _number(typed: str, prefix: str) -> str:
    try:
        return parse_reference(typed, prefix=prefix)
    except InputFault:
        raise NotFound from None


def load_household(number: str, *, viewer: Viewer, for_update: bool = False) -> Household:
    """The household of this number; ``NotFound`` outside the viewer's area, ``MergedAway`` for one
    that is part of another. ``for_update`` locks the row until the transaction ends."""
    statement = select(Household).where(
        Household.number == _number(number, HOUSEHOLD), in_area(viewer)
    )
    if for_update:
        statement = statement.with_for_update().execution_options(populate_existing=True)
    found = db.session.scalar(statement) if viewer.can(Permission.VIEW_REGISTRY) else None
    if found is None:
        survivor = survivor_of_household(number, viewer=viewer)
        raise MergedAway("household", number, survivor) if survivor else NotFound
    return found


def load_household_with_village(number: str, *, viewer: Viewer) -> tuple[Household, str]:
    """The same household to read, with the name of its village, in one statement."""
    statement = (
        select(Household, Village.name_th)
        .outerjoin(Village, Village.village_no == Household.village_no)
        .where(Household.number == _number(number, HOUSEHOLD), in_area(viewer))
    )
    found = db.session.execute(statement).first() if viewer.can(Permission.VIEW_REGISTRY) else None
    if found is None:
        return load_household(number, viewer=viewer), ""
    house, village = found
    return house, village or ""


def load_person(number: str, *, viewer: Viewer, for_update: bool = False) -> Person:
    """The person of this number; ``NotFound`` outside the viewer's area, ``MergedAway`` for a
    record that is part of another. ``for_update`` locks."""
    statement = select(Person).where(
        Person.number == _number(number, PERSON), person_in_area(viewer)
    )
    if for_update:
        statement = statement.with_for_update(of=Person).execution_options(populate_existing=True)
    found = db.session.scalar(statement) if viewer.can(Permission.VIEW_REGISTRY) else None
    if found is None:
        survivor = survivor_of_person(number, viewer=viewer)
        raise MergedAway("person", number, survivor) if survivor else NotFound
    return found


def survivor_of_household(number: str, *, viewer: Viewer) -> str | None:
    """The number of the house that this number's record has become part of, if it may be seen."""
    if not viewer.can(Permission.VIEW_REGISTRY):
        return None
    merged = aliased(Household)
    return db.session.scalar(
        select(Household.number)
        .join(merged, merged.merged_into_id == Household.id)
        .where(merged.number == _number(number, HOUSEHOLD), in_area(viewer))
    )


def survivor_of_person(number: str, *, viewer: Viewer) -> str | None:
    """The number of the person that this number's record has become part of, if they may be
    seen."""
    if not viewer.can(Permission.VIEW_REGISTRY):
        return None
    merged = aliased(Person)
    return db.session.scalar(
        select(Person.number)
        .join(merged, merged.merged_into_id == Person.id)
        .where(merged.number == _number(number, PERSON), person_in_area(viewer))
    )


def load_membership(household_id: int, person_id: int, *, for_update: bool = False) -> Membership:
    """The open membership of a person in a household, whose household was loaded by right."""
    statement = select(Membership).where(
        Membership.household_id == household_id,
        Membership.person_id == person_id,
        Membership.to_day.is_(None),
    )
    if for_update:
        statement = statement.with_for_update().execution_options(populate_existing=True)
    found = db.session.scalar(statement)
    if found is None:
        raise NotFound
    return found
