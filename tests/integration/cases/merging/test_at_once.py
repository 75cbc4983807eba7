"""Two at once: one case of two comes out, whoever is first, and nothing is left on the pointer."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest
from flask import Flask
from sqlalchemy import func, select

from tests import cast
from welfare.cases import services
from welfare.cases.models import Case, CaseMerge, CaseTask
from welfare.cases.services import Chosen, Pair
from welfare.cases.workflow import CaseStatus
from welfare.core.db import begin_writing, db
from welfare.core.errors import Forbidden, NotFound, Refused, StaleRecord
from welfare.dispatch import services as dispatch

pytestmark = pytest.mark.usefixtures("stage")
TIMES = 4


def together(app: Flask, *acts: Callable[[], object]) -> list[bool]:
    """Each in a transaction of its own, all begun at the same moment; who came through."""
    gate = threading.Barrier(len(acts))

    def run(act: Callable[[], object]) -> bool:
        with app.app_context():
            gate.wait()
            try:
                begin_writing(db.session)
                act()
                db.session.commit()
            except (Forbidden, NotFound, Refused, StaleRecord):
                db.session.rollback()
                return False
            return True

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def states(numbers: list[str]) -> dict[str, CaseStatus]:
    rows = db.session.execute(select(Case.number, Case.status).where(Case.number.in_(numbers)))
    return {row.number: row.status for row in rows}


def test_crosswise_merges_leave_one(app: Flask) -> None:
    for _ in range(TIMES):
        with app.app_context():
            one, two = cast.case(), cast.case()
            orn, malee = cast.viewer(cast.ORN), cast.viewer(cast.MALEE)
        first, second = Pair(one, two, 1, 1), Pair(two, one, 1, 1)
        came = together(
            app,
            partial(services.merge_cases, actor=orn, pair=first, chosen=Chosen()),
            partial(services.merge_cases, actor=malee, pair=second, chosen=Chosen()),
        )
        assert sorted(came) == [False, True]
        with app.app_context():
            assert sorted(states([one, two]).values()) == ["merged", "new"]
            assert db.session.scalar(
                select(func.count()).where(
                    CaseMerge.undone_at.is_(None),
                    CaseMerge.merged_id.in_(select(Case.id).where(Case.number.in_([one, two]))),
                )
            ) == 1  # fmt: skip


def test_an_answer_and_a_task_meet_a_merge(app: Flask) -> None:
    for _ in range(TIMES):
        with app.app_context():
            stays, goes = cast.case(), cast.case()
            orn, kan = cast.viewer(cast.ORN), cast.viewer(cast.KAN)
            dispatch.offer_case(actor=orn, number=goes, worker_id=kan.user_id)
            db.session.commit()
            version = db.session.scalar(select(Case.version).where(Case.number == goes)) or 0
        pair = Pair(stays, goes, 1, version)
        came = together(
            app,
            partial(services.merge_cases, actor=orn, pair=pair, chosen=Chosen()),
            partial(dispatch.accept_case, actor=kan, number=goes),
            partial(services.add_task, actor=orn, number=goes, title="โทร"),
        )
        assert any(came)
        with app.app_context():
            found = states([stays, goes])
            if came[0]:
                assert found[goes] == CaseStatus.MERGED
            left = db.session.scalar(
                select(func.count())
                .select_from(CaseTask)
                .join(Case, Case.id == CaseTask.case_id)
                .where(Case.status == CaseStatus.MERGED)
            )
            assert left == 0, "a task was left on the pointer"
