"""One house in which much has happened: cases of every sensitivity, visits, help, coming, going."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from tests import cast
from tests.conftest import Kept
from welfare.cases.models import Assistance, Case
from welfare.cases.workflow import AssistanceKind, Sensitivity
from welfare.core import clock
from welfare.core.db import db
from welfare.dispatch.models import Visit
from welfare.dispatch.workflow import VisitStatus
from welfare.households import services as registry
from welfare.households.kinds import Condition, Relation

SECRETS = ("เรื่องลับสุดยอด", "ผ้าห่มลับ", "พบสิ่งลับ")
"""The words of the restricted case: its title, its help, what was found."""


@dataclass(frozen=True)
class House:
    """The house in village 2, its people and cases, and one in village 3."""

    number: str
    id: int
    head: str
    mother: str
    open_case: str
    hidden_case: str
    neighbour: str
    far: str


@pytest.fixture
def house(kept: Kept, stage: None) -> House:
    return kept("a house with a past", _fill)


def _fill() -> House:
    home = cast.household(condition=Condition.WORN, lat=18.65, lng=99.04)
    number, home_id = home.number, home.id
    head = cast.person(home, birth_date=date(1950, 5, 1)).number
    mother = cast.person(first_name="แก้ว", last_name="ใจดี").number
    for who, relation, registered, day in ((mother, Relation.PARENT, False, date(2020, 3, 1)),):
        registry.add_member(
            actor=cast.viewer(cast.ORN), household_number=number, person_number=who,
            relation=relation, on_register=registered, from_day=day,
        )  # fmt: skip
    db.session.commit()
    open_case = cast.case(title="หลังคารั่วมาก", household_id=home_id)
    hidden = cast.case(title=SECRETS[0], household_id=home_id, sensitivity=Sensitivity.RESTRICTED)
    for case_number, words, findings in (
        (open_case, "ข้าวสารสองถุง", "พื้นผุสามแผ่น"),
        (hidden, SECRETS[1], SECRETS[2]),
    ):
        _work(case_number, words, findings)
    neighbour = cast.household(house_no="12/2", lat=18.651, lng=99.041).number
    far = cast.household(house_no="77", village_no=3, lat=18.652, lng=99.041).number
    return House(number, home_id, head, mother, open_case, hidden, neighbour, far)


def _work(case_number: str, words: str, findings: str) -> None:
    case_id = db.session.scalar(db.select(Case.id).where(Case.number == case_number))
    assert case_id is not None
    kan = cast.viewer(cast.KAN)
    db.session.add(
        Assistance(
            case_id=case_id, kind=AssistanceKind.GOODS, description=words, amount=Decimal(450),
            fund="งบเทศบาล", given_on=date(2026, 5, 4), recorded_at=clock.now(),
        )
    )  # fmt: skip
    db.session.add(
        Visit(
            number=f"V-{case_id}", case_id=case_id, worker_id=kan.user_id,
            planned_on=date(2026, 5, 2), status=VisitStatus.DONE, findings=findings,
            visited_at=datetime(2026, 5, 2, 3, 0, tzinfo=UTC), created_at=clock.now(),
        )
    )  # fmt: skip
    db.session.commit()
