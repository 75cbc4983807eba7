"""The dispatcher's desk, the case page's parts and the worker's phone, without JavaScript."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image
from sqlalchemy import event

from tests import cast
from tests.pages import form_in, submit
from welfare.core import clock
from welfare.core.db import db
from welfare.dispatch import queries, services
from welfare.dispatch.services import Found


@dataclass
class Scene:
    """What stands in the database, set up and looked at outside of any request."""

    app: Flask

    def case(self, **changes: Any) -> str:
        with self.app.app_context():
            return cast.case(**changes)

    def offered(self, worker: str = cast.KAN, **changes: Any) -> str:
        with self.app.app_context():
            number = cast.case(**changes)
            services.offer_case(
                actor=cast.viewer(cast.ORN), number=number, worker_id=cast.viewer(worker).user_id
            )
            db.session.commit()
            return number

    def given(self) -> str:
        number = self.offered()
        with self.app.app_context():
            services.accept_case(actor=cast.viewer(cast.KAN), number=number)
            db.session.commit()
        return number

    def planned(self, number: str, days: int = 0) -> str:
        with self.app.app_context():
            visit = services.plan_visit(
                actor=cast.viewer(cast.KAN),
                number=number,
                planned_on=clock.today() + timedelta(days=days),
                purpose="ดูหลังคา",
            )
            db.session.commit()
            return visit

    def recorded(self, visit: str, found: Found) -> None:
        with self.app.app_context():
            services.record_visit(actor=cast.viewer(cast.KAN), number=visit, version=1, found=found)
            db.session.commit()

    def held(self, number: str) -> queries.CaseAssignments:
        with self.app.app_context():
            return queries.assignments_of(number, viewer=cast.viewer(cast.ORN))

    def visit(self, visit: str) -> queries.VisitRow:
        with self.app.app_context():
            return queries.visit_file(visit, viewer=cast.viewer(cast.KAN)).visit

    def ahead(self) -> list[queries.DayVisit]:
        with self.app.app_context():
            return queries.days_ahead(cast.viewer(cast.KAN))

    def id(self, username: str) -> str:
        with self.app.app_context():
            return str(cast.viewer(username).user_id)


@pytest.fixture
def scene(app: Flask, stage: None) -> Scene:
    """The stage and what stands on it."""
    return Scene(app)


@pytest.fixture
def browser(app: Flask) -> Callable[[str], FlaskClient]:
    """A signed-in browser of one of the staff."""
    return lambda username: cast.sign_in(app.test_client(), username)


Browser = Callable[[str], FlaskClient]


def photo(name: str = "photo.png") -> tuple[BytesIO, str]:
    content = BytesIO()
    Image.new("RGB", (80, 60), "navy").save(content, "PNG")
    return BytesIO(content.getvalue()), name


def test_from_offer_to_record_by_the_pages(scene: Scene, browser: Browser) -> None:
    number = scene.case()
    orn, worker = browser(cast.ORN), browser(cast.KAN)
    answer = submit(
        orn,
        f"/desk/dispatch/cases/{number}/offer",
        {"worker": scene.id(cast.KAN), "note": "x"},
        action="/offer",
    )
    assert (answer.status_code, answer.location) == (303, f"/desk/cases/{number}#assignments")
    page = worker.get("/field")
    assert number in page.text
    answer = submit(worker, page, {}, action="/accept")
    assert (answer.status_code, answer.location) == (303, "/field")
    answer = submit(worker, f"/desk/cases/{number}?open=plan", {"go": "now"}, action="/visits")
    assert answer.status_code == 303
    assert answer.location.startswith("/field/visits/V")
    visit_page = answer.location
    answer = submit(
        worker,
        visit_page,
        {"findings": "หลังคารั่วสองจุด", "photos": [photo()]},
        having="findings",
    )
    assert (answer.status_code, answer.location) == (303, visit_page)
    page = worker.get(visit_page)
    assert "หลังคารั่วสองจุด" in page.text
    picture = re.search(r'src="(/desk/pictures/[0-9a-f]+)"', page.text)
    assert picture is not None
    assert worker.get(picture[1]).status_code == 200
    assert browser(cast.TON).get(picture[1]).status_code == 404
    assert "หลังคารั่วสองจุด" in orn.get(f"/desk/cases/{number}").text


def test_many_cases_to_one_worker(scene: Scene, browser: Browser) -> None:
    near, far, taken = scene.case(), scene.case(village_no=3), scene.offered()
    ton = scene.id(cast.TON)
    orn = browser(cast.ORN)
    page = orn.get("/desk/dispatch")
    values = {"pick": [near, far, taken], "worker": ton}
    answer = submit(orn, page, values, action="/desk/dispatch")
    assert answer.status_code == 303
    assert str(scene.held(near).case.assignee_id) == ton
    assert scene.held(far).case.assignee_id is None
    assert str(scene.held(taken).case.assignee_id) == scene.id(cast.KAN)
    told = orn.get("/desk/dispatch").text
    assert far in told
    assert taken in told


def test_a_resent_form_gives_once(scene: Scene, browser: Browser) -> None:
    number = scene.case()
    orn = browser(cast.ORN)
    page = orn.get(f"/desk/dispatch/cases/{number}/offer")
    values = {"worker": scene.id(cast.KAN)}
    first, second = (submit(orn, page, values, action="/offer") for _ in range(2))
    assert (first.status_code, second.status_code) == (303, 303)
    assert len(scene.held(number).rows) == 1


@pytest.mark.parametrize("values", [{}, {"worker": "999"}, {"worker": "kan"}, {"worker": "๑"}])
def test_a_worker_who_is_none(scene: Scene, browser: Browser, values: dict[str, str]) -> None:
    number = scene.case()
    orn = browser(cast.ORN)
    typed = {**values, "note": "ข้อความที่พิมพ์ไว้"}
    answer = submit(orn, f"/desk/dispatch/cases/{number}/offer", typed, action="/offer")
    assert answer.status_code in (400, 422)
    assert "ข้อความที่พิมพ์ไว้" in answer.text
    board = submit(orn, "/desk/dispatch", {**typed, "pick": [number]}, action="/desk/dispatch")
    assert board.status_code in (400, 422)
    assert "ข้อความที่พิมพ์ไว้" in board.text
    assert scene.held(number).rows == ()


def test_nothing_chosen(scene: Scene, browser: Browser) -> None:
    scene.case()
    orn = browser(cast.ORN)
    worker = scene.id(cast.KAN)
    answer = submit(orn, "/desk/dispatch", {"worker": worker}, action="/desk/dispatch")
    assert answer.status_code == 400


@pytest.mark.parametrize(
    "query",
    ["show=x", "village=abc", "page=-1", "page=99999999999", "show=offered&page=9", "village=๒"],
)
def test_odd_addresses(scene: Scene, browser: Browser, query: str) -> None:
    scene.case()
    assert browser(cast.ORN).get(f"/desk/dispatch?{query}").status_code == 200


def test_declining_from_the_phone(scene: Scene, browser: Browser) -> None:
    number = scene.offered()
    worker, orn = browser(cast.KAN), browser(cast.ORN)
    answer = submit(worker, "/field", {"reason": " "}, action="/decline")
    assert answer.status_code == 400
    answer = submit(worker, "/field", {"reason": "เป็นญาติกัน"}, action="/decline")
    assert (answer.status_code, answer.location) == (303, "/field")
    assert "เป็นญาติกัน" in orn.get(f"/desk/cases/{number}").text
    assert "เป็นญาติกัน" in orn.get("/desk/dispatch?show=declined").text


def test_taking_back_by_the_page(scene: Scene, browser: Browser) -> None:
    number = scene.given()
    orn = browser(cast.ORN)
    page = f"/desk/cases/{number}?open=take-back"
    assert submit(orn, page, {"reason": ""}, action="/take-back").status_code == 400
    assert submit(orn, page, {"reason": "ลาป่วย"}, action="/take-back").status_code == 303
    assert scene.held(number).case.assignee_id is None


@pytest.mark.parametrize(
    ("parts", "status"),
    [
        (("31", "2", "2570"), 400),
        (("", "", ""), 400),
        (("22", "11", "69"), 400),
        (("1", "1", "2560"), 422),
        (("๒๘", "12", "๒๕๖๙"), 303),
        (("28", "12", "2026"), 303),
    ],
)
def test_the_day_of_a_visit(
    scene: Scene, browser: Browser, at: Any, parts: tuple[str, ...], status: int
) -> None:
    at("2026-11-22T09:00:00+07:00")
    number = scene.given()
    names = ("planned_on-day", "planned_on-month", "planned_on-year")
    values = dict(zip(names, parts, strict=True)) | {"purpose": "ดูหลังคา"}
    answer = submit(browser(cast.KAN), f"/desk/cases/{number}?open=plan", values, action="/visits")
    assert answer.status_code == status
    if status != 303:
        assert "ดูหลังคา" in answer.text


@pytest.mark.parametrize("typed", ["25:00", "9:99", "เช้า"])
def test_a_time_that_is_none(scene: Scene, browser: Browser, typed: str) -> None:
    values = {"planned_time": typed}
    answer = submit(
        browser(cast.KAN), f"/desk/cases/{scene.given()}?open=plan", values, action="/visits"
    )
    assert answer.status_code == 400


def test_an_unfinished_record_keeps_text_and_photos(scene: Scene, browser: Browser) -> None:
    visit = scene.planned(scene.given())
    worker = browser(cast.KAN)
    values = {
        "findings": " \u200b ",
        "needs": "สังกะสี",
        "photos": [photo(), (BytesIO(b"x"), "x.jpg")],
    }
    page = submit(worker, f"/field/visits/{visit}", values, having="findings")
    assert page.status_code == 400
    assert "สังกะสี" in page.text
    kept = form_in(page.text, having="findings").fields["photo"]
    assert len(kept) == 1
    thumb = re.search(r'src="(/field/photos/[^"]+)"', page.text)
    assert thumb is not None
    assert worker.get(thumb[1]).status_code == 200
    assert browser(cast.TON).get(thumb[1]).status_code == 404
    answer = submit(worker, page, {"findings": "พบแล้ว"}, having="findings")
    assert answer.status_code == 303
    assert len(scene.visit(visit).photos) == 1


def test_two_phones_lose_no_word_and_no_photo(scene: Scene, browser: Browser) -> None:
    visit = scene.planned(scene.given())
    worker = browser(cast.KAN)
    page = worker.get(f"/field/visits/{visit}")
    submit(worker, page, {"findings": "เครื่องแรก"}, having="findings")
    values = {"findings": "เครื่องที่สอง", "photos": [photo()]}
    clash = submit(worker, page, values, having="findings")
    assert clash.status_code == 409
    assert "เครื่องแรก" in clash.text
    assert "เครื่องที่สอง" in clash.text
    both = {"findings": "เครื่องแรก เครื่องที่สอง"}
    answer = submit(worker, clash, both, having="version")
    assert answer.status_code == 303, answer.text
    done = scene.visit(visit)
    assert (done.findings, len(done.photos)) == ("เครื่องแรก เครื่องที่สอง", 1)


def test_the_next_visit_is_offered_to_be_planned(scene: Scene, browser: Browser) -> None:
    visit = scene.planned(scene.given())
    scene.recorded(visit, Found("x", next_visit_on=clock.today() + timedelta(days=7)))
    worker = browser(cast.KAN)
    answer = submit(worker, f"/field/visits/{visit}", {}, having="planned_on-day")
    assert answer.status_code == 303
    ahead = scene.ahead()
    assert [item.visit.planned_on for item in ahead] == [clock.today() + timedelta(days=7)]


def test_missed_and_called_off_by_the_pages(scene: Scene, browser: Browser) -> None:
    number = scene.given()
    first, second = scene.planned(number), scene.planned(number, 1)
    worker, orn = browser(cast.KAN), browser(cast.ORN)
    page = f"/field/visits/{first}/missed"
    assert submit(worker, page, {"reason": ""}).status_code == 400
    assert submit(worker, page, {"reason": "ไม่มีใครอยู่"}).status_code == 303
    page = f"/desk/dispatch/visits/{second}/cancel"
    assert submit(orn, page, {"reason": "เลื่อนไม่ได้"}).status_code == 303
    text = orn.get(f"/desk/cases/{number}").text
    assert "ไม่มีใครอยู่" in text
    assert "เลื่อนไม่ได้" in text


PAGES = [
    "/desk/dispatch",
    "/field",
    "/desk/dispatch/cases/{case}/offer",
    "/desk/dispatch/cases/{case}/take-back",
    "/desk/dispatch/cases/{case}/decline",
    "/desk/dispatch/cases/{case}/visits",
    "/desk/dispatch/visits/{visit}/cancel",
    "/field/visits/{visit}",
    "/field/visits/{visit}/missed",
]


@pytest.mark.parametrize("username", [cast.ANAN, cast.AEK, cast.WAN])
def test_who_has_no_business_here(scene: Scene, browser: Browser, username: str) -> None:
    number = scene.given()
    visit = scene.planned(number)
    stranger = browser(username)
    for page in PAGES:
        assert stranger.get(page.format(case=number, visit=visit)).status_code in (403, 404)


def test_a_worker_never_reaches_anothers_work(scene: Scene, browser: Browser) -> None:
    number = scene.given()
    visit = scene.planned(number)
    ton = browser(cast.TON)
    for page in PAGES:
        if page not in ("/field",):
            answer = ton.get(page.format(case=number, visit=visit))
            assert answer.status_code in (403, 404), page
    assert number not in ton.get("/field").text
    for path in (f"/field/visits/{visit}", f"/field/visits/{visit}/missed"):
        token = form_in(ton.get("/field").text, action="sign-out").fields["csrf_token"]
        data = {"csrf_token": token, "version": "1", "findings": "x", "reason": "x"}
        assert ton.post(path, data=data).status_code == 404


def test_the_officer_reads_a_visit_but_records_none(scene: Scene, browser: Browser) -> None:
    visit = scene.planned(scene.given())
    page = browser(cast.ORN).get(f"/field/visits/{visit}")
    assert page.status_code == 200
    assert 'name="findings"' not in page.text


def test_ids_are_unique(scene: Scene, browser: Browser) -> None:
    number = scene.given()
    visit = scene.planned(number)
    for n in (1, 2):
        scene.offered(title=f"เรื่องที่ {n}")
    worker = browser(cast.KAN)
    for page in ("/field", f"/field/visits/{visit}"):
        found = re.findall(r'\bid="([^"]+)"', worker.get(page).text)
        assert len(found) == len(set(found)), page


@pytest.fixture
def statements(app: Flask) -> Iterator[list[str]]:
    """The SQL statements of what runs from now on."""
    seen: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        seen.append(statement)

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    yield seen
    event.remove(engine, "before_cursor_execute", note)


def test_who_accepts_what_was_taken_back_is_told_so(scene: Scene, browser: Browser) -> None:
    number, worker = scene.offered(), browser(cast.KAN)
    shown = worker.get(f"/desk/cases/{number}")
    with scene.app.app_context():
        services.take_back_case(actor=cast.viewer(cast.ORN), number=number, reason="ผิดคน")
        db.session.commit()
    late = submit(worker, shown, {}, action="/accept")
    assert (late.status_code, late.location) == (303, "/field")
    assert "ถูกถอนคืน" in worker.get("/field").text
    never = scene.offered(cast.TON)
    form = form_in(shown.text, action="/accept")
    assert worker.post(f"/desk/dispatch/cases/{never}/accept", data=form.fields).status_code == 404


def test_at_most_twelve_statements_a_page(
    scene: Scene, browser: Browser, statements: list[str]
) -> None:
    number = scene.given()
    visit = scene.planned(number)
    for place in range(8):
        scene.offered(title=f"เรื่อง {place}")
        scene.case(title=f"ใหม่ {place}")
        scene.planned(number, place)
    worker, orn = browser(cast.KAN), browser(cast.ORN)
    for client, page in (
        (worker, "/field"),
        (worker, f"/field/visits/{visit}"),
        (worker, f"/desk/cases/{number}"),
        (worker, f"/desk/cases/{number}?open=plan"),
        (orn, "/desk/dispatch"),
        (orn, f"/desk/cases/{number}"),
        (orn, f"/desk/dispatch/cases/{number}/offer"),
    ):
        client.get(page)
        statements.clear()
        assert client.get(page).status_code == 200
        sent = [text for text in statements if not text.startswith(("BEGIN", "PRAGMA"))]
        assert len(sent) <= 12, (page, sent)
