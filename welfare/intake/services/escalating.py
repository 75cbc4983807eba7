"""Telling named roles of requests that nobody has answered, by the rules that the administrator
keeps: once for a rule, a request and a day; what cannot be done as it says falls back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

import structlog
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from welfare.accounts.queries import active_viewers
from welfare.cases.kinds import Fault, RuleKind
from welfare.cases.labels import FAULTS, TOLD
from welfare.cases.parts import reaches
from welfare.cases.queries.deadlines.answering import AnswerRule, answer_rules
from welfare.cases.queries.deadlines.points import point_words
from welfare.cases.services.deadlines.escalating import OF_THE_RULE, note_fault
from welfare.cases.services.rules import note_firing
from welfare.core import audit, clock, outbox
from welfare.core.db import db
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import SYSTEM, Role, Viewer
from welfare.intake.models import Complaint, ComplaintEventKind
from welfare.intake.policies import can_view, is_about
from welfare.intake.queries.unanswered import unanswered
from welfare.intake.services.triage import append_line
from welfare.intake.workflow import ComplaintStatus

log = structlog.get_logger()
FALLBACK = (Role.OFFICER, Role.MANAGER)
Found = tuple[list[Viewer], Fault | None]


def escalate_requests() -> int:
    """Let every rule of first answers tell of what has come to its point; how often one fired."""
    rules = answer_rules()
    people = active_viewers() if rules else []
    db.session.rollback()
    fired = 0
    for rule in rules:
        try:
            due = unanswered(rule)
            db.session.rollback()
            fired += sum(map(partial(_fire, rule, people=people), due))
        except Exception as error:  # one broken rule must not stop the others, nor be silent
            db.session.rollback()
            note_fault(rule.id, Fault.BROKEN)
            note_firing(kind=RuleKind.ANSWER, key=rule.key, fault=Fault.BROKEN)
            db.session.commit()
            log.error("answer rule", rule_id=rule.id, kind=type(error).__name__)
    return fired


def _fire(rule: AnswerRule, complaint_id: int, *, people: Sequence[Viewer]) -> bool:
    """Tell of one request; whether it was done."""
    complaint = db.session.scalar(
        select(Complaint)
        .where(Complaint.id == complaint_id, Complaint.status == ComplaintStatus.SUBMITTED)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if complaint is None or complaint.acknowledge_by is None:
        db.session.rollback()
        return False
    due = clock.local(complaint.acknowledge_by).date()
    whom, fault = _whom(rule, complaint, people)
    note_fault(rule.id, fault if fault in OF_THE_RULE else None)
    if whom:
        try:
            _write(rule, complaint, due, whom, fault)
        except IntegrityError:  # another worker was quicker
            db.session.rollback()
            return False
    db.session.commit()
    return bool(whom)


def _whom(rule: AnswerRule, complaint: Complaint, people: Sequence[Viewer]) -> Found:
    """Those whom the rule names and who may read the request; else the officers, and why."""
    able = [one for one in people if can_view(one, complaint) and not _meant(one, complaint)]
    named = [one for one in able if rule.told.value in one.roles]
    if named and any(reaches(rule.channel, one.user_id) for one in named):
        return named, None
    held = any(rule.told.value in one.roles for one in people)
    fault = Fault.CHANNEL if named else Fault.MAY_NOT_SEE if held else Fault.NOBODY
    for role in FALLBACK:
        instead = [one for one in able if role in one.roles]
        if instead:
            return instead, fault
    return [], Fault.NO_ONE_AT_ALL


def _meant(viewer: Viewer, complaint: Complaint) -> bool:
    return is_about(viewer, complaint.description)


def _write(
    rule: AnswerRule, complaint: Complaint, due: date, whom: Sequence[Viewer], fault: Fault | None
) -> None:
    ids = [person.user_id for person in whom]
    once = f"{rule.key}:{complaint.id}:{due}"
    if not note_firing(
        kind=RuleKind.ANSWER, key=rule.key, reference=complaint.reference, fault=fault,
        once=once, data={"to": ids},
    ):  # fmt: skip
        return
    names = ", ".join(person.display_name for person in whom)
    words = _(
        "First answer, %(when)s: told %(names)s", when=point_words(rule.offset_days), names=names
    )
    if fault is not None:
        words += " " + _(
            "instead of: %(meant)s, because %(why)s", meant=TOLD[rule.told], why=FAULTS[fault]
        )
    append_line(
        SYSTEM, complaint, ComplaintEventKind.NOTE, words, public=False,
        data={"verb": "escalated", "rule": rule.id, "to": ids, "fault": fault or ""},
    )  # fmt: skip
    details = {"rule": rule.id, "due": due.isoformat(), "to": ids, "fault": fault or ""}
    audit.record(SYSTEM, "complaint.escalated", "complaint", complaint.reference, details)
    outbox.publish("complaint.escalated", {"reference": complaint.reference, "to": ids})
    db.session.flush()
