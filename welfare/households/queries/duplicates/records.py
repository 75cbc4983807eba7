"""The records of the registry as what is compared, in portions of bounded size."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, func, not_, or_, select

from welfare.core.db import db
from welfare.core.security.permissions import Viewer
from welfare.households.facts import HouseholdFacts, Keep, PersonFacts
from welfare.households.likeness import Commonness, HouseTraits, PersonTraits
from welfare.households.models import Household, Membership, Person, PersonIdentifier, PersonName
from welfare.households.models.keys import phone_index
from welfare.households.policies import in_area, person_in_area

PORTION = 2000
MOST_NAMES = 40_000
"""Only so many of the commonest names are counted; the others are rare."""


def traits_of_facts(
    facts: PersonFacts, *, house_no: str = "", village_no: int | None = None
) -> PersonTraits:
    """What a form or a row of a list says of a person."""
    return PersonTraits(
        first=facts.first_name,
        last=facts.last_name,
        middle=facts.middle_name,
        title=facts.title,
        sex=facts.sex,
        birth=facts.birth_date,
        precision=facts.birth_precision,
        identifier="" if isinstance(facts.identifier, Keep) else facts.identifier or "",
        phone="" if isinstance(facts.phone, Keep) else facts.phone or "",
        house_no=house_no,
        village_no=village_no,
    )


def house_traits_of_facts(facts: HouseholdFacts) -> HouseTraits:
    """What a form or a row of a list says of a house."""
    return HouseTraits(
        facts.house_no, facts.village_no, facts.house_code or "", facts.lane, facts.road,
        facts.lat, facts.lng,
    )  # fmt: skip


def phone_token(phone: str) -> str:
    """A telephone number as stored records carry it here: its blind index, in hex."""
    index = phone_index(phone)
    return index.hex() if index else ""


def people_in_portions(
    viewer: Viewer | None = None,
) -> Iterator[list[tuple[int, PersonTraits]]]:
    """Everybody who stands in the registry, by id; ``viewer`` limits them to an area."""
    after = 0
    while portion := _people(
        Person.id > after, *([person_in_area(viewer)] if viewer else []), limit=PORTION
    ):
        yield portion
        after = portion[-1][0]


def people_by_id(ids: Iterable[int]) -> dict[int, PersonTraits]:
    """Some people."""
    wanted = sorted(set(ids))
    found: dict[int, PersonTraits] = {}
    for start in range(0, len(wanted), PORTION):
        found.update(_people(Person.id.in_(wanted[start : start + PORTION])))
    return found


def _people(
    *conditions: ColumnElement[bool], limit: int | None = None
) -> list[tuple[int, PersonTraits]]:
    rows = db.session.execute(
        select(
            Person.id, Person.title, Person.first_name, Person.middle_name, Person.last_name,
            Person.sex, Person.birth_date, Person.birth_precision, Person.identifier,
            Person.phone_index, Person.deceased_on,
        )
        .where(Person.merged_into_id.is_(None), *conditions)
        .order_by(Person.id)
        .limit(limit)
    ).all()  # fmt: skip
    if not rows:
        return []
    ids = [row.id for row in rows]
    homes, names, numbers = _homes(ids), _names(ids), _numbers(ids)
    return [(row.id, _person(row, homes, names, numbers)) for row in rows]


def _person(
    row: Any,
    homes: dict[int, Any],
    names: dict[int, list[tuple[str, str]]],
    numbers: dict[int, list[str]],
) -> PersonTraits:
    home = homes.get(row.id)
    now = (row.first_name, row.last_name)
    return PersonTraits(
        first=row.first_name,
        last=row.last_name,
        middle=row.middle_name,
        title=row.title,
        sex=row.sex,
        birth=row.birth_date,
        precision=row.birth_precision,
        identifier=row.identifier or "",
        numbers=tuple(numbers.get(row.id, ())),
        phone=row.phone_index.hex() if row.phone_index else "",
        house_no=home.house_no if home else "",
        village_no=home.village_no if home else None,
        earlier=tuple(dict.fromkeys(name for name in names.get(row.id, ()) if name != now)),
        household_id=home.household_id if home else None,
        relation=home.relation if home else None,
        deceased=row.deceased_on is not None,
    )


def _among(column: Any, ids: Sequence[int]) -> ColumnElement[bool]:
    """The rows of these ids: neighbours by their range, others by a list."""
    if ids[-1] - ids[0] < 2 * len(ids):
        between: ColumnElement[bool] = column.between(ids[0], ids[-1])
        return between
    listed: ColumnElement[bool] = column.in_(ids)
    return listed


def _homes(ids: Sequence[int]) -> dict[int, Any]:
    """Where each lives: an open membership, living there before being registered only."""
    rows = db.session.execute(
        select(
            Membership.person_id, Membership.household_id, Membership.relation,
            Household.house_no, Household.village_no,
        )
        .join(Household, Household.id == Membership.household_id)
        .where(_among(Membership.person_id, ids), Membership.to_day.is_(None))
        .order_by(Membership.de_facto, Membership.id)
    )  # fmt: skip
    return {row.person_id: row for row in rows}


def _names(ids: Sequence[int]) -> dict[int, list[tuple[str, str]]]:
    found: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for row in db.session.execute(
        select(PersonName.person_id, PersonName.first_name, PersonName.last_name)
        .where(_among(PersonName.person_id, ids), not_(PersonName.borne_now()))
        .order_by(PersonName.id)
    ):
        found[row.person_id].append((row.first_name, row.last_name))
    return found


def _numbers(ids: Sequence[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    for row in db.session.execute(
        select(PersonIdentifier.person_id, PersonIdentifier.number)
        .where(_among(PersonIdentifier.person_id, ids), PersonIdentifier.withdrawn_at.is_(None))
        .order_by(PersonIdentifier.id)
    ):
        found[row.person_id].append(row.number)
    return found


def commonness() -> Commonness:
    """How many people bear each first name and each surname."""
    total = db.session.scalar(select(func.count(Person.id))) or 0
    return Commonness(_counts(Person.first_name), _counts(Person.last_name), total)


def _counts(column: Any) -> dict[str, int]:
    rows = db.session.execute(
        select(column.label("name"), func.count().label("how_many"))
        .where(Person.merged_into_id.is_(None))
        .group_by(column)
        .order_by(func.count().desc())
        .limit(MOST_NAMES)
    )
    return {row.name: row.how_many for row in rows}


def houses_in_portions(viewer: Viewer | None = None) -> Iterator[list[tuple[int, HouseTraits]]]:
    """Every house that stands in the registry, by id; entries without a real house are left out."""
    after = 0
    while portion := _houses(
        Household.id > after, *([in_area(viewer)] if viewer else []), limit=PORTION
    ):
        yield portion
        after = portion[-1][0]


def houses_by_id(ids: Iterable[int]) -> dict[int, HouseTraits]:
    """Some houses."""
    wanted = sorted(set(ids))
    found: dict[int, HouseTraits] = {}
    for start in range(0, len(wanted), PORTION):
        found.update(_houses(Household.id.in_(wanted[start : start + PORTION])))
    return found


def _houses(
    *conditions: ColumnElement[bool], limit: int | None = None
) -> list[tuple[int, HouseTraits]]:
    rows = db.session.execute(
        select(
            Household.id, Household.house_no, Household.village_no, Household.house_code,
            Household.lane, Household.road, Household.lat, Household.lng,
        )
        .where(
            Household.merged_into_id.is_(None),
            or_(Household.central_register.is_(False), Household.house_no != ""),
            *conditions,
        )
        .order_by(Household.id)
        .limit(limit)
    ).all()  # fmt: skip
    if not rows:
        return []
    members = _members([row.id for row in rows])
    return [
        (
            row.id,
            HouseTraits(
                row.house_no, row.village_no, row.house_code or "", row.lane, row.road,
                row.lat, row.lng, tuple(members.get(row.id, ())),
            ),
        )
        for row in rows
    ]  # fmt: skip


def _members(ids: Sequence[int]) -> dict[int, list[tuple[str, str]]]:
    found: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for row in db.session.execute(
        select(Membership.household_id, Person.first_name, Person.last_name)
        .join(Person, Person.id == Membership.person_id)
        .where(_among(Membership.household_id, ids), Membership.to_day.is_(None))
        .order_by(Membership.id)
    ):
        found[row.household_id].append((row.first_name, row.last_name))
    return found
