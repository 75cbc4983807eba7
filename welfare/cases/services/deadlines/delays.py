"""Why is it late? Asked of the worker every few days until it is done, kept on the timeline."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import func, select

from welfare.accounts.queries import active_viewers
from welfare.cases.models import Case, CaseStage, DeadlineSettings, DelayQuestion
from welfare.cases.policies import can_change_record
from welfare.cases.queries.deadlines.late import late_stages
from welfare.cases.queries.loading import load_case
from welfare.cases.services.events import add_event
from welfare.cases.workflow import EventKind
from welfare.core import audit, clock
from welfare.core.db import db
from welfare.core.errors import Forbidden, Refused
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import SYSTEM, Viewer

FIRST_EVERY = 7


def ask_why_late() -> int:
    """Ask where a deadline has passed and nobody was asked for so many days; how often it was.

    What is no longer late is no longer asked. Each case is committed for itself.
    """
    every = db.session.scalar(select(DeadlineSettings.ask_every_days)) or FIRST_EVERY
    now = clock.now()
    since = now - timedelta(days=every)
    late = late_stages(now)
    asked = dict(
        db.session.execute(
            select(DelayQuestion.case_id, func.max(DelayQuestion.asked_at)).group_by(
                DelayQuestion.case_id
            )
        ).all()
    )
    open_ones = set(
        db.session.scalars(
            select(DelayQuestion.case_id)
            .join(Case, Case.id == DelayQuestion.case_id)
            .where(DelayQuestion.answered_at.is_(None))
            .where(Case.closed_at.is_(None), Case.paused_at.is_(None))
        )
    )
    active = {person.user_id for person in active_viewers()}
    db.session.rollback()
    _lapse(open_ones - set(late), now)
    due = [case for case in late if case not in asked or asked[case] <= since]
    return sum(_ask(case_id, late[case_id], now, active) for case_id in due)


def _lapse(cases: Iterable[int], now: datetime) -> None:
    """What was asked of a case that is not late any more need not be answered."""
    for case_id in sorted(cases):
        for question in _unanswered(case_id):
            question.answered_at = now
            case = db.session.get(Case, case_id)
            if case is not None:
                data = {"verb": "lapsed", "stage": question.stage.value}
                add_event(actor=SYSTEM, case=case, kind=EventKind.DEADLINE, data=data)
        db.session.commit()


def _unanswered(case_id: int) -> list[DelayQuestion]:
    return list(
        db.session.scalars(
            select(DelayQuestion)
            .where(DelayQuestion.case_id == case_id, DelayQuestion.answered_at.is_(None))
            .with_for_update()
            .execution_options(populate_existing=True)
        )
    )


def _ask(case_id: int, stage_id: int, now: datetime, active: set[int]) -> bool:
    case = db.session.scalar(
        select(Case)
        .where(Case.id == case_id, Case.closed_at.is_(None), Case.paused_at.is_(None))
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    stage = db.session.get(CaseStage, stage_id)
    if case is None or stage is None:
        db.session.rollback()
        return False
    owner = case.assignee_id if case.assignee_id in active else None
    waiting = _unanswered(case_id)
    question = waiting[0] if waiting else None
    if question is None:
        question = DelayQuestion(
            case_id=case_id, first_asked_at=now, times=0, answered_at=None, answered_by_id=None
        )
        db.session.add(question)
    question.stage, question.due_on = stage.stage, clock.local(stage.due_at).date()
    question.owner_id, question.asked_at = owner, now
    question.times += 1
    details = {
        "stage": question.stage.value,
        "due": question.due_on.isoformat(),
        "owner": owner,
        "times": question.times,
    }
    data = {"verb": "asked", **details}
    add_event(actor=SYSTEM, case=case, kind=EventKind.DEADLINE, data=data)
    audit.record(SYSTEM, "case.asked_why_late", "case", case.number, details)
    db.session.commit()
    return True


def answer_why_late(*, actor: Viewer, number: str, reason: str) -> None:
    """Say why it is late; ``Refused`` when nobody asks (any more)."""
    case = load_case(number, viewer=actor, for_update=True)
    if not can_change_record(actor, case):
        raise Forbidden
    waiting = _unanswered(case.id)
    if not waiting:
        raise Refused(_("Nobody asks for a reason now."), field="why_late")
    for question in waiting:
        question.answered_at, question.answered_by_id = clock.now(), actor.user_id or None
        question.reason = reason
    stage, times = waiting[0].stage.value, waiting[0].times
    data = {"verb": "answered", "stage": stage, "times": times}
    add_event(actor=actor, case=case, kind=EventKind.DEADLINE, text=reason, data=data)
    audit.record(
        actor, "case.answered_why_late", "case", number, {"stage": stage, "length": len(reason)}
    )
    db.session.flush()
