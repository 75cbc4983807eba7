"""Requests that nobody has answered and of which a rule has to tell."""

from __future__ import annotations

from sqlalchemy import select

from welfare.cases.models import RuleFiring
from welfare.cases.queries.deadlines.answering import AnswerRule, due_between
from welfare.core import clock
from welfare.core.db import db
from welfare.intake.models import Complaint
from welfare.intake.workflow import ComplaintStatus


def unanswered(rule: AnswerRule) -> list[int]:
    """The ids of those that have come to the rule's point and were not told of for that day."""
    since, until = due_between(rule)
    statement = (
        select(Complaint.id, Complaint.acknowledge_by)
        .where(Complaint.status == ComplaintStatus.SUBMITTED)
        .where(Complaint.acknowledge_by >= since, Complaint.acknowledge_by < until)
        .order_by(Complaint.acknowledge_by, Complaint.id)
    )
    if rule.category_id is not None:
        statement = statement.where(Complaint.category_id == rule.category_id)
    if rule.offset_days < 0:  # a reminder that comes too late is none
        statement = statement.where(Complaint.acknowledge_by > clock.now())
    told = set(db.session.scalars(select(RuleFiring.once).where(RuleFiring.rule_key == rule.key)))
    return [
        row.id
        for row in db.session.execute(statement)
        if f"{rule.key}:{row.id}:{clock.local(row.acknowledge_by).date()}" not in told
    ]
