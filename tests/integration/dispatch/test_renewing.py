"""An accepted day planned anew: what is done stays, the rest moves, and all of it comes back."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from tests import cast
from tests.integration.dispatch.test_plans import accept, ids, make, plain, seen, tomorrow
from tests.integration.dispatch.test_plans import hurried as hurried
from tests.pages import submit
from welfare.cases.models import Case
from welfare.core import clock
from welfare.core.db import db
from welfare.core.errors import Forbidden, Refused
from welfare.dispatch import services
from welfare.dispatch.models import Visit
from welfare.dispatch.queries import Figures
from welfare.dispatch.queries.plan_rows import Change
from welfare.dispatch.workflow import AbsenceKind, PlanStatus, VisitStatus

pytestmark = pytest.mark.usefixtures("stage")


def renew(number: str, workers: tuple[str, ...] = (cast.KAN, cast.TON), **more: Any) -> str:
    db.session.commit()
    orn = cast.viewer(cast.ORN)
    solved = services.renew_plan(
        actor=orn, number=number, seen=seen(number).version, worker_ids=ids(*workers), **more
    )
    made = services.keep_plan(actor=orn, solved=solved, replaces=number)
    db.session.commit()
    return made


def undo(number: str) -> int:
    return services.undo_plan(actor=cast.viewer(cast.ORN), number=number, seen=seen(number).version)


def standing(session: Any) -> dict[str, tuple[int, str, str]]:
    """By case: whose visit it is, when, and how it stands."""
    rows = session.execute(
        select(Case.number, Visit.worker_id, Visit.planned_time, Visit.status).join(
            Visit, Visit.case_id == Case.id
        )
    )
    return {row[0]: (row[1], row[2], row[3].value) for row in rows}


def sick(name: str) -> None:
    services.add_absence(
        actor=cast.viewer(cast.ORN), username=name, first_day=tomorrow(), last_day=tomorrow(),
        kind=AbsenceKind.SICK,
    )  # fmt: skip


def test_a_sick_workers_visits_go_to_another_and_come_back(session: Any, given: Any) -> None:
    mine, free = given(cast.KAN, category="other"), plain()
    number = make([mine, free], (cast.KAN,))
    accept(number)
    before = standing(session)
    sick(cast.KAN)
    urgent = plain(priority="urgent")
    again = renew(number, more={urgent})
    changes = {stop.number: stop.change for stop in seen(again).changes}
    assert changes == {mine: Change.OFF, free: Change.WORKER, urgent: Change.NEW}
    assert standing(session) == before, "a draft changes nothing"
    (off,) = seen(again).left
    assert off.why[0]["code"] == "away"
    accept(again)
    after, ton = standing(session), ids(cast.TON)[0]
    assert after[mine][2] == "cancelled"
    assert (after[free][0], after[free][2]) == (ton, "planned")
    assert after[urgent][0] == ton
    assert seen(number).status == PlanStatus.REPLACED
    assert seen(number).replaced_by == again
    owners = dict(session.execute(select(Case.number, Case.assignee_id)).all())
    assert (owners[mine], owners[free]) == (ids(cast.KAN)[0], ton)
    undo(again)
    back = standing(session)
    assert {one: back[one] for one in before} == before
    assert back[urgent][2] == "cancelled"
    assert seen(number).status == PlanStatus.ACCEPTED
    owners = dict(session.execute(select(Case.number, Case.assignee_id)).all())
    assert (owners[free], owners[urgent]) == (ids(cast.KAN)[0], None)


def test_what_is_done_and_what_others_planned_stays(session: Any, given: Any) -> None:
    done, other, late = (given(cast.KAN, category="other") for _ in range(3))
    number = make([done, late], (cast.KAN,))
    accept(number)
    own = services.plan_visit(
        actor=cast.viewer(cast.KAN), number=other, planned_on=tomorrow(), planned_time="14:00"
    )
    session.flush()
    made = session.scalars(select(Visit).join(Case).where(Case.number == done)).one()
    made.status = VisitStatus.MISSED
    again = renew(number, (cast.KAN,))
    stops = {stop.number: stop for stop in seen(again).stops}
    assert set(stops) == {other, late}
    assert (stops[other].standing, stops[other].time) == (True, "14:00")
    accept(again)
    now = standing(session)
    assert now[done][2] == "missed"
    assert now[other][1:] == ("14:00", "planned")
    assert session.scalar(select(Visit.status).where(Visit.number == own)) == "planned"


def test_the_day_moved_on_while_the_draft_lay_there(session: Any, given: Any) -> None:
    mine = given(cast.KAN, category="other")
    number = make([mine], (cast.KAN,))
    accept(number)
    first, second = renew(number, (cast.KAN,)), renew(number, (cast.KAN,))
    visit = session.scalars(select(Visit)).one()
    visit.planned_time = "15:15"
    db.session.commit()
    with pytest.raises(Refused, match=mine):
        accept(first)
    db.session.rollback()
    visit = session.scalars(select(Visit)).one()
    visit.planned_time = seen(first).stops[0].before.time  # type: ignore[union-attr]  # made so
    db.session.commit()
    accept(first)
    db.session.commit()
    with pytest.raises(Refused):
        accept(second)


def test_today_only_what_is_still_to_come(
    session: Any, given: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = datetime.combine(tomorrow(), datetime.min.time(), clock.BANGKOK)
    cases = [given(cast.KAN, category="other") for _ in range(3)]
    number = make(cases, (cast.KAN,))
    accept(number)
    db.session.commit()
    hours = sorted(row[1] for row in standing(session).values())
    noon = at + timedelta(hours=int(hours[0][:2]), minutes=int(hours[0][3:]) + 1)
    monkeypatch.setattr(clock, "now", lambda: noon)
    again = renew(number, (cast.KAN,))
    stops = sorted(seen(again).stops, key=lambda stop: stop.time)
    assert (stops[0].standing, stops[0].time) == (True, hours[0])
    assert all(stop.time > noon.strftime("%H:%M") for stop in stops[1:])
    assert len(stops) == 3


@pytest.mark.parametrize("how", ["done", "begun"])
def test_who_is_out_goes_on_from_the_last_house(
    session: Any, given: Any, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    """From the office the near house comes first, from the far one where กานต์ is, the far."""
    office, far, farther, near = (18.60, 99.00), (18.70, 99.00), (18.71, 99.00), (18.61, 99.00)
    figures = Figures(office_lat=office[0], office_lng=office[1])
    services.edit_figures(actor=cast.viewer(cast.ORN), version=0, facts=figures)
    where = {}
    for place in (far, farther, near):
        home = cast.household(house_no=f"{len(where) + 1}", lat=place[0], lng=place[1])
        where[place] = given(cast.KAN, category="other", household_id=home.id)
    number = make(list(where.values()), (cast.KAN,))
    accept(number)
    last = session.scalars(select(Visit).join(Case).where(Case.number == where[far])).one()
    at = datetime.combine(tomorrow(), datetime.min.time(), clock.BANGKOK) + timedelta(hours=10)
    for visit in session.scalars(select(Visit)):
        visit.planned_time = "09:50" if visit is last else "11:00"
    if how == "done":
        last.status, last.visited_at = VisitStatus.DONE, at - timedelta(minutes=15)
    session.commit()
    monkeypatch.setattr(clock, "now", lambda: at)
    file = seen(renew(number, (cast.KAN,)))
    free = {"done": "10:00", "begun": "10:20"}[how]
    (tour,) = file.tours
    assert (file.since, tour.leave) == ("10:00", free)
    assert tour.outset is not None
    assert (tour.outset.time, tour.outset.number) == (free, where[far])
    going = [stop.number for stop in tour.stops if not stop.begun]
    assert going == [where[farther], where[near]]
    assert [stop.number for stop in tour.stops if stop.begun] == (
        [where[far]] if how == "begun" else []
    )
    assert next(stop for stop in tour.stops if not stop.begun).metres < 2_000
    monkeypatch.setattr(clock, "now", lambda: at + timedelta(hours=2))
    with pytest.raises(Refused, match=f"{where[near]}: ถึงเวลานัด"):
        accept(file.number)
    session.rollback()
    monkeypatch.setattr(clock, "now", lambda: at)
    accept(file.number)
    assert seen(file.number).status == PlanStatus.ACCEPTED
    assert last.status == (VisitStatus.DONE if how == "done" else VisitStatus.PLANNED)


@pytest.mark.parametrize("actor", [cast.KAN, cast.ANAN])
def test_who_may_not(session: Any, actor: str) -> None:
    number = make([plain()])
    accept(number)
    db.session.commit()
    with pytest.raises(Forbidden):
        services.renew_plan(
            actor=cast.viewer(actor), number=number, seen=seen(number).version,
            worker_ids=ids(cast.KAN),
        )  # fmt: skip
    with pytest.raises(Refused):
        services.renew_plan(
            actor=cast.viewer(cast.ORN), number=number, seen=99, worker_ids=ids(cast.KAN)
        )


@pytest.fixture
def accepted(app: Flask, stage: None) -> Iterator[str]:
    with app.app_context():
        number = make([plain(), plain()], (cast.KAN,))
        accept(number)
        sick(cast.KAN)
        db.session.commit()
    yield number


def test_the_pages(app: Flask, client: FlaskClient, accepted: str) -> None:
    cast.sign_in(client, cast.ORN)
    page = f"/desk/dispatch/plans/{accepted}"
    assert f"{page}/renew" in client.get(page).text
    with app.app_context():
        ton = [str(one) for one in ids(cast.TON)]
    assert submit(client, f"{page}/renew", {"workers": []}, having="workers").status_code == 422
    made = submit(client, f"{page}/renew", {"workers": ton}, having="workers")
    assert made.status_code == 303
    draft = made.headers["Location"]
    text = client.get(draft).text
    assert "สิ่งที่เปลี่ยนไป" in text
    assert "เปลี่ยนผู้ไป" in text
    assert submit(client, draft, {}, action="/again").status_code == 303
    assert "เปลี่ยนผู้ไป" in client.get(draft).text, "planning by hand keeps what it compares with"
    assert submit(client, draft, {}, action="/accept").status_code == 303
    assert "วันนี้จัดแผนใหม่แล้ว" in client.get(page).text
    undone = submit(client, draft, {}, action="/undo", follow=True)
    assert f"แผนเดิม {page.rsplit('/', 1)[-1]} กลับมามีผล" in undone.text
    assert client.get(f"{page}/renew").status_code == 200
