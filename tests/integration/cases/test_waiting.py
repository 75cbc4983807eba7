"""A case that waits knows until when, and comes up again on that day."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from tests import cast
from tests.pages import submit
from welfare.cases import queries, services
from welfare.cases.kinds import Duty
from welfare.cases.models import Case
from welfare.cases.queries.duties import my_duties
from welfare.cases.queries.works import works_of
from welfare.cases.workflow import Sensitivity
from welfare.core import clock
from welfare.core.db import db
from welfare.core.errors import Refused
from welfare.core.security.permissions import Permission
from welfare.dispatch import services as dispatch

pytestmark = pytest.mark.usefixtures("stage")


def given() -> str:
    number = cast.case()
    kan = cast.viewer(cast.KAN)
    dispatch.offer_case(actor=cast.viewer(cast.ORN), number=number, worker_id=kan.user_id)
    dispatch.accept_case(actor=kan, number=number)
    db.session.commit()
    return number


def wait(number: str, **more: Any) -> None:
    services.wait_case(
        actor=cast.viewer(cast.KAN), number=number, version=row(number).version, reason="เอกสาร",
        **more,
    )  # fmt: skip


def row(number: str) -> Case:
    return db.session.scalars(select(Case).where(Case.number == number)).one()


def duties(number: str) -> list[Duty]:
    mine = [one.kind for one in my_duties(cast.viewer(cast.KAN)) if one.number == number]
    assert mine == [one.kind for one in works_of(row(number).id).duties], "the page says the same"
    return mine


def test_on_its_day_the_wait_comes_up_and_going_on_ends_it(
    session: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    number, now = given(), clock.now()
    wait(number, until=clock.today() + timedelta(days=4))
    assert duties(number) == []
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(days=4))
    assert duties(number) == [Duty.WAIT_ENDS]
    services.resume_case(actor=cast.viewer(cast.KAN), number=number, version=row(number).version)
    assert duties(number) == []
    assert row(number).waits_until is None


def test_a_wait_of_a_case_that_nobody_has_comes_up_at_the_office(
    session: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    orn, now = cast.viewer(cast.ORN), clock.now()
    numbers = [cast.case(title="รอเอกสาร"), cast.case(sensitivity=Sensitivity.SENSITIVE)]
    for number in numbers:
        services.wait_case(
            actor=orn, number=number, version=row(number).version, reason="เอกสาร",
            until=clock.today() + timedelta(days=4),
        )  # fmt: skip
    assert my_duties(orn) == []
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(days=4))
    masked = replace(orn, permissions=orn.permissions - {Permission.VIEW_RESTRICTED})
    titles = {one.number: one.title for one in my_duties(masked)}
    assert titles == {numbers[0]: "รอเอกสาร", numbers[1]: ""}
    assert [one.kind for one in my_duties(orn)] == [Duty.WAIT_ENDS] * 2
    assert my_duties(cast.viewer(cast.KAN)) == [], "the workers have enough of their own"
    dispatch.offer_case(
        actor=orn, number=numbers[0], worker_id=cast.viewer(cast.KAN).user_id
    )  # the wait is over with that
    assert [one.number for one in my_duties(orn)] == [numbers[1]]


def test_without_a_day_the_municipalitys_number_holds(session: Any) -> None:
    number = given()
    for wrong in (clock.today(), clock.today() + timedelta(days=400)):
        with pytest.raises(Refused) as refused:
            wait(number, until=wrong)
        assert refused.value.field == "wait_until"
    wait(number)
    assert row(number).waits_until == clock.today() + timedelta(days=15)


def test_the_page_asks_and_says(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        number = given()
    cast.sign_in(client, cast.KAN)
    page = f"/desk/cases/{number}?open=wait"
    past = submit(client, page, {"reason": "เอกสาร", "wait_until-year": "2560"})
    assert past.status_code == 422
    assert "ยังมาไม่ถึง" in past.text
    assert submit(client, page, {"reason": "เอกสาร"}).status_code == 303
    shown = client.get(f"/desk/cases/{number}").text
    assert "จะกลับมาดูอีกครั้งวันที่" in shown
    with app.app_context():
        day = queries.case_file(number, viewer=cast.viewer(cast.KAN)).waits_until
    assert day == clock.today() + timedelta(days=15)
