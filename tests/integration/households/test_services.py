"""Verbs of the registry: who may not, what is refused, what stays of the past."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from tests.integration.households.conftest import (
    MANAGER,
    NATIONAL_ID,
    OFFICER,
    VOLUNTEER,
    WORKER,
    WORKER_3,
    Registry,
    viewer,
)  # fmt: skip
from welfare.core.errors import Forbidden, NotFound, Refused, StaleRecord
from welfare.core.security.permissions import Role, Viewer
from welfare.households import services
from welfare.households.facts import KEEP, HealthFacts, HouseholdFacts, PersonFacts
from welfare.households.kinds import EndReason, Reason, Relation
from welfare.households.queries import load_person, similar_households, similar_people

pytestmark = pytest.mark.usefixtures("session")

KEPT = PersonFacts("สมชาย", "ใจดี", id_kind=KEEP, identifier=KEEP, phone=KEEP)
Write = Callable[[Viewer, Registry], Any]
WRITES: dict[str, Write] = {
    "add_household": lambda who, _r: services.add_household(
        actor=who, facts=HouseholdFacts("1", village_no=5)
    ),
    "edit_household": lambda who, r: services.edit_household(
        actor=who, number=r.house_5, version=1, facts=HouseholdFacts("1", village_no=5)
    ),
    "edit_person": lambda who, r: services.edit_person(
        actor=who, number=r.somchai, version=1, facts=KEPT
    ),
    "record_death": lambda who, r: services.record_death(
        actor=who, number=r.somchai, version=1, deceased_on=date(2026, 1, 1)
    ),
    "undo_death": lambda who, r: services.undo_death(actor=who, number=r.somchai, version=1),
    "add_member": lambda who, r: services.add_member(
        actor=who, household_number=r.house_5, person_number=r.kham, relation=Relation.OTHER
    ),
    "edit_membership": lambda who, r: services.edit_membership(
        actor=who, household_number=r.house_5, person_number=r.somchai, version=1,
        relation=Relation.HEAD, from_day=None, de_facto=True, on_register=True,
    ),
    "end_membership": lambda who, r: services.end_membership(
        actor=who, household_number=r.house_5, person_number=r.somchai, version=1,
        to_day=date(2026, 1, 1), reason=EndReason.MOVED_OUT,
    ),
    "reveal_identifier": lambda who, r: services.reveal_identifier(actor=who, number=r.somchai),
}  # fmt: skip


@pytest.mark.parametrize("write", WRITES.values(), ids=WRITES)
@pytest.mark.parametrize("who", [MANAGER, VOLUNTEER, viewer(Role.AUDITOR)], ids=lambda v: v.roles)
def test_without_the_right(registry: Registry, write: Write, who: Viewer) -> None:
    with pytest.raises(Forbidden):
        write(who, registry)


@pytest.mark.parametrize("write", WRITES.values(), ids=WRITES)
def test_outside_the_area(registry: Registry, write: Write) -> None:
    with pytest.raises((NotFound, Refused, Forbidden)):
        write(WORKER_3, registry)


def test_nobody_adds_a_person_without_the_right(registry: Registry) -> None:
    with pytest.raises(Forbidden):
        services.add_person(actor=MANAGER, facts=PersonFacts("ก"))


def test_health_is_not_written_by_who_may_not_see_it(registry: Registry) -> None:
    with pytest.raises(Forbidden):
        services.edit_person(
            actor=WORKER, number=registry.somchai, version=1, facts=KEPT,
            health=HealthFacts(adl_score=1),
        )  # fmt: skip


def test_a_stale_version_names_what_stands_there(registry: Registry, session: Any) -> None:
    services.edit_household(
        actor=OFFICER, number=registry.house_5, version=1,
        facts=HouseholdFacts("12", village_no=5, landmark="ข้างวัด"),
    )  # fmt: skip
    session.commit()
    with pytest.raises(StaleRecord) as stale:
        services.edit_household(
            actor=OFFICER, number=registry.house_5, version=1, facts=HouseholdFacts("12")
        )
    assert (stale.value.version, stale.value.current["landmark"]) == (2, "ข้างวัด")


def test_nothing_changed_writes_nothing(registry: Registry, session: Any) -> None:
    person = services.edit_person(actor=OFFICER, number=registry.somchai, version=1,
                                  facts=_same(registry))  # fmt: skip
    session.commit()
    assert person.version == 1


def _same(registry: Registry) -> PersonFacts:
    from welfare.households.queries.values import person_facts

    return person_facts(load_person(registry.somchai, viewer=OFFICER))


def test_refusals(registry: Registry) -> None:
    refused: list[tuple[str | None, Callable[[], Any]]] = [
        ("village_no", lambda: services.add_household(
            actor=OFFICER, facts=HouseholdFacts("1", village_no=77))),
        ("house_code", lambda: services.add_household(
            actor=OFFICER, facts=HouseholdFacts("1", house_code="51010234567"))),
        ("identifier", lambda: services.add_person(
            actor=OFFICER, facts=PersonFacts("ก", identifier=NATIONAL_ID))),
        ("relation", lambda: services.add_member(
            actor=OFFICER, household_number=registry.house_5, person_number=registry.kham,
            relation=Relation.HEAD)),
        ("to_day", lambda: services.end_membership(
            actor=OFFICER, household_number=registry.house_5, person_number=registry.somchai,
            version=1, to_day=date(2999, 1, 1), reason=EndReason.OTHER)),
    ]  # fmt: skip
    for field, act in refused:
        with pytest.raises(Refused) as why:
            act()
        assert why.value.field == field


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        (PersonFacts("สมชาย", "ใจดี"), Reason.NAME),
        (PersonFacts("สมชาย", "ใจดีี"), Reason.NAME),
        (PersonFacts("สมชาย์", "ใจดี"), Reason.NAME_ALIKE),
        (PersonFacts("อื่น", "ไปเลย", phone="66990005678"), Reason.PHONE),
        (PersonFacts("อื่น", "ไปเลย", identifier="1999900000013"), Reason.IDENTIFIER),
    ],
)
def test_the_same_person_is_offered(registry: Registry, facts: PersonFacts, reason: Reason) -> None:
    (row,) = similar_people(facts, viewer=OFFICER)
    assert row.number == registry.somchai
    assert reason in row.reasons
    assert similar_people(facts, viewer=WORKER_3) == []


def test_somebody_else_is_not_offered(registry: Registry) -> None:
    assert similar_people(PersonFacts("มานี", "มีนา"), viewer=OFFICER) == []


def test_the_same_house_is_offered(registry: Registry) -> None:
    (row,) = similar_households(HouseholdFacts("99/1", village_no=3), viewer=OFFICER)
    assert (row.number, row.head, row.members) == (registry.house_3, "นางคำ น้ำใจ", 2)
    assert similar_households(HouseholdFacts("99/1", village_no=5), viewer=OFFICER) == []
    assert similar_households(HouseholdFacts("99", village_no=3), viewer=OFFICER) == []
