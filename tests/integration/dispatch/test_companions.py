"""Who goes along on a planned visit is changed: on the visit, on the plan of the day, and back."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from tests import cast
from tests.integration.dispatch.test_going_along import learner, offer, pair, user
from tests.integration.dispatch.test_plans import accept, make, seen
from tests.integration.dispatch.test_plans import hurried as hurried
from tests.integration.messages.test_staff import deliver, told
from tests.pages import submit
from welfare.accounts.models import User, UserRole
from welfare.core import clock
from welfare.core.db import db
from welfare.core.errors import NotFound, Refused, StaleRecord
from welfare.core.security.permissions import Role
from welfare.dispatch import queries, services
from welfare.dispatch.models import Visit
from welfare.dispatch.queries.companions import Mates, mates_of
from welfare.dispatch.queries.ranking import Bar
from welfare.dispatch.services.seconds import NOBODY
from welfare.dispatch.workflow import AbsenceKind, VisitKind, VisitStatus
from welfare.messages.queries import desk_messages

pytestmark = pytest.mark.usefixtures("stage")

PIM = "pim"
DAY = timedelta(days=1)


def add_third() -> int:
    """A third caseworker; their id."""
    user = User(
        username=PIM, display_name="นางสาวพิม ทุ่งนา", password_hash="", created_at=clock.now()
    )
    db.session.add(user)
    db.session.flush()
    db.session.add(UserRole(user_id=user.id, role=Role.CASEWORKER))
    db.session.commit()
    return user.id


@pytest.fixture
def third(session: Any, stage: None) -> int:
    """A third caseworker; their id."""
    return add_third()


def visit_of(number: str, **more: Any) -> Visit:
    """A visit of กานต์'s tomorrow at ten."""
    plan = {"planned_on": clock.today() + DAY, "planned_time": "10:00", **more}
    made = services.plan_visit(actor=cast.viewer(cast.KAN), number=number, **plan)
    db.session.commit()
    return db.session.scalars(select(Visit).where(Visit.number == made)).one()


def choose(visit: Visit, companion_id: int, actor: str = cast.ORN, version: int = 0) -> bool:
    return services.choose_second(
        actor=cast.viewer(actor),
        number=visit.number,
        version=version or visit.version,
        companion_id=companion_id,
    )


def mates(visit: Visit) -> Mates:
    found = mates_of(
        visit.case_id, visit.worker_id, visit.planned_on, visit.planned_time,
        viewer=cast.viewer(cast.ORN), but=visit.id,
    )  # fmt: skip
    assert found is not None
    return found


def test_another_goes_along_and_all_are_told_and_it_is_changed_back(
    session: Any, given: Callable[..., str], third: int
) -> None:
    number = given(category="other")
    visit = visit_of(number, companion_id=user(cast.TON))
    assert choose(visit, third)
    session.commit()
    deliver()
    assert told("visit.not_along") == {cast.TON}
    assert told("visit.along") == {PIM}
    assert told("visit.second_chosen") == {cast.KAN}
    assert queries.goes_along(cast.viewer(cast.TON)) == []
    assert [one.time for one in queries.goes_along(cast.viewer(PIM))] == ["10:00"]
    assert not choose(visit, third), "the same again changes nothing"
    assert choose(visit, user(cast.TON))
    session.commit()
    deliver()
    (left,) = [one.subject for one in desk_messages(viewer=cast.viewer(PIM))]
    assert "ไม่ต้องไปเยี่ยมด้วยแล้ว" in left, "the last word alone stays on the desk"
    assert choose(visit, NOBODY, cast.KAN)
    session.commit()
    deliver()
    assert visit.companion_id is None
    assert len(desk_messages(viewer=cast.viewer(cast.KAN))) == 3, "not told of one's own change"


def test_the_rules_of_naming_hold(session: Any, given: Callable[..., str], third: int) -> None:
    number = given(category="other")
    visit, orn = visit_of(number), cast.viewer(cast.ORN)
    other = given(cast.TON, category="other")
    services.plan_visit(actor=orn, number=other, planned_on=visit.planned_on, planned_time="10:30")
    session.commit()
    assert [(one.id, one.overlapping) for one in mates(visit).fit] == [
        (third, ()),
        (user(cast.TON), ("10:30",)),
    ]
    assert choose(visit, user(cast.TON)), "that is shown, and left to whoever decides"
    services.edit_wishes(
        actor=orn, number=number, version=0,
        facts=services.Wishes(never=(third,), why_never="ถูกร้องเรียน"),
    )  # fmt: skip
    services.add_absence(
        actor=orn, username=cast.TON, first_day=visit.planned_on, last_day=visit.planned_on,
        kind=AbsenceKind.SICK,
    )  # fmt: skip
    unfit = {one.name: (one.bars, one.away is not None) for one in mates(visit).unfit}
    assert unfit == {
        "นางสาวพิม ทุ่งนา": ((Bar.COMPLAINED_OF,), False),
        cast.STAFF[cast.TON][0]: ((), True),
    }
    choose(visit, NOBODY)
    for nobody in (third, user(cast.TON), user(cast.KAN), user(cast.ORN), -1, 10**9):
        with pytest.raises(Refused) as refused:
            choose(visit, nobody)
        assert refused.value.field == "companion"


def test_where_nobody_may_go_alone_somebody_must_go(
    session: Any, given: Callable[..., str], third: int
) -> None:
    house = given(category="other")
    pair(house)
    visit = visit_of(house, companion_id=user(cast.TON))
    with pytest.raises(Refused, match="ไปสองคน"):
        choose(visit, NOBODY)
    assert choose(visit, third)
    learner(cast.KAN)
    timid = visit_of(given(category="other"), companion_id=third, planned_time="14:00")
    with pytest.raises(Refused, match="ไปคนเดียวไม่ได้"):
        choose(timid, NOBODY)


@pytest.mark.parametrize("change", ["done", "past", "phone", "stale"])
def test_what_cannot_be_changed_any_more(
    session: Any, given: Callable[..., str], change: str
) -> None:
    kind = VisitKind.PHONE if change == "phone" else VisitKind.HOME
    visit = visit_of(given(category="other"), kind=kind)
    if change == "done":
        visit.status = VisitStatus.DONE
    if change == "past":
        visit.planned_on = clock.today() - DAY
    session.commit()
    stale = change == "stale"
    with pytest.raises(StaleRecord if stale else Refused):
        choose(visit, user(cast.TON), version=visit.version + stale)
    session.rollback()
    assert visit.companion_id is None


@pytest.mark.parametrize("actor", [cast.TON, cast.ANAN, cast.AEK, cast.WAN])
def test_who_may_not(session: Any, given: Callable[..., str], actor: str) -> None:
    visit = visit_of(given(category="other"))
    with pytest.raises(NotFound):
        choose(visit, user(cast.TON), actor)


def test_the_plan_of_the_day_shows_who_goes_by_now(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        third = add_third()
        number = cast.case(category="other")
        offer(number, cast.KAN)
        services.accept_case(actor=cast.viewer(cast.KAN), number=number)
        pair(number)
        plan = make([number], (cast.KAN, cast.TON))
        accept(plan)
        db.session.commit()
        visit = seen(plan).stops[0].visit
    cast.sign_in(client, cast.ORN)
    page = f"/desk/dispatch/visits/{visit}/companion?plan={plan}"
    assert page.replace("&", "&amp;") in client.get(f"/desk/dispatch/plans/{plan}").text
    form = client.get(page).text
    assert "ไม่มีผู้ไปด้วย" not in form, "nobody is no choice where two must go"
    assert submit(client, page, {"companion": "0"}, having="companion").status_code == 422
    first = submit(client, page, {"companion": str(third)}, having="companion")
    assert first.headers["Location"].endswith(f"/desk/dispatch/plans/{plan}")
    text = client.get(f"/desk/dispatch/plans/{plan}").text
    assert "เปลี่ยนผู้ไปด้วยเอง" in text
    assert "ไปกับ นางสาวพิม ทุ่งนา" in text
    assert f"เป็น นางสาวพิม ทุ่งนา แทน {cast.STAFF[cast.TON][0]}" in (
        client.get(f"/desk/cases/{number}").text
    )
    stale = submit(
        client, page, {"companion": str(user_in(app, cast.TON)), "version": "1"}, having="companion"
    )
    assert stale.status_code == 409
    assert "นางสาวพิม ทุ่งนา" in stale.text
    kan = cast.sign_in(app.test_client(), cast.KAN)
    own = f"/desk/dispatch/visits/{visit}/companion"
    assert own in kan.get(f"/field/visits/{visit}").text
    back = submit(kan, own, {"companion": str(user_in(app, cast.TON))}, having="companion")
    assert back.headers["Location"].endswith(f"/field/visits/{visit}")
    assert "เปลี่ยนผู้ไปด้วยเอง" not in client.get(f"/desk/dispatch/plans/{plan}").text


def user_in(app: Flask, name: str) -> int:
    with app.app_context():
        return user(name)
