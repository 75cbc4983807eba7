"""Offering a case, the worker's answer, taking it back."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, update

from tests import cast
from welfare.accounts.models import User
from welfare.cases.kinds import Stage
from welfare.cases.models import Case, CaseEvent, CaseStage
from welfare.cases.services import close_case
from welfare.cases.workflow import CaseStatus, Outcome
from welfare.core import clock
from welfare.core.db import db
from welfare.core.errors import Forbidden, NotFound, Refused
from welfare.core.outbox import OutboxEvent
from welfare.dispatch import queries, services
from welfare.dispatch.models import Assignment
from welfare.dispatch.workflow import AssignmentStatus

pytestmark = pytest.mark.usefixtures("stage")


def offer(number: str, worker: str = cast.KAN, actor: str = cast.ORN, **more: Any) -> None:
    services.offer_case(
        actor=cast.viewer(actor), number=number, worker_id=cast.viewer(worker).user_id, **more
    )


def given(worker: str = cast.KAN) -> str:
    """A case that a worker has accepted."""
    number = cast.case()
    offer(number, worker)
    services.accept_case(actor=cast.viewer(worker), number=number)
    return number


def the_case(session: Any, number: str) -> Case:
    found: Case = session.scalar(select(Case).where(Case.number == number))
    return found


def test_an_offer_is_accepted(session: Any) -> None:
    number = cast.case()
    offer(number, note="คุณยายอยู่คนเดียว")
    assert the_case(session, number).status == CaseStatus.OFFERED
    services.accept_case(actor=cast.viewer(cast.KAN), number=number)
    session.commit()
    case = the_case(session, number)
    assert (case.status, case.assignee_id) == (CaseStatus.WORKING, cast.viewer(cast.KAN).user_id)
    history = queries.assignments_of(number, viewer=cast.viewer(cast.ORN))
    assert history.current is not None
    assert history.current.status == AssignmentStatus.ACCEPTED
    assert history.current.note == "คุณยายอยู่คนเดียว"
    kinds = session.scalars(select(CaseEvent.kind).order_by(CaseEvent.id)).all()
    assert kinds == ["opened", "assigned", "accepted"]


def test_assigning_is_told_to_the_worker(session: Any) -> None:
    number = cast.case()
    offer(number)
    names = session.scalars(select(OutboxEvent.name)).all()
    assert "case.assigned" in names


def test_accepting_twice_changes_nothing(session: Any) -> None:
    number = given()
    services.accept_case(actor=cast.viewer(cast.KAN), number=number)
    assert session.scalars(select(Assignment.status)).all() == [AssignmentStatus.ACCEPTED]


def test_the_board_shows_what_is_due_first_and_not_the_end_alone(app: Flask, at: Any) -> None:
    at("2026-11-02T09:00:00+07:00")
    with app.app_context():
        orn = cast.viewer(cast.ORN)
        late = cast.case(category="equipment")  # acknowledge: 3 Nov
        at("2026-11-05T09:00:00+07:00")
        fresh = cast.case(category="equipment", priority="urgent")
        paused = cast.case(category="equipment")
        waiting = update(Case).where(Case.number == paused)
        db.session.execute(waiting.values(paused_at=clock.now()))
        db.session.commit()
        board = queries.board(queries.BoardFilters(), viewer=orn)
        first = board.rows[0]
        assert (first.number, first.stage, first.overdue) == (late, Stage.ACKNOWLEDGE, True)
        assert {row.number for row in board.rows if not row.overdue} == {fresh, paused}
        assert board.counts.overdue == 1
        only = queries.BoardFilters(show=queries.Show.OVERDUE)
        assert [row.number for row in queries.board(only, viewer=orn).rows] == [late]
        db.session.execute(update(CaseStage).values(ended_at=clock.now()))
        ended = queries.board(queries.BoardFilters(), viewer=orn)
        assert {row.stage for row in ended.rows} == {None}
        assert ended.counts.overdue == 0, "the deadline of the case stands in for steps that ended"
        db.session.rollback()


def test_declining_needs_a_reason_and_the_officer_reads_it(session: Any) -> None:
    number = cast.case()
    offer(number)
    with pytest.raises(Refused):
        services.decline_case(actor=cast.viewer(cast.KAN), number=number, reason="  ")
    services.decline_case(actor=cast.viewer(cast.KAN), number=number, reason="เป็นญาติกัน")
    case = the_case(session, number)
    assert (case.status, case.assignee_id) == (CaseStatus.NEW, None)
    history = queries.assignments_of(number, viewer=cast.viewer(cast.ORN))
    assert history.declined is not None
    assert history.declined.reason == "เป็นญาติกัน"
    board = queries.board(
        queries.BoardFilters(show=queries.Show.DECLINED), viewer=cast.viewer(cast.ORN)
    )
    assert [(row.number, row.reason) for row in board.rows] == [(number, "เป็นญาติกัน")]
    assert (board.counts.all, board.counts.declined) == (1, 1)


def test_taking_back_ends_the_assignment(session: Any) -> None:
    number = given()
    services.take_back_case(actor=cast.viewer(cast.ORN), number=number, reason="ลาป่วย")
    assert the_case(session, number).assignee_id is None
    history = queries.assignments_of(number, viewer=cast.viewer(cast.ORN))
    assert [row.status for row in history.rows] == [AssignmentStatus.ENDED]


def test_giving_it_to_another_keeps_the_history(session: Any) -> None:
    number = given()
    offer(number, cast.TON)
    history = queries.assignments_of(number, viewer=cast.viewer(cast.ORN))
    assert [row.status for row in history.rows] == [
        AssignmentStatus.OFFERED,
        AssignmentStatus.ENDED,
    ]
    with pytest.raises(NotFound):
        queries.assignments_of(number, viewer=cast.viewer(cast.KAN))


def test_an_offer_after_a_reopening(session: Any) -> None:
    from welfare.cases.services import reopen_case

    number = given()
    version = the_case(session, number).version
    close_case(
        actor=cast.viewer(cast.KAN), number=number, version=version, outcome=Outcome.SOLVED,
        outcome_note="ซ่อมแล้ว",
    )  # fmt: skip
    version = the_case(session, number).version
    reopen_case(actor=cast.viewer(cast.ORN), number=number, version=version, reason="ยังรั่ว")
    assert queries.assignments_of(number, viewer=cast.viewer(cast.ORN)).current is None
    offer(number, cast.KAN, seen=0)
    services.accept_case(actor=cast.viewer(cast.KAN), number=number)
    assert the_case(session, number).status == CaseStatus.WORKING


def test_somebody_else_was_quicker(session: Any) -> None:
    number = cast.case()
    offer(number, cast.KAN, seen=0)
    with pytest.raises(Refused, match=cast.STAFF[cast.KAN][0]):
        offer(number, cast.TON, actor=cast.MALEE, seen=0)
    assert the_case(session, number).assignee_id == cast.viewer(cast.KAN).user_id


def test_the_same_worker_is_not_asked_twice(session: Any) -> None:
    number = cast.case()
    offer(number)
    with pytest.raises(Refused):
        offer(number)


def test_outside_the_workers_villages(session: Any) -> None:
    number = cast.case(village_no=3)
    with pytest.raises(Refused) as refused:
        offer(number, cast.TON)
    assert refused.value.field == "worker"


def test_only_active_workers_are_offered_anything(session: Any) -> None:
    number = cast.case()
    kan = cast.viewer(cast.KAN).user_id
    session.execute(update(User).where(User.username == cast.KAN).values(active=False))
    with pytest.raises(Refused):
        services.offer_case(actor=cast.viewer(cast.ORN), number=number, worker_id=kan)
    with pytest.raises(Refused):
        offer(number, cast.MALEE)
    names = [worker.name for worker in queries.workers_with_load(cast.viewer(cast.ORN))]
    assert names == [cast.STAFF[cast.TON][0]]


def test_a_closed_case_is_not_given_away(session: Any) -> None:
    number = cast.case()
    close_case(
        actor=cast.viewer(cast.ORN), number=number, version=1, outcome=Outcome.UNFOUNDED,
        outcome_note="ไม่พบ",
    )  # fmt: skip
    with pytest.raises(Refused):
        offer(number)


@pytest.mark.parametrize("actor", [cast.KAN, cast.ANAN, cast.AEK, cast.WAN])
def test_who_may_not_give_out_cases(session: Any, actor: str) -> None:
    number = cast.case()
    with pytest.raises((Forbidden, NotFound)):
        offer(number, actor=actor)
    with pytest.raises((Forbidden, NotFound)):
        services.take_back_case(actor=cast.viewer(actor), number=number, reason="x")


@pytest.mark.parametrize("actor", [cast.TON, cast.ORN, cast.MALEE, cast.ANAN, cast.WAN])
def test_only_who_is_asked_answers(session: Any, actor: str) -> None:
    number = cast.case()
    offer(number)
    with pytest.raises((Forbidden, NotFound)):
        services.accept_case(actor=cast.viewer(actor), number=number)
    with pytest.raises((Forbidden, NotFound)):
        services.decline_case(actor=cast.viewer(actor), number=number, reason="x")
    assert the_case(session, number).status == CaseStatus.OFFERED


def test_load(session: Any) -> None:
    given()
    given()
    cast_urgent = cast.case(priority="urgent")
    offer(cast_urgent, cast.TON)
    session.commit()
    load = {item.name: item for item in queries.workers_with_load(cast.viewer(cast.ORN))}
    kan, ton = load[cast.STAFF[cast.KAN][0]], load[cast.STAFF[cast.TON][0]]
    assert (kan.open, kan.urgent, kan.offered) == (2, 0, 0)
    assert (ton.open, ton.urgent, ton.offered, ton.area) == (1, 1, 1, "1, 2")
    assert queries.workers_with_load(cast.viewer(cast.KAN)) == []
