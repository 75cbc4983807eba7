"""The households and people of one operation: found by right, locked, read anew."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import or_, select

from welfare.core.db import db
from welfare.core.errors import Forbidden, NotFound, Refused, StaleRecord
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Viewer
from welfare.households import policies
from welfare.households.kinds import Relation
from welfare.households.models import Household, Membership, Person
from welfare.households.queries.loading import load_household, load_person
from welfare.households.queries.rows import full_name
from welfare.households.queries.states import household_state
from welfare.households.services.writing import must_edit, not_in_future


@dataclass(frozen=True, slots=True)
class Seen:
    """A household as a page showed it (``queries.states``); ``sure`` is the key of the questions
    that were asked back and answered with yes (``doubts.Doubted``)."""

    household_number: str
    state: int
    sure: str = ""


@dataclass
class Scene:
    """What an operation works on. Every row is locked until the transaction ends.

    ``links`` are the open memberships of these households and of these people.
    """

    actor: Viewer
    day: date
    houses: dict[int, Household]
    people: dict[int, Person]
    links: list[Membership]
    headless: set[int] = field(default_factory=set)
    """Households that may be without a head afterwards: they were, or somebody has said so."""
    seen: Seen | None = None
    touched: set[int] = field(default_factory=set)
    """People whose relation to a head this operation has set."""
    doubts: list[str] = field(default_factory=list)
    """Questions to whoever sits before the page, in words."""

    @property
    def asked(self) -> bool:
        """Whether somebody sits before a page and can be asked."""
        return self.seen is not None

    def house(self, number: str) -> Household:
        """One of the households, by the number that was asked for."""
        for house in self.houses.values():
            if house.number == number:
                return house
        raise NotFound

    def person(self, number: str) -> Person:
        """One of the people, by the number that was asked for."""
        for person in self.people.values():
            if person.number == number:
                return person
        raise NotFound

    def open_of(self, house: Household) -> list[Membership]:
        """Everybody who belongs to a household now, who lives there first."""
        own = [link for link in self.links if link.household_id == house.id and not link.to_day]
        return sorted(own, key=lambda link: (not link.de_facto, link.id or 0))

    def living(self, house: Household) -> list[Membership]:
        """Those who live there."""
        return [link for link in self.open_of(house) if link.de_facto]

    def head(self, house: Household) -> Membership | None:
        """The head among those who live there."""
        heads = (link for link in self.living(house) if link.relation == Relation.HEAD)
        return next(heads, None)

    def of_person(self, person: Person) -> list[Membership]:
        """Where somebody belongs now."""
        return [link for link in self.links if link.person_id == person.id and not link.to_day]

    def member(self, house: Household, number: str) -> Membership:
        """The membership of somebody who lives there; ``Refused`` for anybody else."""
        for link in self.living(house):
            if self.people[link.person_id].number == number:
                return link
        raise Refused(_("This person does not live in this household."), field="people")

    def must_edit(self, house: Household) -> None:
        """``Refused`` for a household outside the area of who writes."""
        if not policies.can_edit(self.actor, house.village_no):
            raise Refused(
                _("They also belong to a household outside your area. Ask who looks after it.")
            )


def name_of(person: Person) -> str:
    """The person as messages call them."""
    return full_name(person.title, person.first_name, person.middle_name, person.last_name)


def set_scene(
    actor: Viewer,
    day: date,
    *,
    households: Iterable[str] = (),
    people: Iterable[str] = (),
    seen: Seen | None = None,
) -> Scene:
    """Lock these households and people, with all who live in the households and wherever the
    people named belong: households first, each in the order of their ids, so that two operations
    wait for each other and never in a circle.

    ``NotFound`` for what the actor may not see, ``Forbidden`` for a household they may not change,
    ``StaleRecord`` when somebody has changed the household since it was ``seen``, ``Refused`` for
    a day to come.
    """
    must_edit(actor)
    not_in_future(day, "day")
    named = [load_household(number, viewer=actor).id for number in dict.fromkeys(households)]
    called = [load_person(number, viewer=actor).id for number in dict.fromkeys(people)]
    houses = _lock_houses({*named, *_homes(called)})
    if not all(policies.can_edit(actor, houses[house_id].village_no) for house_id in named):
        raise Forbidden
    locked = _lock_people({*called, *_members(houses.keys())})
    links = _lock_links(houses.keys(), called)
    _must_be_as_seen(houses, seen)
    moved = {link.household_id for link in links} - houses.keys()
    if moved or {link.person_id for link in links} - locked.keys():
        raise Refused(_("Somebody moved at this very moment. Please send it again."))
    scene = Scene(actor, day, houses, locked, links, seen=seen)
    scene.headless = {
        house.id for house in houses.values() if scene.living(house) and not scene.head(house)
    }
    return scene


def _must_be_as_seen(houses: dict[int, Household], seen: Seen | None) -> None:
    for house in houses.values():
        if seen is not None and house.number == seen.household_number:
            now = household_state(house.id)
            if now != seen.state:
                raise StaleRecord(version=now, current={})


def lock_all(households: Collection[int], people: Collection[int]) -> None:
    """Lock households and people by id, in the order of every operation."""
    _lock_houses(households)
    _lock_people(people)


def _homes(people: Collection[int]) -> set[int]:
    statement = select(Membership.household_id).where(
        Membership.person_id.in_(people), Membership.to_day.is_(None)
    )
    return set(db.session.scalars(statement)) if people else set()


def _members(households: Collection[int]) -> set[int]:
    statement = select(Membership.person_id).where(
        Membership.household_id.in_(households), Membership.to_day.is_(None)
    )
    return set(db.session.scalars(statement)) if households else set()


def _lock_houses(ids: Collection[int]) -> dict[int, Household]:
    statement = select(Household).where(Household.id.in_(ids)).order_by(Household.id)
    found = db.session.scalars(
        statement.with_for_update().execution_options(populate_existing=True)
    )
    return {house.id: house for house in found}


def _lock_people(ids: Collection[int]) -> dict[int, Person]:
    statement = select(Person).where(Person.id.in_(ids)).order_by(Person.id)
    found = db.session.scalars(
        statement.with_for_update().execution_options(populate_existing=True)
    )
    return {person.id: person for person in found}


def _lock_links(households: Collection[int], people: Collection[int]) -> list[Membership]:
    statement = (
        select(Membership)
        .where(
            or_(Membership.household_id.in_(households), Membership.person_id.in_(people)),
            Membership.to_day.is_(None),
        )
        .order_by(Membership.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return list(db.session.scalars(statement))
