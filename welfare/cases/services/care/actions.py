"""Actions of a plan: who does what for a goal until when; done, or dropped with a reason."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sqlalchemy import select

from welfare.cases.facts import ActionFacts
from welfare.cases.kinds import ActionStatus, GoalStatus, Responsible
from welfare.cases.models import Case, PlanAction, PlanGoal
from welfare.cases.queries.people import staff_name
from welfare.cases.services.care.access import must_keep_plan, tell
from welfare.cases.services.care.goals import day_fields
from welfare.cases.services.plausible import refuse_before
from welfare.cases.workflow import EventKind
from welfare.core import audit, clock
from welfare.core.db import db, hold
from welfare.core.errors import NotFound, Refused, StaleRecord
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Viewer

MOST_ACTIONS = 40


def add_action(*, actor: Viewer, number: str, goal_id: int, facts: ActionFacts) -> int:
    """Plan a step towards a goal that is open; returns its id."""
    case = must_keep_plan(actor, number)
    goal = db.session.scalar(
        select(PlanGoal).where(PlanGoal.id == goal_id, PlanGoal.case_id == case.id)
    )
    if goal is None:
        raise NotFound
    if goal.status is not GoalStatus.OPEN:
        raise Refused(_("This goal has already been settled."), field="action_title")
    there = select(db.func.count()).where(PlanAction.goal_id == goal.id)
    if (db.session.scalar(there) or 0) >= MOST_ACTIONS:
        raise Refused(_("A goal has %(n)s actions at most.", n=MOST_ACTIONS), field="action_title")
    _refuse(case, facts)
    now = clock.now()
    action = PlanAction(
        goal_id=goal.id,
        case_id=case.id,
        status=ActionStatus.OPEN,
        made_by_id=actor.user_id or None,
        made_at=now,
        changed_at=now,
    )
    _assign(action, facts)
    db.session.add(action)
    db.session.flush()
    _tell(actor, case, action, "plan_action.added")
    return action.id


def edit_action(
    *, actor: Viewer, number: str, action_id: int, version: int, facts: ActionFacts
) -> None:
    """Its words, who does it, its day."""
    case, action = _loaded(actor, number, action_id, version)
    _refuse(case, facts, stood=action.due_on)
    _assign(action, facts)
    changes = audit.changes_of(action)
    if not changes:
        return
    action.changed_at = clock.now()
    _tell(actor, case, action, "plan_action.edited", changes=changes)


def finish_action(*, actor: Viewer, number: str, action_id: int, version: int) -> None:
    """It is done."""
    case, action = _loaded(actor, number, action_id, version)
    _end(actor, action, ActionStatus.DONE)
    _tell(actor, case, action, "plan_action.done")


def drop_action(*, actor: Viewer, number: str, action_id: int, version: int, reason: str) -> None:
    """It is not done any more, with a reason."""
    case, action = _loaded(actor, number, action_id, version)
    if not reason:
        raise Refused(_("Please give a reason."), field="reason")
    _end(actor, action, ActionStatus.DROPPED, reason)
    _tell(actor, case, action, "plan_action.dropped", reason=reason)


def take_up_action(*, actor: Viewer, number: str, action_id: int, version: int) -> None:
    """It is to be done again; its goal must be open."""
    case, action = _loaded(actor, number, action_id, version)
    status = db.session.scalar(select(PlanGoal.status).where(PlanGoal.id == action.goal_id))
    if action.status is ActionStatus.OPEN or status is not GoalStatus.OPEN:
        raise Refused(_("This goal has already been settled."))
    action.status, action.reason = ActionStatus.OPEN, ""
    action.ended_at, action.ended_by_id = None, None
    _tell(actor, case, action, "plan_action.taken_up")


def current_action(action: PlanAction) -> dict[str, str]:
    """What stands in the record now, by the names of the form fields; a date in three of them."""
    worker = staff_name(action.worker_id)
    return {
        "action_title": action.title,
        "responsible": action.responsible.value,
        "worker": worker.username if worker else "",
        "who": action.who,
        **day_fields("action_due", action.due_on),
    }


def _assign(action: PlanAction, facts: ActionFacts) -> None:
    by_worker = facts.responsible is Responsible.WORKER
    action.title, action.responsible, action.due_on = facts.title, facts.responsible, facts.due_on
    action.worker_id = facts.worker_id if by_worker else None
    action.who = "" if by_worker else facts.who


def _refuse(case: Case, facts: ActionFacts, *, stood: date | None = None) -> None:
    refuse_before(case, facts.due_on, field="action_due", stood=stood)
    if facts.responsible is Responsible.WORKER and facts.worker_id is None:
        raise Refused(_("Please choose who does it."), field="worker")
    if facts.responsible is Responsible.AGENCY and not facts.who:
        raise Refused(_("Please enter which agency does it."), field="who")


def _end(actor: Viewer, action: PlanAction, status: ActionStatus, reason: str = "") -> None:
    if action.status is not ActionStatus.OPEN:
        raise Refused(_("This action has already been settled."))
    action.status, action.reason = status, reason
    action.ended_at, action.ended_by_id = clock.now(), actor.user_id or None


def _loaded(actor: Viewer, number: str, action_id: int, version: int) -> tuple[Case, PlanAction]:
    case = must_keep_plan(actor, number)
    action = hold(
        select(PlanAction).where(PlanAction.id == action_id, PlanAction.case_id == case.id)
    )
    if action.version != version:
        raise StaleRecord(version=action.version, current=current_action(action))
    return case, action


def _tell(
    actor: Viewer,
    case: Case,
    action: PlanAction,
    verb: str,
    *,
    reason: str = "",
    changes: Mapping[str, object] | None = None,
) -> None:
    text = f"{action.title}: {reason}" if reason else action.title
    data = {"goal": action.goal_id, "action": action.id}
    tell(actor, case, EventKind.PLAN, verb, text=text, data=data, changes=changes)
