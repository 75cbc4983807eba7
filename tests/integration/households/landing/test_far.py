"""A place far from all villages: asked about, not drawn, listed beside the map."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

from tests import cast
from tests.integration.households.landing.conftest import House
from tests.pages import form_in, submit
from welfare.core.db import db
from welfare.households.models import Household, Village
from welfare.households.queries.bounds import believed, bounds_of
from welfare.households.queries.grid import middles

FAR = {"lat": "13.7563", "lng": "100.5018"}


@pytest.fixture(autouse=True)
def centres(app: Flask, house: House) -> None:
    """Where the villages are; after the house, which is put back as it stood without them."""
    del house
    with app.app_context():
        for no, lat, lng in ((1, 18.648, 99.0405), (2, 18.65, 99.04), (3, 18.652, 99.05)):
            village = db.session.get(Village, no)
            assert village is not None
            village.lat, village.lng = lat, lng
        db.session.commit()


def _place(app: Flask, number: str) -> tuple[float | None, float | None]:
    with app.app_context():
        found = db.session.query(Household).filter_by(number=number).one()
        return found.lat, found.lng


def test_a_far_place_is_asked_about_and_kept_when_it_is_right(
    house: House, app: Flask, client: FlaskClient
) -> None:
    cast.sign_in(client, cast.ORN)
    address = f"/desk/households/{house.number}/edit"
    asked = submit(client, address, FAR)
    assert asked.status_code == 200
    assert "บ้านอยู่ตรงนั้นจริงหรือไม่" in asked.text
    assert _place(app, house.number) == (18.65, 99.04)
    kept = _press(client, asked, "place_sure")
    assert kept.status_code == 303
    assert _place(app, house.number) == (13.7563, 100.5018)


def test_the_answer_holds_for_the_place_that_was_asked_about(
    house: House, app: Flask, client: FlaskClient
) -> None:
    cast.sign_in(client, cast.ORN)
    address = f"/desk/households/{house.number}/edit"
    asked = submit(client, address, FAR | {"place_sure": "1,1"})
    assert asked.status_code == 200
    assert _place(app, house.number) == (18.65, 99.04)


def test_what_was_turned_round_is_named() -> None:
    bounds = bounds_of([(10.0, 12.0)], 5)
    assert bounds is not None
    assert bounds.holds(10.01, 12.01)
    assert not bounds.holds(12.0, 10.0)


def test_a_new_house_with_twins_and_a_far_place_is_asked_once(
    house: House, app: Flask, client: FlaskClient
) -> None:
    cast.sign_in(client, cast.ORN)
    asked = submit(client, "/desk/households/new", {"house_no": "12/1", "village_no": "2"} | FAR)
    assert "บ้านอยู่ตรงนั้นจริงหรือไม่" in asked.text
    assert house.number in asked.text
    added = _press(client, asked, "sure")
    assert added.status_code == 303


def test_a_far_house_does_not_shrink_the_map_and_is_listed(
    house: House, app: Flask, client: FlaskClient
) -> None:
    cast.sign_in(client, cast.ORN)
    before = client.get("/desk/registry/map").text
    with app.app_context():
        slip = cast.household(house_no="404", lat=0.5, lng=0.5).number
    after = client.get("/desk/registry/map").text
    assert _drawing(after) == _drawing(before)
    assert f"/desk/households/{slip}/edit#lat" in after
    assert slip not in before
    kinds = client.get("/desk/registry/map.json").get_json()["features"]
    assert all(_corner(one)[1] > 18 for one in kinds)


def test_staff_of_some_villages_are_not_told_of_others(
    house: House, app: Flask, client: FlaskClient
) -> None:
    with app.app_context():
        slip = cast.household(house_no="404", village_no=3, lat=0.5, lng=0.5).number
    cast.sign_in(client, cast.TON)
    assert slip not in client.get("/desk/registry/map").text


def test_one_wild_centre_is_not_believed() -> None:
    near = [(18.64, 99.04), (18.65, 99.05), (18.66, 99.04), (18.65, 99.03)]
    assert believed([*near, (0.0, 0.0)], 5) == near
    assert bounds_of([*near, (0.0, 0.0)], 5) == bounds_of(near, 5)
    assert bounds_of([], 5) is None


def test_the_middle_of_houses_is_not_pulled_away() -> None:
    fields = {(1, 7460, 39616): 5, (1, 7461, 39617): 5, (1, 0, 0): 1}
    lat, lng = middles(fields, 5)[1]
    assert 18.65 < lat < 18.66
    assert 99.04 < lng < 99.05


def _press(client: FlaskClient, page: TestResponse, button: str) -> TestResponse:
    """Send a form as a browser does: a hidden field and a button of one name are both sent."""
    form = form_in(page.text, having=button)
    sent: MultiDict[str, str] = MultiDict(form.fields)
    sent.add(button, form.buttons[button])
    return client.post(page.request.full_path, data=sent)


def _drawing(text: str) -> str:
    """Discs' places: the numbers beneath them grow with each house."""
    return "".join(part.split('r="15"')[0] for part in text.split("<circle")[1:])


def _corner(feature: dict[str, Any]) -> tuple[float, float]:
    place = feature["geometry"]["coordinates"]
    while isinstance(place[0], list):
        place = place[0]
    return place[0], place[1]
