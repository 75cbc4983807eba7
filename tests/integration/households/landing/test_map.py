"""The map: numbers lead to what they count, for each viewer; with and without script."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from config import Settings
from tests import cast
from tests.conftest import build
from tests.integration.households.landing.conftest import House
from welfare.cases.workflow import Sensitivity


def _data(client: FlaskClient, who: str, house: str = "") -> list[dict[str, Any]]:
    cast.sign_in(client, who)
    answer = client.get("/desk/registry/map.json", query_string={"house": house} if house else {})
    assert answer.status_code == 200
    found: list[dict[str, Any]] = answer.get_json()["features"]
    return found


def _villages(features: list[dict[str, Any]]) -> dict[int, dict[str, Any]]:
    told = [one["properties"] for one in features if one["properties"]["kind"] == "village"]
    return {one["village"]: one for one in told}


def test_counts_are_those_of_the_lists(house: House, client: FlaskClient) -> None:
    villages = _villages(_data(client, cast.ORN))
    assert (villages[2]["households"], villages[2]["cases"]) == (2, 2)
    assert (villages[3]["households"], villages[3]["cases"]) == (1, 0)
    for address in (villages[2]["cases_url"], villages[2]["households_url"]):
        listed = client.get(address).text
        assert listed.count('class="lead-cell"') == 2, address


def test_hidden_cases_are_not_counted(house: House, app: Flask, client: FlaskClient) -> None:
    assert _villages(_data(client, cast.KAN))[2]["cases"] == 0
    with app.app_context():
        cast.case(actor=cast.KAN, household_id=house.id)
        cast.case(title="ลับ", household_id=house.id, sensitivity=Sensitivity.CONDUCT)
    again = client.get("/desk/registry/map.json").get_json()["features"]
    assert _villages(again)[2]["cases"] == 1
    with app.test_client() as other:
        assert _villages(_data(other, cast.ORN))[2]["cases"] == 3


def test_staff_of_some_villages_see_theirs(house: House, client: FlaskClient) -> None:
    features = _data(client, cast.TON, house.number)
    assert set(_villages(features)) == {2}  # village 1 has no place and no house
    assert "77" not in str(features)
    text = client.get("/desk/registry/map").text
    assert "บ้านสมมติ 3" not in text
    assert "บ้านสมมติ 1" in text


def test_without_a_chosen_house_no_house_is_named(house: House, client: FlaskClient) -> None:
    features = _data(client, cast.ORN)
    assert {one["properties"]["kind"] for one in features} == {"village", "cell"}
    assert house.number not in str(features)
    text = client.get("/desk/registry/map").text
    assert house.number not in text


def test_a_chosen_house_is_shown_among_its_neighbours(house: House, client: FlaskClient) -> None:
    features = _data(client, cast.ORN, house.number)
    near = {one["properties"]["address"]: one["properties"] for one in features
            if one["properties"]["kind"] in {"house", "chosen"}}  # fmt: skip
    assert set(near) == {"12/1 หมู่ที่ 2", "12/2 หมู่ที่ 2", "77 หมู่ที่ 3"}
    assert 140 < near["12/2 หมู่ที่ 2"]["metres"] < 170
    text = client.get(f"/desk/registry/map?house={house.number}").text
    assert f"/desk/households/{house.neighbour}" in text


def test_a_house_without_a_place(house: House, app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        bare = cast.household(house_no="5").number
    cast.sign_in(client, cast.ORN)
    answer = client.get(f"/desk/registry/map?house={bare}")
    assert answer.status_code == 200
    assert "ยังไม่มีพิกัด" in answer.text


@pytest.mark.parametrize("asked", ["x", "H-000009-9", "C70-000001-1", "'", "๑"])
def test_a_house_that_is_none(house: House, client: FlaskClient, asked: str) -> None:
    cast.sign_in(client, cast.ORN)
    assert client.get("/desk/registry/map", query_string={"house": asked}).status_code == 404


def test_the_list_says_what_the_picture_says(house: House, client: FlaskClient) -> None:
    cast.sign_in(client, cast.ORN)
    text = client.get("/desk/registry/map").text
    drawn = re.findall(r'aria-label="หมู่ที่ (\d+): (\d+) ครัวเรือน กรณีที่ยังไม่ปิด (\d+)', text)
    assert ("2", "2", "2") in drawn
    for no, _houses, _cases in drawn:
        assert f'id="village-{no}"' in text


def test_no_other_host_without_the_setting(house: House, client: FlaskClient) -> None:
    cast.sign_in(client, cast.ORN)
    policy = client.get("/desk/registry/map").headers["Content-Security-Policy"]
    assert "img-src 'self' blob:;" in policy


def test_tiles_widen_the_policy_of_the_map_alone(
    house: House, app: Flask, settings: Settings
) -> None:
    given = settings.model_copy(update={"tiles": "https://tiles.example.go.th/{z}/{x}/{y}.png"})
    other = build(given)
    with other.test_client() as client:
        cast.sign_in(client, cast.ORN)
        policy = client.get("/desk/registry/map").headers["Content-Security-Policy"]
        assert "img-src 'self' blob: https://tiles.example.go.th;" in policy
        elsewhere = client.get("/desk/households").headers["Content-Security-Policy"]
        assert "tiles" not in elsewhere
        told = client.get("/desk/registry/map.json").get_json()["tiles"]
        assert told["address"].startswith("https://tiles.example.go.th/")


@pytest.mark.parametrize(
    "address",
    ["tiles", "https://a/b.png", "https://a b/{z}/{x}/{y}", "https://a;script-src/{z}/{x}/{y}",
     "javascript:{z}{x}{y}", "https://*/{z}/{x}/{y}"],
)  # fmt: skip
def test_an_address_that_is_none_stops_the_program(address: str) -> None:
    with pytest.raises(ValueError, match="WELFARE_TILES"):
        Settings(tiles=address)
