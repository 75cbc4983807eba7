"""One's own desk, by role."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event

from tests import cast
from welfare.accounts.models import UserRole
from welfare.core.db import db
from welfare.core.security.permissions import Role
from welfare.home.desk import desk_of

pytestmark = pytest.mark.usefixtures("stage")


def test_the_officer_sees_what_waits_and_where_it_leads(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        references = [cast.complaint().reference for _ in range(7)]
        cast.case()
    page = cast.sign_in(client, cast.ORN).get("/desk").text
    assert sum(reference in page for reference in references) == 5
    for address in ("/desk/complaints", "/desk/dispatch", "/desk/dispatch?show=declined"):
        assert f'href="{address}"' in page


def test_numbers_are_those_of_the_lists(app: Flask) -> None:
    with app.app_context():
        for _ in range(3):
            cast.complaint()
        cast.case()
        cast.case()
        desk = desk_of(cast.viewer(cast.ORN))
        assert desk.waiting is not None and desk.board is not None and desk.tally is not None
        assert desk.waiting.unread == 3
        assert desk.board.counts.all == 2
        assert desk.tally.open == 2
        assert desk.field is None and desk.health is None and desk.filings is None


@pytest.mark.parametrize(
    ("who", "parts"),
    [
        (cast.ORN, {"waiting", "board", "tally"}),
        (cast.KAN, {"field"}),
        (cast.MALEE, {"waiting", "board", "tally"}),
        (cast.WAN, {"filings"}),
        (cast.ANAN, {"health"}),
        (cast.AEK, set()),
    ],
)
def test_each_role_has_its_own_parts(app: Flask, who: str, parts: set[str]) -> None:
    with app.app_context():
        desk = desk_of(cast.viewer(who))
        names = ("waiting", "board", "tally", "field", "filings", "health")
        assert {name for name in names if getattr(desk, name) is not None} == parts


def test_who_is_everything_sees_six_desks_in_twelve_statements(
    app: Flask, client: FlaskClient
) -> None:
    with app.app_context():
        person = cast.viewer(cast.ORN)
        others = [role for role in Role if role is not Role.OFFICER]
        db.session.add_all(UserRole(user_id=person.user_id, role=role) for role in others)
        db.session.commit()
        for _ in range(8):
            cast.complaint()
    cast.sign_in(client, cast.ORN)
    client.get("/desk")
    statements: list[str] = []

    def note(_c: object, _cu: object, statement: str, *_rest: object) -> None:
        if not statement.startswith(("BEGIN", "SAVEPOINT", "PRAGMA")):
            statements.append(statement)

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        assert client.get("/desk").status_code == 200
    finally:
        event.remove(engine, "before_cursor_execute", note)
    assert len(statements) <= 12, "\n\n".join(statements)


@pytest.mark.parametrize("who", list(cast.STAFF))
def test_an_empty_desk_is_a_page_too(client: FlaskClient, who: str) -> None:
    assert cast.sign_in(client, who).get("/desk").status_code == 200
