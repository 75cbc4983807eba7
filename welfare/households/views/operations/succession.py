"""The households that would lose their head when somebody goes."""

from __future__ import annotations

from welfare.core.web import the_viewer
from welfare.households.kinds import Relation
from welfare.households.queries import HouseholdFile, Member, PersonFile, household_file


def homes_headed(who: PersonFile) -> dict[str, tuple[Member, ...]]:
    """The members of every household that this person is head of and lives in, by its number."""
    found: dict[str, tuple[Member, ...]] = {}
    for home in who.homes:
        if home.de_facto and home.visible and home.relation is Relation.HEAD:
            file = household_file(home.number, viewer=the_viewer())
            found[file.number] = file.members
    return found


def headed_by(file: HouseholdFile, number: str) -> tuple[Member, ...]:
    """The members of a household, where this person is its head; else nobody."""
    heads = {one.number for one in file.members if one.relation is Relation.HEAD}
    return file.members if number in heads else ()
