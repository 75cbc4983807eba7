"""An error's page: in the reader's language, and staff keep their own page around it."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests import cast
from welfare.core.web.bare import bare_page


@pytest.mark.parametrize(
    ("who", "address", "shown"),
    [
        (cast.ORN, "/desk/people/P-999999-9", 'id="search"'),
        (cast.ORN, "/desk/nothing", 'id="search"'),
        (cast.KAN, "/field/nothing", 'class="desk field-page"'),
    ],
)
def test_staff_keep_their_page(
    stage: None, client: FlaskClient, who: str, address: str, shown: str
) -> None:
    cast.sign_in(client, who)
    answer = client.get(address, headers={"Referer": "http://localhost/desk/cases"})
    assert answer.status_code == 404
    assert shown in answer.text
    assert 'href="http://localhost/desk/cases"' in answer.text


def test_nobody_is_shown_the_desk(client: FlaskClient) -> None:
    answer = client.get("/nothing")
    assert answer.status_code == 404
    assert 'class="public"' in answer.text
    assert 'id="search"' not in answer.text


def test_an_address_that_is_too_long(client: FlaskClient) -> None:
    answer = client.get(f"/?q={'a' * 8000}")
    assert answer.status_code == 414
    assert "ที่อยู่เว็บยาวเกินไป" in answer.text


@pytest.mark.parametrize("status", [400, 408, 414, 431, 500])
def test_what_the_server_turns_away_is_told_in_both_languages(app: Flask, status: int) -> None:
    page = bare_page(app, status)
    assert 'lang="th"' in page
    assert 'lang="en"' in page
    assert page.count("<h1>") == 2
    thai = page.split("<h1>")[1]
    assert any("\u0e00" <= letter <= "\u0e7f" for letter in thai)
