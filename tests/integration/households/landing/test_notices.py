"""What may stand twice is said to who may merge."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests import cast
from tests.integration.households.landing.conftest import House
from welfare.core import clock
from welfare.core.db import db
from welfare.households.kinds import PairKind
from welfare.households.models import DuplicatePair, Person
from welfare.households.models.duplicates import FoundBy


@pytest.fixture
def double(house: House, app: Flask) -> str:
    """Somebody of village 3 who may be the head of the house."""
    with app.app_context():
        far = cast.household(house_no="78", village_no=3)
        made = cast.person(far, first_name="คำแก้ว").number
        ids = sorted(
            db.session.scalars(db.select(Person.id).where(Person.number.in_([made, house.head])))
        )
        now = clock.now()
        db.session.add(
            DuplicatePair(
                kind=PairKind.PERSON, a_id=ids[0], b_id=ids[1], score=0.9, weight=9.0,
                found_by=FoundBy.CHECK, found_at=now, compared_at=now,
            )
        )  # fmt: skip
        db.session.commit()
    return made


def _page(client: FlaskClient, who: str, number: str) -> str:
    cast.sign_in(client, who)
    return client.get(f"/desk/households/{number}").text


def test_a_pair_leads_to_its_comparison(house: House, double: str, client: FlaskClient) -> None:
    text = _page(client, cast.ORN, house.number)
    address = text.split("/desk/registry/duplicates/people/")[1].split('"')[0]
    assert "คำแก้ว" in text
    assert client.get(f"/desk/registry/duplicates/people/{address}").status_code == 200


@pytest.mark.parametrize("who", [cast.KAN, cast.TON, cast.MALEE])
def test_who_may_not_merge_is_not_told(
    house: House, double: str, client: FlaskClient, who: str
) -> None:
    assert "คำแก้ว" not in _page(client, who, house.number)
