"""Visits: planned, recorded, corrected, missed, called off."""

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from PIL import Image
from sqlalchemy import select

from tests import cast
from welfare.cases.models import CaseEvent
from welfare.core import clock
from welfare.core.errors import Forbidden, NotFound, Refused, StaleRecord
from welfare.core.storage.uploads import take_photos
from welfare.dispatch import queries, services
from welfare.dispatch.services import Found
from welfare.dispatch.workflow import VisitStatus

pytestmark = pytest.mark.usefixtures("stage")

Given = Callable[..., str]


def plan(number: str, actor: str = cast.KAN, days: int = 0, **more: Any) -> str:
    day = clock.today() + timedelta(days=days)
    return services.plan_visit(actor=cast.viewer(actor), number=number, planned_on=day, **more)


def seen(visit: str, viewer: str = cast.KAN) -> queries.VisitRow:
    return queries.visit_file(visit, viewer=cast.viewer(viewer)).visit


def record(visit: str, findings: str, actor: str = cast.KAN, **more: Any) -> None:
    version = more.pop("version", 1)
    services.record_visit(
        actor=cast.viewer(actor), number=visit, version=version, found=Found(findings, **more)
    )


def test_a_visit_from_plan_to_record(session: Any, given: Given) -> None:
    number = given()
    visit = plan(number, planned_time="09:30", purpose="ดูหลังคา")
    assert visit.startswith("V")
    day = queries.day_of(cast.viewer(cast.KAN))
    assert [item.visit.number for item in day] == [visit]
    record(visit, "หลังคารั่วสองจุด", who_present="ยายคำ", needs="สังกะสี 4 แผ่น")
    session.commit()
    done = seen(visit)
    assert (done.status, done.findings, done.needs) == (
        VisitStatus.DONE,
        "หลังคารั่วสองจุด",
        "สังกะสี 4 แผ่น",
    )
    texts = session.execute(
        select(CaseEvent.kind, CaseEvent.text).where(CaseEvent.kind == "visit")
    ).all()
    assert [row.text for row in texts] == ["ดูหลังคา", "หลังคารั่วสองจุด"]


def test_the_officer_plans_for_the_worker(session: Any, given: Given) -> None:
    visit = plan(given(), actor=cast.ORN, days=2)
    assert seen(visit).worker_id == cast.viewer(cast.KAN).user_id
    ahead = queries.days_ahead(cast.viewer(cast.KAN))
    assert [item.visit.number for item in ahead] == [visit]


def test_no_visit_without_a_worker_or_in_the_past(session: Any, given: Given) -> None:
    with pytest.raises(Refused):
        plan(cast.case(), actor=cast.ORN)
    for days in (-1, 400):
        with pytest.raises(Refused) as refused:
            plan(given(), days=days)
        assert refused.value.field == "planned_on"


def test_a_record_can_be_corrected_but_not_overwritten(session: Any, given: Given) -> None:
    visit = plan(given())
    record(visit, "ครั้งแรก")
    with pytest.raises(StaleRecord) as stale:
        record(visit, "อีกเครื่องหนึ่ง")
    assert stale.value.current["findings"] == "ครั้งแรก"
    record(visit, "ครั้งแรก\n\nอีกเครื่องหนึ่ง", version=stale.value.version)
    assert seen(visit).findings == "ครั้งแรก\n\nอีกเครื่องหนึ่ง"


def test_dates_of_a_record(session: Any, given: Given) -> None:
    visit = plan(given())
    today = clock.today()
    with pytest.raises(Refused) as refused:
        record(visit, "x", visited_on=today + timedelta(days=1))
    assert refused.value.field == "visited_on"
    with pytest.raises(Refused) as refused:
        record(visit, "x", next_visit_on=today)
    assert refused.value.field == "next_visit_on"
    record(visit, "x", visited_on=today - timedelta(days=2), next_visit_on=today)
    visited = seen(visit).visited_at
    assert visited is not None
    assert clock.local(visited).date() == today - timedelta(days=2)


def test_the_next_visit_is_suggested_until_it_is_planned(session: Any, given: Given) -> None:
    from welfare.cases.queries import case_id_of

    number = given()
    wanted = clock.today() + timedelta(days=7)
    record(plan(number), "x", next_visit_on=wanted)
    case_id = case_id_of(number, viewer=cast.viewer(cast.ORN))
    suggested = queries.visits_of_case(case_id, viewer=cast.viewer(cast.ORN)).suggested_on
    assert suggested == wanted
    plan(number, days=7)
    again = queries.visits_of_case(case_id, viewer=cast.viewer(cast.ORN))
    assert again.suggested_on is None


@pytest.mark.parametrize("settle", [services.miss_visit, services.cancel_visit])
def test_missed_and_called_off_with_a_reason(session: Any, given: Given, settle: Any) -> None:
    visit = plan(given())
    kan = cast.viewer(cast.KAN)
    with pytest.raises(Refused):
        settle(actor=kan, number=visit, version=1, reason=" ")
    with pytest.raises(StaleRecord):
        settle(actor=kan, number=visit, version=7, reason="ไม่อยู่บ้าน")
    settle(actor=kan, number=visit, version=1, reason="ไม่อยู่บ้าน")
    assert seen(visit).missed_reason == "ไม่อยู่บ้าน"
    with pytest.raises(Refused):
        settle(actor=kan, number=visit, version=2, reason="อีก")
    with pytest.raises(Refused):
        record(visit, "x", version=2)


def test_an_unsettled_visit_stays_in_the_day(session: Any, given: Given, at: Any) -> None:
    at("2026-11-19T09:00:00+07:00")
    visit = plan(given())
    session.commit()
    at("2026-11-22T09:00:00+07:00")
    day = queries.day_of(cast.viewer(cast.KAN))
    assert [(item.visit.number, item.visit.overdue) for item in day] == [(visit, True)]


def test_a_planned_visit_follows_the_case(session: Any, given: Given) -> None:
    number = given()
    visit = plan(number, days=1)
    services.offer_case(
        actor=cast.viewer(cast.ORN), number=number, worker_id=cast.viewer(cast.TON).user_id
    )
    assert queries.days_ahead(cast.viewer(cast.KAN)) == []
    with pytest.raises(NotFound):
        seen(visit)
    services.accept_case(actor=cast.viewer(cast.TON), number=number)
    assert seen(visit, cast.TON).worker_id == cast.viewer(cast.TON).user_id


@pytest.mark.parametrize("actor", [cast.TON, cast.ORN, cast.MALEE, cast.ANAN, cast.WAN])
def test_only_the_worker_records(session: Any, given: Given, actor: str) -> None:
    visit = plan(given())
    with pytest.raises((Forbidden, NotFound)):
        record(visit, "x", actor=actor)
    with pytest.raises((Forbidden, NotFound)):
        services.miss_visit(actor=cast.viewer(actor), number=visit, version=1, reason="x")
    assert seen(visit).status == VisitStatus.PLANNED


@pytest.mark.parametrize("actor", [cast.TON, cast.ANAN, cast.AEK, cast.WAN])
def test_who_has_nothing_to_do_with_it(session: Any, given: Given, actor: str) -> None:
    number = given()
    visit = plan(number)
    with pytest.raises(NotFound):
        seen(visit, actor)
    with pytest.raises((Forbidden, NotFound)):
        plan(number, actor=actor)
    with pytest.raises((Forbidden, NotFound)):
        services.cancel_visit(actor=cast.viewer(actor), number=visit, version=1, reason="x")


def test_photos_are_kept_and_seen_by_right(session: Any, given: Given) -> None:
    visit = plan(given())
    session.commit()
    picture = BytesIO()
    Image.new("RGB", (60, 40), "green").save(picture, "PNG")
    taken = take_photos([("a.png", picture.getvalue()), ("b.txt", b"no picture")])
    assert (len(taken.kept), taken.refused) == (1, (("b.txt", "picture_not_an_image"),))
    session.commit()
    services.record_visit(
        actor=cast.viewer(cast.KAN),
        number=visit,
        version=1,
        found=Found("x"),
        photo_ids=[*taken.kept, "nothing"],
    )
    session.commit()
    photos = seen(visit).photos
    assert [photo.public_id for photo in photos] == list(taken.kept)
    for picture_id in (photos[0].public_id, photos[0].thumbnail_id):
        assert queries.visit_of_picture(picture_id, viewer=cast.viewer(cast.ORN)) == visit
        assert queries.visit_of_picture(picture_id, viewer=cast.viewer(cast.TON)) is None


def test_what_is_known_of_the_house(session: Any, given: Given) -> None:
    home = cast.household(landmark="ข้างวัด")
    person = cast.person(home, phone="66812345678")
    visit = plan(given(household_id=home.id, person_id=person.id))
    file = queries.visit_file(visit, viewer=cast.viewer(cast.KAN))
    assert file.house is not None
    assert (file.house.house_no, file.house.landmark) == ("12/1", "ข้างวัด")
    assert [(one.name, one.subject) for one in file.residents] == [("นางคำ ใจดี", True)]
    assert file.phone == "66812345678"
    assert queries.visit_file(visit, viewer=cast.viewer(cast.MALEE)).phone is None
