"""What is still open when a case is closed: by all checks, and by casework's own."""

from __future__ import annotations

from typing import Any

import structlog
from sqlalchemy import exists, func, select

from welfare.cases.kinds import GoalStatus
from welfare.cases.labels import CHECKS
from welfare.cases.models import (
    CaseTask,
    ChecklistItem,
    ChecklistTick,
    EquipmentLoan,
    HelpRequest,
    PlanGoal,
)
from welfare.cases.parts import OpenMatter, closing_checks
from welfare.cases.queries.checks import edition_of_case
from welfare.cases.queries.family import open_children
from welfare.cases.queries.help import OPEN
from welfare.cases.workflow import HelpStatus, LoanStatus, TaskStatus
from welfare.core.db import db
from welfare.core.i18n import gettext as _

log = structlog.get_logger()


def open_matters(case_id: int) -> list[OpenMatter]:
    """Everything that is still open for a case, what hinders first.

    A check that fails does not stop the closing: it stands among what whoever closes must have
    looked at themselves.
    """
    found: list[OpenMatter] = []
    for name, check in closing_checks().items():
        try:
            with db.session.begin_nested():
                found.extend(check(case_id))
        except Exception as error:
            log.error("closing check", name=name, kind=type(error).__name__)
            words = _(
                "A check could not be made, please look yourself: %(what)s",
                what=CHECKS.get(name, name),
            )
            found.append(OpenMatter(words, failed=name))
    return sorted(found, key=lambda matter: not matter.hinders)


def open_work(case_id: int) -> list[OpenMatter]:
    """Requests, loans, tasks, goals and required checks that are not settled; one statement.

    Undecided requests and undelivered approvals hold the money of a fund, so they hinder.
    Equipment may stay where it is needed, and goes on being reminded of.
    """
    undecided, granted, lent, tasks, goals, unticked = db.session.execute(
        select(
            _count(HelpRequest, case_id, HelpRequest.status == HelpStatus.WAITING),
            _count(HelpRequest, case_id, HelpRequest.status.in_(OPEN[1:])),
            _count(EquipmentLoan, case_id, EquipmentLoan.status == LoanStatus.OUT),
            _count(CaseTask, case_id, CaseTask.status == TaskStatus.OPEN),
            _open_goals(case_id),
            _unticked(case_id),
        )
    ).one()
    matters = []
    if undecided:
        words = _("Requests for help that nobody has decided: %(n)s", n=undecided)
        matters.append(OpenMatter(words, "#help-requests", hinders=True))
    if granted:
        words = _("Help approved and not handed over: %(n)s", n=granted)
        matters.append(OpenMatter(words, "#help-requests", hinders=True))
    if lent:
        matters.append(OpenMatter(_("Equipment on loan: %(n)s", n=lent), "#help-requests"))
    if tasks:
        matters.append(OpenMatter(_("Tasks that are not done: %(n)s", n=tasks), "#tasks"))
    if goals:
        matters.append(OpenMatter(_("Goals that are not met: %(goals)s", goals=goals), "#care"))
    if unticked:
        words = _("To be ticked before closing: %(items)s", items=unticked)
        matters.append(OpenMatter(words, "#checks", hinders=True))
    return matters + _parts(case_id)


def _parts(case_id: int) -> list[OpenMatter]:
    """The parts of a larger case go on without it; whoever closes it says that they know."""
    found = open_children(case_id)
    if not found:
        return []
    numbers = ", ".join(number for number, named in found if named)
    words = _("Cases that are part of this one and still open: %(n)s", n=len(found))
    return [OpenMatter(f"{words} ({numbers})" if numbers else words, "#family")]


def _unticked(case_id: int) -> Any:
    """The required items of the case's checklist that nobody has ticked, by their words."""
    ticked = exists().where(
        ChecklistTick.item_id == ChecklistItem.id,
        ChecklistTick.case_id == case_id,
        ChecklistTick.undone_at.is_(None),
    )
    return (
        select(func.aggregate_strings(ChecklistItem.name_th, " · "))
        .where(
            ChecklistItem.checklist_id == edition_of_case(case_id),
            ChecklistItem.required,
            ~ticked,
        )
        .scalar_subquery()
    )


def _open_goals(case_id: int) -> Any:
    """What is still to be reached, by its words."""
    return (
        select(func.aggregate_strings(PlanGoal.title, " · "))
        .where(PlanGoal.case_id == case_id, PlanGoal.status == GoalStatus.OPEN)
        .scalar_subquery()
    )


def _count(model: Any, case_id: int, which: Any) -> Any:
    """How many rows of a case, as one number of a statement."""
    return (
        select(func.count())
        .select_from(model)
        .where(model.case_id == case_id, which)
        .scalar_subquery()
    )
