"""Households that lose their head, and who could become it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select

from welfare.core.db import db
from welfare.households import labels
from welfare.households.models import Household, Membership, Person
from welfare.households.queries.rows import full_name


@dataclass(frozen=True, slots=True)
class Headless:
    """A household that loses its head, with those who could become it: number and name."""

    number: str
    address: str
    members: tuple[tuple[str, str], ...]


def losing_heads(houses: Collection[int], *, without: Collection[int] = ()) -> tuple[Headless, ...]:
    """These households with who lives there, but for those ``without`` whom it will be."""
    if not houses:
        return ()
    rows = db.session.execute(
        select(
            Household.number.label("household"), Household.house_no, Household.village_no,
            Person.number, Person.title, Person.first_name, Person.middle_name, Person.last_name,
        )
        .join(Membership, Membership.household_id == Household.id)
        .join(Person, Person.id == Membership.person_id)
        .where(
            Household.id.in_(houses), Membership.to_day.is_(None), Membership.de_facto,
            Person.id.not_in(without),
        )
        .order_by(Membership.id)
    ).all()  # fmt: skip
    addresses: dict[str, str] = {}
    members: dict[str, list[tuple[str, str]]] = {}
    for row in rows:
        addresses[row.household] = labels.address(row.house_no, row.village_no)
        name = full_name(row.title, row.first_name, row.middle_name, row.last_name)
        members.setdefault(row.household, []).append((row.number, name))
    return tuple(
        Headless(number, addresses[number] or number, tuple(left))
        for number, left in members.items()
    )
