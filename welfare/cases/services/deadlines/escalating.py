"""Telling people of deadlines, by the rules that the administrator keeps.

A rule fires once for a deadline. What it cannot do as it says shows on the rule, in red, and the
officers are told instead; where nobody at all may be told, it is tried again until somebody can.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import structlog
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from welfare.accounts.queries import active_viewers
from welfare.cases.kinds import Fault, Watched
from welfare.cases.models import (
    Case,
    CaseStage,
    DeadlineNotice,
    DeadlineSettings,
    Escalation,
    EscalationRule,
)
from welfare.cases.queries.deadlines import recipients as telling
from welfare.cases.queries.deadlines.points import FARTHEST, reached_until, span, working_today
from welfare.cases.services.events import add_event
from welfare.cases.workflow import EventKind
from welfare.core import audit, clock, outbox
from welfare.core.db import db
from welfare.core.municipality import closures_between
from welfare.core.security.permissions import SYSTEM, Viewer

log = structlog.get_logger()

OF_THE_RULE = frozenset({Fault.NOBODY, Fault.CHANNEL, Fault.NO_ONE_AT_ALL, Fault.BROKEN})
"""Faults that are the rule's own. That one case has no worker, or is kept from the role, is not:
then the officers are told, which the rule counts."""


@dataclass(frozen=True, slots=True)
class Point:
    """A deadline that a rule is to tell of."""

    stage_id: int
    case_id: int
    due_on: date


def escalate() -> int:
    """Let every rule in use tell of what has come to its point; returns how often one fired."""
    rules = list(
        db.session.scalars(
            select(EscalationRule.id)
            .where(EscalationRule.active, EscalationRule.stage != Watched.ANSWER)
            .order_by(EscalationRule.id)
        )
    )
    people = active_viewers()
    db.session.rollback()
    fired = 0
    for rule_id in rules:
        try:
            fired += sum(_fire(rule_id, point, people) for point in _points(rule_id))
        except Exception as error:  # one broken rule must not stop the others, nor be silent
            db.session.rollback()
            note_fault(rule_id, Fault.BROKEN)
            db.session.commit()
            log.error("escalation rule", rule_id=rule_id, kind=type(error).__name__)
    _note_look()
    return fired


def _note_look() -> None:
    """When the rules were last looked at, for the administrator's page."""
    now = clock.now()
    done = db.session.execute(
        update(DeadlineSettings).where(DeadlineSettings.id == 1).values(watched_at=now)
    )
    if not done.rowcount:  # type: ignore[attr-defined]
        db.session.add(DeadlineSettings(id=1, watched_at=now))
    db.session.commit()


def _points(rule_id: int) -> Iterator[Point]:
    """What has come to the point of a rule, while it holds, and was not told yet."""
    rule = db.session.get(EscalationRule, rule_id)
    if rule is None:
        return
    now = clock.now()
    today, before = working_today(now), rule.effective_from - timedelta(days=1)
    closures = closures_between(before - timedelta(days=FARTHEST), today + timedelta(days=FARTHEST))
    first = reached_until(rule.offset_days, before, closures)
    last = reached_until(rule.offset_days, today, closures)
    since, until = span(first, last)
    statement = (
        select(CaseStage.id, CaseStage.case_id, CaseStage.due_at)
        .join(Case, Case.id == CaseStage.case_id)
        .where(CaseStage.stage == rule.stage)
        .where(CaseStage.met_at.is_(None), CaseStage.ended_at.is_(None))
        .where(CaseStage.due_at >= since, CaseStage.due_at < until)
        .where(Case.closed_at.is_(None), Case.paused_at.is_(None))
        .order_by(CaseStage.due_at, CaseStage.id)
    )
    if rule.category_id is not None:
        statement = statement.where(Case.category_id == rule.category_id)
    if rule.offset_days < 0:  # a reminder that comes too late is none: the later rules speak
        statement = statement.where(CaseStage.due_at > now)
    found = [
        Point(row.id, row.case_id, clock.local(row.due_at).date())
        for row in db.session.execute(statement)
    ]
    told = {
        (row.stage_id, row.due_on)
        for row in db.session.execute(
            select(Escalation.stage_id, Escalation.due_on).where(
                Escalation.rule_id == rule_id, Escalation.due_on > first
            )
        )
    }
    db.session.rollback()
    yield from (point for point in found if (point.stage_id, point.due_on) not in told)


def _fire(rule_id: int, point: Point, people: Sequence[Viewer]) -> bool:
    """Tell of one deadline; whether it was done."""
    try:
        return _tell_of(rule_id, point, people, broken=False)
    except IntegrityError:  # another worker was quicker
        db.session.rollback()
        return False
    except Exception as error:
        db.session.rollback()
        log.error("escalation", rule_id=rule_id, kind=type(error).__name__)
        return _tell_of(rule_id, point, people, broken=True)


def _tell_of(rule_id: int, point: Point, people: Sequence[Viewer], *, broken: bool) -> bool:
    case = db.session.scalar(
        select(Case)
        .where(Case.id == point.case_id, Case.closed_at.is_(None), Case.paused_at.is_(None))
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    stage = db.session.get(CaseStage, point.stage_id, populate_existing=True)
    rule = db.session.get(EscalationRule, rule_id)
    if case is None or stage is None or rule is None or not _stands(stage, point):
        db.session.rollback()
        return False
    if broken:
        whom = telling.fallback(case, people)
        fault: Fault | None = Fault.BROKEN if whom else Fault.NO_ONE_AT_ALL
    else:
        whom, fault = telling.recipients(rule.told, rule.channel, case, people)
    note_fault(rule_id, fault if fault in OF_THE_RULE else None)
    if not whom:
        db.session.commit()
        return False
    _write(rule, case, stage, point, whom, fault)
    db.session.commit()
    return True


def _stands(stage: CaseStage, point: Point) -> bool:
    runs = stage.met_at is None and stage.ended_at is None
    return runs and clock.local(stage.due_at).date() == point.due_on


def _write(
    rule: EscalationRule,
    case: Case,
    stage: CaseStage,
    point: Point,
    whom: Sequence[Viewer],
    fault: Fault | None,
) -> None:
    """The rule has fired: kept, told, on the timeline, in the audit."""
    now, ids = clock.now(), [person.user_id for person in whom]
    fired = Escalation(
        rule_id=rule.id, stage_id=stage.id, case_id=case.id, due_on=point.due_on, fired_at=now,
        fault=fault,
    )  # fmt: skip
    db.session.add(fired)
    db.session.flush()
    db.session.add_all(
        DeadlineNotice(
            escalation_id=fired.id, case_id=case.id, user_id=user_id, stage=stage.stage,
            due_on=point.due_on, made_at=now, read_at=None,
        )
        for user_id in ids
    )  # fmt: skip
    details = {
        "rule": rule.id,
        "stage": stage.stage.value,
        "due": point.due_on.isoformat(),
        "offset": rule.offset_days,
        "told": rule.told.value,
        "to": ids,
        "fault": fault.value if fault else "",
    }
    data = {"verb": "escalated", **details}
    add_event(actor=SYSTEM, case=case, kind=EventKind.DEADLINE, data=data)
    audit.record(SYSTEM, "case.escalated", "case", case.number, details)
    outbox.publish(
        "case.escalated",
        {
            "number": case.number,
            "channel": rule.channel.value,
            "stage": stage.stage.value,
            "to": ids,
        },
    )


def note_fault(rule_id: int, fault: Fault | None) -> None:
    """What the rule shows; its version stays, so that nobody's open form is refused for it."""
    at = clock.now() if fault else None
    db.session.execute(
        update(EscalationRule)
        .where(EscalationRule.id == rule_id)
        .values(fault=fault, fault_at=at)
        .execution_options(synchronize_session=False)
    )
