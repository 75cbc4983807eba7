"""The town, people before it, and all the pages they are shown."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event

from tests import cast
from tests.conftest import Installation
from tests.contract.reading import Walk, everything
from tests.contract.rows import changed, fingerprint
from tests.contract.town import NOI, PIM, VIEWERS, Town, build
from welfare.core.db import db

if TYPE_CHECKING:
    from tests.contract.forms import Offered


@pytest.fixture
def town(app: Flask, installation: Installation) -> Town:
    """One thing of each kind (see `tests.contract.town`)."""
    made: Town = installation.at("town", lambda: build(app))
    return replace(made)


Enter = Callable[[str | None], FlaskClient]


@pytest.fixture
def enter(app: Flask) -> Enter:
    """A browser, signed in as one of the staff or (None) a stranger's."""

    def make(username: str | None) -> FlaskClient:
        client = app.test_client()
        return cast.sign_in(client, username) if username else client

    return make


@pytest.fixture
def offered(app: Flask, town: Town, enter: Enter, installation: Installation) -> "Offered":
    """The forms that everybody is offered in the town, with everybody signed in."""
    from tests.contract.forms import Offered

    made: Offered = installation.at("offered", lambda: Offered.to(app, town, enter))
    made.cookies_back()
    return made


@contextmanager
def counted(app: Flask) -> Iterator[list[str]]:
    """The SQL that runs meanwhile, without what begins and ends transactions."""
    with app.app_context():
        engine = app.extensions["sqlalchemy"].engine
    ran: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if not statement.startswith(("BEGIN", "COMMIT", "ROLLBACK", "PRAGMA")):
            ran.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield ran
    finally:
        event.remove(engine, "before_cursor_execute", note)


@dataclass
class Shown:
    """What everybody in the town is shown when they open everything."""

    town: Town
    walks: dict[str, Walk] = field(default_factory=dict)
    """By user name; "" is a stranger, "follower" a citizen who follows a request,
    "orn in English" says itself."""
    written: dict[str, dict[str, tuple[str, str]]] = field(default_factory=dict)
    """What the GETs of each wrote: nothing, we hope."""
    typed: str = ""
    """All that people of the town typed or are called."""

    def pages(self) -> dict[str, str]:
        """Every page of everybody, by who and address."""
        return {
            f"{who or 'stranger'} {path}": html
            for who, walk in self.walks.items()
            for path, html in walk.html.items()
        }


_shown: dict[str, Shown | Exception] = {}


@pytest.fixture
def shown(request: pytest.FixtureRequest, database: str) -> Shown:
    """All pages of everybody, opened once a process and kind of database: those whose forms are
    tried have opened theirs for `offered`, which is taken over."""
    if database not in _shown:
        app, enter = request.getfixturevalue("app"), request.getfixturevalue("enter")
        try:
            _shown[database] = _open_all(app, request.getfixturevalue("offered"), enter)
        except Exception as error:
            _shown[database] = error
    found = _shown[database]
    if isinstance(found, Exception):
        raise found
    return found


def _open_all(app: Flask, offered: "Offered", enter: Enter) -> Shown:
    seen = Shown(offered.town, dict(offered.walks), dict(offered.written), typed=_typed(app))
    for username in (*VIEWERS, cast.TON, NOI, PIM):
        if username not in seen.walks:
            _open(app, seen, username, enter(username))
    english = enter(cast.ORN)
    english.get("/?lang=en")
    _open(app, seen, "orn in English", english)
    return seen


def _open(app: Flask, seen: Shown, name: str, client: FlaskClient) -> None:
    seen.walks[name], seen.written[name] = opened(app, client, seen.town)


def opened(app: Flask, client: FlaskClient, town: Town) -> tuple[Walk, dict[str, tuple[str, str]]]:
    """All that somebody is shown, and what showing it wrote."""
    before = fingerprint(app)
    found = everything(app, client, town)
    return found, changed(before, fingerprint(app))


PROGRAMS_OWN = frozenset({"categories", "office_closures", "closures"})
"""Tables of lists that have words of their own in both languages."""


def _typed(app: Flask) -> str:
    with app.app_context():
        found = [
            value
            for name in db.metadata.tables.keys() - PROGRAMS_OWN
            for row in db.session.execute(db.metadata.tables[name].select())
            for value in row
            if isinstance(value, str)
        ]
        db.session.rollback()
    return "\n".join(found)


def follower(app: Flask, town: Town) -> FlaskClient:
    """A citizen's browser that opened a request by its number and secret."""
    from tests.pages import submit

    client = app.test_client()
    answer = submit(client, "/requests/track", {"reference": town.complaint, "secret": town.secret})
    assert answer.status_code == 303, answer.text
    return client
