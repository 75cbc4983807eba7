"""Needs and plan of a case: assessed, planned, agreed to, settled; and who may not."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from tests import cast
from welfare.cases.facts import ActionFacts, Assessment, GoalFacts
from welfare.cases.kinds import ActionStatus, AgreedBy, Duty, GoalStatus, Responsible
from welfare.cases.models import Case, CaseEvent, NeedsAssessment, PlanGoal
from welfare.cases.queries import case_file
from welfare.cases.queries.care import Care
from welfare.cases.queries.closing import open_matters
from welfare.cases.queries.duties import my_duties
from welfare.cases.services import change_worker
from welfare.cases.services.care import actions, assessing, goals
from welfare.cases.workflow import CaseStatus, EventKind
from welfare.core import clock
from welfare.core.db import db
from welfare.core.errors import Forbidden, NotFound, Refused, StaleRecord
from welfare.core.security.permissions import SYSTEM
from welfare.households.kinds import Dimension

pytestmark = pytest.mark.usefixtures("stage")


@pytest.fixture
def number(app: Flask) -> Iterator[str]:
    """A case that kān works on."""
    with app.app_context():
        made = cast.case()
        opened = clock.now() - timedelta(days=10)
        kan = cast.viewer(cast.KAN).user_id
        db.session.execute(
            db.update(Case)
            .where(Case.number == made)
            .values(assignee_id=kan, status=CaseStatus.WORKING, opened_at=opened)
        )
        db.session.commit()
        yield made
        db.session.rollback()


def assess(number: str, who: str = cast.KAN, *, days_ago: int = 0, **levels: int) -> int:
    needs = {Dimension(name): (level, "") for name, level in levels.items()}
    day = clock.today() - timedelta(days=days_ago)
    made = assessing.assess_needs(
        actor=cast.viewer(who), number=number, found=Assessment(assessed_on=day, needs=needs)
    )
    db.session.commit()
    return made


def goal_with_action(number: str, *, late: bool = False) -> tuple[int, int]:
    kan = cast.viewer(cast.KAN)
    goal = goals.add_goal(actor=kan, number=number, facts=GoalFacts("เดินได้เอง"))
    due = clock.today() - timedelta(days=3) if late else None
    facts = ActionFacts("ฝึกเดิน", Responsible.WORKER, worker_id=kan.user_id, due_on=due)
    action = actions.add_action(actor=kan, number=number, goal_id=goal, facts=facts)
    db.session.commit()
    return goal, action


def care(number: str) -> Care:
    return case_file(number, viewer=cast.viewer(cast.KAN)).works.care


def test_assessments_stand_beside_each_other(number: str) -> None:
    first = assess(number, days_ago=40, health=3, living=1)
    assess(number, health=1)
    later, earlier = care(number).assessments
    assert later.levels == {Dimension.HEALTH: 1}
    assert earlier.levels == {Dimension.HEALTH: 3, Dimension.LIVING: 1}
    assessing.take_back_assessment(
        actor=cast.viewer(cast.KAN), number=number, assessment_id=first, version=1, reason="ผิดคน"
    )
    assert care(number).assessments == (later,)
    kinds = db.session.scalars(select(CaseEvent.kind).order_by(CaseEvent.id)).all()
    assert kinds.count(EventKind.ASSESSMENT) == 3


def test_an_assessment_says_something_of_a_day_that_was(number: str) -> None:
    for found in (
        Assessment(assessed_on=clock.today(), needs={}),
        Assessment(clock.today() + timedelta(days=1), {Dimension.HEALTH: (1, "")}),
        Assessment(clock.today(), {Dimension.HEALTH: (4, "")}),
    ):
        with pytest.raises(Refused):
            assessing.assess_needs(actor=cast.viewer(cast.KAN), number=number, found=found)


def test_a_slip_of_the_year_is_told(number: str) -> None:
    kan, long_ago = cast.viewer(cast.KAN), clock.today() - timedelta(days=400)
    before = clock.today() - timedelta(days=11)
    needs = {Dimension.HEALTH: (1, "")}
    goal, action = goal_with_action(number)
    for field, act in (
        ("assessed_on", lambda: assessing.assess_needs(
            actor=kan, number=number, found=Assessment(long_ago, needs))),
        ("goal_due", lambda: goals.add_goal(
            actor=kan, number=number, facts=GoalFacts("เดินได้", due_on=before))),
        ("goal_due", lambda: goals.edit_goal(
            actor=kan, number=number, goal_id=goal, version=1,
            facts=GoalFacts("เดินได้", due_on=before))),
        ("action_due", lambda: actions.add_action(
            actor=kan, number=number, goal_id=goal,
            facts=ActionFacts("ฝึก", Responsible.WORKER, worker_id=kan.user_id, due_on=before))),
        ("action_due", lambda: actions.edit_action(
            actor=kan, number=number, action_id=action, version=1,
            facts=ActionFacts("ฝึก", Responsible.WORKER, worker_id=kan.user_id, due_on=before))),
    ):  # fmt: skip
        with pytest.raises(Refused) as refused:
            act()
        assert refused.value.field == field
        db.session.rollback()
    assess(number, days_ago=300, health=1)
    db.session.execute(db.update(PlanGoal).where(PlanGoal.id == goal).values(due_on=before))
    same = GoalFacts("เดินได้ไกลขึ้น", due_on=before)
    goals.edit_goal(actor=kan, number=number, goal_id=goal, version=1, facts=same)
    assert care(number).goals[0].title == "เดินได้ไกลขึ้น", "the day came with an older case"


def test_a_settled_goal_lets_its_open_actions_fall(number: str) -> None:
    goal, _action = goal_with_action(number)
    assert [matter.text for matter in open_matters(_id(number)) if "เดินได้เอง" in matter.text]
    with pytest.raises(Refused):
        _end(number, goal, GoalStatus.DROPPED, "")
    _end(number, goal, GoalStatus.MET, "เดินรอบบ้านได้")
    (held,) = care(number).goals
    assert (held.status, held.actions[0].status) == (GoalStatus.MET, ActionStatus.DROPPED)
    assert not [one for one in open_matters(_id(number)) if "เดินได้เอง" in one.text]
    goals.take_up_goal(
        actor=cast.viewer(cast.KAN), number=number, goal_id=goal, version=held.version
    )
    assert care(number).open_goals[0].id == goal


def test_an_agreement_knows_the_plan_as_it_stood(number: str) -> None:
    kan = cast.viewer(cast.KAN)
    with pytest.raises(Refused):
        goals.note_agreement(actor=kan, number=number, agreed_on=clock.today(), by=AgreedBy.PERSON)
    _goal, action = goal_with_action(number)
    goals.note_agreement(actor=kan, number=number, agreed_on=clock.today(), by=AgreedBy.FAMILY)
    db.session.commit()
    agreed = care(number).agreed
    assert agreed is not None and not agreed.changed
    actions.edit_action(
        actor=kan, number=number, action_id=action, version=1,
        facts=ActionFacts("ฝึกเดินทุกวัน", Responsible.FAMILY, who="ลูก"),
    )  # fmt: skip
    db.session.commit()
    agreed = care(number).agreed
    assert agreed is not None and agreed.changed


def test_the_second_of_two_editors_is_told(number: str) -> None:
    goal, _action = goal_with_action(number)
    goals.edit_goal(
        actor=cast.viewer(cast.ORN), number=number, goal_id=goal, version=1,
        facts=GoalFacts("เดินได้ด้วยไม้เท้า"),
    )  # fmt: skip
    db.session.commit()
    with pytest.raises(StaleRecord) as stale:
        goals.edit_goal(
            actor=cast.viewer(cast.KAN), number=number, goal_id=goal, version=1,
            facts=GoalFacts("เดินเองได้"),
        )  # fmt: skip
    assert stale.value.current["goal_title"] == "เดินได้ด้วยไม้เท้า"


def test_late_actions_and_old_assessments_are_asked_for_until_they_are_done(number: str) -> None:
    kan = cast.viewer(cast.KAN)
    _goal, action = goal_with_action(number, late=True)
    assess(number, days_ago=200, health=2)
    assert {one.kind for one in my_duties(kan)} == {Duty.ACTION, Duty.ASSESS_AGAIN}
    assert all(one.late for one in my_duties(kan))
    actions.finish_action(actor=kan, number=number, action_id=action, version=1)
    assess(number, health=1)
    assert my_duties(kan) == []


def test_what_a_worker_is_to_do_goes_along_with_the_case(number: str) -> None:
    goal_with_action(number, late=True)
    case = db.session.scalars(select(Case).where(Case.number == number)).one()
    ton = cast.viewer(cast.TON)
    change_worker(actor=SYSTEM, case=case, worker_id=ton.user_id, data={"verb": "handed_over"})
    db.session.commit()
    assert [one.kind for one in my_duties(ton)] == [Duty.ACTION]
    assert my_duties(cast.viewer(cast.KAN)) == []


@pytest.mark.parametrize("who", [cast.TON, cast.ANAN, cast.AEK, cast.WAN])
def test_others_can_neither_assess_nor_plan(number: str, who: str) -> None:
    with pytest.raises((Forbidden, NotFound)):
        assess(number, who, health=1)
    with pytest.raises((Forbidden, NotFound)):
        goals.add_goal(actor=cast.viewer(who), number=number, facts=GoalFacts("x"))
    assert db.session.scalars(select(PlanGoal)).all() == []
    assert db.session.scalars(select(NeedsAssessment)).all() == []


def test_a_closed_case_keeps_its_plan_as_it_is(number: str) -> None:
    goal, _action = goal_with_action(number)
    db.session.execute(
        db.update(Case)
        .where(Case.number == number)
        .values(status=CaseStatus.CLOSED, closed_at=clock.now())
    )
    db.session.commit()
    with pytest.raises(Forbidden):
        _end(number, goal, GoalStatus.MET, "")


def _end(number: str, goal: int, status: GoalStatus, reason: str) -> None:
    goals.end_goal(
        actor=cast.viewer(cast.KAN), number=number, goal_id=goal, version=1, status=status,
        reason=reason,
    )  # fmt: skip
    db.session.commit()


def _id(number: str) -> int:
    return db.session.scalars(select(Case.id).where(Case.number == number)).one()
