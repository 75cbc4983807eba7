"""What can be chosen when two records become one: units of columns that go together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from welfare.core.i18n import lazy_gettext as _l
from welfare.core.thai.identity import IdKind
from welfare.households.kinds import Condition, DatePrecision, MaritalStatus, Sex, Tenure, YesNo

A, B, BOTH = "a", "b", "both"
"""Whose value is taken: that of the first record, of the second, or one after the other."""

EMPTY: frozenset[Any] = frozenset(
    {None, "", IdKind.NONE, Sex.UNKNOWN, MaritalStatus.UNKNOWN, YesNo.UNKNOWN, Tenure.UNKNOWN,
     Condition.UNKNOWN, False}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Unit:
    """Columns that are chosen together; the first one tells whether anything is known.

    ``text`` can be joined; ``secret`` is shown masked; ``health`` only to who may see it.
    """

    name: str
    columns: tuple[str, ...]
    label: Any
    text: bool = False
    secret: bool = False
    health: bool = False

    def known(self, record: Any) -> bool:
        """Whether this record says anything."""
        return getattr(record, self.columns[0]) not in EMPTY

    def same(self, a: Any, b: Any) -> bool:
        """Whether both say the same."""
        return all(getattr(a, column) == getattr(b, column) for column in self.columns)


PERSON_UNITS: tuple[Unit, ...] = (
    Unit("title", ("title",), _l("Title")),
    Unit("first_name", ("first_name", "middle_name"), _l("First and middle name")),
    Unit("last_name", ("last_name",), _l("Last name")),
    Unit("sex", ("sex",), _l("Sex")),
    Unit("birth", ("birth_date", "birth_precision"), _l("Date of birth")),
    Unit("deceased", ("deceased_on",), _l("Died")),
    Unit("nationality", ("nationality",), _l("Nationality")),
    Unit("identifier", ("identifier", "identifier_index", "id_kind"), _l("ID number"), secret=True),
    Unit("phone", ("phone", "phone_index"), _l("Telephone"), secret=True),
    Unit(
        "registered_address", ("registered_address",),
        _l("Address in the house register, where it is another one"),
    ),
    Unit("marital_status", ("marital_status",), _l("Marital status")),
    Unit("occupation", ("occupation",), _l("Occupation")),
    Unit("income", ("monthly_income",), _l("Income a month (baht)")),
    Unit("welfare_card", ("welfare_card", "welfare_card_on"), _l("State welfare card")),
    Unit(
        "disability", ("disability", "disability_card_issued", "disability_card_expires"),
        _l("Disability by the card"), health=True,
    ),
    Unit("adl", ("adl_score", "adl_on"), _l("ADL score (0 to 20)"), health=True),
    Unit("health_notes", ("health_notes",), _l("Notes on health"), text=True, health=True),
    Unit("notes", ("notes",), _l("Notes"), text=True),
)  # fmt: skip

HOUSEHOLD_UNITS: tuple[Unit, ...] = (
    Unit("house_no", ("house_no",), _l("House number")),
    Unit("village", ("village_no",), _l("Village")),
    Unit("house_code", ("house_code",), _l("House code")),
    Unit("community", ("community",), _l("Community")),
    Unit("lane", ("lane",), _l("Lane")),
    Unit("road", ("road",), _l("Road")),
    Unit("area", ("subdistrict", "district", "province", "postcode"), _l("Subdistrict and beyond")),
    Unit("central_register", ("central_register",), _l("Entry without a real house")),
    Unit("location", ("lat", "lng", "accuracy_m"), _l("Place on the map")),
    Unit("landmark", ("landmark",), _l("Landmark")),
    Unit("tenure", ("tenure",), _l("Tenure")),
    Unit("condition", ("condition",), _l("Condition of the house")),
    Unit("water", ("water",), _l("Water")),
    Unit("electricity", ("electricity",), _l("Electricity")),
    Unit("toilet", ("toilet",), _l("Toilet")),
    Unit("household_income", ("monthly_income",), _l("Income a month (baht)")),
    Unit("debts", ("debts",), _l("Debts (baht)")),
    Unit("house_notes", ("notes",), _l("Notes"), text=True),
)


def defaults(units: tuple[Unit, ...], a: Any, b: Any, survivor: str) -> dict[str, str]:
    """What is taken where nobody chooses: what is known before what is not, more before less, else
    what the surviving record says. Texts are joined."""
    return {unit.name: _default(unit, a, b, survivor) for unit in units}


def _default(unit: Unit, a: Any, b: Any, survivor: str) -> str:
    if unit.same(a, b):
        return survivor
    known_a, known_b = unit.known(a), unit.known(b)
    if known_a != known_b:
        return A if known_a else B
    if unit.text:
        return BOTH
    if unit.name == "birth" and a.birth_precision != b.birth_precision:
        order = list(DatePrecision)
        return A if order.index(a.birth_precision) < order.index(b.birth_precision) else B
    return survivor


def chosen_values(
    units: tuple[Unit, ...], a: Any, b: Any, choices: Mapping[str, str]
) -> dict[str, Any]:
    """Column: value, as it was chosen."""
    values: dict[str, Any] = {}
    for unit in units:
        side = choices[unit.name]
        for column in unit.columns:
            one, other = getattr(a, column), getattr(b, column)
            if side == BOTH and unit.text:
                values[column] = joined(one, other)
            else:
                values[column] = other if side == B else one
    return values


def joined(one: str | None, other: str | None) -> str:
    """Two notes as one, without saying anything twice."""
    one, other = (one or "").strip(), (other or "").strip()
    if not other or other in one:
        return one
    return other if not one or one in other else f"{one}\n\n{other}"


def seen_versions(one: int, other: int) -> int:
    """The versions of two records as the one number that a form carries."""
    return (one % 30_000) * 30_000 + other % 30_000
