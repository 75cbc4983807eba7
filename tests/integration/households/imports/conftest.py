"""An import at each step, on the stage of `tests.cast`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests import cast
from tests.integration.households.imports.lists import HEADERS, row, workbook
from tests.pages import submit
from welfare.households.queries.imports.pages import ImportFile, import_file
from welfare.households.services.imports.working import PROGRAM, work_on_imports

Upload = Callable[..., str]


@pytest.fixture
def officer(app: Flask, stage: None) -> FlaskClient:
    """orn, who prepares."""
    return cast.sign_in(app.test_client(), cast.ORN)


@pytest.fixture
def manager(app: Flask, stage: None) -> FlaskClient:
    """malee, who approves."""
    return cast.sign_in(app.test_client(), cast.MALEE)


@pytest.fixture
def upload(officer: FlaskClient, tmp_path: Path) -> Upload:
    """Hand a list in on the page; the number of the import."""

    def hand_in(
        rows: Any = None, *, client: FlaskClient = officer, path: Path | None = None
    ) -> str:
        content = rows if rows is not None else [HEADERS, *usual_rows()]
        file = path or workbook(tmp_path / "list.xlsx", ("Sheet1", content))
        with file.open("rb") as stream:
            answer = submit(
                client, "/desk/registry/imports", {"file": (stream, file.name)},
                having="one_time_key",
            )  # fmt: skip
        assert answer.status_code == 303, answer.text
        return str(answer.location.split("/")[-2])

    return hand_in


def usual_rows() -> list[list[Any]]:
    """Two people of one house, one of another."""
    return [
        row(1, "คำ", "ใจดี", "12/1", 2, relation="เจ้าบ้าน", color="แดง"),
        row(2, "สม", "ใจดี", "12/1", 2, title="นาย", relation="บุตร", phone="812345678"),
        row(3, "แก้ว", "ดอยงาม", "๙๙/๑ ม.๓", ""),
    ]


@pytest.fixture
def check(app: Flask, officer: FlaskClient) -> Callable[..., ImportFile]:
    """Accept the guessed columns and let the worker check; the import."""

    def settle(number: str, client: FlaskClient = officer, **changes: Any) -> ImportFile:
        answer = submit(
            client, f"/desk/registry/imports/{number}/columns", changes, having="village_no"
        )
        assert answer.status_code == 303, answer.text
        return work(app, number)

    return settle


def work(app: Flask, number: str) -> ImportFile:
    """Let the worker do what waits; the import afterwards."""
    with app.app_context():
        work_on_imports()
        return import_file(number, viewer=PROGRAM)


def state(app: Flask, number: str) -> ImportFile:
    """The import as it stands."""
    with app.app_context():
        return import_file(number, viewer=PROGRAM)


def press(client: FlaskClient, number: str, step: str, **values: Any) -> Any:
    """Press the button of a step on the page of the import."""
    address = f"/desk/registry/imports/{number}"
    return submit(client, address, values, action=f"{number}/{step}")


@pytest.fixture
def applied(
    app: Flask, upload: Upload, check: Callable[..., ImportFile], officer: FlaskClient,
    manager: FlaskClient,
) -> Callable[..., str]:  # fmt: skip
    """A list all the way into the registry; the number of the import."""

    def bring_in(rows: Any = None) -> str:
        number = upload(rows)
        check(number)
        assert press(officer, number, "ask").status_code == 303
        assert press(manager, number, "approve").status_code == 303
        assert work(app, number).status == "applied"
        return number

    return bring_in
