"""Where a worker goes for a case that no household is linked to."""

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update

from tests import cast
from welfare.cases.models import Case
from welfare.core import clock
from welfare.core.db import db
from welfare.dispatch import services
from welfare.dispatch.queries import day_of
from welfare.intake.models import Complaint
from welfare.intake.workflow import ComplaintStatus

pytestmark = pytest.mark.usefixtures("stage")


@pytest.fixture
def number(app: Flask) -> str:
    """A case without a household, from a request that names a house."""
    with app.app_context():
        cast.complaint(house_no="77/3", landmark="ข้างศาลาแดง", subject_name="ตาสี มีสุข")
        number = cast.case()
        case_id = db.session.scalar(select(Case.id).where(Case.number == number))
        db.session.execute(
            update(Complaint).values(case_id=case_id, status=ComplaintStatus.ACCEPTED)
        )
        db.session.commit()
        services.offer_case(
            actor=cast.viewer(cast.ORN), number=number, worker_id=cast.viewer(cast.KAN).user_id
        )
        db.session.commit()
    return number


def accepted(app: Flask, number: str) -> str:
    with app.app_context():
        kan = cast.viewer(cast.KAN)
        services.accept_case(actor=kan, number=number)
        visit = services.plan_visit(actor=kan, number=number, planned_on=clock.today())
        db.session.commit()
    return visit


def test_an_offer_says_where(number: str, client: FlaskClient) -> None:
    page = cast.sign_in(client, cast.KAN).get("/field").text
    assert "77/3" in page
    assert "ตาสี มีสุข" in page


def test_the_day_and_the_visit_say_where(app: Flask, number: str, client: FlaskClient) -> None:
    visit = accepted(app, number)
    cast.sign_in(client, cast.KAN)
    for address in ("/field", f"/field/visits/{visit}"):
        page = client.get(address).text
        for words in ("77/3", "ข้างศาลาแดง", "ตาสี มีสุข"):
            assert words in page, address


def test_a_linked_household_goes_before(app: Flask, number: str) -> None:
    visit = accepted(app, number)
    with app.app_context():
        home: Any = cast.household(house_no="5")
        db.session.execute(update(Case).values(household_id=home.id))
        db.session.commit()
        (item,) = day_of(cast.viewer(cast.KAN))
        assert (item.visit.number, item.house_no) == (visit, "5")


def test_others_learn_nothing(app: Flask, number: str, client: FlaskClient) -> None:
    visit = accepted(app, number)
    cast.sign_in(client, cast.TON)
    assert client.get(f"/field/visits/{visit}").status_code == 404
    assert "77/3" not in client.get("/field").text
