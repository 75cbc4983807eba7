"""The door: who comes in, what stays outside, what ends a session."""

import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from config import Settings
from tests import cast
from tests.pages import submit
from welfare.accounts import services
from welfare.accounts.models import StaffSession, User
from welfare.core import clock
from welfare.core.db import db
from welfare.core.security import passwords, throttle
from welfare.core.security.permissions import SYSTEM

pytestmark = pytest.mark.usefixtures("stage")

MORNING = "2026-11-23T09:00:00+07:00"


def _try(client: FlaskClient, username: str, password: str = "not this one") -> int:
    return submit(client, "/sign-in", {"username": username, "password": password}).status_code


def test_a_wrong_password_and_an_unknown_name_answer_alike(client: FlaskClient) -> None:
    wrong = submit(client, "/sign-in", {"username": cast.ORN, "password": "not this one"})
    unknown = submit(client, "/sign-in", {"username": "nobody", "password": "not this one"})
    assert wrong.status_code == unknown.status_code == 401
    assert _without_names(wrong.text) == _without_names(unknown.text)


def _without_names(page: str) -> list[str]:
    varying = ("csrf_token", "nonce", 'name="username"')
    return [line for line in page.splitlines() if not any(word in line for word in varying)]


def test_a_guess_costs_what_owasp_asks() -> None:
    """The tests hash for less; what the program starts with is what stands in its module."""
    fresh = "from welfare.core.security.passwords import hash_password as h; print(h('a word'))"
    made = subprocess.run([sys.executable, "-c", fresh], capture_output=True, text=True, check=True)
    assert made.stdout.startswith("$argon2id$v=19$m=19456,t=2,p=1$")


@pytest.mark.parametrize("username", [cast.ORN, "nobody", "off"])
def test_every_refusal_reckons_one_hash(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch, username: str
) -> None:
    with app.app_context():
        _disable(cast.TON)
    reckoned = []
    real = passwords._hasher

    class Counting:
        def verify(self, hashed: str, password: str) -> bool:
            reckoned.append(hashed)
            return real.verify(hashed, password)

    monkeypatch.setattr(passwords, "_hasher", Counting())
    assert _try(client, cast.TON if username == "off" else username) == 401
    assert len(reckoned) == 1


def _disable(username: str) -> None:
    user = db.session.scalar(select(User).where(User.username == username))
    assert user is not None
    user.active = False
    db.session.commit()


def test_a_disabled_account_stays_outside(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        _disable(cast.ORN)
    assert _try(client, cast.ORN, cast.PASSWORD) == 401


def test_ten_wrong_tries_close_the_door_even_for_the_right_password(
    client: FlaskClient, at: Callable[[str], None]
) -> None:
    at(MORNING)
    assert {_try(client, cast.ORN) for _ in range(throttle.SIGN_IN_ACCOUNT.tries)} == {401}
    answer = submit(client, "/sign-in", {"username": cast.ORN, "password": cast.PASSWORD})
    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) > 0
    at("2026-11-23T09:15:01+07:00")
    assert _try(client, cast.ORN, cast.PASSWORD) == 302


def test_unknown_names_are_throttled_too(client: FlaskClient, at: Callable[[str], None]) -> None:
    at(MORNING)
    tries = [_try(client, "nobody") for _ in range(throttle.SIGN_IN_ACCOUNT.tries + 1)]
    assert tries[-1] == 429


def test_a_session_that_lies_idle_ends(
    client: FlaskClient, at: Callable[[str], None], settings: Settings
) -> None:
    at(MORNING)
    cast.sign_in(client, cast.ORN)
    idle = timedelta(minutes=settings.session_idle_minutes)
    clock.freeze(clock.now() + idle - timedelta(minutes=1))
    assert client.get("/desk").status_code == 200
    clock.freeze(clock.now() + idle - timedelta(minutes=1))
    assert client.get("/desk").status_code == 200
    clock.freeze(clock.now() + idle + timedelta(minutes=1))
    assert "/sign-in" in client.get("/desk").location


def test_no_session_outlives_its_day(
    client: FlaskClient, at: Callable[[str], None], settings: Settings
) -> None:
    at(MORNING)
    cast.sign_in(client, cast.ORN)
    end = clock.now() + timedelta(hours=settings.session_hours)
    step = timedelta(minutes=settings.session_idle_minutes) / 2
    while clock.now() + step < end:
        clock.freeze(clock.now() + step)
        assert client.get("/account").status_code == 200
    clock.freeze(end + timedelta(seconds=1))
    assert "/sign-in" in client.get("/account").location


@pytest.mark.parametrize(
    "asked",
    [
        "https://elsewhere.example/",
        "//elsewhere.example/",
        "/\\elsewhere.example",
        "/\t/elsewhere.example",
        "\\\\elsewhere.example",
        "javascript:alert(1)",
        "/%0d%0aLocation: https://elsewhere.example",
        "elsewhere.example",
    ],
)
def test_nobody_is_led_elsewhere(client: FlaskClient, asked: str) -> None:
    page = client.get("/sign-in", query_string={"next": asked})
    answer = submit(client, page, {"username": cast.ORN, "password": cast.PASSWORD})
    assert answer.status_code == 302
    host = answer.location.removeprefix("http://localhost")
    assert host.startswith("/")
    assert not host.startswith(("//", "/\\", "/\t"))
    assert "\n" not in answer.location


def test_one_goes_on_where_one_was(client: FlaskClient) -> None:
    page = client.get("/desk/cases?status=open", follow_redirects=True)
    answer = submit(client, page, {"username": cast.ORN, "password": cast.PASSWORD})
    assert answer.location == "/desk/cases?status=open"


def test_signing_in_makes_a_new_session(app: Flask, client: FlaskClient) -> None:
    client.get("/sign-in?lang=en")
    before = client.get_cookie("welfare")
    cast.sign_in(client, cast.ORN)
    first = client.get_cookie("welfare")
    assert before and first and before.value != first.value
    stolen = app.test_client()
    stolen.set_cookie("welfare", before.value)
    assert "/sign-in" in stolen.get("/desk").location
    submit(client, "/desk", having="csrf_token", action="/sign-out")
    cast.sign_in(client, cast.ORN)
    with app.app_context():
        tokens = set(db.session.scalars(select(StaffSession.token_hash)))
    assert len(tokens) == 2


def test_a_signed_out_cookie_opens_nothing(app: Flask, client: FlaskClient) -> None:
    cast.sign_in(client, cast.ORN)
    kept = client.get_cookie("welfare")
    assert kept is not None
    submit(client, "/desk", having="csrf_token", action="/sign-out")
    thief = app.test_client()
    thief.set_cookie("welfare", kept.value)
    assert "/sign-in" in thief.get("/desk").location


def test_a_password_set_by_others_ends_every_session(app: Flask, client: FlaskClient) -> None:
    cast.sign_in(client, cast.ORN)
    with app.app_context():
        services.set_password(actor=SYSTEM, username=cast.ORN, password="quite another one")
        db.session.commit()
    assert "/sign-in" in client.get("/desk").location


def test_one_ends_only_ones_own_sessions(app: Flask, client: FlaskClient) -> None:
    other = cast.sign_in(app.test_client(), cast.KAN)
    with app.app_context():
        theirs = db.session.scalar(select(StaffSession.public_id))
    cast.sign_in(client, cast.ORN)
    token = client.get("/account").text.split('name="csrf_token"')[1].split('value="')[1]
    answer = client.post(
        f"/account/sessions/{theirs}/end", data={"csrf_token": token.split('"')[0]}
    )
    assert answer.status_code == 404
    assert other.get("/desk").status_code == 200


def test_the_cookie_is_for_this_site_and_no_script(client: FlaskClient) -> None:
    answer = submit(client, "/sign-in", {"username": cast.ORN, "password": cast.PASSWORD})
    cookie = next(c for c in answer.headers.getlist("Set-Cookie") if c.startswith("welfare="))
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
