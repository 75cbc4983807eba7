"""People as an operation needs them: what they are called and where they belong now."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import and_, select

from welfare.core.db import db
from welfare.core.errors import NotFound
from welfare.core.security.permissions import Viewer
from welfare.households.kinds import Relation
from welfare.households.models import Household, Membership, Person
from welfare.households.policies import can_see_village, person_in_area
from welfare.households.queries.loading import load_person
from welfare.households.queries.rows import full_name


@dataclass(frozen=True, slots=True)
class Belonging:
    """A household to which somebody belongs now, as far as the viewer may see it."""

    number: str
    relation: Relation
    de_facto: bool


@dataclass(frozen=True, slots=True)
class Mover:
    """One person."""

    id: int
    number: str
    name: str
    title: str
    last_name: str
    homes: tuple[Belonging, ...]

    @property
    def home(self) -> str:
        """The number of the household in which they live; empty for none that may be seen."""
        return next((home.number for home in self.homes if home.de_facto), "")


def movers(numbers: Sequence[str], *, viewer: Viewer) -> list[Mover]:
    """These people in the order given, in one statement; ``NotFound`` outside the viewer's area,
    ``MergedAway`` for a record that is part of another."""
    found = _found(numbers, viewer)
    return [found[number] if number in found else _one(number, viewer) for number in numbers]


def _one(number: str, viewer: Viewer) -> Mover:
    person = load_person(number, viewer=viewer)
    found = _found([person.number], viewer)
    if person.number not in found:
        raise NotFound
    return found[person.number]


def _found(numbers: Collection[str], viewer: Viewer) -> dict[str, Mover]:
    rows = db.session.execute(
        select(
            Person.id, Person.number, Person.title, Person.first_name, Person.middle_name,
            Person.last_name, Membership.relation, Membership.de_facto,
            Household.number.label("house"), Household.village_no,
        )
        .outerjoin(
            Membership, and_(Membership.person_id == Person.id, Membership.to_day.is_(None))
        )
        .outerjoin(Household, Household.id == Membership.household_id)
        .where(Person.number.in_(numbers), person_in_area(viewer))
        .order_by(Membership.id.desc())
    ).all()  # fmt: skip
    people = {row.number: row for row in rows}
    return {
        number: Mover(
            id=row.id,
            number=number,
            name=full_name(row.title, row.first_name, row.middle_name, row.last_name),
            title=row.title,
            last_name=row.last_name,
            homes=tuple(
                Belonging(one.house, one.relation, one.de_facto)
                for one in rows
                if one.number == number
                and one.house is not None
                and can_see_village(viewer, one.village_no)
            ),
        )
        for number, row in people.items()
    }
