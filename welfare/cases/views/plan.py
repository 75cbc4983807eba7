"""The forms of a plan: goals, actions, and who agreed to it."""

from __future__ import annotations

from typing import Any

from flask import flash
from werkzeug.wrappers import Response

from welfare.cases import queries
from welfare.cases.forms.care import (
    AddActionForm,
    AddGoalForm,
    AgreeForm,
    DropActionForm,
    EditActionForm,
    EditGoalForm,
    EndGoalForm,
    PlanButtonForm,
)
from welfare.cases.kinds import ActionStatus, AgreedBy, GoalStatus
from welfare.cases.queries import CaseFile
from welfare.cases.queries.care import ActionRow, GoalRow
from welfare.cases.queries.plan import worker_of_action
from welfare.cases.services.care import actions, goals
from welfare.cases.views.blueprint import blueprint
from welfare.cases.views.care import Answer, back, changeable, form_page, put_on
from welfare.core import clock
from welfare.core.errors import NotFound, Refused
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Permission
from welfare.core.web import commit, requires, the_viewer
from welfare.core.web.choices import offered

GOAL = "/<number>/care/goals/<int:goal_id>"
ACTION_PAGE = "cases/care/action.html"
ACTION = "/<number>/care/actions/<int:action_id>"


def _goal(case: CaseFile, goal_id: int) -> GoalRow:
    for goal in case.works.care.goals:
        if goal.id == goal_id:
            return goal
    raise NotFound


def _action(case: CaseFile, action_id: int) -> ActionRow:
    for goal in case.works.care.goals:
        for action in goal.actions:
            if action.id == action_id:
                return action
    raise NotFound


@blueprint.route("/<number>/care/goals/new", methods=["GET", "POST"])
@requires(Permission.EDIT_CASES)
def add_goal(number: str) -> Answer:
    """A goal is set."""
    case, form = changeable(number), AddGoalForm()
    values = {"title": _("Set a goal"), "save": _("Save the goal")}
    if not form.sent():
        return form_page(case, form, values)

    def act() -> str:
        return str(goals.add_goal(actor=the_viewer(), number=case.number, facts=form.facts()))

    try:
        made = form.once("plan-goal", act)
    except Refused as refusal:
        put_on(form, refusal, "goal_title")
        return form_page(case, form, values, 422)
    flash(_("The goal is set. Now say what is to be done for it."), "success")
    return back(case, f"goal-{made}")


@blueprint.route(GOAL, methods=["GET", "POST"])
@requires(Permission.EDIT_CASES)
def edit_goal(number: str, goal_id: int) -> Answer:
    """Its words and its day."""
    case = changeable(number)
    goal = _goal(case, goal_id)
    form = EditGoalForm(
        data={
            "goal_title": goal.title,
            "dimension": goal.dimension.value if goal.dimension else "",
            "goal_due": goal.due_on,
            "version": str(goal.version),
        }
    )
    values = {"title": _("Change the goal"), "save": _("Save")}
    if not form.sent():
        return form_page(case, form, values)
    goals.edit_goal(
        actor=the_viewer(),
        number=case.number,
        goal_id=goal_id,
        version=form.seen_version,
        facts=form.facts(),
    )
    commit()
    flash(_("Saved."), "success")
    return back(case, f"goal-{goal_id}")


@blueprint.route(f"{GOAL}/end", methods=["GET", "POST"])
@requires(Permission.EDIT_CASES)
def end_goal(number: str, goal_id: int) -> Answer:
    """It is met, or given up."""
    case = changeable(number)
    goal = _goal(case, goal_id)
    form = EndGoalForm(data={"version": str(goal.version)})
    values = {"title": _("Settle the goal"), "save": _("Save"), "about": goal.title}
    if any(one.status is ActionStatus.OPEN for one in goal.actions):
        values["hint"] = _("What is still to be done for it falls away.")
    if not form.sent():
        return form_page(case, form, values)
    try:
        goals.end_goal(
            actor=the_viewer(),
            number=case.number,
            goal_id=goal_id,
            version=form.seen_version,
            status=GoalStatus(form.became.data),
            reason=form.reason.data or "",
        )
        commit()
    except Refused as refusal:
        put_on(form, refusal, "became")
        return form_page(case, form, values, 422)
    flash(_("The goal is settled."), "success")
    return back(case, f"goal-{goal_id}")


@blueprint.post(f"{GOAL}/again")
@requires(Permission.EDIT_CASES)
def goal_again(number: str, goal_id: int) -> Response:
    """It is worked towards again."""
    case, form = changeable(number), PlanButtonForm()
    if form.sent():
        goals.take_up_goal(
            actor=the_viewer(), number=case.number, goal_id=goal_id, version=form.seen_version
        )
        commit()
        flash(_("The goal is open again."), "success")
    return back(case, f"goal-{goal_id}")


def _offer_workers(form: Any) -> None:
    """Those who could do it; the worker of the case stands first on a new form."""
    staff = queries.staff_with(Permission.EDIT_CASES)
    form.worker.choices = offered(
        [("", _("Please choose")), *((person.username, person.name) for person in staff)]
    )


def _worker_id(form: Any) -> int | None:
    return queries.staff_id(form.worker.data or "")


@blueprint.route(f"{GOAL}/actions/new", methods=["GET", "POST"])
@requires(Permission.EDIT_CASES)
def add_action(number: str, goal_id: int) -> Answer:
    """What is to be done for a goal."""
    case = changeable(number)
    goal = _goal(case, goal_id)
    owner = queries.staff_name(case.assignee_id)
    form = AddActionForm(data={"worker": owner.username if owner else ""})
    _offer_workers(form)
    values = {
        "title": _("Plan an action"),
        "save": _("Save the action"),
        "about": goal.title,
    }
    if not form.sent():
        return form_page(case, form, values, page=ACTION_PAGE)

    def act() -> str:
        facts = form.facts(_worker_id(form))
        made = actions.add_action(
            actor=the_viewer(), number=case.number, goal_id=goal_id, facts=facts
        )
        return str(made)

    try:
        form.once("plan-action", act)
    except Refused as refusal:
        put_on(form, refusal, "action_title")
        return form_page(case, form, values, 422, ACTION_PAGE)
    flash(_("The action is planned."), "success")
    return back(case, f"goal-{goal_id}")


@blueprint.route(ACTION, methods=["GET", "POST"])
@requires(Permission.EDIT_CASES)
def edit_action(number: str, action_id: int) -> Answer:
    """Its words, who does it, its day."""
    case = changeable(number)
    action = _action(case, action_id)
    worker_id, who = worker_of_action(action_id)
    worker = queries.staff_name(worker_id)
    form = EditActionForm(
        data={
            "action_title": action.title,
            "responsible": action.responsible.value,
            "worker": worker.username if worker else "",
            "who": who,
            "action_due": action.due_on,
            "version": str(action.version),
        }
    )
    _offer_workers(form)
    values = {
        "title": _("Change the action"),
        "save": _("Save"),
        "about": _goal(case, action.goal_id).title,
    }
    if not form.sent():
        return form_page(case, form, values, page=ACTION_PAGE)
    try:
        actions.edit_action(
            actor=the_viewer(),
            number=case.number,
            action_id=action_id,
            version=form.seen_version,
            facts=form.facts(_worker_id(form)),
        )
        commit()
    except Refused as refusal:
        put_on(form, refusal, "action_title")
        return form_page(case, form, values, 422, ACTION_PAGE)
    flash(_("Saved."), "success")
    return back(case, f"goal-{action.goal_id}")


@blueprint.post(f"{ACTION}/<any(done, again):verb>")
@requires(Permission.EDIT_CASES)
def settle_action(number: str, action_id: int, verb: str) -> Response:
    """It is done, or is to be done again."""
    case, form = changeable(number), PlanButtonForm()
    action = _action(case, action_id)
    if form.sent():
        settle = actions.finish_action if verb == "done" else actions.take_up_action
        settle(
            actor=the_viewer(), number=case.number, action_id=action_id, version=form.seen_version
        )
        commit()
    return back(case, f"goal-{action.goal_id}")


@blueprint.route(f"{ACTION}/drop", methods=["GET", "POST"])
@requires(Permission.EDIT_CASES)
def drop_action(number: str, action_id: int) -> Answer:
    """It is not done any more."""
    case = changeable(number)
    action = _action(case, action_id)
    form = DropActionForm(data={"version": str(action.version)})
    values = {"title": _("Drop the action"), "save": _("Drop"), "about": action.title}
    if not form.sent():
        return form_page(case, form, values)
    try:
        actions.drop_action(
            actor=the_viewer(),
            number=case.number,
            action_id=action_id,
            version=form.seen_version,
            reason=form.reason.data or "",
        )
        commit()
    except Refused as refusal:
        put_on(form, refusal, "reason")
        return form_page(case, form, values, 422)
    flash(_("The action is dropped."), "success")
    return back(case, f"goal-{action.goal_id}")


@blueprint.route("/<number>/care/agreed", methods=["GET", "POST"])
@requires(Permission.EDIT_CASES)
def agree(number: str) -> Answer:
    """Who agreed to the plan on which day."""
    case = changeable(number)
    form = AgreeForm(data={"agreed_on": clock.today()})
    values = {
        "title": _("Note an agreement"),
        "save": _("Save the agreement"),
        "hint": _("They agree to the goals and actions as they stand now."),
    }
    if not form.sent():
        return form_page(case, form, values)

    def act() -> str:
        goals.note_agreement(
            actor=the_viewer(),
            number=case.number,
            agreed_on=form.agreed_on.data,
            by=AgreedBy(form.agreed_by.data),
            who=form.agreed_name.data or "",
            note=form.wishes.data or "",
        )
        return case.number

    try:
        form.once("plan-agreed", act)
    except Refused as refusal:
        put_on(form, refusal, "agreed_by")
        return form_page(case, form, values, 422)
    flash(_("The agreement is kept."), "success")
    return back(case, "plan")
