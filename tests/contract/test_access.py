"""Every route, by every role and by a stranger; a route that nobody classified fails."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests import cast
from tests.contract.access import EVERYBODY, STAFF, TABLE, Who
from tests.contract.conftest import Enter
from tests.contract.routes import Route, endpoints, routes
from tests.contract.town import VIEWERS, Town
from welfare.core.security.permissions import ROLE_PERMISSIONS, Role
from welfare.core.web import access


def test_every_route_is_classified(app: Flask) -> None:
    assert endpoints(app) - TABLE.keys() == set(), "say in tests/contract/access.py who may"


def test_no_route_of_the_table_is_gone(app: Flask) -> None:
    assert TABLE.keys() - endpoints(app) == set()


def test_every_view_says_of_itself_what_the_table_says(app: Flask) -> None:
    said = {name: _said(app, name) for name in endpoints(app)}
    assert {name: said[name] for name in said if said[name] != TABLE.get(name)} == {}


def _said(app: Flask, endpoint: str) -> Who | None:
    found = access.access_of(app, endpoint)
    if found is None:
        return None
    if found.everybody:
        return EVERYBODY
    return found.any_of or STAFF


@pytest.mark.parametrize("username", VIEWERS)
def test_a_role_reaches_what_the_table_says(
    app: Flask, town: Town, enter: Enter, username: str
) -> None:
    """Sent without a token, a form that its sender may send is refused as incomplete (400), one
    that they may not send as forbidden (403): nothing is changed by the visit."""
    assert wrong_answers(app, town, enter(username), VIEWERS[username]) == []


def test_a_stranger_is_sent_to_the_door(app: Flask, town: Town, client: FlaskClient) -> None:
    assert wrong_answers(app, town, client, None) == []


@pytest.mark.parametrize("username", [cast.WAN, None])
def test_the_visits_see_a_guard_that_is_gone(
    app: Flask, town: Town, enter: Enter, username: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: with the guard taken away, the same visits find fault."""
    client = enter(username)
    app.config["PROPAGATE_UNEXPECTED"] = False
    guards = app.before_request_funcs[None]
    open_door = [one for one in guards if one is not access.guard]
    assert len(open_door) == len(guards) - 1
    monkeypatch.setitem(app.before_request_funcs, None, open_door)
    try:
        assert len(wrong_answers(app, town, client, VIEWERS.get(username or ""))) > 15
    finally:
        app.config["PROPAGATE_UNEXPECTED"] = True


@pytest.mark.parametrize("username", [cast.WAN, cast.KAN, cast.MALEE, cast.AEK])
def test_a_right_token_opens_no_forbidden_form(
    app: Flask, town: Town, enter: Enter, username: str
) -> None:
    client = enter(username)
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', client.get("/account").text)
    assert found
    opened = []
    for route in routes(app, town):
        if route.method == "POST" and not _may(TABLE.get(route.endpoint), VIEWERS[username]):
            answer = client.post(route.path, data={"csrf_token": found[1]})
            if answer.status_code != 403:
                opened.append(f"{route}: {answer.status_code}")
    assert opened == []


def wrong_answers(app: Flask, town: Town, client: FlaskClient, role: Role | None) -> list[str]:
    """What does not answer as the table says."""
    wrong = []
    for route in routes(app, town):
        if route.endpoint == "accounts.sign_out":
            continue
        answer = client.open(route.path, method=route.method)
        to_door = answer.status_code == 302 and answer.location.startswith("/sign-in")
        who = TABLE.get(route.endpoint)
        if not _fits(route, who, role, answer.status_code, to_door):
            wrong.append(f"{route} as {role or 'a stranger'}: {answer.status_code}")
    return wrong


def _fits(route: Route, who: Who | None, role: Role | None, status: int, to_door: bool) -> bool:
    if not _may(who, role):
        return to_door if role is None else status == 403
    if route.method == "POST":
        return status == 400
    if who == EVERYBODY or route.endpoint in {"files.picture", "accounts.resume"}:
        return not to_door and status < 500 and status != 403
    return not to_door and status in {200, 302, 303, 404}


def _may(who: Who | None, role: Role | None) -> bool:
    if who == EVERYBODY:
        return True
    if who is None or role is None:
        return False
    return who == STAFF or bool(frozenset(who) & ROLE_PERMISSIONS[role])
