"""Goals of a plan: set, changed, met, given up, taken up again; and who agreed to the plan."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sqlalchemy import select

from welfare.cases.facts import GoalFacts
from welfare.cases.kinds import ActionStatus, AgreedBy, GoalStatus
from welfare.cases.models import Case, PlanAction, PlanAgreement, PlanGoal
from welfare.cases.services.care.access import must_keep_plan, tell
from welfare.cases.services.plausible import refuse_before
from welfare.cases.workflow import EventKind
from welfare.core import audit, clock
from welfare.core.db import db, hold
from welfare.core.errors import Refused, StaleRecord
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Viewer
from welfare.core.thai.dates import BE_OFFSET

MOST_GOALS = 30


def add_goal(*, actor: Viewer, number: str, facts: GoalFacts) -> int:
    """Set a goal; returns its id."""
    case = must_keep_plan(actor, number)
    there = select(db.func.count()).where(PlanGoal.case_id == case.id)
    if (db.session.scalar(there) or 0) >= MOST_GOALS:
        raise Refused(_("A plan has %(n)s goals at most.", n=MOST_GOALS), field="title")
    refuse_before(case, facts.due_on, field="goal_due")
    now = clock.now()
    goal = PlanGoal(
        case_id=case.id,
        title=facts.title,
        dimension=facts.dimension,
        due_on=facts.due_on,
        status=GoalStatus.OPEN,
        made_by_id=actor.user_id or None,
        made_at=now,
        changed_at=now,
    )
    db.session.add(goal)
    db.session.flush()
    _tell(actor, case, goal, "goal.added")
    return goal.id


def edit_goal(*, actor: Viewer, number: str, goal_id: int, version: int, facts: GoalFacts) -> None:
    """Its words, its part of life, its day."""
    case, goal = _loaded(actor, number, goal_id, version)
    refuse_before(case, facts.due_on, field="goal_due", stood=goal.due_on)
    goal.title, goal.dimension, goal.due_on = facts.title, facts.dimension, facts.due_on
    changes = audit.changes_of(goal)
    if not changes:
        return
    goal.changed_at = clock.now()
    _tell(actor, case, goal, "goal.edited", changes=changes)


def end_goal(
    *, actor: Viewer, number: str, goal_id: int, version: int, status: GoalStatus, reason: str
) -> None:
    """It is met, or given up with a reason; what was still to be done for it falls away."""
    case, goal = _loaded(actor, number, goal_id, version)
    if goal.status is not GoalStatus.OPEN:
        raise Refused(_("This goal has already been settled."))
    if status is GoalStatus.DROPPED and not reason:
        raise Refused(_("Please give a reason."), field="reason")
    goal.status, goal.reason = status, reason
    goal.ended_at, goal.ended_by_id = clock.now(), actor.user_id or None
    left = _drop_actions(actor, goal, reason)
    verb = "goal.met" if status is GoalStatus.MET else "goal.dropped"
    _tell(actor, case, goal, verb, reason=reason, changes={"actions_dropped": left})


def take_up_goal(*, actor: Viewer, number: str, goal_id: int, version: int) -> None:
    """A settled goal is worked towards again; its actions stay as they are."""
    case, goal = _loaded(actor, number, goal_id, version)
    if goal.status is GoalStatus.OPEN:
        raise Refused(_("This goal is open."))
    goal.status, goal.reason, goal.ended_at, goal.ended_by_id = GoalStatus.OPEN, "", None, None
    _tell(actor, case, goal, "goal.taken_up")


def note_agreement(
    *, actor: Viewer, number: str, agreed_on: date, by: AgreedBy, who: str = "", note: str = ""
) -> None:
    """Somebody agreed to the plan as it stands."""
    case = must_keep_plan(actor, number)
    if agreed_on > clock.today():
        raise Refused(_("This day lies in the future."), field="agreed_on")
    if db.session.scalar(select(PlanGoal.id).where(PlanGoal.case_id == case.id).limit(1)) is None:
        raise Refused(_("There is no goal yet that somebody could agree to."), field="agreed_by")
    db.session.add(
        PlanAgreement(
            case_id=case.id,
            agreed_on=agreed_on,
            agreed_by=by,
            who=who,
            note=note,
            recorded_by_id=actor.user_id or None,
            recorded_at=clock.now(),
        )
    )
    data = {"agreed_by": by.value, "agreed_on": agreed_on.isoformat()}
    tell(actor, case, EventKind.PLAN, "plan.agreed", text=note, data=data)


def current_goal(goal: PlanGoal) -> dict[str, str]:
    """What stands in the record now, by the names of the form fields; a date in three of them."""
    return {
        "goal_title": goal.title,
        "dimension": goal.dimension.value if goal.dimension else "",
        **day_fields("goal_due", goal.due_on),
    }


def day_fields(name: str, day: date | None) -> dict[str, str]:
    """A day as the three fields of a form hold it."""
    return {
        f"{name}-day": str(day.day) if day else "",
        f"{name}-month": str(day.month) if day else "",
        f"{name}-year": str(day.year + BE_OFFSET) if day else "",
    }


def _loaded(actor: Viewer, number: str, goal_id: int, version: int) -> tuple[Case, PlanGoal]:
    case = must_keep_plan(actor, number)
    goal = hold(select(PlanGoal).where(PlanGoal.id == goal_id, PlanGoal.case_id == case.id))
    if goal.version != version:
        raise StaleRecord(version=goal.version, current=current_goal(goal))
    return case, goal


def _drop_actions(actor: Viewer, goal: PlanGoal, reason: str) -> int:
    """What is still to be done for a goal that is settled falls away, for the same reason."""
    actions = db.session.scalars(
        select(PlanAction)
        .where(PlanAction.goal_id == goal.id, PlanAction.status == ActionStatus.OPEN)
        .with_for_update()
    ).all()
    for action in actions:
        action.status, action.reason = ActionStatus.DROPPED, reason or goal.title
        action.ended_at, action.ended_by_id = clock.now(), actor.user_id or None
    return len(actions)


def _tell(
    actor: Viewer,
    case: Case,
    goal: PlanGoal,
    action: str,
    *,
    reason: str = "",
    changes: Mapping[str, object] | None = None,
) -> None:
    text = f"{goal.title}: {reason}" if reason else goal.title
    tell(actor, case, EventKind.PLAN, action, text=text, data={"goal": goal.id}, changes=changes)
