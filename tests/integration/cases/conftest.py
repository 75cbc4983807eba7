from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from sqlalchemy import event


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
