"""What is still open when a case is closed: by all checks, and by casework's own."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import structlog
from sqlalchemy import ColumnElement, String, cast, exists, func, select

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
from welfare.cases.parts import ClosingCheck, OpenMatter, closing_checks
from welfare.cases.queries.checks import edition_of_case
from welfare.cases.queries.family import UNNAMED, open_children
from welfare.cases.queries.help import OPEN
from welfare.cases.workflow import HelpStatus, LoanStatus, TaskStatus
from welfare.core.db import db
from welfare.core.i18n import gettext as _

_BETWEEN = "\x1f"
"""Texts are cleaned of control characters before they are kept, so this stands in none."""
log = structlog.get_logger()


def open_matters(case_id: int) -> list[OpenMatter]:
    """Everything that is still open for a case, what hinders first.

    A check that fails does not stop the closing: it stands among what whoever closes must have
    looked at themselves.
    """
    try:
        columns = closing_columns(case_id)
        with db.session.begin_nested():
            row = db.session.execute(select(*columns)).one() if columns else ()
        return read_matters(row)
    except Exception:  # which of them it is, they say one by one
        return _one_by_one(case_id)


def closing_columns(case_id: Any) -> list[ColumnElement[str]]:
    """A column for each check, in their order, for a case whose id is a number or expression."""
    return [
        cast(check.packed(case_id), String).label(f"closing_{name}")
        for name, check in closing_checks().items()
    ]


def read_matters(packed: Iterable[str | None]) -> list[OpenMatter]:
    """What is open by the columns of :func:`closing_columns`, what hinders first."""
    texts = zip(closing_checks().values(), packed, strict=True)
    found = [matter for check, text in texts for matter in check.read(text or "")]
    return sorted(found, key=lambda matter: not matter.hinders)


def _one_by_one(case_id: int) -> list[OpenMatter]:
    found: list[OpenMatter] = []
    for name, check in closing_checks().items():
        try:
            with db.session.begin_nested():
                text = db.session.scalar(select(cast(check.packed(case_id), String)))
            found.extend(check.read(text or ""))
        except Exception as error:
            log.error("closing check", name=name, kind=type(error).__name__)
            words = _(
                "A check could not be made, please look yourself: %(what)s",
                what=CHECKS.get(name, name),
            )
            found.append(OpenMatter(words, failed=name))
    return sorted(found, key=lambda matter: not matter.hinders)


def _packed_work(case_id: Any) -> Any:
    """Requests, loans, tasks, goals, required checks and parts that are not settled."""
    fields = (
        _count(HelpRequest, case_id, HelpRequest.status == HelpStatus.WAITING),
        _count(HelpRequest, case_id, HelpRequest.status.in_(OPEN[1:])),
        _count(EquipmentLoan, case_id, EquipmentLoan.status == LoanStatus.OUT),
        _count(CaseTask, case_id, CaseTask.status == TaskStatus.OPEN),
        _open_goals(case_id),
        _unticked(case_id),
        open_children(case_id),
    )
    packed: Any
    packed, *texts = [func.coalesce(cast(field, String), "") for field in fields]
    for text in texts:
        packed = packed.concat(_BETWEEN).concat(text)
    return packed


def _read_work(text: str) -> list[OpenMatter]:
    """Undecided requests and undelivered approvals hold the money of a fund, so they hinder.
    Equipment may stay where it is needed, and goes on being reminded of.
    """
    *counts, goals, unticked, children = text.split(_BETWEEN)
    undecided, granted, lent, tasks = (int(count) for count in counts)
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
    return matters + _parts(children)


WORK_CHECK = ClosingCheck(_packed_work, _read_work)


def _parts(children: str) -> list[OpenMatter]:
    """The parts of a larger case go on without it; whoever closes it says that they know."""
    found = children.split()
    if not found:
        return []
    numbers = ", ".join(sorted(number for number in found if number != UNNAMED))
    words = _("Cases that are part of this one and still open: %(n)s", n=len(found))
    return [OpenMatter(f"{words} ({numbers})" if numbers else words, "#family")]


def _unticked(case_id: Any) -> Any:
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


def _open_goals(case_id: Any) -> Any:
    """What is still to be reached, by its words."""
    return (
        select(func.aggregate_strings(PlanGoal.title, " · "))
        .where(PlanGoal.case_id == case_id, PlanGoal.status == GoalStatus.OPEN)
        .scalar_subquery()
    )


def _count(model: Any, case_id: Any, which: Any) -> Any:
    """How many rows of a case, as one number of a statement."""
    return (
        select(func.count())
        .select_from(model)
        .where(model.case_id == case_id, which)
        .scalar_subquery()
    )
