"""Reading the registry: search, cards for other pages, the file of a household or person."""

from welfare.households.queries.alike import likely_people, similar_households, similar_people
from welfare.households.queries.cards import (
    HouseholdCard,
    PersonCard,
    Ref,
    VillageRow,
    household_card,
    household_cards,
    household_ref,
    person_card,
    person_cards,
    person_ref,
    search_words,
    villages,
)
from welfare.households.queries.files import PersonFile, person_file
from welfare.households.queries.health import sees_health
from welfare.households.queries.house_file import HouseholdFile, household_file
from welfare.households.queries.loading import load_household, load_person
from welfare.households.queries.members import Member
from welfare.households.queries.rows import HouseholdRow, PersonRow
from welfare.households.queries.search import search_households, search_people

__all__ = [
    "HouseholdCard",
    "HouseholdFile",
    "HouseholdRow",
    "Member",
    "PersonCard",
    "PersonFile",
    "PersonRow",
    "Ref",
    "VillageRow",
    "household_card",
    "household_cards",
    "household_file",
    "household_ref",
    "likely_people",
    "load_household",
    "load_person",
    "person_card",
    "person_cards",
    "person_file",
    "person_ref",
    "search_households",
    "search_people",
    "search_words",
    "sees_health",
    "similar_households",
    "similar_people",
    "villages",
]
