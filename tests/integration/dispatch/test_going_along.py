"""A second worker goes along where two must: named with the offer, put on the visit."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from tests import cast
from tests.pages import submit
from welfare.core import clock
from welfare.core.db import db
from welfare.core.errors import Refused
from welfare.dispatch import queries, services
from welfare.dispatch.models import Assignment, Visit
from welfare.dispatch.services.seconds import NOBODY
from welfare.dispatch.workflow import AbsenceKind
from welfare.households.kinds import Sex

pytestmark = pytest.mark.usefixtures("stage")


def user(name: str) -> int:
    return cast.viewer(name).user_id


def learner(name: str) -> None:
    """Somebody who must not go alone."""
    facts = services.ProfileFacts((), (), (), Sex.UNKNOWN, "08:30", "16:30", 9, alone=False)
    services.edit_profile(actor=cast.viewer(cast.ORN), username=name, version=0, facts=facts)


def pair(number: str) -> None:
    services.edit_wishes(
        actor=cast.viewer(cast.ORN), number=number, version=0, facts=services.Wishes(pair=True)
    )


def offer(number: str, worker: str, **more: Any) -> None:
    services.offer_case(actor=cast.viewer(cast.ORN), number=number, worker_id=user(worker), **more)


def visit(number: str, worker: str, **more: Any) -> int | None:
    """Plan a visit for tomorrow; who goes along."""
    day = clock.today() + timedelta(days=1)
    made = services.plan_visit(
        actor=cast.viewer(worker), number=number, planned_on=day, **more
    )  # fmt: skip
    return db.session.scalar(select(Visit.companion_id).where(Visit.number == made))


def named(session: Any) -> int | None:
    found: int | None = session.scalar(
        select(Assignment.companion_id).order_by(Assignment.id.desc()).limit(1)
    )
    return found


def test_who_must_not_go_alone_is_offered_a_case_with_somebody(session: Any) -> None:
    learner(cast.KAN)
    number = cast.case(category="other")
    (ranking,) = queries.rank([number], viewer=cast.viewer(cast.ORN))
    seconds = {one.member.id: one.second and one.second.id for one in ranking.ranked}
    assert seconds == {user(cast.KAN): user(cast.TON), user(cast.TON): None}
    offer(number, cast.KAN)
    assert named(session) == user(cast.TON)
    services.accept_case(actor=cast.viewer(cast.KAN), number=number)
    assert visit(number, cast.KAN) == user(cast.TON)
    along = queries.goes_along(cast.viewer(cast.TON))
    assert [one.worker for one in along] == [cast.STAFF[cast.KAN][0]]
    (shown,) = queries.visits_of_case(_id(number), viewer=cast.viewer(cast.ORN)).visits
    assert (shown.companion, shown.lone) == (cast.STAFF[cast.TON][0], False)


def _id(number: str) -> int:
    return queries.assignments_of(number, viewer=cast.viewer(cast.ORN)).case.id


def test_a_house_where_two_must_go(session: Any) -> None:
    number = cast.case(category="other")
    pair(number)
    offer(number, cast.KAN, companion_id=NOBODY)
    assert named(session) is None
    services.accept_case(actor=cast.viewer(cast.KAN), number=number)
    assert visit(number, cast.KAN) == user(cast.TON), "the visit asks for itself"
    with pytest.raises(Refused) as refused:
        visit(number, cast.KAN, companion_id=user(cast.KAN))
    assert refused.value.field == "companion"


def test_who_is_away_or_elsewhere_does_not_go_along(session: Any) -> None:
    day = clock.today() + timedelta(days=1)
    first, second = cast.case(category="other"), cast.case(category="other")
    for number, worker in ((first, cast.TON), (second, cast.KAN)):
        offer(number, worker)
        services.accept_case(actor=cast.viewer(worker), number=number)
    pair(second)
    visit(first, cast.TON, planned_time="09:30")
    assert visit(second, cast.KAN, planned_time="10:00") is None
    assert visit(second, cast.KAN, planned_time="13:00") == user(cast.TON)
    services.add_absence(
        actor=cast.viewer(cast.ORN), username=cast.TON, first_day=day, last_day=day,
        kind=AbsenceKind.SICK,
    )  # fmt: skip
    assert visit(second, cast.KAN, planned_time="13:00") is None
    rows = queries.visits_of_case(_id(second), viewer=cast.viewer(cast.ORN)).visits
    assert sorted(row.lone for row in rows) == [False, True, True]


def test_the_plan_pairs_who_must_not_go_alone(session: Any) -> None:
    from welfare.dispatch.queries.day_problem import problem

    learner(cast.KAN)
    number = cast.case(category="other")
    offer(number, cast.KAN)
    services.accept_case(actor=cast.viewer(cast.KAN), number=number)
    workers = [user(cast.KAN), user(cast.TON)]
    day = clock.today() + timedelta(days=1)
    asked = problem(day, [number], workers, viewer=cast.viewer(cast.ORN))
    (job,) = asked.asked.jobs
    assert (job.pair, job.may_join) == (True, frozenset({user(cast.TON)}))


def test_a_visit_that_passes_on_is_nobodys_with_themselves(session: Any) -> None:
    number = cast.case(category="other")
    pair(number)
    offer(number, cast.KAN)
    services.accept_case(actor=cast.viewer(cast.KAN), number=number)
    assert visit(number, cast.KAN) == user(cast.TON)
    offer(number, cast.TON)
    services.accept_case(actor=cast.viewer(cast.TON), number=number)
    row = session.scalars(select(Visit)).one()
    assert (row.worker_id, row.companion_id) == (user(cast.TON), user(cast.KAN))


def test_the_pages_name_and_ask(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        number = cast.case(category="other")
        pair(number)
        kan, ton = str(user(cast.KAN)), str(user(cast.TON))
        db.session.commit()
    cast.sign_in(client, cast.ORN)
    with_ton = f"ไปสองคน ร่วมกับ{cast.STAFF[cast.TON][0]}"
    assert with_ton in client.get(f"/desk/dispatch?case={number}").text
    assert with_ton in client.get(f"/desk/dispatch/suggest?pick={number}").text
    page = f"/desk/dispatch/cases/{number}/offer"
    wrong = submit(client, page, {"worker": kan, "companion": kan})
    assert wrong.status_code == 422
    assert submit(client, page, {"worker": kan, "companion": ton}).status_code == 303
    assert "ไปเยี่ยมด้วยทุกครั้ง" in client.get(f"/desk/cases/{number}").text
    with app.app_context():
        services.accept_case(actor=cast.viewer(cast.KAN), number=number)
        db.session.commit()
    client = cast.sign_in(app.test_client(), cast.KAN)
    page = f"/desk/dispatch/cases/{number}/visits"
    assert f"ตามที่ระบบเสนอ: {cast.STAFF[cast.TON][0]}" in client.get(page).text
    made = submit(client, page, {"companion": "0"})
    assert made.status_code == 303
    assert "ยังไม่มีผู้ไปด้วย" in client.get(f"/desk/cases/{number}").text
