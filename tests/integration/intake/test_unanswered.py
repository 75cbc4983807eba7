"""Requests that nobody has answered: named roles are told at set points, once, on the record."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import delete, select, update

from tests import cast
from welfare.accounts.models import UserRole
from welfare.cases.kinds import Fault, Told, Watched
from welfare.cases.models import EscalationRule, RuleFiring
from welfare.cases.queries.rules import all_rules
from welfare.cases.services.deadlines.escalating import escalate
from welfare.cases.services.deadlines.escalation_rules import RuleFacts, add_rule
from welfare.core.db import db
from welfare.core.outbox import OutboxEvent
from welfare.core.security.permissions import Role
from welfare.intake.models import Complaint, ComplaintEvent
from welfare.intake.services.escalating import escalate_requests
from welfare.intake.workflow import ComplaintStatus
from welfare.messages.models import Message
from welfare.messages.services import deliver_outbox
from welfare.worker import DIRECTORY

pytestmark = pytest.mark.usefixtures("stage")
At = Callable[[str], None]


def only(offset: int, told: Told) -> int:
    """One rule of first answers and no other."""
    db.session.execute(delete(EscalationRule))
    facts = RuleFacts(stage=Watched.ANSWER, offset_days=offset, told=told)
    made = add_rule(actor=cast.viewer(cast.ANAN), facts=facts)
    db.session.commit()
    return made


def firings() -> list[tuple[str, str | None]]:
    db.session.rollback()
    rows = db.session.execute(select(RuleFiring.reference, RuleFiring.fault))
    return [(row.reference, row.fault) for row in rows]


def test_the_managers_hear_once_of_a_request_that_nobody_answered(app: Flask, at: At) -> None:
    at("2026-11-16T09:00:00+07:00")  # Monday
    with app.app_context():
        rule = only(1, Told.MANAGER)
        late, answered = cast.complaint().reference, cast.complaint().reference
        db.session.execute(
            update(Complaint)
            .where(Complaint.reference == answered)
            .values(status=ComplaintStatus.DECLINED)
        )
        db.session.commit()
        due = db.session.scalars(
            select(Complaint.acknowledge_by).where(Complaint.reference == late)
        ).one()
        assert due is not None
        at(due.isoformat())
        assert (escalate_requests(), escalate()) == (0, 0)
        at("2026-11-27T12:00:00+07:00")
        assert (escalate_requests(), escalate_requests()) == (1, 0)
        assert firings() == [(late, None)]
        line = db.session.scalars(select(ComplaintEvent).order_by(ComplaintEvent.id.desc())).first()
        assert line is not None and line.data["verb"] == "escalated" and not line.public
        while deliver_outbox(directory=DIRECTORY, base_url="https://office.invalid"):
            pass
        (message,) = db.session.scalars(select(Message).where(Message.channel == "desk"))
        assert message.user_id == cast.viewer(cast.MALEE).user_id and late in message.subject
        (state,) = [one for one in all_rules() if one.key == f"escalation:{rule}"]
        assert (state.fired.count, state.fired.of, state.red) == (1, late, False)


def test_where_nobody_holds_the_role_the_officers_hear_and_the_rule_is_red(
    app: Flask, at: At
) -> None:
    at("2026-11-16T09:00:00+07:00")
    with app.app_context():
        rule = only(1, Told.MANAGER)
        db.session.execute(delete(UserRole).where(UserRole.role == Role.MANAGER))
        db.session.commit()
        late = cast.complaint().reference
        at("2026-11-27T12:00:00+07:00")
        assert escalate_requests() == 1
        assert firings() == [(late, Fault.NOBODY)]
        payload = db.session.scalars(
            select(OutboxEvent.payload).where(OutboxEvent.name == "complaint.escalated")
        ).one()
        assert f"[{cast.viewer(cast.ORN).user_id}]" in payload
        (state,) = [one for one in all_rules() if one.key == f"escalation:{rule}"]
        assert state.red and state.fault is Fault.NOBODY


def test_a_request_of_which_nobody_may_know_is_tried_again(app: Flask, at: At) -> None:
    at("2026-11-16T09:00:00+07:00")
    with app.app_context():
        rule = only(1, Told.MANAGER)
        taken = (Role.MANAGER, Role.OFFICER)
        db.session.execute(delete(UserRole).where(UserRole.role.in_(taken)))
        cast.complaint()
        at("2026-11-27T12:00:00+07:00")
        assert (escalate_requests(), firings()) == (0, [])
        held = db.session.get_one(EscalationRule, rule)
        assert held.fault is Fault.NO_ONE_AT_ALL
