"""The worker is killed (kill -9) in the middle of an import: nothing is half-applied, and the next
worker does it whole, once."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from config import Settings
from tests.integration.households.imports.conftest import Upload, press, state, work
from tests.pages import submit
from welfare.core.db import db
from welfare.households.models import (
    ChangeSet,
    Household,
    ImportRow,
    Membership,
    Person,
)
from welfare.households.queries.imports.pages import ImportFile

ROOT = Path(__file__).resolve().parents[4]
PATIENCE = 120

WORKER = """
import sys, time
from pathlib import Path
import importlib
module, place, flag = sys.argv[1:]
from config import Settings
from welfare import create_app
from welfare.households.services.imports import working
found = importlib.import_module(f"welfare.households.services.imports.{module}")
owner, _dot, name = place.rpartition(".")
holder = getattr(found, owner) if owner else found
real = getattr(holder, name)
def halfway(*args):
    result = real(*args)
    Path(flag).touch()
    time.sleep(600)
    return result
setattr(holder, name, halfway)
with create_app(Settings()).app_context():
    working.work_on_imports()
"""
"""Works until a step is done but not yet committed, says so, and waits to be killed."""


def kill_after(settings: Settings, flag: Path, module: str, place: str) -> None:
    """Let a worker of its own come as far as that step, then kill it."""
    environment = {
        "PATH": os.environ["PATH"],
        "LANG": "C.UTF-8",
        "PYTHONPATH": str(ROOT),
        "WELFARE_ENV": "test",
        "WELFARE_DATABASE_URL": settings.sqlalchemy_url,
        "WELFARE_DATA_DIR": str(settings.data_path),
        "WELFARE_SECRET_KEY": settings.secret_key,
        "WELFARE_DATA_KEY": settings.data_key,
    }
    log = flag.with_suffix(".log")
    with log.open("wb") as out:
        worker = subprocess.Popen(
            [sys.executable, "-c", WORKER, module, place, str(flag)],
            env=environment, cwd=ROOT, stdout=out, stderr=out,
        )  # fmt: skip
        deadline = time.monotonic() + PATIENCE
        while not flag.exists():
            if worker.poll() is not None or time.monotonic() > deadline:
                worker.kill()
                pytest.fail(log.read_text()[-2000:])
            time.sleep(0.05)
        worker.send_signal(signal.SIGKILL)
        assert worker.wait() == -signal.SIGKILL
    flag.unlink()


def count(app: Flask, *models: type) -> list[int]:
    with app.app_context():
        return [db.session.scalar(select(func.count()).select_from(model)) or 0 for model in models]


@pytest.mark.parametrize(
    ("module", "place"),
    [("composing", "Composing._add_people"), ("writing", "run"), ("applying", "write"),
     ("applying", "note_outcomes")],
)  # fmt: skip
def test_killed_while_it_is_applied(
    app: Flask, settings: Settings, upload: Upload, check: Callable[..., ImportFile],
    officer: FlaskClient, manager: FlaskClient, tmp_path: Path, module: str, place: str,
) -> None:  # fmt: skip
    number = upload()
    check(number)
    press(officer, number, "ask")
    press(manager, number, "approve")
    for _time in range(2):
        kill_after(settings, tmp_path / "flag", module, place)
        assert count(app, Person, Household, Membership, ChangeSet) == [0, 0, 0, 0]
        assert state(app, number).status == "applying"
    assert work(app, number).status == "applied"
    assert count(app, Person, Household, Membership, ChangeSet) == [3, 2, 3, 1]
    assert work(app, number).status == "applied"
    assert count(app, Person) == [3]


def test_killed_while_it_is_checked(
    app: Flask, settings: Settings, upload: Upload, officer: FlaskClient, tmp_path: Path
) -> None:
    number = upload()
    submit(officer, f"/desk/registry/imports/{number}/columns", having="village_no")
    kill_after(settings, tmp_path / "flag", "checking", "_store")
    assert count(app, ImportRow) == [0]
    assert state(app, number).status == "checking"
    assert work(app, number).counts == {"new": 3}
    assert count(app, ImportRow) == [3]


def test_what_kills_the_worker_every_time_is_given_up(
    app: Flask, settings: Settings, upload: Upload, officer: FlaskClient, tmp_path: Path
) -> None:
    number = upload()
    submit(officer, f"/desk/registry/imports/{number}/columns", having="village_no")
    for _time in range(3):
        kill_after(settings, tmp_path / "flag", "checking", "_store")
    file = work(app, number)
    assert (file.status, file.fault) == ("failed", "stopped")
    press(officer, number, "check")
    assert work(app, number).status == "checked"
