"""Operations as services: who may not, what is refused in words, two at the same moment."""

from __future__ import annotations

import threading
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from tests import cast
from tests.conftest import Kept
from tests.contract.town import NOI
from tests.integration.households.sequences.truth import faults
from tests.integration.households.sequences.world import World
from welfare.accounts.models import User, UserArea, UserRole
from welfare.core import clock
from welfare.core.db import db
from welfare.core.errors import Forbidden, NotFound, Refused, StaleRecord, WelfareError
from welfare.core.security.permissions import Role, Viewer
from welfare.households import services
from welfare.households.facts import PersonFacts
from welfare.households.kinds import NOBODY, EndReason, Relation
from welfare.households.models import Household, Membership, Parentage, Person
from welfare.households.queries.operations import operations_of
from welfare.households.queries.residents import members_on
from welfare.households.queries.states import household_state
from welfare.households.services.operations import Seen

pytestmark = pytest.mark.usefixtures("stage")

DAY = date(2026, 5, 1)


@dataclass
class Home:
    world: World
    house: str
    head: str
    wife: str
    son: str
    other: str
    daughter_of_other: str
    free: str


@pytest.fixture
def home(stage: None, kept: Kept, session: Any) -> Home:
    world = deepcopy(kept("world of operations", lambda: World(cast.viewer(cast.ORN)).build()))
    one, two = world.households[:2]
    people = world.people
    return Home(world, one, people[0], people[1], people[2], two, people[5], people[7])


Write = Callable[[Viewer, Home], Any]
WRITES: dict[str, Write] = {
    "change_head": lambda who, h: services.change_head(
        actor=who, household_number=h.house, person_number=h.wife, day=DAY
    ),
    "move_in": lambda who, h: services.move_in(
        actor=who, household_number=h.house, people={h.free: Relation.OTHER}, day=DAY
    ),
    "move_out": lambda who, h: services.move_out(
        actor=who, household_number=h.house, people=[h.son], day=DAY
    ),
    "marry": lambda who, h: services.marry(
        actor=who, people=(h.son, h.daughter_of_other), day=DAY, home=h.house
    ),
    "record_birth": lambda who, h: services.record_birth(
        actor=who, household_number=h.house, relation=Relation.CHILD,
        facts=PersonFacts("น้อย", birth_date=DAY),
    ),
    "record_death": lambda who, h: services.record_death(
        actor=who, number=h.son, deceased_on=DAY
    ),
    "split_household": lambda who, h: services.split_household(
        actor=who, household_number=h.house, people=[h.son], head=h.son, day=DAY
    ),
    "join_households": lambda who, h: services.join_households(
        actor=who, household_number=h.other, into=h.house, day=DAY
    ),
}  # fmt: skip


@pytest.mark.parametrize("write", WRITES.values(), ids=WRITES)
def test_who_may_not_write(home: Home, write: Write) -> None:
    """A manager, a volunteer, an auditor; an officer of another village; then one who may."""
    before = home.world.rows()
    for username in (cast.MALEE, cast.WAN, cast.AEK):
        with pytest.raises(Forbidden):
            write(cast.viewer(username), home)
        db.session.rollback()
    _officer_of_village_1()
    with pytest.raises((NotFound, Forbidden, Refused)):
        write(cast.viewer(NOI), home)
    db.session.rollback()
    assert home.world.rows() == before
    write(cast.viewer(cast.ORN), home)


@pytest.mark.parametrize("username", [cast.MALEE, cast.WAN, cast.AEK, NOI])
def test_who_may_not_undo(home: Home, username: str) -> None:
    number = WRITES["move_out"](cast.viewer(cast.ORN), home)
    db.session.commit()
    _officer_of_village_1()
    before = home.world.rows()
    with pytest.raises((NotFound, Forbidden)):
        services.take_back(actor=cast.viewer(username), number=number)
    db.session.rollback()
    assert home.world.rows() == before


def _officer_of_village_1() -> None:
    user = User(username=NOI, display_name="น้อย", password_hash="x", created_at=clock.now())
    db.session.add(user)
    db.session.flush()
    db.session.add(UserRole(user_id=user.id, role=Role.OFFICER))
    db.session.add(UserArea(user_id=user.id, village_no=1))
    db.session.commit()


def test_a_member_is_not_fetched_from_a_village_of_others(home: Home) -> None:
    """Tǭn looks after villages 1 and 2; somebody lives in 2 and stands in the register of 3."""
    far = cast.household(house_no="9", village_no=3).number
    services.add_member(
        actor=cast.viewer(cast.ORN), household_number=far, person_number=home.son,
        relation=Relation.OTHER, de_facto=False, from_day=date(2020, 1, 1),
    )  # fmt: skip
    db.session.commit()
    empty = home.world.households[3]
    with pytest.raises(Refused, match="นอกเขต"):
        services.move_in(
            actor=cast.viewer(cast.TON), household_number=empty,
            people={home.son: Relation.HEAD}, day=DAY,
        )  # fmt: skip


REFUSED: dict[str, tuple[str | None, Write]] = {
    "not come yet": ("day", lambda who, h: services.move_out(
        actor=who, household_number=h.house, people=[h.son], day=date(2999, 1, 1))),
    "before they came": ("day", lambda who, h: services.move_out(
        actor=who, household_number=h.house, people=[h.son], day=date(2014, 1, 1))),
    "before birth": ("day", lambda who, h: services.move_in(
        actor=who, household_number=h.house, people={h.free: Relation.OTHER},
        day=date(1979, 1, 1))),
    "nobody chosen": ("people", lambda who, h: services.move_out(
        actor=who, household_number=h.house, people=[], day=DAY)),
    "not a member": ("people", lambda who, h: services.move_out(
        actor=who, household_number=h.house, people=[h.free], day=DAY)),
    "the head leaves unsaid": ("new_head", lambda who, h: services.move_out(
        actor=who, household_number=h.house, people=[h.head], day=DAY)),
    "the head dies unsaid": ("new_head", lambda who, h: services.record_death(
        actor=who, number=h.head, deceased_on=DAY)),
    "a second head": ("relation", lambda who, h: services.move_in(
        actor=who, household_number=h.house, people={h.free: Relation.HEAD}, day=DAY)),
    "head already": ("new_head", lambda who, h: services.change_head(
        actor=who, household_number=h.house, person_number=h.head, day=DAY)),
    "to where they live": ("to", lambda who, h: services.move_out(
        actor=who, household_number=h.house, people=[h.son], to=h.house, day=DAY)),
    "an empty house without head": ("new_head", lambda who, h: services.move_in(
        actor=who, household_number=h.world.households[3], people={h.free: Relation.OTHER},
        day=DAY)),
    "with themselves": ("partner", lambda who, h: services.marry(
        actor=who, people=(h.son, h.son), day=DAY)),
    "everybody goes": ("people", lambda who, h: services.split_household(
        actor=who, household_number=h.house, people=h.world.people[:4], head=h.head, day=DAY)),
    "the head stays": ("head", lambda who, h: services.split_household(
        actor=who, household_number=h.house, people=[h.son], head=h.wife, day=DAY)),
    "into itself": ("to", lambda who, h: services.join_households(
        actor=who, household_number=h.house, into=h.house, day=DAY)),
    "nobody joins": ("to", lambda who, h: services.join_households(
        actor=who, household_number=h.world.households[3], into=h.house, day=DAY)),
    "a father as mother": ("mother", lambda who, h: services.record_birth(
        actor=who, household_number=h.house, relation=Relation.CHILD, mother=h.head,
        facts=PersonFacts("น้อย", birth_date=DAY))),
    "a mother as old as the child": ("mother", lambda who, h: services.record_birth(
        actor=who, household_number=h.house, relation=Relation.CHILD, mother=h.wife,
        facts=PersonFacts("น้อย", birth_date=date(1961, 1, 1)))),
    "one parent twice": ("father", lambda who, h: services.record_birth(
        actor=who, household_number=h.house, relation=Relation.CHILD, mother=h.wife,
        father=h.wife, facts=PersonFacts("น้อย", birth_date=DAY))),
    "lives elsewhere": (None, lambda who, h: services.add_member(
        actor=who, household_number=h.other, person_number=h.son, relation=Relation.OTHER)),
    "the head becomes a child": ("relation", lambda who, h: services.edit_membership(
        actor=who, household_number=h.house, person_number=h.head, version=1,
        relation=Relation.CHILD, from_day=date(2015, 6, 1), de_facto=True, on_register=True)),
    "the head ends": ("new_head", lambda who, h: services.end_membership(
        actor=who, household_number=h.house, person_number=h.head, version=1, to_day=DAY,
        reason=EndReason.OTHER)),
}  # fmt: skip


@pytest.mark.parametrize(("field", "write"), REFUSED.values(), ids=REFUSED)
def test_what_is_refused_leaves_nothing(home: Home, field: str | None, write: Write) -> None:
    before = home.world.rows()
    with pytest.raises(Refused) as why:
        write(cast.viewer(cast.ORN), home)
    assert why.value.field == field, why.value.message
    assert why.value.message.strip()
    db.session.rollback()
    assert home.world.rows() == before


def test_an_operation_after_death_is_refused(home: Home) -> None:
    orn = cast.viewer(cast.ORN)
    services.record_death(actor=orn, number=home.son, deceased_on=DAY)
    db.session.commit()
    with pytest.raises(Refused, match="เสียชีวิต"):
        services.move_in(
            actor=orn, household_number=home.other, people={home.son: Relation.OTHER}, day=DAY
        )


def test_a_register_left_behind_is_a_stay_of_its_own(home: Home) -> None:
    orn = cast.viewer(cast.ORN)
    services.move_out(
        actor=orn, household_number=home.house, people=[home.wife], day=DAY, to=home.other,
        relations={home.wife: Relation.LODGER}, with_register=False,
    )  # fmt: skip
    db.session.commit()
    there = {one.number: one for one in members_on(home.house, DAY, viewer=orn)}
    assert (there[home.wife].de_facto, there[home.wife].on_register) == (False, True)
    now = {one.number: one for one in members_on(home.other, DAY, viewer=orn)}
    assert (now[home.wife].de_facto, now[home.wife].on_register) == (True, False)
    before = {one.number: one for one in members_on(home.house, date(2026, 4, 30), viewer=orn)}
    assert before[home.wife].de_facto


def test_a_birth_knows_its_parents(home: Home) -> None:
    orn = cast.viewer(cast.ORN)
    changes, child = services.record_birth(
        actor=orn, household_number=home.house, relation=Relation.GRANDCHILD, father=home.son,
        facts=PersonFacts("น้อย", birth_date=DAY),
    )  # fmt: skip
    db.session.commit()
    assert db.session.scalar(select(Parentage.id)) is not None
    services.take_back(actor=orn, number=changes)
    db.session.commit()
    assert db.session.scalar(select(Parentage.id)) is None
    assert db.session.scalar(select(Person.id).where(Person.number == child)) is None


def test_a_death_taken_back_brings_back_where_they_lived(home: Home) -> None:
    orn = cast.viewer(cast.ORN)
    before = home.world.rows()
    services.record_death(
        actor=orn, number=home.head, deceased_on=DAY, heirs={home.house: home.wife}
    )
    db.session.commit()
    version = db.session.scalar(select(Person.version).where(Person.number == home.head))
    services.undo_death(actor=orn, number=home.head, version=version or 0)
    db.session.commit()
    assert home.world.rows() == before


def test_what_was_seen_before_another_change_is_stale(home: Home) -> None:
    orn = cast.viewer(cast.ORN)
    link = db.session.scalar(
        select(Membership.household_id)
        .join(Person, Person.id == Membership.person_id)
        .where(Person.number == home.head)
    )
    seen = Seen(home.house, household_state(link or 0))
    services.change_head(
        actor=orn, household_number=home.house, person_number=home.wife, day=DAY, seen=seen
    )
    db.session.commit()
    with pytest.raises(StaleRecord):
        services.move_out(
            actor=orn, household_number=home.house, people=[home.wife], day=DAY, seen=seen
        )


RACES: dict[str, tuple[Write, Write]] = {
    "two heads": (
        lambda who, h: services.change_head(
            actor=who, household_number=h.house, person_number=h.wife, day=DAY),
        lambda who, h: services.change_head(
            actor=who, household_number=h.house, person_number=h.son, day=DAY),
    ),
    "the heir leaves as the head dies": (
        lambda who, h: services.record_death(
            actor=who, number=h.head, deceased_on=DAY, heirs={h.house: h.wife}),
        lambda who, h: services.move_out(
            actor=who, household_number=h.house, people=[h.wife], day=DAY),
    ),
    "one person to two houses": (
        lambda who, h: services.move_in(
            actor=who, household_number=h.house, people={h.free: Relation.LODGER}, day=DAY),
        lambda who, h: services.move_in(
            actor=who, household_number=h.other, people={h.free: Relation.LODGER}, day=DAY),
    ),
    "each into the other": (
        lambda who, h: services.join_households(
            actor=who, household_number=h.house, into=h.other, day=DAY),
        lambda who, h: services.join_households(
            actor=who, household_number=h.other, into=h.house, day=DAY),
    ),
    "one birth twice": (
        lambda who, h: services.move_out(
            actor=who, household_number=h.house, people=[h.son], to=h.other, day=DAY),
        lambda who, h: services.split_household(
            actor=who, household_number=h.house, people=[h.son], head=h.son, day=DAY),
    ),
}  # fmt: skip


@pytest.mark.parametrize("race", RACES.values(), ids=RACES)
def test_two_operations_at_once(app: Flask, home: Home, race: tuple[Write, Write]) -> None:
    """Both are carried out one after the other, or one of them is refused in words."""
    orn = cast.viewer(cast.ORN)
    db.session.rollback()
    gate = threading.Barrier(2)
    outcomes: list[str] = []

    def run(write: Write) -> None:
        with app.app_context():
            try:
                gate.wait(10)
                write(orn, home)
                db.session.commit()
                outcomes.append("done")
            except WelfareError as error:
                db.session.rollback()
                outcomes.append(type(error).__name__)
            finally:
                db.session.remove()

    threads = [threading.Thread(target=run, args=(write,)) for write in race]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert len(outcomes) == 2, "one of them ended otherwise"
    assert set(outcomes) <= {"done", "Refused", "NotFound"}
    assert "done" in outcomes
    assert faults(home.world.rows()) == []


def test_nobody_is_a_head_that_can_be_said(home: Home) -> None:
    orn = cast.viewer(cast.ORN)
    services.move_out(
        actor=orn, household_number=home.house, people=[home.head], day=DAY,
        heirs={home.house: NOBODY},
    )  # fmt: skip
    db.session.commit()
    services.move_out(actor=orn, household_number=home.house, people=[home.son], day=DAY)
    db.session.commit()
    services.change_head(actor=orn, household_number=home.house, person_number=home.wife, day=DAY)
    db.session.commit()
    assert faults(home.world.rows()) == []


def test_a_marriage_of_two_who_stay_apart_is_listed_at_both_homes_and_undone(home: Home) -> None:
    orn = cast.viewer(cast.ORN)
    number = services.marry(actor=orn, people=(home.son, home.daughter_of_other), day=DAY)
    for house in (home.house, home.other):
        listed = {row.number: row for row in operations_of(_house_id(house), viewer=orn)}
        assert listed[number].may_undo
    services.take_back(actor=orn, number=number, reason="ผิดคน")
    listed = {row.number: row for row in operations_of(_house_id(home.house), viewer=orn)}
    assert listed[number].undone


def _house_id(number: str) -> int:
    found = db.session.scalar(select(Household.id).where(Household.number == number))
    assert found is not None
    return found
