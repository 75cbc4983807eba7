"""What casework itself knows to be open when a case is closed."""

from __future__ import annotations

from sqlalchemy import func, select

from welfare.cases.models import CaseTask
from welfare.cases.parts import OpenMatter
from welfare.cases.queries.help import open_help
from welfare.cases.queries.loans import loans_out
from welfare.cases.workflow import HelpStatus, TaskStatus
from welfare.core.db import db
from welfare.core.i18n import gettext as _


def open_requests(case_id: int) -> list[OpenMatter]:
    """Undecided requests and undelivered approvals: they hold the money of a fund, so they
    hinder."""
    found = open_help(case_id)
    undecided = found.get(HelpStatus.WAITING, 0)
    undelivered = sum(number for status, number in found.items() if status != HelpStatus.WAITING)
    matters = []
    if undecided:
        words = _("Requests for help that nobody has decided: %(n)s", n=undecided)
        matters.append(OpenMatter(words, "#help-requests", hinders=True))
    if undelivered:
        words = _("Help approved and not handed over: %(n)s", n=undelivered)
        matters.append(OpenMatter(words, "#help-requests", hinders=True))
    return matters


def open_loans(case_id: int) -> list[OpenMatter]:
    """Equipment that is out: it may stay where it is needed, and goes on being reminded of."""
    number = loans_out(case_id)
    words = _("Equipment on loan: %(n)s", n=number)
    return [OpenMatter(words, "#help-requests")] if number else []


def open_tasks(case_id: int) -> list[OpenMatter]:
    """Tasks that nobody has settled."""
    number = db.session.scalar(
        select(func.count())
        .select_from(CaseTask)
        .where(CaseTask.case_id == case_id, CaseTask.status == TaskStatus.OPEN)
    )
    words = _("Tasks that are not done: %(n)s", n=number)
    return [OpenMatter(words, "#tasks")] if number else []
