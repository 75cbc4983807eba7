"""Two who settle the same day at once: no visit is made twice, no worker is in two places."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from flask import Flask
from sqlalchemy import select

from tests import cast
from welfare.core import clock
from welfare.core.db import db
from welfare.core.errors import Refused
from welfare.dispatch import queries, services
from welfare.dispatch.models import Visit


def test_one_of_many_accepts(app: Flask, stage: None) -> None:
    """Eight accept at once: two plans of the same cases, four times each."""
    with app.app_context():
        numbers = [cast.case(category="other") for _ in range(3)]
        officers = [cast.viewer(cast.ORN), cast.viewer(cast.MALEE)]
        workers = [cast.viewer(cast.KAN).user_id, cast.viewer(cast.TON).user_id]
        made = []
        for officer in officers:
            solved = services.solve_day(
                actor=officer, day=clock.today() + timedelta(days=1), numbers=numbers,
                worker_ids=workers,
            )  # fmt: skip
            made.append(services.keep_plan(actor=officer, solved=solved))
            db.session.commit()
        seen = [queries.plan_file(number, viewer=officers[0]).version for number in made]

    def accept(place: int) -> bool:
        with app.app_context():
            try:
                services.accept_plan(
                    actor=officers[place % 2], number=made[place % 2], seen=seen[place % 2]
                )
                db.session.commit()
            except Refused:
                return False
            return True

    with ThreadPoolExecutor(8) as pool:
        accepted = list(pool.map(accept, range(8)))
    assert sum(accepted) == 1
    with app.app_context():
        rows = db.session.scalars(select(Visit.case_id)).all()
        assert len(rows) == len(set(rows)) == len(numbers)
