"""What of a person and of a house is compared."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from welfare.households.kinds import DatePrecision, Relation, Sex


@dataclass(frozen=True, slots=True)
class PersonTraits:
    """A person as a register, a form or a row of a list has them; empty is "not known".

    ``identifier`` holds the digits as they were read, right or wrong: a number with a wrong digit
    says more than none. ``numbers`` are further or former ones. ``phone`` is whatever is equal for
    equal telephones: the number, or an index of it. ``earlier`` are former first and last names.
    ``relation`` is that to the head of ``household_id``.
    """

    first: str
    last: str = ""
    middle: str = ""
    title: str = ""
    sex: Sex = Sex.UNKNOWN
    birth: date | None = None
    precision: DatePrecision = DatePrecision.DAY
    identifier: str = ""
    numbers: tuple[str, ...] = ()
    phone: str = ""
    house_no: str = ""
    village_no: int | None = None
    earlier: tuple[tuple[str, str], ...] = ()
    household_id: int | None = None
    relation: Relation | None = None
    deceased: bool = False


@dataclass(frozen=True, slots=True)
class HouseTraits:
    """A house. ``members`` are first and last names of those who live there."""

    house_no: str
    village_no: int | None = None
    house_code: str = ""
    lane: str = ""
    road: str = ""
    lat: float | None = None
    lng: float | None = None
    members: tuple[tuple[str, str], ...] = ()
