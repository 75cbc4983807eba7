"""Many at once: a case never has two workers, and an answer is given once."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from tests import cast
from welfare.core import clock
from welfare.core.db import db
from welfare.core.errors import Forbidden, NotFound, Refused
from welfare.dispatch import services
from welfare.dispatch.models import Assignment
from welfare.dispatch.queries.loading import CURRENT
from welfare.dispatch.workflow import AssignmentStatus

AT_ONCE, TIMES = 10, 100


def current(app: Flask) -> list[tuple[int, AssignmentStatus]]:
    with app.app_context():
        rows = db.session.execute(
            select(Assignment.worker_id, Assignment.status).where(Assignment.status.in_(CURRENT))
        )
        return [(row.worker_id, row.status) for row in rows]


def test_a_hundred_offers_give_one_owner(app: Flask, stage: None) -> None:
    with app.app_context():
        number = cast.case()
        officers = [cast.viewer(cast.ORN), cast.viewer(cast.MALEE)]
        workers = [cast.viewer(cast.KAN).user_id, cast.viewer(cast.TON).user_id]

    def offer(place: int) -> bool:
        with app.app_context():
            try:
                services.offer_case(
                    actor=officers[place % 2],
                    number=number,
                    worker_id=workers[place // 2 % 2],
                    seen=0,
                )
                db.session.commit()
            except Refused:
                return False
            return True

    with ThreadPoolExecutor(AT_ONCE) as pool:
        given = list(pool.map(offer, range(TIMES)))
    assert sum(given) == 1
    assert len(current(app)) == 1


def test_a_hundred_answers_give_one(app: Flask, stage: None) -> None:
    with app.app_context():
        number = cast.case()
        officer, worker, other = (cast.viewer(name) for name in (cast.ORN, cast.KAN, cast.TON))
        services.offer_case(actor=officer, number=number, worker_id=worker.user_id)
        db.session.commit()

    def answer(place: int) -> None:
        with app.app_context():
            try:
                if place % 4 == 3:
                    services.take_back_case(actor=officer, number=number, reason="x")
                elif place % 4 == 2:
                    services.decline_case(actor=worker, number=number, reason="x")
                else:
                    actor = worker if place % 2 else other
                    services.accept_case(actor=actor, number=number)
                db.session.commit()
            except (Refused, NotFound, Forbidden):
                db.session.rollback()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        list(pool.map(answer, range(TIMES)))
    assert current(app) in ([], [(worker.user_id, AssignmentStatus.ACCEPTED)])
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Assignment)) == 1


def test_the_database_itself_refuses_a_second(app: Flask, stage: None) -> None:
    with app.app_context():
        number = cast.case()
        worker = cast.viewer(cast.KAN)
        services.offer_case(actor=cast.viewer(cast.ORN), number=number, worker_id=worker.user_id)
        db.session.commit()
        first = db.session.scalars(select(Assignment)).one()
        db.session.add(
            Assignment(
                case_id=first.case_id,
                worker_id=first.worker_id,
                status=AssignmentStatus.ACCEPTED,
                offered_at=clock.now(),
            )
        )
        with pytest.raises(IntegrityError):
            db.session.flush()
        db.session.rollback()
