"""Cases that pass from one worker to another: asked, agreed, refused, handed over, undone."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from tests import cast
from tests.integration.dispatch.test_assigning import given, offer, the_case
from welfare.accounts.models import User
from welfare.cases.models import CaseEvent
from welfare.cases.services import add_task, close_case, wait_case
from welfare.cases.workflow import CaseStatus, Outcome
from welfare.core import clock
from welfare.core.errors import Forbidden, NotFound, Refused
from welfare.core.outbox import OutboxEvent
from welfare.dispatch import queries, services
from welfare.dispatch.models import Assignment, Transfer, Visit
from welfare.dispatch.queries import Lack
from welfare.dispatch.services import Handed
from welfare.dispatch.workflow import AbsenceKind, AssignmentStatus, TransferStatus

pytestmark = pytest.mark.usefixtures("stage", "session")


def ask(number: str, to: str = cast.TON, actor: str = cast.KAN, **more: Any) -> int:
    return services.ask_transfer(
        actor=cast.viewer(actor),
        number=number,
        worker_id=cast.viewer(to).user_id,
        note="ช่วยรับต่อ",
        **more,
    )


def seen(number: str) -> int:
    return queries.assignments_of(number, viewer=cast.viewer(cast.ORN)).seen


def handed(*numbers: str, to: str = cast.TON, actor: str = cast.ORN) -> int:
    cases = {
        number: Handed(cast.viewer(to).user_id, "กุญแจอยู่บ้านข้าง ๆ", seen(number))
        for number in numbers
    }
    return services.hand_over(
        actor=cast.viewer(actor), username=cast.KAN, cases=cases, note="ลาคลอด"
    )


def test_until_it_is_agreed_the_old_worker_has_it(session: Any) -> None:
    number = given()
    ask(number)
    assert the_case(session, number).assignee_id == cast.viewer(cast.KAN).user_id
    with pytest.raises(NotFound):
        queries.assignments_of(number, viewer=cast.viewer(cast.TON))
    waiting = queries.asked_of(cast.viewer(cast.TON))
    assert [(one.number, one.note) for one in waiting] == [(number, "ช่วยรับต่อ")]


def test_agreed_it_keeps_its_state_and_takes_visits_and_tasks_along(session: Any) -> None:
    number = given()
    kan, ton = cast.viewer(cast.KAN), cast.viewer(cast.TON)
    add_task(actor=kan, number=number, title="โทรหาช่าง", assignee_id=kan.user_id)
    services.plan_visit(
        actor=kan, number=number, planned_on=clock.today() + timedelta(days=2), purpose=""
    )
    wait_case(actor=kan, number=number, version=the_case(session, number).version, reason="รอช่าง")
    paused, due = the_case(session, number).paused_at, the_case(session, number).due_at
    asked = ask(number)
    assert services.agree_transfer(actor=ton, transfer_id=asked) == number
    services.agree_transfer(actor=ton, transfer_id=asked)  # once more changes nothing
    case = the_case(session, number)
    assert (case.status, case.assignee_id) == (CaseStatus.WAITING, ton.user_id)
    assert (case.paused_at, case.due_at) == (paused, due)
    assert session.scalar(select(Visit.worker_id)) == ton.user_id
    held = queries.assignments_of(number, viewer=ton)
    assert held.current is not None
    assert held.current.status == AssignmentStatus.ACCEPTED
    told = [event.data.get("verb") for event in session.scalars(select(CaseEvent))]
    assert [verb for verb in told if "transfer" in str(verb)] == [
        "transfer_asked",
        "transfer_agreed",
    ]
    assert "case.transfer_agreed" in session.scalars(select(OutboxEvent.name)).all()


def test_refused_it_stays_and_the_reason_is_read(session: Any) -> None:
    number = given()
    asked = ask(number)
    with pytest.raises(Refused):
        services.refuse_transfer(actor=cast.viewer(cast.TON), transfer_id=asked, reason=" ")
    services.refuse_transfer(actor=cast.viewer(cast.TON), transfer_id=asked, reason="งานเต็ม")
    assert the_case(session, number).assignee_id == cast.viewer(cast.KAN).user_id
    assert session.scalar(select(Transfer.status)) == TransferStatus.REFUSED
    assert "งานเต็ม" in session.scalars(select(CaseEvent.text)).all()
    with pytest.raises(Refused):
        services.agree_transfer(actor=cast.viewer(cast.TON), transfer_id=asked)


def test_withdrawn_it_can_no_longer_be_agreed(session: Any) -> None:
    number = given()
    asked = ask(number)
    services.withdraw_transfer(actor=cast.viewer(cast.KAN), transfer_id=asked)
    with pytest.raises(Refused):
        services.agree_transfer(actor=cast.viewer(cast.TON), transfer_id=asked)
    assert queries.asked_of(cast.viewer(cast.TON)) == []


def test_nobody_else_asks_answers_or_withdraws() -> None:
    number = given()
    with pytest.raises(NotFound):
        ask(number, actor=cast.TON)
    asked = ask(number)
    for who in (cast.KAN, cast.ORN, cast.WAN):
        with pytest.raises(NotFound):
            services.agree_transfer(actor=cast.viewer(who), transfer_id=asked)
        with pytest.raises(NotFound):
            services.refuse_transfer(actor=cast.viewer(who), transfer_id=asked, reason="x")
    for who in (cast.TON, cast.WAN):
        with pytest.raises(NotFound):
            services.withdraw_transfer(actor=cast.viewer(who), transfer_id=asked)


def test_what_was_asked_lapses_when_the_case_goes_another_way(session: Any) -> None:
    number = given()
    asked = ask(number)
    services.take_back_case(actor=cast.viewer(cast.ORN), number=number, reason="ลาออก")
    with pytest.raises(Refused):
        services.agree_transfer(actor=cast.viewer(cast.TON), transfer_id=asked)
    offer(number, cast.KAN)
    services.accept_case(actor=cast.viewer(cast.KAN), number=number)
    assert queries.asked_of(cast.viewer(cast.TON)) == []
    again = ask(number)
    assert again != asked
    assert session.get(Transfer, asked).status == TransferStatus.LAPSED


def test_a_stale_page_asks_nobody() -> None:
    number = given()
    with pytest.raises(Refused):
        ask(number, seen=seen(number) + 7)


def test_receivers_are_named_without_who_must_not() -> None:
    held = queries.assignments_of(given(), viewer=cast.viewer(cast.KAN))
    names = {one.member.username for one in queries.receivers(held, viewer=cast.viewer(cast.KAN))}
    assert cast.KAN not in names
    assert cast.TON in names


def test_all_cases_are_handed_over_in_one_step_and_back(session: Any) -> None:
    working, offered = given(), cast.case()
    offer(offered, cast.KAN)
    made = handed(working, offered)
    ton = cast.viewer(cast.TON).user_id
    assert {the_case(session, number).assignee_id for number in (working, offered)} == {ton}
    assert the_case(session, offered).status == CaseStatus.OFFERED
    assert the_case(session, working).status == CaseStatus.WORKING
    texts = session.scalars(select(CaseEvent.text)).all()
    assert sum("กุญแจอยู่บ้านข้าง ๆ" in text and "ลาคลอด" in text for text in texts) == 2
    orn = cast.viewer(cast.ORN)
    who = queries.giver(cast.KAN, viewer=orn)
    past = queries.handovers_of(who, viewer=orn)
    assert [(one.id, one.left) for one in past] == [(made, 2)]
    back, stay = services.undo_hand_over(actor=orn, handover_id=made, version=past[0].version)
    assert (sorted(back), stay) == (sorted([working, offered]), [])
    kan = cast.viewer(cast.KAN).user_id
    assert {the_case(session, number).assignee_id for number in (working, offered)} == {kan}
    with pytest.raises(Refused):
        services.undo_hand_over(actor=orn, handover_id=made, version=past[0].version)


def test_one_wrong_case_and_nothing_is_handed_over(session: Any) -> None:
    fine, closed = given(), given()
    before = seen(closed)
    close_case(
        actor=cast.viewer(cast.KAN), number=closed, version=the_case(session, closed).version,
        outcome=Outcome.SOLVED, outcome_note="เสร็จ",
    )  # fmt: skip
    session.commit()
    ton = cast.viewer(cast.TON).user_id
    with pytest.raises(Refused) as refusal:
        services.hand_over(
            actor=cast.viewer(cast.ORN),
            username=cast.KAN,
            cases={fine: Handed(ton, seen=seen(fine)), closed: Handed(ton, seen=before)},
            note="",
        )
    session.rollback()
    assert closed in str(refusal.value)
    assert the_case(session, fine).assignee_id == cast.viewer(cast.KAN).user_id


@pytest.mark.parametrize("who", [cast.KAN, cast.TON, cast.ANAN, cast.AEK, cast.WAN])
def test_only_the_office_hands_over_and_undoes(who: str) -> None:
    number = given()
    with pytest.raises((Forbidden, NotFound)):
        services.hand_over(
            actor=cast.viewer(who), username=cast.KAN,
            cases={number: Handed(cast.viewer(cast.TON).user_id)}, note="",
        )  # fmt: skip
    made = handed(number)
    with pytest.raises((Forbidden, NotFound)):
        services.undo_hand_over(actor=cast.viewer(who), handover_id=made, version=1)


def test_an_undo_leaves_what_has_gone_on(session: Any) -> None:
    number, other = given(), given()
    made = handed(number, other)
    services.take_back_case(actor=cast.viewer(cast.ORN), number=number, reason="x")
    back, stay = services.undo_hand_over(actor=cast.viewer(cast.ORN), handover_id=made, version=1)
    assert back == [other]
    assert [line[0] for line in stay] == [number]


def lacks() -> dict[str, Lack]:
    return {one.number: one.lack for one in queries.ownerless(cast.viewer(cast.ORN))}


def test_nothing_is_without_an_owner_unseen(session: Any) -> None:
    orn = cast.viewer(cast.ORN)
    assert lacks() == {}
    looked_after, fresh = given(), cast.case()
    assert lacks() == {}
    declined = cast.case()
    offer(declined)
    services.decline_case(actor=cast.viewer(cast.KAN), number=declined, reason="ญาติ")
    taken = given()
    services.take_back_case(actor=orn, number=taken, reason="x")
    silent = cast.case()
    offer(silent)
    session.execute(
        update(Assignment)
        .where(Assignment.status == AssignmentStatus.OFFERED)
        .values(offered_at=clock.now() - timedelta(days=4))
    )
    session.flush()
    expected = {declined: Lack.DECLINED, taken: Lack.TAKEN_BACK, silent: Lack.SILENT}
    assert lacks() == expected
    session.execute(
        update(User).where(User.id == cast.viewer(cast.KAN).user_id).values(active=False)
    )
    assert lacks() == expected | {looked_after: Lack.LEFT, silent: Lack.LEFT}
    board = queries.board(queries.BoardFilters(), viewer=orn)
    assert board.counts.ownerless == 4
    assert fresh not in lacks()


@pytest.mark.parametrize(("days", "found"), [(5, {}), (12, Lack.AWAY)])
def test_long_leave_leaves_cases_without_an_owner(session: Any, days: int, found: Any) -> None:
    number, today = given(), clock.today()
    services.add_absence(
        actor=cast.viewer(cast.ORN), username=cast.KAN, first_day=today,
        last_day=today + timedelta(days=days), kind=AbsenceKind.SICK,
    )  # fmt: skip
    assert lacks() == ({number: found} if found else {})


def test_an_absence_tells_of_the_visits_and_deadlines_inside(session: Any) -> None:
    number, today, kan = given(), clock.today(), cast.viewer(cast.KAN)
    day = today + timedelta(days=2)
    services.plan_visit(actor=kan, number=number, planned_on=day, purpose="")
    services.add_absence(
        actor=kan, username=cast.KAN, first_day=day, last_day=day, kind=AbsenceKind.LEAVE
    )
    who = queries.member(cast.KAN, viewer=kan)
    (clash,) = queries.clashes(who.id, who.away, viewer=kan).values()
    assert clash.visits == [(number, day)]
    case = the_case(session, number)
    last = clock.local(case.due_at).date()
    services.add_absence(
        actor=kan, username=cast.KAN, first_day=last, last_day=last, kind=AbsenceKind.LEAVE
    )
    who = queries.member(cast.KAN, viewer=kan)
    deadlines = [
        line for one in queries.clashes(who.id, who.away, viewer=kan).values()
        for line in one.deadlines
    ]  # fmt: skip
    assert (number, last) in deadlines
