"""One step of a sequence: numbers drawn at random, read as an operation on what there is now."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from sqlalchemy import select

from tests.integration.households.sequences.world import World
from welfare.core import clock
from welfare.core.db import db
from welfare.households import services
from welfare.households.facts import HouseholdFacts, NewName, PersonFacts
from welfare.households.kinds import NOBODY, EndReason, Relation, Sex
from welfare.households.models import Household, Membership, Person
from welfare.households.services.merging import Ours, merge_houses, merge_people
from welfare.households.services.merging.outcome import seen_versions

RELATIONS = tuple(Relation)


def draw(seed: int, length: int) -> list["Step"]:
    """A sequence, the same for the same seed; a longer one begins like a shorter one."""
    dice = Random(seed)
    return [
        Step(
            kind=dice.choice([*OPERATIONS, "undo", "undo"]),
            one=dice.randrange(360),
            two=dice.randrange(360),
            three=dice.randrange(360),
            ago=dice.choice([dice.randrange(60), dice.randrange(60), dice.randrange(-1, 4300)]),
            flags=dice.randrange(32),
        )
        for _ in range(length)
    ]


@dataclass(frozen=True)
class Step:
    """``kind`` of operation; who and where by place in the lists; how many days ago."""

    kind: str
    one: int
    two: int
    three: int
    ago: int
    flags: int

    def flag(self, place: int) -> bool:
        """A yes or no."""
        return bool(self.flags >> place & 1)

    @property
    def day(self) -> date:
        """Mostly of late, now and then long ago, once in a while tomorrow."""
        return clock.today() - timedelta(days=self.ago)


class Stage:
    """Reads steps against the present state of a world."""

    def __init__(self, world: World) -> None:
        self.world = world

    def act(self, step: Step) -> Any:
        """Do it; whatever the service raises comes through."""
        return OPERATIONS[step.kind](self, step)

    def person(self, place: int) -> str:
        """Somebody."""
        return self.world.people[place % len(self.world.people)]

    def house(self, place: int) -> str:
        """Some household."""
        return self.world.households[place % len(self.world.households)]

    def home(self, place: int) -> str:
        """A household in which somebody lives, but for once in a while."""
        lived_in = [house for house in self.world.households if self.living(house)]
        return lived_in[place % len(lived_in)] if lived_in and place % 9 else self.house(place)

    def living(self, house: str) -> list[str]:
        """Who lives there, by number."""
        return list(
            db.session.scalars(
                select(Person.number)
                .join(Membership, Membership.person_id == Person.id)
                .join(Household, Household.id == Membership.household_id)
                .where(
                    Household.number == house,
                    Membership.to_day.is_(None),
                    Membership.de_facto,
                )
                .order_by(Membership.id)
            )
        )

    def some(self, house: str, step: Step) -> list[str]:
        """One or two of those who live there."""
        here = self.living(house)
        if not here:
            return []
        picked = [here[step.two % len(here)]]
        if step.flag(3):
            picked.append(here[step.three % len(here)])
        return list(dict.fromkeys(picked))

    def heirs(self, step: Step, *going: str) -> dict[str, str]:
        """For every household: somebody of it who does not go, nobody, or not said."""
        found = {}
        for house in self.world.households:
            left = [one for one in self.living(house) if one not in going]
            if left and step.flag(0):
                found[house] = left[step.three % len(left)]
            elif step.flag(1):
                found[house] = NOBODY
        return found

    def relation(self, step: Step) -> Relation:
        """Any."""
        return RELATIONS[step.three % len(RELATIONS)]

    @property
    def actor(self) -> Any:
        """Who does it."""
        return self.world.actor


def _head(stage: Stage, step: Step) -> str:
    house = stage.home(step.one)
    here = stage.living(house)[1:] or [stage.person(step.two)]
    return services.change_head(
        actor=stage.actor, household_number=house, person_number=here[step.two % len(here)],
        day=step.day, reason="ผลัดกัน",
    )  # fmt: skip


def _move_in(stage: Stage, step: Step) -> str:
    people = {stage.person(step.two): stage.relation(step)}
    if step.flag(3):
        people[stage.person(step.two + 1)] = Relation.OTHER
    return services.move_in(
        actor=stage.actor, household_number=stage.house(step.one), people=people, day=step.day,
        with_register=step.flag(2), heirs=stage.heirs(step, *people),
    )  # fmt: skip


def _move_out(stage: Stage, step: Step) -> str:
    house = stage.home(step.one)
    people = stage.some(house, step)
    to = None if step.flag(4) else stage.house(step.three)
    return services.move_out(
        actor=stage.actor, household_number=house, people=people, day=step.day, to=to,
        relations={number: stage.relation(step) for number in people[:1]},
        destination="เชียงใหม่", with_register=step.flag(2), heirs=stage.heirs(step, *people),
    )  # fmt: skip


def _marry(stage: Stage, step: Step) -> str:
    pair = stage.person(step.one), stage.person(step.two)
    names = {pair[0]: NewName("นาง", "สกุลใหม่")} if step.flag(3) else {}
    return services.marry(
        actor=stage.actor, people=pair, day=step.day, names=names,
        home=stage.house(step.three) if step.flag(4) else None, with_register=step.flag(2),
        heirs=stage.heirs(step, *pair),
    )  # fmt: skip


def _birth(stage: Stage, step: Step) -> str:
    facts = PersonFacts(
        f"ทารก{len(stage.world.people)}", "เกิดใหม่", sex=Sex.FEMALE, birth_date=step.day
    )
    changes, child = services.record_birth(
        actor=stage.actor, household_number=stage.home(step.one), facts=facts,
        relation=Relation.HEAD if step.flag(0) else Relation.GRANDCHILD,
        mother=stage.person(step.two) if step.flag(1) else None,
        father=stage.person(step.three) if step.flag(2) else None,
    )  # fmt: skip
    stage.world.people.append(child)
    return changes


def _death(stage: Stage, step: Step) -> str:
    person = stage.person(step.one)
    return services.record_death(
        actor=stage.actor, number=person, deceased_on=step.day, heirs=stage.heirs(step, person)
    )


def _split(stage: Stage, step: Step) -> str:
    house = stage.home(step.one)
    people = stage.some(house, step)
    facts = HouseholdFacts("ใหม่", village_no=3) if step.flag(4) else None
    changes, new = services.split_household(
        actor=stage.actor, household_number=house, people=people,
        head=people[0] if people else "", day=step.day, house=facts, with_register=step.flag(2),
        heirs=stage.heirs(step, *people),
    )  # fmt: skip
    stage.world.households.append(new)
    return changes


def _join(stage: Stage, step: Step) -> str:
    return services.join_households(
        actor=stage.actor, household_number=stage.home(step.one), into=stage.house(step.two),
        day=step.day, heirs=stage.heirs(step),
    )  # fmt: skip


def _end(stage: Stage, step: Step) -> None:
    house = stage.home(step.one)
    for person in stage.some(house, step)[:1]:
        services.end_membership(
            actor=stage.actor, household_number=house, person_number=person,
            version=_version(house, person), to_day=step.day,
            reason=list(EndReason)[step.three % len(EndReason)],
            new_head=stage.heirs(step, person).get(house, ""),
        )  # fmt: skip


def _note(stage: Stage, step: Step) -> None:
    services.add_member(
        actor=stage.actor, household_number=stage.house(step.one),
        person_number=stage.person(step.two), relation=stage.relation(step),
        from_day=step.day if step.flag(0) else None, de_facto=step.flag(1),
        on_register=step.flag(2), move=step.flag(3),
    )  # fmt: skip


def _merge(stage: Stage, step: Step) -> str:
    a, b = stage.person(step.one), stage.person(step.two)
    seen = seen_versions(_record_version(Person, a), _record_version(Person, b))
    homes = [house for house in stage.world.households if {a, b} & set(stage.living(house))]
    ours = Ours(
        survivor="a" if step.flag(2) else "b", heirs=stage.heirs(step, a, b),
        home=homes[step.three % len(homes)] if homes and step.flag(3) else "",
    )  # fmt: skip
    return merge_people(actor=stage.actor, a=a, b=b, version=seen, ours=ours).change


def _merge_houses(stage: Stage, step: Step) -> str:
    a, b = stage.home(step.one), stage.house(step.two)
    seen = seen_versions(_record_version(Household, a), _record_version(Household, b))
    ours = Ours(survivor="a" if step.flag(2) else "b", heirs=stage.heirs(step))
    return merge_houses(actor=stage.actor, a=a, b=b, version=seen, ours=ours).change


def _record_version(model: type[Person] | type[Household], number: str) -> int:
    return int(db.session.scalar(select(model.version).where(model.number == number)) or 0)


def _version(house: str, person: str) -> int:
    return int(
        db.session.scalar(
            select(Membership.version)
            .join(Person, Person.id == Membership.person_id)
            .join(Household, Household.id == Membership.household_id)
            .where(Household.number == house, Person.number == person, Membership.to_day.is_(None))
        )
        or 0
    )


OPERATIONS: dict[str, Callable[[Stage, Step], Any]] = {
    "head": _head,
    "move_in": _move_in,
    "move_out": _move_out,
    "marry": _marry,
    "birth": _birth,
    "death": _death,
    "split": _split,
    "join": _join,
    "end": _end,
    "note": _note,
    "merge": _merge,
    "merge_houses": _merge_houses,
}
