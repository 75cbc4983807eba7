"""Staff accounts by their pages: who may, what holds at once, what nobody may."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests import cast
from tests.pages import form_in, submit
from welfare.accounts import services
from welfare.accounts.facts import AccountFacts
from welfare.core.errors import Forbidden, Refused, StaleRecord
from welfare.core.security.permissions import Permission, Role

pytestmark = pytest.mark.usefixtures("stage")

FACTS = AccountFacts("นางสาวใหม่ มาดี", "นักพัฒนาชุมชน", frozenset({Role.OFFICER}))


@pytest.fixture
def admin(client: FlaskClient) -> FlaskClient:
    return cast.sign_in(client, cast.ANAN)


def _password_on(page: str) -> str:
    return page.split('data-copy="')[1].split('"')[0]


def _form(admin: FlaskClient, username: str) -> dict[str, object]:
    page = admin.get(f"/admin/accounts/{username}").text
    return dict(form_in(page, having="display_name").fields)


def test_a_new_account_gets_a_password_once_and_must_change_it(
    app: Flask, admin: FlaskClient
) -> None:
    answer = submit(
        admin,
        "/admin/accounts/new",
        {"username": "Mai", "display_name": "นางสาวใหม่ มาดี", "roles": ["officer", "manager"]},
    )
    assert answer.status_code == 200
    password = _password_on(answer.text)
    newcomer = app.test_client()
    submit(newcomer, "/sign-in", {"username": "mai", "password": password})
    assert newcomer.get("/desk/cases").location == "/account"
    with app.app_context():
        assert cast.viewer("mai").roles == {Role.OFFICER, Role.MANAGER}


def test_the_same_form_sent_twice_makes_one_account_and_shows_the_same(admin: FlaskClient) -> None:
    page = admin.get("/admin/accounts/new").text
    fields = form_in(page, having="username").fields | {
        "username": "mai",
        "display_name": "ใหม่",
        "roles": ["officer"],
    }
    first, second = (admin.post("/admin/accounts/new", data=fields) for _ in range(2))
    assert first.status_code == second.status_code == 200
    assert _password_on(first.text) == _password_on(second.text)


def test_a_taken_name_keeps_what_was_typed(admin: FlaskClient) -> None:
    answer = submit(
        admin,
        "/admin/accounts/new",
        {"username": cast.ORN, "display_name": "ชื่อที่พิมพ์ไว้", "roles": ["officer"]},
    )
    assert answer.status_code == 422
    assert "ชื่อที่พิมพ์ไว้" in answer.text


def test_another_role_holds_from_the_next_click(app: Flask, admin: FlaskClient) -> None:
    worker = cast.sign_in(app.test_client(), cast.KAN)
    assert worker.get("/desk/reports").status_code == 403
    fields = _form(admin, cast.KAN) | {"roles": ["caseworker", "manager"]}
    assert admin.post(f"/admin/accounts/{cast.KAN}", data=fields).status_code == 303
    assert worker.get("/desk/reports").status_code == 200


def test_who_may_no_longer_sign_in_is_out_at_once(app: Flask, admin: FlaskClient) -> None:
    officer = cast.sign_in(app.test_client(), cast.ORN)
    fields = _form(admin, cast.ORN)
    del fields["active"]
    assert admin.post(f"/admin/accounts/{cast.ORN}", data=fields).status_code == 303
    assert "/sign-in" in officer.get("/desk").location
    again = submit(officer, "/sign-in", {"username": cast.ORN, "password": cast.PASSWORD})
    assert again.status_code == 401


@pytest.mark.parametrize("change", [{"roles": ["officer"]}, {"active": None}])
def test_the_last_administrator_stays(
    app: Flask, admin: FlaskClient, change: dict[str, object]
) -> None:
    fields = _form(admin, cast.ANAN)
    for name, value in change.items():
        fields.pop(name)
        if value is not None:
            fields[name] = value
    assert admin.post(f"/admin/accounts/{cast.ANAN}", data=fields).status_code == 422
    with app.app_context():
        assert Role.ADMIN in cast.viewer(cast.ANAN).roles


def test_a_second_administrator_lets_the_first_go(app: Flask, admin: FlaskClient) -> None:
    admin.post(
        f"/admin/accounts/{cast.MALEE}",
        data=_form(admin, cast.MALEE) | {"roles": ["manager", "admin"]},
    )
    answer = admin.post(
        f"/admin/accounts/{cast.ANAN}", data=_form(admin, cast.ANAN) | {"roles": ["officer"]}
    )
    assert answer.location == "/desk"
    assert admin.get("/admin/accounts").status_code == 403


def test_a_stale_save_overwrites_nothing(app: Flask, admin: FlaskClient) -> None:
    stale = _form(admin, cast.KAN)
    first = admin.post(
        f"/admin/accounts/{cast.KAN}", data=stale | {"roles": ["caseworker", "officer"]}
    )
    assert first.status_code == 303
    second = admin.post(f"/admin/accounts/{cast.KAN}", data=stale | {"position": "ตำแหน่งอื่น"})
    assert second.status_code == 409
    assert "ตำแหน่งอื่น" in second.text
    with app.app_context():
        assert cast.viewer(cast.KAN).roles == {Role.CASEWORKER, Role.OFFICER}


def test_a_new_password_ends_all_sessions(app: Flask, admin: FlaskClient) -> None:
    worker = cast.sign_in(app.test_client(), cast.KAN)
    answer = submit(
        admin,
        f"/admin/accounts/{cast.KAN}",
        action="/password",
        having="one_time_key",
    )
    password = _password_on(answer.text)
    assert "/sign-in" in worker.get("/desk").location
    assert submit(worker, "/sign-in", {"username": cast.KAN, "password": password}).location
    assert worker.get("/desk").location == "/account"


def test_signing_somebody_out_everywhere(app: Flask, admin: FlaskClient) -> None:
    worker = cast.sign_in(app.test_client(), cast.KAN)
    page = f"/admin/accounts/{cast.KAN}"
    submit(admin, page, action=f"{page}/sign-out", having="csrf_token")
    assert "/sign-in" in worker.get("/desk").location


def test_a_right_by_name_needs_a_reason_and_is_logged(app: Flask, admin: FlaskClient) -> None:
    page = f"/admin/accounts/{cast.MALEE}"
    assert submit(admin, page, {"reason": " "}).status_code == 400
    assert submit(admin, page, {"reason": "กองมีสองคน"}).status_code == 303
    with app.app_context():
        assert cast.viewer(cast.MALEE).can(Permission.APPROVE_OWN)
    assert "กองมีสองคน" in admin.get("/admin/audit?action=user.right_given").text
    submit(admin, page, having="csrf_token", action="/remove")
    with app.app_context():
        assert not cast.viewer(cast.MALEE).can(Permission.APPROVE_OWN)


def test_nobody_gives_a_right_to_themselves(app: Flask) -> None:
    with app.app_context():
        actor = cast.viewer(cast.ANAN)
        with pytest.raises(Refused):
            services.give_right(
                actor=actor, username=cast.ANAN, permission=Permission.APPROVE_OWN, reason="x"
            )
        with pytest.raises(Forbidden):
            services.give_right(
                actor=actor, username=cast.KAN, permission=Permission.VIEW_RESTRICTED, reason="x"
            )


@pytest.mark.parametrize("who", [cast.ORN, cast.KAN, cast.MALEE, cast.AEK, cast.WAN])
def test_others_may_do_nothing_to_accounts(app: Flask, client: FlaskClient, who: str) -> None:
    cast.sign_in(client, who)
    for address in ("accounts", "accounts/new", "accounts/kan", "categories", "closures",
                    "villages", "municipality", "operations"):  # fmt: skip
        assert client.get(f"/admin/{address}").status_code == 403
    with app.app_context():
        actor = cast.viewer(who)
        kan = cast.KAN
        attempts: list[Callable[[], object]] = [
            lambda: services.open_account(
                actor=actor, username="mai", facts=FACTS, password="0123456789"
            ),
            lambda: services.edit_account(actor=actor, username=kan, version=1, facts=FACTS),
            lambda: services.give_password(actor=actor, username=kan, password="0123456789"),
            lambda: services.end_all_sessions(actor=actor, username=kan),
            lambda: services.give_right(
                actor=actor, username=kan, permission=Permission.APPROVE_OWN, reason="x"
            ),
            lambda: services.take_right_back(
                actor=actor, username=kan, permission=Permission.APPROVE_OWN
            ),
        ]
        for attempt in attempts:
            with pytest.raises(Forbidden):
                attempt()


def test_a_service_refuses_a_version_that_is_gone(app: Flask) -> None:
    with app.app_context(), pytest.raises(StaleRecord):
        services.edit_account(
            actor=cast.viewer(cast.ANAN), username=cast.KAN, version=99, facts=FACTS
        )
