"""Migrations of a database that is in use, down and up: nothing is lost, no reference dangles."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from flask_migrate import downgrade, upgrade
from sqlalchemy import func, select, text

from config import Settings
from tests import cast
from welfare import create_app
from welfare.cases.models import Case
from welfare.core import clock
from welfare.core.db import db
from welfare.dispatch.services import accept_case, offer_case, plan_visit
from welfare.households.models import Household, Person

BEFORE_REGISTRY = "0006"


def _counts() -> list[int]:
    counted = [db.session.scalar(select(func.count()).select_from(m)) for m in _MODELS]
    visits = db.session.scalar(text("SELECT count(*) FROM visits"))
    db.session.rollback()
    return [int(number or 0) for number in (*counted, visits)]


_MODELS = (Person, Household, Case)


def test_down_and_up_again_with_rows_that_lean_on_each_other(tmp_path: Path) -> None:
    settings = Settings(env="test", data_dir=tmp_path, database_url="")
    with create_app(settings).app_context():
        upgrade()
        cast.set_stage()
        home = cast.household()
        person = cast.person(home)
        number = cast.case(household_id=home.id, person_id=person.id)
        kan = cast.viewer(cast.KAN)
        offer_case(actor=cast.viewer(cast.ORN), number=number, worker_id=kan.user_id)
        accept_case(actor=kan, number=number)
        day = clock.today() + timedelta(days=1)
        plan_visit(actor=kan, number=number, planned_on=day)
        db.session.commit()
        before = _counts()
        assert all(before)
        downgrade(revision=BEFORE_REGISTRY)
        upgrade()
        assert _counts() == before
        db.session.remove()
        db.engine.dispose()
