"""Who is told of deadlines, once each; what cannot be told falls back and shows."""

import re
from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import delete, select, update

from tests import cast
from tests.pages import submit
from welfare.accounts.models import User, UserRole
from welfare.cases import queries, services
from welfare.cases.kinds import Channel, Fault, Stage, Told, WaitingFor
from welfare.cases.models import (
    Case,
    CaseEvent,
    CaseStage,
    DeadlineNotice,
    DelayQuestion,
    Escalation,
    EscalationRule,
)
from welfare.cases.queries.deadlines import recipients
from welfare.cases.queries.deadlines.late import desk_lines, questions
from welfare.cases.services.deadlines.delays import answer_why_late, ask_why_late
from welfare.cases.services.deadlines.escalating import escalate
from welfare.cases.services.deadlines.escalation_rules import RuleFacts, add_rule, edit_rule
from welfare.cases.workflow import CaseAction, EventKind, Sensitivity
from welfare.core.db import db
from welfare.core.errors import Forbidden, Refused
from welfare.core.security.permissions import Role

pytestmark = pytest.mark.usefixtures("stage")
At = Callable[[str], None]


def only(stage: Stage, offset: int, told: Told, channel: Channel = Channel.DESK) -> int:
    """One rule and no other."""
    db.session.execute(delete(EscalationRule))
    facts = RuleFacts(stage=stage, offset_days=offset, told=told, channel=channel)
    made = add_rule(actor=cast.viewer(cast.ANAN), facts=facts)
    db.session.commit()
    return made


def taken(number: str) -> None:
    """Kan has the case."""
    kan, orn = cast.viewer(cast.KAN), cast.viewer(cast.ORN)
    case = queries.load_case(number, viewer=orn)
    services.move_case(actor=orn, case=case, action=CaseAction.OFFER, assignee_id=kan.user_id)
    services.move_case(actor=kan, case=case, action=CaseAction.ACCEPT)
    db.session.commit()


def told() -> list[str]:
    """Who found a notice, in order."""
    rows = db.session.scalars(
        select(User.username)
        .join(DeadlineNotice, DeadlineNotice.user_id == User.id)
        .order_by(DeadlineNotice.id)
    )
    return list(rows)


def lines(verb: str) -> list[dict]:
    rows = db.session.scalars(select(CaseEvent.data).where(CaseEvent.kind == EventKind.DEADLINE))
    return [data for data in rows if data["verb"] == verb]


def test_a_rule_fires_at_its_point_and_once(app: Flask, at: At) -> None:
    at("2026-11-16T09:00:00+07:00")  # Monday; first visit of housing: 5 working days, 23 Nov
    with app.app_context():
        only(Stage.FIRST_VISIT, -1, Told.OWNER)
        taken(cast.case())
        at("2026-11-20T08:29:00+07:00")
        assert (escalate(), told()) == (0, [])
        at("2026-11-20T08:31:00+07:00")
        assert (escalate(), told()) == (1, [cast.KAN])
        assert (escalate(), told()) == (0, [cast.KAN])
        (line,) = lines("escalated")
        assert (line["stage"], line["due"], line["offset"]) == ("first_visit", "2026-11-23", -1)


def test_after_the_day_the_managers_are_told_and_a_met_stage_tells_nobody(
    app: Flask, at: At
) -> None:
    at("2026-11-16T09:00:00+07:00")
    with app.app_context():
        only(Stage.ACKNOWLEDGE, 2, Told.MANAGER)
        taken(cast.case())
        cast.case(title="ไม่มีใครรับ")  # due 19 Nov
        at("2026-11-20T12:00:00+07:00")
        assert escalate() == 0
        at("2026-11-23T12:00:00+07:00")
        assert (escalate(), told()) == (1, [cast.MALEE])


def test_what_passed_its_point_before_the_rule_is_left_alone(app: Flask, at: At) -> None:
    at("2026-11-02T09:00:00+07:00")
    with app.app_context():
        cast.case()
        at("2026-11-20T09:00:00+07:00")
        only(Stage.ACKNOWLEDGE, 2, Told.MANAGER)
        assert escalate() == 0


def test_a_waiting_case_tells_nobody(app: Flask, at: At) -> None:
    at("2026-11-16T09:00:00+07:00")
    with app.app_context():
        only(Stage.FIRST_VISIT, 0, Told.OWNER)
        number = cast.case()
        taken(number)
        kan = cast.viewer(cast.KAN)
        version = queries.load_case(number, viewer=kan).version
        services.wait_case(actor=kan, number=number, version=version, reason="รอญาติ")
        db.session.commit()
        at("2026-11-25T12:00:00+07:00")
        assert escalate() == 0


def test_nobody_holds_the_role_the_officers_are_told_and_the_rule_is_red(
    app: Flask, at: At, client: FlaskClient
) -> None:
    at("2026-11-16T09:00:00+07:00")
    with app.app_context():
        rule = only(Stage.ACKNOWLEDGE, 0, Told.MANAGER)
        db.session.execute(delete(UserRole).where(UserRole.role == Role.MANAGER))
        db.session.commit()
        cast.case()
        at("2026-11-19T12:00:00+07:00")
        assert (escalate(), told()) == (1, [cast.ORN])
        assert db.session.get(EscalationRule, rule).fault is Fault.NOBODY
        assert lines("escalated")[0]["fault"] == "nobody"
        assert db.session.scalar(select(Escalation.fault)) is Fault.NOBODY
    page = cast.sign_in(client, cast.ANAN).get("/admin/escalation").text
    assert "rule-broken" in page
    assert "ไม่มีผู้ทำหน้าที่นี้" in page


def test_a_missing_channel_is_red_and_both_are_told(
    app: Flask, at: At, client: FlaskClient
) -> None:
    at("2026-11-16T09:00:00+07:00")
    with app.app_context():
        rule = only(Stage.ACKNOWLEDGE, 0, Told.MANAGER, Channel.EMAIL)
        cast.case()
    assert "rule-broken" in cast.sign_in(client, cast.ANAN).get("/admin/escalation").text
    with app.app_context():
        at("2026-11-19T12:00:00+07:00")
        assert (escalate(), sorted(told())) == (1, [cast.MALEE, cast.ORN])
        assert db.session.get(EscalationRule, rule).fault is Fault.CHANNEL


def test_a_case_without_a_worker_falls_to_the_officers(app: Flask, at: At) -> None:
    at("2026-11-16T09:00:00+07:00")
    with app.app_context():
        rule = only(Stage.ACKNOWLEDGE, 0, Told.OWNER)
        cast.case()
        at("2026-11-19T12:00:00+07:00")
        assert (escalate(), told()) == (1, [cast.ORN])
        assert lines("escalated")[0]["fault"] == "no_owner"
        assert db.session.get(EscalationRule, rule).fault is None


def test_nobody_is_told_of_what_they_may_not_see(app: Flask, at: At) -> None:
    at("2026-11-16T09:00:00+07:00")
    with app.app_context():
        only(Stage.ACKNOWLEDGE, 0, Told.OFFICER)
        cast.case(category="staff_conduct", actor=cast.MALEE, sensitivity=Sensitivity.CONDUCT)
        at("2026-11-25T12:00:00+07:00")
        assert (escalate(), told()) == (1, [cast.MALEE])
        assert lines("escalated")[0]["fault"] == "may_not_see"


def test_a_rule_that_breaks_falls_back_and_stops_no_other(
    app: Flask, at: At, monkeypatch: pytest.MonkeyPatch
) -> None:
    at("2026-11-16T09:00:00+07:00")
    with app.app_context():
        rule = only(Stage.ACKNOWLEDGE, 0, Told.MANAGER)
        cast.case()
        at("2026-11-19T12:00:00+07:00")

        def broken(*_args: object) -> None:
            raise ZeroDivisionError

        monkeypatch.setattr(recipients, "recipients", broken)
        assert (escalate(), told()) == (1, [cast.ORN])
        assert db.session.get(EscalationRule, rule).fault is Fault.BROKEN


def test_when_nobody_at_all_can_be_told_it_is_tried_until_somebody_can(app: Flask, at: At) -> None:
    at("2026-11-16T09:00:00+07:00")
    with app.app_context():
        rule = only(Stage.ACKNOWLEDGE, 0, Told.MANAGER)
        cast.case()
        staff = User.username.in_([cast.ORN, cast.MALEE])
        db.session.execute(update(User).where(staff).values(active=False))
        db.session.commit()
        at("2026-11-19T12:00:00+07:00")
        assert (escalate(), told()) == (0, [])
        assert db.session.get(EscalationRule, rule).fault is Fault.NO_ONE_AT_ALL
        db.session.execute(update(User).where(staff).values(active=True))
        db.session.commit()
        assert (escalate(), told()) == (1, [cast.MALEE])
        assert db.session.get(EscalationRule, rule).fault is None


def test_only_the_administrator_changes_rules(app: Flask) -> None:
    facts = RuleFacts(Stage.CLOSURE, 1, Told.MANAGER)
    with app.app_context():
        for who in (cast.ORN, cast.KAN, cast.MALEE, cast.AEK, cast.WAN):
            with pytest.raises(Forbidden):
                add_rule(actor=cast.viewer(who), facts=facts)
            with pytest.raises(Forbidden):
                edit_rule(actor=cast.viewer(who), rule_id=1, version=1, facts=facts)


def test_reasons_are_asked_every_seven_days_until_it_is_done(app: Flask, at: At) -> None:
    at("2026-11-02T09:00:00+07:00")
    with app.app_context():
        number = cast.case(category="equipment")  # acknowledge: 3 Nov
        kan = cast.viewer(cast.KAN)
        at("2026-11-03T16:00:00+07:00")
        assert ask_why_late() == 0
        taken(number)
        at("2026-11-05T09:00:00+07:00")  # first visit: 4 Nov
        assert (ask_why_late(), ask_why_late()) == (1, 0)
        at("2026-11-11T09:00:00+07:00")
        assert ask_why_late() == 0
        at("2026-11-12T09:01:00+07:00")
        assert ask_why_late() == 1
        question = db.session.scalar(select(DelayQuestion))
        assert (question.times, question.owner_id) == (2, kan.user_id)
        answer_why_late(actor=kan, number=number, reason="รอรถขนเตียง")
        db.session.commit()
        assert lines("answered")
        with pytest.raises(Refused):
            answer_why_late(actor=kan, number=number, reason="อีกครั้ง")
        db.session.rollback()
        at("2026-11-18T09:00:00+07:00")
        assert ask_why_late() == 0
        at("2026-11-19T09:02:00+07:00")
        assert ask_why_late() == 1
        assert [line["times"] for line in lines("asked")] == [1, 2, 1]


def test_whoever_was_offered_a_case_is_not_asked_why_nobody_has_taken_it_up(
    app: Flask, at: At
) -> None:
    at("2026-11-02T09:00:00+07:00")
    with app.app_context():
        number = cast.case(category="equipment")  # acknowledge: 3 Nov
        kan, orn = cast.viewer(cast.KAN), cast.viewer(cast.ORN)
        at("2026-11-06T09:00:00+07:00")
        case = queries.load_case(number, viewer=orn)
        services.move_case(actor=orn, case=case, action=CaseAction.OFFER, assignee_id=kan.user_id)
        db.session.commit()
        assert ask_why_late() == 1
        assert [one.number for one in questions(viewer=orn)] == [number]
        assert questions(viewer=kan) == [] == list(desk_lines(kan).questions)
        services.move_case(actor=kan, case=case, action=CaseAction.ACCEPT)
        db.session.commit()
        at("2026-11-20T09:00:00+07:00")  # first visit is late too
        assert ask_why_late() == 1
        assert [(one.number, one.mine) for one in questions(viewer=kan)] == [(number, True)]


def test_what_was_late_before_a_wait_stays_late(app: Flask, at: At, client: FlaskClient) -> None:
    at("2026-11-02T09:00:00+07:00")
    with app.app_context():
        number = cast.case(category="equipment")
        taken(number)
        at("2026-11-06T09:00:00+07:00")  # first visit: 4 Nov
        orn = cast.viewer(cast.ORN)
        services.wait_case(
            actor=orn, number=number, version=queries.load_case(number, viewer=orn).version,
            whom=WaitingFor.AGENCY, reason="รอโรงพยาบาล",
        )  # fmt: skip
        db.session.commit()
    shown = cast.sign_in(client, cast.ORN).get(f"/desk/cases/{number}").text
    states = re.findall(r'class="tag tag-(\w+)">([^<]+)<', shown[shown.index('id="deadlines"') :])
    assert ("late", "เลยกำหนด") in states
    assert ("waiting", "หยุดนับ") in states


def test_the_question_stands_on_the_desk_and_the_case_and_is_answered_there(
    app: Flask, at: At, client: FlaskClient
) -> None:
    at("2026-11-02T09:00:00+07:00")
    with app.app_context():
        number = cast.case(category="equipment")
        taken(number)
        at("2026-11-06T09:00:00+07:00")
        assert ask_why_late() == 1
    cast.sign_in(client, cast.KAN)
    assert f"/desk/cases/{number}?open=late" in client.get("/desk").text
    page = f"/desk/cases/{number}?open=late"
    answer = submit(
        client, page, {"why_late": "ญาติยังไม่พร้อม"}, action=f"/desk/cases/{number}/why-late"
    )
    assert answer.status_code == 303
    assert "ญาติยังไม่พร้อม" in client.get(f"/desk/cases/{number}").text
    assert "open=late" not in client.get("/desk").text
    malee = cast.sign_in(app.test_client(), cast.MALEE)
    assert number not in malee.get("/desk/cases/late").text


def test_managers_see_what_is_unanswered(app: Flask, at: At, client: FlaskClient) -> None:
    at("2026-11-02T09:00:00+07:00")
    with app.app_context():
        number = cast.case(category="equipment")
        at("2026-11-06T09:00:00+07:00")
        ask_why_late()
    assert number in cast.sign_in(client, cast.MALEE).get("/desk/cases/late").text
    assert cast.sign_in(app.test_client(), cast.KAN).get("/desk/cases/late").status_code == 403


def test_the_worklist_is_narrowed_to_what_is_late_at_a_stage(
    app: Flask, at: At, client: FlaskClient
) -> None:
    at("2026-11-02T09:00:00+07:00")
    with app.app_context():
        late, taken_up = cast.case(category="equipment"), cast.case(category="equipment")
        taken(taken_up)
        at("2026-11-04T09:00:00+07:00")
    cast.sign_in(client, cast.ORN)
    page = client.get("/desk/cases?stage=acknowledge").text
    assert late in page
    assert taken_up not in page
    assert late not in client.get("/desk/cases?stage=decision").text
    assert client.get("/desk/cases?stage=nonsense").status_code == 200


def test_a_manager_sets_a_deadline_by_hand_and_the_case_says_so(
    app: Flask, at: At, client: FlaskClient
) -> None:
    at("2026-11-16T09:00:00+07:00")
    with app.app_context():
        number = cast.case()
    cast.sign_in(client, cast.MALEE)
    page, action = f"/desk/cases/{number}?open=deadline", f"/desk/cases/{number}/deadline"
    day = {"due_on-day": "4", "due_on-month": "12", "due_on-year": "2569"}
    sent = {"stage": "first_visit", "reason": "ผู้ป่วยอยู่โรงพยาบาล", **day}
    assert submit(client, page, {**sent, "due_on-day": "5"}, action=action).status_code == 422
    assert submit(client, page, {**sent, "reason": ""}, action=action).status_code == 400
    assert submit(client, page, sent, action=action).status_code == 303
    with app.app_context():
        row = db.session.scalar(select(CaseStage).where(CaseStage.stage == Stage.FIRST_VISIT))
        assert (row.hand_on, row.due_at.date()) == (date(2026, 12, 4), date(2026, 12, 4))
        assert db.session.scalar(select(Case.due_at)) != row.due_at
    assert "ผู้ป่วยอยู่โรงพยาบาล" in client.get(f"/desk/cases/{number}").text
