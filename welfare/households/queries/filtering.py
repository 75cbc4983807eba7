"""What a list of people or houses is narrowed to: values of closed lists, read from
an address.

Health is asked about by those who may see everybody's health: what may not be seen cannot be found
by filtering either, so for others these filters are not there at all.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from enum import StrEnum

from welfare.core.security.permissions import Permission, Viewer
from welfare.core.thai.digits import to_arabic, whole
from welfare.households.kinds import Condition, Disability, Sex, Tenure, YesNo

AGES: Mapping[str, tuple[int, int | None]] = {
    "0-5": (0, 5),
    "6-17": (6, 17),
    "18-59": (18, 59),
    "60": (60, None),
    "60-69": (60, 69),
    "70-79": (70, 79),
    "80-89": (80, 89),
    "90": (90, None),
}
"""Bands of age in completed years, those of the old-age allowance among them."""
ADL_GROUPS: Mapping[str, tuple[int, int]] = {"social": (12, 20), "home": (5, 11), "bed": (0, 4)}
"""Groups of the Barthel index (NHSO long-term care)."""
OLD = 60
ANY = "any"


class Home(StrEnum):
    """Where somebody stands with a household."""

    NONE = "none"
    HEAD = "head"
    ALONE_OLD = "alone_old"


class Life(StrEnum):
    """Whether the dead are shown; the living alone unless it is said otherwise."""

    DEAD = "dead"
    ALL = "all"


class Emptiness(StrEnum):
    """What a house lacks."""

    NOBODY = "nobody"
    NO_HEAD = "no_head"
    ALONE_OLD = "alone_old"


@dataclass(frozen=True, slots=True)
class PeopleFilters:
    """Empty texts narrow nothing."""

    village: str = ""
    age: str = ""
    sex: str = ""
    home: str = ""
    welfare_card: str = ""
    life: str = ""
    disability: str = ""
    adl: str = ""

    def used(self) -> dict[str, str]:
        """Those that narrow the list, by name."""
        return _used(self)


@dataclass(frozen=True, slots=True)
class HouseholdFilters:
    """Empty texts narrow nothing."""

    village: str = ""
    tenure: str = ""
    condition: str = ""
    members: str = ""

    def used(self) -> dict[str, str]:
        """Those that narrow the list, by name."""
        return _used(self)


def _used(filters: PeopleFilters | HouseholdFilters) -> dict[str, str]:
    values = {field.name: getattr(filters, field.name) for field in fields(filters)}
    return {name: value for name, value in values.items() if value}


def sees_all_health(viewer: Viewer) -> bool:
    """Whether the viewer may ask by health: only who sees everybody's."""
    return viewer.can(Permission.VIEW_RESTRICTED)


def people_filters(typed: Mapping[str, str], viewer: Viewer) -> PeopleFilters:
    """Read from an address; what is not of a list, or not for this viewer, is left out."""
    health = sees_all_health(viewer)
    return PeopleFilters(
        village=_village(typed),
        age=_one_of(typed, "age", AGES),
        sex=_one_of(typed, "sex", Sex),
        home=_one_of(typed, "home", Home),
        welfare_card=_one_of(typed, "welfare_card", YesNo),
        life=_one_of(typed, "life", Life),
        disability=_one_of(typed, "disability", [ANY, *Disability]) if health else "",
        adl=_one_of(typed, "adl", ADL_GROUPS) if health else "",
    )


def household_filters(typed: Mapping[str, str]) -> HouseholdFilters:
    """Read from an address; what is not of a list is left out."""
    return HouseholdFilters(
        village=_village(typed),
        tenure=_one_of(typed, "tenure", Tenure),
        condition=_one_of(typed, "condition", Condition),
        members=_one_of(typed, "members", Emptiness),
    )


def _one_of(typed: Mapping[str, str], name: str, known: object) -> str:
    value = typed.get(name, "")
    return value if value in [str(each) for each in known] else ""  # type: ignore[attr-defined]


def _village(typed: Mapping[str, str]) -> str:
    value = to_arabic(typed.get("village", ""))
    return value if whole(value, digits=3) is not None else ""
