"""Applications and databases for tests. An `app` is always freshly migrated and empty.

Whatever uses `database` (so also `app`, `client`, `session`, `live_server`) runs twice: on SQLite
and on PostgreSQL.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event

from config import Settings
from tests import turns
from tests.databases import MIGRATED, Database, open_postgres, open_sqlite
from welfare.core import clock
from welfare.core.security import passwords
from welfare.core.security.crypto import KeyRing, use_keys
from welfare.core.storage.files import keep_files_in

# Slow machines are not wrong ones, and the same change gets the same verdict twice.
hypothesis.settings.register_profile(
    "welfare", deadline=None, derandomize="CI" in os.environ, print_blob=True
)
hypothesis.settings.load_profile("welfare")

KINDS = ("sqlite", "postgresql")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Say which tests come first when several processes share them."""
    turns.put_long_first(items)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> turns.Turns:
    """Say which tests stay together."""
    return turns.Turns(config, log)


@pytest.fixture(scope="session")
def run_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A directory shared by all processes of this run."""
    base = tmp_path_factory.getbasetemp()
    return base.parent if "PYTEST_XDIST_WORKER" in os.environ else base


@pytest.fixture(scope="session")
def data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data directory of every application of this process: where files are kept, and with
    which keys, is the same for the whole process."""
    return tmp_path_factory.mktemp("instance")


@pytest.fixture(scope="session")
def make_settings(data_dir: Path) -> Callable[..., Settings]:
    """Settings for tests: fixed keys, the data directory above, nothing from outside."""

    def make(**changes: Any) -> Settings:
        values: dict[str, Any] = {
            "env": "test",
            "secret_key": "test-secret-key-" + "s" * 32,
            "data_key": "test-data-key-" + "d" * 32,
            "demo_password": "demo-password-for-tests",
            "database_url": "",
            "data_dir": data_dir,
            "now": None,
        }
        return Settings(**(values | changes))

    return make


@dataclass
class Installation:
    """One application with its database, kept for as long as the process lives."""

    app: Flask
    database: Database
    data_dir: Path
    used: bool = False
    built: dict[str, Any] = field(default_factory=dict)
    """What was told of each state that is kept, by its name."""

    def fresh(self) -> Flask:
        """The application as after its first migration."""
        if self.used:
            self._put_back(MIGRATED)
        self.used = True
        return self.app

    def at(self, state: str, build: Callable[[], Any]) -> Any:
        """Put the application into a state that takes its time to build: built once, then kept.

        Returns what ``build`` returned, the same object every time.
        """
        if state in self.built:
            self._put_back(state)
        else:
            self.built[state] = build()
            release(self.app)
            self.database.keep(state)
            keep_files(self.data_dir, state)
        return self.built[state]

    def _put_back(self, state: str) -> None:
        release(self.app)
        self.database.reset(state)
        put_back_files(self.data_dir, state)
        self.app.extensions["municipality_words"].forget()
        _forget_lists()


def _forget_lists() -> None:
    from welfare.cases.queries import forget_kept

    forget_kept()


def release(app: Flask) -> None:
    """Close every database connection the application keeps."""
    with app.app_context():
        for engine in app.extensions["sqlalchemy"].engines.values():
            engine.dispose()


def keep_files(data_dir: Path, state: str) -> None:
    """Remember the uploads that stand in the data directory."""
    shutil.copytree(data_dir / "files", data_dir / f"files.{state}", dirs_exist_ok=True)


def put_back_files(data_dir: Path, state: str) -> None:
    """Remove the uploads that tests left in the data directory; bring back those of the state."""
    for path in (data_dir / "files").rglob("*"):
        if path.is_file():
            path.unlink()
    if (kept := data_dir / f"files.{state}").exists():
        shutil.copytree(kept, data_dir / "files", dirs_exist_ok=True)


@pytest.fixture(scope="session")
def installations() -> Iterator[dict[str, Installation]]:
    """Every application this process has made so far, by kind of database."""
    made: dict[str, Installation] = {}
    yield made
    for installation in made.values():
        release(installation.app)
        installation.database.close()


@pytest.fixture(params=KINDS)
def database(request: pytest.FixtureRequest) -> str:
    """The kind of database a test runs on: once on each."""
    kind: str = request.param
    return kind


@pytest.fixture
def installation(
    database: str,
    installations: dict[str, Installation],
    run_dir: Path,
    make_settings: Callable[..., Settings],
    data_dir: Path,
) -> Installation:
    """The application on this kind of database, as the last test of this process left it."""
    if database not in installations:
        worker = os.environ.get("PYTEST_XDIST_WORKER", "only")
        opened: Database
        if database == "sqlite":
            opened = open_sqlite(run_dir, data_dir, _migrator(make_settings))
        else:
            opened = open_postgres(run_dir, f"welfare_{worker}", _migrator(make_settings))
        settings = make_settings(database_url=opened.url)
        installations[database] = Installation(build(settings), opened, data_dir)
    return installations[database]


@pytest.fixture
def app(request: pytest.FixtureRequest, installation: Installation) -> Flask:
    """The application on an empty, migrated database. No context is pushed: a request, or
    `with app.app_context()`, opens its own."""
    _hold_to(installation.app.config["SETTINGS"])
    if "stage" in request.fixturenames and "stage" in installation.built:
        return installation.app  # `stage` puts it back, once is enough
    return installation.fresh()


def _hold_to(settings: Settings) -> None:
    """Keys, files and clock are the process's, and an application made meanwhile by a test has set
    its own: a server of `tests/load` would not know what is kept with those."""
    use_keys(KeyRing(settings.key("data_key")))
    keep_files_in(settings.data_path / "files")
    clock.freeze(settings.now)


def build(settings: Settings) -> Flask:
    """An application for tests: errors come through instead of becoming a page."""
    from welfare import create_app

    application = create_app(settings)
    application.testing = True
    application.config["PROPAGATE_UNEXPECTED"] = True
    with application.app_context():
        for engine in application.extensions["sqlalchemy"].engines.values():
            if engine.dialect.name == "sqlite":
                event.listen(engine, "connect", _careless)
    return application


def _careless(connection: Any, _record: object) -> None:
    """Nothing here must outlast a power cut (the servers that are killed in tests/load do wait)."""
    connection.execute("PRAGMA synchronous=OFF")


def _migrator(make_settings: Callable[..., Settings]) -> Callable[[str], None]:
    def migrate(url: str) -> None:
        from flask_migrate import upgrade

        application = build(make_settings(database_url=url))
        with application.app_context():
            upgrade()
        release(application)

    return migrate


@pytest.fixture
def settings(app: Flask) -> Settings:
    """The settings the application was made with."""
    made: Settings = app.config["SETTINGS"]
    return made


@pytest.fixture(scope="session", autouse=True)
def _quick_passwords() -> None:
    """Hash passwords at a thousandth of the price: thousands of tests sign somebody in. What the
    program itself asks for is looked at by `test_door`."""
    passwords._hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    passwords._stranger_hash = passwords._hasher.hash("nobody has this password")


@pytest.fixture(autouse=True)
def _running_clock() -> Iterator[None]:
    """However a test stopped the clock, it runs again for the next one (the servers of `tests/load`
    have clocks of their own, and end sessions that this one would think young)."""
    yield
    clock.freeze(None)


@pytest.fixture
def at() -> Callable[[str], None]:
    """Stop the application's clock: `at("2026-11-22T09:00:00+07:00")`; it runs again afterwards."""
    return lambda moment: clock.freeze(datetime.fromisoformat(moment))


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser without JavaScript, not signed in, that keeps its cookies."""
    return app.test_client()


@pytest.fixture
def session(app: Flask) -> Iterator[Any]:
    """A database session inside an application context, for queries and services; what the test
    does not commit is rolled back."""
    with app.app_context():
        database_session = app.extensions["sqlalchemy"].session
        yield database_session
        database_session.rollback()


Kept = Callable[[str, Callable[[], Any]], Any]


@pytest.fixture
def kept(app: Flask, installation: Installation) -> Kept:
    """`kept("a name", build)`: what a fixture builds, within a context of the application, is
    built once and put back for every later test; the name belongs to that fixture alone. The
    values that `build` returns must be plain: they outlive the session they were made in. What
    signs somebody in asks for such a fixture, so as to come after it: sessions go with the rest."""

    def at(state: str, build: Callable[[], Any]) -> Any:
        def inside() -> Any:
            with app.app_context():
                return build()

        return installation.at(state, inside)

    return at


@pytest.fixture
def stage(kept: Kept) -> None:
    """The made-up municipality with its staff (see `tests.cast`)."""
    from tests.cast import set_stage

    kept("stage", set_stage)
