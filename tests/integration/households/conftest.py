"""A small registry: two villages, a few houses, people whose names set traps."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from flask import Flask

from tests.conftest import Kept
from welfare.core.db import db
from welfare.core.security.permissions import Role, Viewer, permissions_of
from welfare.core.thai.identity import IdKind
from welfare.households import services
from welfare.households.facts import HealthFacts, HouseholdFacts, PersonFacts
from welfare.households.kinds import Disability, Relation, Sex
from welfare.households.models import Village

NATIONAL_ID = "3999912345670"
PHONE = "66990001234"


def viewer(*roles: Role, villages: set[int] | None = None) -> Viewer:
    """A viewer with these roles, without an account behind it."""
    return Viewer(
        user_id=7,
        username="tester",
        display_name="ผู้ทดสอบ",
        roles=frozenset(roles),
        permissions=permissions_of(frozenset(roles)),
        villages=frozenset(villages) if villages else None,
    )


OFFICER = viewer(Role.OFFICER)
WORKER = viewer(Role.CASEWORKER)
WORKER_3 = viewer(Role.CASEWORKER, villages={3})
MANAGER = viewer(Role.MANAGER)
VOLUNTEER = viewer(Role.VOLUNTEER)
ADMIN = viewer(Role.ADMIN)


@dataclass
class Registry:
    """The numbers of what stands in the registry."""

    house_3: str
    house_5: str
    kham: str
    """นางคำ น้ำใจ, old, bed-bound, village 3, with ID and telephone."""
    somchai: str
    """นายสมชาย ใจดี, village 5."""
    fa: str
    """เด็กหญิงนางฟ้า น้ำใจ, village 3."""


@pytest.fixture
def registry(kept: Kept) -> Registry:
    return kept("registry", _fill)


def _fill() -> Registry:
    session = db.session
    session.add_all([Village(village_no=no, name_th=f"หมู่ที่ {no}") for no in (3, 4, 5)])
    session.flush()
    three = house("99/1", 3, lane="ซอยสุขใจ")
    five = house("12", 5, house_code="51010234567")
    kham = person(
        "คำ", "น้ำใจ", title="นาง", sex=Sex.FEMALE, birth_date=date(1945, 4, 1),
        id_kind=IdKind.NATIONAL, identifier=NATIONAL_ID, phone=PHONE,
        health=HealthFacts(disability=Disability.MOBILITY, adl_score=3, health_notes="นอนติดเตียง"),
    )  # fmt: skip
    somchai = person(
        "สมชาย", "ใจดี", title="นาย", sex=Sex.MALE, birth_date=date(1980, 1, 2),
        id_kind=IdKind.NATIONAL, identifier="1999900000013", phone="66990005678",
    )  # fmt: skip
    fa = person("นางฟ้า", "น้ำใจ", title="เด็กหญิง", sex=Sex.FEMALE, birth_date=date(2018, 5, 5))
    live(three, kham, Relation.HEAD)
    live(three, fa, Relation.GRANDCHILD)
    live(five, somchai, Relation.HEAD)
    session.commit()
    return Registry(three, five, kham, somchai, fa)


def house(house_no: str, village_no: int | None, **facts: Any) -> str:
    """Add a house; its number."""
    made = services.add_household(
        actor=OFFICER, facts=HouseholdFacts(house_no=house_no, village_no=village_no, **facts)
    )
    return made.number


def person(first: str, last: str, health: HealthFacts | None = None, **facts: Any) -> str:
    """Add a person; the number."""
    made = services.add_person(
        actor=OFFICER, facts=PersonFacts(first_name=first, last_name=last, **facts), health=health
    )
    return made.number


def live(household: str, who: str, relation: Relation = Relation.OTHER, **more: Any) -> None:
    """Let somebody belong to a household."""
    services.add_member(
        actor=OFFICER, household_number=household, person_number=who, relation=relation, **more
    )


SignIn = Callable[..., Any]


@pytest.fixture
def sign_in(app: Flask) -> SignIn:
    """Sign somebody in with these roles; gives the client."""

    def enter(*roles: Role, villages: tuple[int, ...] = ()) -> Any:
        from tests.pages import submit
        from welfare.accounts.services import add_user
        from welfare.core.security.permissions import SYSTEM

        name = "-".join([*(role.value for role in roles), *map(str, villages)]) or "nobody"
        with app.app_context():
            add_user(
                actor=SYSTEM, username=name, display_name="ผู้ทดสอบ", roles=roles,
                password="a long password 123", villages=villages,
            )  # fmt: skip
            app.extensions["sqlalchemy"].session.commit()
        client = app.test_client()
        answer = submit(client, "/sign-in", {"username": name, "password": "a long password 123"})
        assert answer.status_code == 302, answer.text
        return client

    return enter
