"""Verbs on households."""

from __future__ import annotations

from sqlalchemy import select

from welfare.core import audit, clock
from welfare.core.db import db
from welfare.core.errors import Forbidden, Refused
from welfare.core.i18n import gettext as _
from welfare.core.numbers import take_number
from welfare.core.security.permissions import Viewer
from welfare.core.thai.references import HOUSEHOLD, format_reference
from welfare.households import policies
from welfare.households.facts import HouseholdFacts
from welfare.households.models import Household, Village
from welfare.households.models.changes import ChangeKind
from welfare.households.models.keys import household_key
from welfare.households.parts import tell_new_words
from welfare.households.queries.loading import load_household
from welfare.households.queries.values import household_facts
from welfare.households.services.recording import recorded
from welfare.households.services.writing import (
    assign,
    must_be_fresh,
    must_cover,
    must_edit,
    only_one,
)


def add_household(*, actor: Viewer, facts: HouseholdFacts) -> Household:
    """A new household with its number (``H-000123-4``). ``Refused`` outside one's area, for an
    unknown village, or when the house code is taken."""
    must_edit(actor)
    must_cover(actor, facts.village_no)
    _check(facts)
    now = clock.now()
    house = Household(
        number=format_reference(HOUSEHOLD, running=take_number("household")),
        created_at=now,
        updated_at=now,
    )
    assign(house, facts)
    house.search_key = _key(facts)
    db.session.add(house)
    audit.record(
        actor, "household.added", "household", house.number, {"village_no": house.village_no}
    )
    with only_one(_code_taken(), "house_code"):
        pass
    return house


def edit_household(*, actor: Viewer, number: str, version: int, facts: HouseholdFacts) -> Household:
    """Change the facts of a house. ``StaleRecord`` when somebody saved meanwhile."""
    must_edit(actor)
    house = load_household(number, viewer=actor, for_update=True)
    if not policies.can_edit(actor, house.village_no):
        raise Forbidden
    must_be_fresh(version, house.version, household_facts(house))
    must_cover(actor, facts.village_no)
    _check(facts, itself=house.id)
    if household_facts(house) == facts:
        return house
    with recorded(actor, ChangeKind.CORRECTION):
        assign(house, facts)
        old_words, house.search_key = house.search_key, _key(facts)
        changes = audit.changes_of(house)
        changes.pop("search_key", None)
        house.updated_at = clock.now()
        audit.record(actor, "household.edited", "household", house.number, changes)
        with only_one(_code_taken(), "house_code"):
            pass
    tell_new_words(old_words, house.search_key, household_id=house.id)
    return house


def _key(facts: HouseholdFacts) -> str:
    return household_key(facts.house_no, facts.community, facts.lane, facts.road, facts.landmark)


def _check(facts: HouseholdFacts, *, itself: int = 0) -> None:
    if not facts.house_no and not facts.central_register:
        raise Refused(_("Please enter the house number."), field="house_no")
    if facts.village_no is not None and not db.session.scalar(
        select(Village.village_no).where(Village.village_no == facts.village_no)
    ):
        raise Refused(_("There is no such village."), field="village_no")
    if facts.house_code and db.session.scalar(
        select(Household.id).where(Household.house_code == facts.house_code, Household.id != itself)
    ):
        raise Refused(_code_taken(), field="house_code")


def _code_taken() -> str:
    return _("Another household already has this house code.")
