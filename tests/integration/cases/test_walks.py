"""Random walks over the workflow, as everybody: only what the table allows, nothing uncounted."""

import random
from collections import Counter
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from tests import cast
from welfare.cases import queries, services
from welfare.cases.counters import rebuild, roll_overdue
from welfare.cases.models import Case, CaseCount, CaseEvent
from welfare.cases.workflow import (
    CaseAction,
    CaseStatus,
    Outcome,
    Priority,
    Sensitivity,
    transition,
)
from welfare.core import clock
from welfare.core.db import db
from welfare.core.errors import Forbidden, NotFound, Refused
from welfare.core.security.permissions import Viewer

pytestmark = pytest.mark.usefixtures("stage")

WALKERS = (cast.ORN, cast.KAN, cast.TON, cast.MALEE, cast.ANAN, cast.AEK, cast.WAN)
STEPS = 400


def take(actor: Viewer, number: str, action: CaseAction, worker: int) -> None:
    case = queries.load_case(number, viewer=actor, for_update=True)
    match action:
        case CaseAction.CLOSE:
            outcome = random.choice(list(Outcome))
            services.close_case(
                actor=actor,
                number=number,
                version=case.version,
                outcome=outcome,
                outcome_note="เสร็จแล้ว",
            )
        case CaseAction.REOPEN:
            services.reopen_case(actor=actor, number=number, version=case.version, reason="ยังไม่จบ")
        case CaseAction.OFFER:
            services.move_case(actor=actor, case=case, action=action, assignee_id=worker)
        case _:
            services.move_case(actor=actor, case=case, action=action, text="เดินต่อ")


def edit(actor: Viewer, number: str, dice: random.Random) -> None:
    case = queries.load_case(number, viewer=actor, for_update=True)
    services.edit_case(
        actor=actor,
        number=number,
        version=case.version,
        title=case.title,
        summary=case.summary,
        category_id=dice.choice(queries.categories()).id,
        priority=dice.choice(list(Priority)),
        sensitivity=dice.choice([Sensitivity.NORMAL, Sensitivity.SENSITIVE]),
        village_no=dice.choice([1, 2, 3, None]),
    )


def kept() -> dict[tuple[object, ...], int]:
    rows = db.session.execute(select(CaseCount.__table__)).all()
    return {tuple(row[:-1]): row[-1] for row in rows if row[-1]}


def state_of(number: str) -> tuple[CaseStatus, int]:
    row = db.session.execute(select(Case.status, Case.id).where(Case.number == number)).one()
    return row.status, row.id


@pytest.mark.parametrize("seed", range(3))
def test_walks_stay_on_the_table(app: Flask, at: object, seed: int) -> None:
    dice = random.Random(seed)
    random.seed(seed)
    moved: Counter[str] = Counter()
    reached: set[CaseStatus] = set()
    with app.app_context():
        actors = [cast.viewer(name) for name in WALKERS]
        worker = cast.viewer(cast.KAN).user_id
        day = clock.now()
        numbers = [cast.case(village_no=no) for no in (1, 2, 3)]
        for _ in range(STEPS):
            at((day := day + _hours(dice)).isoformat())  # type: ignore[operator]
            number, actor = dice.choice(numbers), dice.choice(actors)
            action = dice.choice([*CaseAction, CaseAction.OFFER, CaseAction.ACCEPT, None])
            before, _id = state_of(number)
            if before == CaseStatus.OFFERED and dice.random() < 0.3:
                actor, action = cast.viewer(cast.KAN), CaseAction.ACCEPT
            try:
                if action is None:
                    edit(actor, number, dice)
                else:
                    take(actor, number, action, worker)
            except (Forbidden, NotFound, Refused):
                db.session.rollback()
                assert state_of(number)[0] == before
                continue
            db.session.commit()
            after, _id = state_of(number)
            reached.add(after)
            if action is not None:
                step = transition(before, action)
                assert step is not None
                assert after in {step.after, CaseStatus.NEW}
                assert actor.can(step.permission)
                moved[number] += 1
            if dice.random() < 0.1:
                roll_overdue()
                db.session.commit()
        _everything_is_told(numbers, moved)
        _counters_hold()
    assert reached == set(CaseStatus)


def _hours(dice: random.Random) -> timedelta:
    return timedelta(hours=dice.choice([1, 5, 30, 200]))


def _everything_is_told(numbers: list[str], moved: Counter[str]) -> None:
    for number in numbers:
        case_id = state_of(number)[1]
        told = db.session.scalars(select(CaseEvent.data).where(CaseEvent.case_id == case_id))
        assert sum("action" in data for data in told) == moved[number]


def _counters_hold() -> None:
    malee = cast.viewer(cast.MALEE)
    live = queries.counts(malee)
    overdue = queries.worklist(
        queries.read_filters({"overdue": "1"}, viewer=malee).filters, viewer=malee
    )
    assert live.total.overdue == len(overdue.rows)
    roll_overdue()
    db.session.commit()
    before = kept()
    rebuild()
    db.session.commit()
    assert before == kept()
    again = queries.counts(malee)
    assert again.total == live.total
    for one, other in (
        (again.by_village, live.by_village),
        (again.by_category, live.by_category),
        (again.by_worker, live.by_worker),
    ):
        assert _without_zeros(one) == _without_zeros(other)


def _without_zeros(tallies: dict[int, queries.Tally]) -> dict[int, queries.Tally]:
    return {value: tally for value, tally in tallies.items() if tally != queries.Tally()}
