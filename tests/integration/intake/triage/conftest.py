from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, select

from tests import cast
from welfare.core.db import db
from welfare.intake.models import Complaint


@pytest.fixture
def statements(app: Flask) -> Iterator[Callable[[], list[str]]]:
    """Call it for the SQL that ran since the last call (without BEGIN and COMMIT)."""
    with app.app_context():
        engine = app.extensions["sqlalchemy"].engine
    ran: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if not statement.startswith("BEGIN"):
            ran.append(statement)

    def taken() -> list[str]:
        found = list(ran)
        ran.clear()
        return found

    event.listen(engine, "before_cursor_execute", note)
    yield taken
    event.remove(engine, "before_cursor_execute", note)


@pytest.fixture
def reference(app: Flask, stage: None) -> str:
    """A complaint that waits to be decided."""
    with app.app_context():
        return cast.complaint().reference


@pytest.fixture
def officer(client: FlaskClient, stage: None) -> FlaskClient:
    """A browser in which the officer is signed in."""
    return cast.sign_in(client, cast.ORN)


def kept(reference: str) -> Complaint:
    """The complaint as it stands now; needs an application context."""
    db.session.rollback()
    return db.session.scalars(select(Complaint).where(Complaint.reference == reference)).one()
