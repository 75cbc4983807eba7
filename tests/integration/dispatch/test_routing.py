"""Rules of who is proposed first: what they did stands on the case, what cannot run shows red."""

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, text

from tests import cast
from tests.pages import submit
from welfare.cases.kinds import Fault, RuleKind
from welfare.cases.models import Case, CaseEvent, RuleFiring, RuleHealth
from welfare.cases.queries.rules import all_rules
from welfare.cases.services.rule_health import watch_rules
from welfare.cases.services.rules import try_rule
from welfare.cases.workflow import EventKind
from welfare.core import clock
from welfare.core.db import db
from welfare.core.errors import Forbidden, Refused
from welfare.core.outbox import OutboxEvent
from welfare.dispatch import queries, services
from welfare.dispatch.services import RoutingFacts
from welfare.dispatch.workflow import AbsenceKind, Target

pytestmark = pytest.mark.usefixtures("stage")


def routing(**changes: Any) -> int:
    """A rule that names kan for village 2."""
    facts: dict[str, Any] = {
        "name": "หมู่ 2", "target": Target.WORKER, "reason": "รู้จักหมู่บ้าน",
        "effective_from": clock.today(), "village_no": 2,
        "worker_id": cast.viewer(cast.KAN).user_id,
    }  # fmt: skip
    made = services.add_routing_rule(
        actor=cast.viewer(cast.ANAN), facts=RoutingFacts(**(facts | changes))
    )
    db.session.commit()
    return made


def said(number: str) -> list[dict]:
    rows = db.session.scalars(
        select(CaseEvent.data)
        .join(Case, Case.id == CaseEvent.case_id)
        .where(Case.number == number, CaseEvent.kind == EventKind.RULE)
        .order_by(CaseEvent.id)
    )
    return list(rows)


def away(username: str) -> None:
    today = clock.today()
    services.add_absence(
        actor=cast.viewer(username), username=username, first_day=today, last_day=today,
        kind=AbsenceKind.SICK,
    )  # fmt: skip
    db.session.commit()


def test_a_rule_proposes_once_and_the_case_says_so(app: Flask) -> None:
    with app.app_context():
        kan, orn = cast.viewer(cast.KAN).user_id, cast.viewer(cast.ORN)
        number, other = cast.case(), cast.case(village_no=3)
        routing(worker_id=kan)
        assert (services.propose_workers(), services.propose_workers()) == (1, 0)
        (line,) = said(number)
        assert (line["verb"], line["name"], line["workers"]) == ("proposed", "หมู่ 2", [kan])
        assert said(other) == []
        services.offer_case(actor=orn, number=number, worker_id=kan)
        services.decline_case(actor=cast.viewer(cast.KAN), number=number, reason="ลา")
        db.session.commit()
        assert services.propose_workers() == 1  # it waits anew
        assert len(said(number)) == 2


def test_whom_a_rule_names_stands_first_with_the_reason(session: Any) -> None:
    number = cast.case()
    for _ in range(3):  # kan carries more, so the points alone would name ton
        services.offer_case(
            actor=cast.viewer(cast.ORN), number=cast.case(),
            worker_id=cast.viewer(cast.KAN).user_id,
        )  # fmt: skip
    (before,) = queries.rank([number], viewer=cast.viewer(cast.ORN))
    assert before.best is not None and before.best.member.username == cast.TON
    routing()
    (found,) = queries.rank([number], viewer=cast.viewer(cast.ORN))
    assert found.best is not None and found.best.member.username == cast.KAN
    assert (found.best.rule, found.best.rule_reason) == ("หมู่ 2", "รู้จักหมู่บ้าน")


def test_a_rule_that_cannot_falls_back_shows_red_and_heals(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        number = cast.case()
        key = f"routing:{routing()}"
        away(cast.KAN)
        assert services.propose_workers() == 1
        (line,) = said(number)
        assert (line["verb"], line["fault"]) == ("could_not", Fault.WORKER_AWAY)
        assert watch_rules() == 1
        health = db.session.get(RuleHealth, key)
        assert health is not None and health.fault is Fault.WORKER_AWAY
        told = set(db.session.scalars(select(OutboxEvent.name)))
        assert {"rule.could_not", "rule.turned_red"} <= told
        (found,) = queries.rank([number], viewer=cast.viewer(cast.ORN))
        assert found.best is not None  # the officer still chooses among all
        assert found.could_not == (("หมู่ 2", Fault.WORKER_AWAY),)
    admin = cast.sign_in(client, cast.ANAN)
    assert 'class="rule-broken"' in admin.get("/admin/rules").text
    with app.app_context():
        away_id = queries.member(cast.KAN, viewer=cast.viewer(cast.ORN)).away[0]
        services.take_back_absence(
            actor=cast.viewer(cast.KAN), username=cast.KAN, absence_id=away_id.id
        )
        db.session.commit()
        assert (watch_rules(), db.session.get(RuleHealth, key)) == (0, None)
    assert 'class="rule-broken"' not in admin.get("/admin/rules").text
    officer = cast.sign_in(app.test_client(), cast.ORN)
    assert "หมู่ 2" in officer.get(f"/desk/cases/{number}?show=rules").text


def test_a_rule_that_raises_never_breaks_a_page(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    with app.app_context():
        number = cast.case()
        routing()

        def fail(*_args: object) -> bool:
            raise ZeroDivisionError

        monkeypatch.setattr("welfare.dispatch.queries.proposals.named", fail)
        services.propose_workers()
        assert said(number)[0]["fault"] == Fault.BROKEN
        (rule,) = [one for one in all_rules() if one.key.startswith("routing:")]
        assert rule.red and rule.fault is Fault.BROKEN
    officer = cast.sign_in(client, cast.ORN)
    assert officer.get(f"/desk/dispatch?case={number}").status_code == 200
    admin = cast.sign_in(app.test_client(), cast.ANAN)
    assert admin.get("/admin/rules").status_code == 200


def test_a_check_that_raises_is_named_and_the_case_can_be_closed(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    from welfare.cases import parts
    from welfare.cases.labels import CHECKS
    from welfare.cases.queries.closing import open_matters
    from welfare.cases.services.steps import _note_checks

    failing = parts.ClosingCheck(lambda _case: text("no_such_column"), lambda _text: ())
    monkeypatch.setitem(parts._closing, "referrals", failing)
    with app.app_context():
        number = cast.case()
        page = cast.sign_in(app.test_client(), cast.ORN).get(f"/desk/cases/{number}?open=close")
        assert str(CHECKS["referrals"]) in page.text
        case = db.session.scalar(select(Case).where(Case.number == number))
        assert case is not None
        matters = open_matters(case.id)
        assert [one.failed for one in matters] == ["referrals"]
        _note_checks(case, matters)
        red = [one.key for one in all_rules() if one.red]
        assert red == ["check:referrals"]
        assert (
            db.session.scalar(select(RuleFiring.fault).where(RuleFiring.rule_key == "check:work"))
            is None
        )


def test_only_who_keeps_the_lists_writes_rules(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        facts = RoutingFacts("x", Target.WORKER, "y", clock.today(), worker_id=1)
        for who in (cast.ORN, cast.KAN, cast.MALEE):
            with pytest.raises(Forbidden):
                services.add_routing_rule(actor=cast.viewer(who), facts=facts)
        kan = cast.viewer(cast.KAN).user_id
    admin = cast.sign_in(client, cast.ANAN)
    new = {"name": "ด่วน", "target": "worker", "worker": str(kan), "reason": "ใกล้"}
    assert submit(admin, "/admin/routing/new", new).status_code == 303
    nobody = {"name": "ด่วน", "target": "skill", "reason": "ใกล้"}
    assert submit(admin, "/admin/routing/new", nobody).status_code == 400
    assert submit(admin, "/admin/routing/1", {"urgency": "urgent"}).status_code == 303
    assert "ด่วน" in admin.get("/admin/rules").text


def test_a_job_that_fails_is_red_until_it_runs_again(app: Flask) -> None:
    def fail() -> int:
        raise ZeroDivisionError

    with app.app_context():
        assert try_rule(fail, kind=RuleKind.ROUTING, key="routing") == 0
        assert try_rule(fail, kind=RuleKind.ASKING, key="asking") == 0
        assert {one.key for one in all_rules() if one.red} == {"routing", "asking"}
        assert try_rule(lambda: 3, kind=RuleKind.ROUTING, key="routing") == 3
        assert {one.key for one in all_rules() if one.red} == {"asking"}


def test_the_same_absence_is_not_noted_twice(app: Flask) -> None:
    with app.app_context():
        away(cast.KAN)
        with pytest.raises(Refused):
            away(cast.KAN)
        away(cast.TON)
