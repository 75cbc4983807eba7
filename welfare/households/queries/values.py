"""Records of the registry as the plain facts that forms and services exchange."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from welfare.households.facts import KEEP, HealthFacts, HouseholdFacts, PersonFacts
from welfare.households.models import Household, Person

SECRET = frozenset({"identifier", "phone"})


def _values(record: Any, kind: type[Any], without: frozenset[str] = frozenset()) -> dict[str, Any]:
    names = [field.name for field in fields(kind) if field.name not in without]
    return {name: getattr(record, name) for name in names}


def household_facts(house: Household) -> HouseholdFacts:
    """What is known of a house."""
    return HouseholdFacts(**_values(house, HouseholdFacts))


def person_facts(person: Person) -> PersonFacts:
    """What is known of a person, without ID, telephone and health."""
    return PersonFacts(**_values(person, PersonFacts, without=SECRET), identifier=KEEP, phone=KEEP)


def health_facts(person: Person) -> HealthFacts:
    """What is known of a person's health: only for who may see it."""
    return HealthFacts(**_values(person, HealthFacts))
