"""What casework itself knows to be open when a case is closed."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select

from welfare.cases.models import CaseTask, EquipmentLoan, HelpRequest
from welfare.cases.parts import OpenMatter
from welfare.cases.queries.family import open_children
from welfare.cases.queries.help import OPEN
from welfare.cases.workflow import HelpStatus, LoanStatus, TaskStatus
from welfare.core.db import db
from welfare.core.i18n import gettext as _


def open_work(case_id: int) -> list[OpenMatter]:
    """Requests, loans and tasks that are not settled; one statement.

    Undecided requests and undelivered approvals hold the money of a fund, so they hinder.
    Equipment may stay where it is needed, and goes on being reminded of.
    """
    undecided, granted, lent, tasks = db.session.execute(
        select(
            _count(HelpRequest, case_id, HelpRequest.status == HelpStatus.WAITING),
            _count(HelpRequest, case_id, HelpRequest.status.in_(OPEN[1:])),
            _count(EquipmentLoan, case_id, EquipmentLoan.status == LoanStatus.OUT),
            _count(CaseTask, case_id, CaseTask.status == TaskStatus.OPEN),
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
    return matters + _parts(case_id)


def _parts(case_id: int) -> list[OpenMatter]:
    """The parts of a larger case go on without it; whoever closes it says that they know."""
    found = open_children(case_id)
    if not found:
        return []
    numbers = ", ".join(number for number, named in found if named)
    words = _("Cases that are part of this one and still open: %(n)s", n=len(found))
    return [OpenMatter(f"{words} ({numbers})" if numbers else words, "#family")]


def _count(model: Any, case_id: int, which: Any) -> Any:
    """How many rows of a case, as one number of a statement."""
    return (
        select(func.count())
        .select_from(model)
        .where(model.case_id == case_id, which)
        .scalar_subquery()
    )
