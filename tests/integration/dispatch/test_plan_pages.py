"""The pages of workers, proposals and plans, as people use them."""

import re
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from icalendar import Calendar

from tests import cast
from tests.pages import submit
from welfare.core import clock
from welfare.core.db import db
from welfare.dispatch import queries, services

PLANS = "/desk/dispatch/plans"


@pytest.fixture
def numbers(app: Flask, stage: None) -> list[str]:
    with app.app_context():
        return [cast.case(category="other", priority="urgent") for _ in range(3)]


def test_from_choice_to_calendar_and_back(app: Flask, client: FlaskClient, numbers: Any) -> None:
    cast.sign_in(client, cast.ORN)
    day = clock.today() + timedelta(days=1)
    chosen = {"pick": numbers, "day-day": str(day.day), "day-month": str(day.month),
              "day-year": str(day.year + 543)}  # fmt: skip
    refused = submit(client, f"{PLANS}/new", chosen | {"day-year": "2560"}, having="workers")
    assert refused.status_code == 422
    assert numbers[0] in refused.text
    with app.app_context():
        kan = str(cast.viewer(cast.KAN).user_id)
    unknown = chosen | {"workers": [kan], "more": f"{numbers[0]} c70-999999-9 <b>x</b>"}
    refused = submit(client, f"{PLANS}/new", unknown, having="workers")
    assert refused.status_code == 422
    assert "C70-999999-9" in refused.text
    assert "&lt;B&gt;X&lt;/B&gt;" in refused.text
    made = submit(client, f"{PLANS}/new", chosen | {"workers": [kan]}, having="workers")
    assert made.status_code == 303
    page = made.headers["Location"]
    shown = client.get(page)
    assert all(number in shown.text for number in numbers)
    stop = re.search(r'name="drop-(\d+)"', shown.text)
    assert stop is not None
    again = submit(client, page, {f"drop-{stop[1]}": "y"}, action="/again")
    assert again.status_code == 303
    stop_id = _stop(client, page)
    at_night = {f"worker-{stop_id}": kan, f"time-{stop_id}": "03:00", f"keep-{stop_id}": "y"}
    submit(client, page, at_night, action="/again")
    told = client.get(page).text
    assert "จัดตามที่ท่านกำหนดไม่ได้" in told
    asked = re.search(r'name="time-(\d+)" value="03:00"', told)
    assert asked is not None, "the hour that was asked for is still there"
    free: dict[str, Any] = {
        f"worker-{asked[1]}": "",
        f"time-{asked[1]}": "",
        f"keep-{asked[1]}": [],
    }
    submit(client, page, free, action="/again")
    assert "03:00" not in client.get(page).text
    bad = submit(client, page, {"time-999": "x", f"time-{_stop(client, page)}": "99:99"},
                 action="/again")  # fmt: skip
    assert bad.status_code == 400
    drop = f"drop-{_stop(client, page)}"
    late = submit(client, page, {"seen": "1", drop: "y"}, action="/again")
    assert late.status_code == 422
    assert f'name="{drop}" value="y" checked' in late.text, "what was set by hand is still there"
    stale = submit(client, page, {"seen": "1"}, action="/accept")
    assert stale.status_code == 422
    assert submit(client, page, {}, action="/accept").status_code == 303
    assert client.get(f"{page}/sheet").status_code == 200
    events = _calendar(app)
    assert len(events) == 2
    assert "ยายคำ" not in str(events)
    assert submit(client, page, {}, action="/undo").status_code == 303
    assert _calendar(app) == []


def _stop(client: FlaskClient, page: str) -> str:
    found = re.search(r'name="time-(\d+)"', client.get(page).text)
    assert found is not None
    return found[1]


def _calendar(app: Flask) -> list[Any]:
    """What the worker's calendar fetches from a new address; the one before finds nothing."""
    worker = app.test_client()
    cast.sign_in(worker, cast.KAN)
    address = r'href="[^"]*"|data-copy="([^"]+/field/calendar/[^"]+)"'
    links = []
    for _ in range(2):
        answer = submit(worker, "/field/absences", {}, action="/field/calendar")
        links += [found for found in re.findall(address, answer.text) if found]
    stranger = app.test_client()
    assert stranger.get(links[0]).status_code == 404
    text = stranger.get(links[1])
    assert text.status_code == 200
    assert text.mimetype == "text/calendar"
    events = list(Calendar.from_ical(text.data).walk("VEVENT"))
    submit(worker, "/field/absences", {}, action="/field/calendar/end")
    assert stranger.get(links[1]).status_code == 404
    return events


def test_a_proposal_is_changed_and_offered(app: Flask, client: FlaskClient, numbers: Any) -> None:
    cast.sign_in(client, cast.ORN)
    page = "/desk/dispatch/suggest?" + "&".join(f"pick={number}" for number in numbers)
    assert client.get(page).status_code == 200
    with app.app_context():
        kan = cast.viewer(cast.KAN).user_id
    chosen = {f"worker-{numbers[0]}": str(kan), f"worker-{numbers[1]}": "0"}
    effect = submit(
        client, page, chosen | {"pick": numbers, "do": "effect"}, having=f"worker-{numbers[0]}"
    )
    assert effect.status_code == 303, "going back to it asks to send nothing again"
    assert f'value="{kan}" checked' in client.get(effect.headers["Location"]).text
    typed = submit(
        client, page, chosen | {"pick": numbers, "do": "effect", "note": "กุญแจอยู่ที่เพื่อนบ้าน"},
        having=f"worker-{numbers[0]}",
    )  # fmt: skip
    assert typed.status_code == 200, "what was typed never stands in an address"
    assert "กุญแจอยู่ที่เพื่อนบ้าน" in typed.text
    done = submit(
        client, page, chosen | {"pick": numbers, "do": "offer"}, having=f"worker-{numbers[0]}"
    )
    assert done.status_code == 303
    with app.app_context():
        held = [queries.assignments_of(n, viewer=cast.viewer(cast.ORN)) for n in numbers]
    assert [one.current is not None for one in held] == [True, False, True]
    assert held[0].current is not None
    assert held[0].current.worker_id == kan


def test_a_profile_an_absence_the_figures_and_wishes_are_kept(
    app: Flask, client: FlaskClient, numbers: Any
) -> None:
    cast.sign_in(client, cast.ORN)
    page = "/desk/dispatch/workers/kan"
    assert submit(client, page, {"skills": ["child"], "max_visits": "๘"}).status_code == 303
    assert submit(client, page, {"max_visits": "800"}).status_code == 400
    today = clock.today()
    days = {f"{name}-{part}": str(value) for name in ("first_day", "last_day")
            for part, value in (("day", today.day), ("month", today.month),
                                ("year", today.year + 543))}  # fmt: skip
    assert submit(client, page, days | {"kind": "sick"}).status_code == 303
    assert submit(client, "/desk/dispatch/rules", {"speed_kmh": "25"}).status_code == 303
    wishes = f"/desk/dispatch/cases/{numbers[0]}/wishes"
    assert submit(client, wishes, {"earliest": "9.30", "pair": "y"}).status_code == 303
    assert submit(client, "/desk/dispatch/kinds/housing", {"minutes": "40"}).status_code == 303
    skill = {"code": "first_aid", "name_th": "ปฐมพยาบาล", "name_en": "First aid"}
    assert submit(client, "/desk/dispatch/rules", skill).status_code == 303
    assert submit(client, "/desk/dispatch/rules", skill).status_code == 422
    with app.app_context():
        kan = queries.member(cast.KAN, viewer=cast.viewer(cast.ORN))
        assert (kan.skills, kan.max_visits) == (frozenset({"child"}), 8)
        assert kan.away_on(today) is not None
        assert queries.figures().speed_kmh == 25
        wish = queries.case_wishes(numbers[0], viewer=cast.viewer(cast.ORN))
        assert (wish.earliest, wish.pair) == ("09:30", True)


def test_a_plan_for_a_saturday_warns_and_doubles_are_left_out(
    app: Flask, client: FlaskClient, numbers: Any
) -> None:
    cast.sign_in(client, cast.ORN)
    today = clock.today()
    day = today + timedelta(days=(5 - today.weekday()) % 7 or 7)
    assert "วันเสาร์" in client.get(f"{PLANS}/new?on={day.isoformat()}").text
    with app.app_context():
        kan = cast.viewer(cast.KAN).user_id
        orn = cast.viewer(cast.ORN)
        services.offer_case(actor=orn, number=numbers[0], worker_id=kan)
        services.accept_case(actor=cast.viewer(cast.KAN), number=numbers[0])
        services.plan_visit(
            actor=cast.viewer(cast.KAN), number=numbers[0], planned_on=day + timedelta(days=2)
        )
        db.session.commit()
    chosen = {"pick": numbers, "day-day": str(day.day), "day-month": str(day.month),
              "day-year": str(day.year + 543), "workers": [str(kan)]}  # fmt: skip
    page = submit(client, f"{PLANS}/new", chosen, having="workers").headers["Location"]
    shown = client.get(page).text
    assert "วันเสาร์" in shown and 'name="doubled"' in shown
    submit(client, page, {"doubled": "out"}, action="/again")
    assert 'name="doubled"' not in client.get(page).text
