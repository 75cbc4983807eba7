"""Unit tests touch no database: trying to is a failure, not a slow success."""

import sqlite3
from typing import Any, NoReturn

import psycopg
import pytest


@pytest.fixture(autouse=True)
def no_database(monkeypatch: pytest.MonkeyPatch) -> None:
    """Refuse every connection to a database."""

    def refuse(*_args: Any, **_kwargs: Any) -> NoReturn:
        pytest.fail("a unit test opened a database: move it to tests/integration", pytrace=True)

    monkeypatch.setattr(sqlite3, "connect", refuse)
    monkeypatch.setattr(psycopg, "connect", refuse)
    monkeypatch.setattr(psycopg.Connection, "connect", refuse)
    monkeypatch.setattr("sqlalchemy.pool.base._ConnectionRecord.__init__", refuse)
