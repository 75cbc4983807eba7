"""Random walks over the workflow as everybody: only what the table allows, every step is told.

``WALKS=200 make test ARGS="-s tests/integration/cases/walks"`` walks longer and prints what was
done at which state, by whom.
"""

import os
import random
import sys
from collections import Counter
from datetime import datetime, timedelta
from typing import Any

import hypothesis
import pytest
from flask import Flask
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import func, select

from tests import cast
from tests.integration.cases.walks.moves import (
    EVERYBODY,
    REVIEWED,
    TAKE,
    Standing,
    may,
    review_closings,
    said,
    standing,
)
from welfare.cases import queries
from welfare.cases.counters import rebuild, roll_overdue
from welfare.cases.models import Case, CaseCount, CaseEvent, CaseMerge
from welfare.cases.workflow import ENDED, CaseAction, CaseStatus, ends_of
from welfare.core import clock
from welfare.core.audit.models import AuditEntry
from welfare.core.db import db
from welfare.core.errors import Forbidden, NotFound, Refused, StaleRecord
from welfare.dispatch.models import Assignment
from welfare.dispatch.queries.loading import CURRENT
from welfare.dispatch.workflow import AssignmentStatus

pytestmark = pytest.mark.usefixtures("stage")
A, S = CaseAction, CaseStatus
WALKS, STEPS = int(os.environ.get("WALKS", "3")), 40
CASES = 3
FIRST_DAY = datetime.fromisoformat("2026-11-23T09:00:00+07:00")

WORKERS = {AssignmentStatus.OFFERED: S.OFFERED, AssignmentStatus.ACCEPTED: S.WORKING}


class Walk(RuleBasedStateMachine):
    """A few cases, and whoever tries a step with one of them."""

    tried: Counter[tuple[CaseStatus, CaseAction, str]] = Counter()
    done: Counter[tuple[CaseStatus, CaseAction, str]] = Counter()
    reached: set[CaseStatus] = set()

    def teardown(self) -> None:
        """Nothing is left open for the next walk."""
        db.session.rollback()

    @initialize()
    def begin(self) -> None:
        self.day = FIRST_DAY
        clock.freeze(self.day)
        kinds = ("housing", "housing", REVIEWED)
        self.numbers = [cast.case(category=kind) for kind in kinds]
        self.actors = {name: cast.viewer(name) for name in EVERYBODY}

    @rule(
        seed=st.integers(0, 2**32 - 1),
        hours=st.sampled_from((0.05, 0.1, 1, 30, 200)),
        anything=st.integers(0, 3),
    )
    def step(self, seed: int, hours: float, anything: int) -> None:
        """Mostly what somebody may do now, what was seldom done first; else anybody anything."""
        dice = random.Random(seed)
        self.day += timedelta(hours=hours)
        clock.freeze(self.day)
        cases = [standing(number) for number in self.numbers]
        db.session.rollback()
        if anything == 0:
            self._try(dice.choice(cases), dice.choice(list(TAKE)), dice.choice(EVERYBODY))
            return
        offers: dict[tuple[CaseStatus, CaseAction], list[tuple[Standing, str]]] = {}
        for case in cases:
            for action in TAKE:
                for name, actor in self.actors.items():
                    if may(actor, case, action):
                        offers.setdefault((case.status, action), []).append((case, name))
        often = Counter((before, action) for before, action, _n in self.tried.elements())
        kinds = sorted(offers)
        state, action = dice.choices(kinds, [1 / (1 + often[kind]) for kind in kinds])[0]
        case, name = dice.choice(offers[state, action])
        self._try(case, action, name)

    def _try(self, before: Standing, action: CaseAction, name: str) -> None:
        actor, seen = self.actors[name], last_rows()
        other = self.numbers[(self.numbers.index(before.number) + 1) % CASES]
        self.tried[before.status, action, name] += 1
        try:
            TAKE[action](actor, before.number, other)
        except (Forbidden, NotFound, Refused, StaleRecord):
            db.session.rollback()
            assert last_rows() == seen, "what was refused left a trace"
            return
        db.session.commit()
        told = steps_since(seen[0])
        if not told:
            assert standing(before.number) == before and action is A.ACCEPT
            return
        assert last_rows()[1] > seen[1], "a step without the audit"
        for number, data, actor_id in told:
            taken = CaseAction(data["action"])
            assert S(data["after"]) in {*ends_of(S(data["before"]), taken), S.NEW}
            assert actor_id == actor.user_id and number in self.numbers
        assert any(
            data["action"] == said(action, actor, before).value for _n, data, _a in told
        ) or (action in (A.MERGE, A.TAKE_IN, A.UNMERGE, A.GIVE_OUT))
        if action not in (A.UNDO_DECLINE, A.UNMERGE, A.GIVE_OUT, A.CLOSE, A.ASK_CLOSE):
            merging = action in (A.MERGE, A.TAKE_IN)
            assert merging or may(actor, before, action), "who may not, did"
        for _number, data, _actor in told:
            self.done[S(data["before"]), CaseAction(data["action"]), name] += 1
            self.reached |= {S(data["before"]), S(data["after"])}
        self._everything_fits()

    def _everything_fits(self) -> None:
        for number in self.numbers:
            case = db.session.scalars(
                select(Case).where(Case.number == number).execution_options(populate_existing=True)
            ).one()
            assert (case.closed_at is not None) == (case.status in ENDED)
            assert (case.paused_at is not None) == (case.status == S.WAITING)
            _hands_fit(case)
            _timeline_fits(case)
        db.session.rollback()


def _hands_fit(case: Case) -> None:
    """Who has it and the assignment it stands by say the same as its state."""
    current = db.session.scalars(
        select(Assignment).where(Assignment.case_id == case.id, Assignment.status.in_(CURRENT))
    ).all()
    assert len(current) <= 1
    if case.status == S.MERGED:
        assert not current
        standing_merge = select(func.count()).where(
            CaseMerge.merged_id == case.id, CaseMerge.undone_at.is_(None)
        )
        assert db.session.scalar(standing_merge) == 1
    elif case.status == S.NEW:
        assert case.assignee_id is None and not current
    elif case.status in (S.OFFERED, S.WORKING):
        assert current and WORKERS[current[0].status] == case.status
        assert current[0].worker_id == case.assignee_id
    elif case.status == S.WAITING and current:
        assert current[0].status == AssignmentStatus.ACCEPTED


def _timeline_fits(case: Case) -> None:
    """The steps of the timeline, one after the other, lead from the beginning to the state."""
    lines = db.session.scalars(
        select(CaseEvent.data).where(CaseEvent.case_id == case.id).order_by(CaseEvent.id)
    )
    state = S.NEW
    for data in lines:
        if "action" in data:
            assert data["before"] == state.value, "a step that nobody told"
            state = S(data["after"])
    assert state == case.status, "a step that nobody told"


def last_rows() -> tuple[int, int]:
    """The newest line of any timeline, and of the audit."""
    lines = select(func.coalesce(func.max(CaseEvent.id), 0)).scalar_subquery()
    audits = select(func.coalesce(func.max(AuditEntry.seq), 0)).scalar_subquery()
    row = db.session.execute(select(lines, audits)).one()
    db.session.rollback()
    return row[0], row[1]


def steps_since(line: int) -> list[tuple[str, dict[str, Any], int | None]]:
    """The steps that were told after a line: of which case, what, by whom."""
    rows = db.session.execute(
        select(Case.number, CaseEvent.data, CaseEvent.actor_id)
        .join(Case, Case.id == CaseEvent.case_id)
        .where(CaseEvent.id > line)
        .order_by(CaseEvent.id)
    ).all()
    db.session.rollback()
    return [(row[0], row[1], row[2]) for row in rows if "action" in row[1]]


def test_walks_stay_on_the_table(app: Flask, capsys: pytest.CaptureFixture[str]) -> None:
    Walk.tried, Walk.done, Walk.reached = Counter(), Counter(), set()
    with app.app_context():
        review_closings()
        run_state_machine_as_test(
            Walk,
            settings=hypothesis.settings(
                max_examples=WALKS,
                stateful_step_count=STEPS,
                deadline=None,
                derandomize="WALKS" not in os.environ,
                database=None,
                phases=(hypothesis.Phase.generate,),
                suppress_health_check=list(hypothesis.HealthCheck),
            ),
        )
        counters_hold()
    if "WALKS" in os.environ:
        with capsys.disabled():
            sys.stdout.write(f"\n{coverage()}\n")
    assert Walk.reached == set(CaseStatus)


def coverage() -> str:
    """By state and action: how often done of how often tried, and by how many people."""
    steps, tries = sum(Walk.done.values()), sum(Walk.tried.values())
    pairs = {(state, action) for state, action, _name in Walk.tried}
    lines = [
        f"{tries} tries, {steps} steps told; {len(Walk.tried)} of "
        f"{len(CaseStatus) * len(TAKE) * len(EVERYBODY)} (state, action, person) tried, "
        f"{len(pairs)} of {len(CaseStatus) * len(TAKE)} (state, action)"
    ]
    for state in CaseStatus:
        cells = []
        for action in CaseAction:
            done = sum(n for (s, a, _p), n in Walk.done.items() if (s, a) == (state, action))
            if done:
                cells.append(f"{action} {done}")
        lines.append(f"{state:>8}: {', '.join(cells)}")
    return "\n".join(lines)


def kept() -> dict[tuple[object, ...], int]:
    rows = db.session.execute(select(CaseCount.__table__)).all()
    return {tuple(row[:-1]): row[-1] for row in rows if row[-1]}


def counters_hold() -> None:
    """The kept counters are those of the rows, and what is shown live is the same."""
    malee = cast.viewer(cast.MALEE)
    live = queries.counts(malee)
    roll_overdue()
    db.session.commit()
    before = kept()
    rebuild()
    db.session.commit()
    assert before == kept()
    assert queries.counts(malee).total == live.total
