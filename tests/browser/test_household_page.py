"""The household page and the map on the screen: readable by everybody, map by keyboard too."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from tests import cast
from tests.browser.conftest import DESK, PHONE
from tests.browser.office import sign_in
from welfare.households.kinds import Relation

Visit = Callable[..., Any]


@pytest.fixture
def number(app: Flask, stage: None) -> str:
    """A house with a place, two people and an open case; a neighbour."""
    with app.app_context():
        home = cast.household(lat=18.65, lng=99.04)
        found, home_id = home.number, home.id
        cast.person(home)
        made = cast.person(first_name="แก้ว")
        cast.registry.add_member(
            actor=cast.viewer(cast.ORN), household_number=found, person_number=made.number,
            relation=Relation.CHILD,
        )  # fmt: skip
        cast.case(household_id=home_id)
        cast.household(house_no="13", lat=18.651, lng=99.041)
    return found


@pytest.mark.parametrize("size", [PHONE, DESK])
def test_pages_are_for_everybody(
    visit: Visit, number: str, violations: Callable[[Page], list[str]], size: tuple[int, int]
) -> None:
    visitor = visit(size)
    page = visitor.open("/sign-in")
    sign_in(page, cast.ORN)
    for path in (
        f"/desk/households/{number}", f"/desk/households/{number}/history",
        "/desk/registry/map", f"/desk/registry/map?house={number}",
    ):  # fmt: skip
        page.goto(visitor.address + path)
        if "map" in path:
            page.wait_for_selector(".map-stage .leaflet-marker-icon")
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= size[0]


def test_the_map_by_keyboard(visit: Visit, number: str) -> None:
    visitor = visit(DESK)
    page = visitor.open("/sign-in")
    sign_in(page, cast.ORN)
    page.goto(f"{visitor.address}/desk/registry/map")
    page.locator(".map-stage .leaflet-marker-icon").first.focus()
    page.keyboard.press("Enter")
    link = page.locator(".leaflet-popup a[href^='/desk/cases']")
    expect(link).to_be_visible()
    link.click()
    page.wait_for_url("**/desk/cases?village=2")


def test_without_script_the_map_is_drawn(visit: Visit, number: str) -> None:
    visitor = visit(PHONE, javascript=False)
    page = visitor.open("/sign-in")
    sign_in(page, cast.ORN)
    page.goto(f"{visitor.address}/desk/registry/map")
    expect(page.locator("svg.map-picture")).to_be_visible()
    page.goto(f"{visitor.address}/desk/registry/map?house={number}")
    expect(page.locator("svg.map-picture a")).to_have_count(1)
