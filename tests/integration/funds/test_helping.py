"""Help from a fund: its rules, who decides, the money, what is handed over and comes back."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from tests import cast
from tests.funds import FUND, fund, fund_id, this_year
from welfare.accounts.models import User, UserGrant
from welfare.benefits import services as benefits
from welfare.benefits.facts import RuleFacts
from welfare.benefits.kinds import RuleKind
from welfare.benefits.models import FundBudget
from welfare.benefits.queries import budget_left, committee, ledger_totals
from welfare.cases import services as cases
from welfare.cases.models import Assistance, CaseEvent, HelpRequest
from welfare.cases.queries import count_waiting, waiting_for, works_of
from welfare.cases.queries.help import deliveries_of
from welfare.cases.workflow import AssistanceKind, HelpStatus, Outcome, Vote
from welfare.core import clock
from welfare.core.audit.models import AuditEntry
from welfare.core.db import db
from welfare.core.errors import Forbidden, Refused, StaleRecord
from welfare.core.security.permissions import Permission

pytestmark = pytest.mark.usefixtures("stage")


@pytest.fixture
def number(app: Flask) -> Any:
    """A case of a person in a household, kān's; within an application context."""
    with app.app_context():
        home = cast.household()
        who = cast.person(home)
        made = cast.case(household_id=home.id, person_id=who.id)
        yield made
        db.session.rollback()


def ask(number: str, amount: int = 2000, actor: str = cast.ORN, code: str = FUND) -> int:
    made = cases.ask_help(
        actor=cast.viewer(actor),
        number=number,
        fund_id=fund_id(code),
        kind=AssistanceKind.MONEY,
        amount=Decimal(amount),
        description="ค่ายังชีพฉุกเฉิน",
    )
    db.session.commit()
    return made


def request(request_id: int) -> HelpRequest:
    db.session.expire_all()
    return db.session.get_one(HelpRequest, request_id)


def decide(number: str, request_id: int, approve: bool = True, **more: Any) -> None:
    cases.decide_request(
        actor=cast.viewer(more.pop("actor", cast.MALEE)),
        number=number,
        request_id=request_id,
        version=more.pop("version", request(request_id).version),
        approve=approve,
        grounds="ครอบครัวไม่มีรายได้",
        **more,
    )
    db.session.commit()


def deliver(number: str, request_id: int, amount: int, *, days_ago: int = 0) -> int:
    made = cases.deliver_help(
        actor=cast.viewer(cast.ORN),
        number=number,
        request_id=request_id,
        version=request(request_id).version,
        amount=Decimal(amount),
        given_on=clock.today() - timedelta(days=days_ago),
    )
    db.session.commit()
    return made


def money(code: str = FUND) -> tuple[Decimal, Decimal, Decimal]:
    """Budget, reserved, paid; the same as the ledger says."""
    db.session.expire_all()
    found = db.session.scalar(
        select(FundBudget).where(
            FundBudget.fund_id == fund_id(code), FundBudget.fiscal_year == this_year()
        )
    )
    assert found is not None
    kept = (found.amount, found.reserved, found.paid)
    assert ledger_totals(found.id) == kept
    return kept


def verbs(number: str) -> list[str]:
    rows = db.session.scalars(
        select(CaseEvent.data).where(CaseEvent.kind == "assistance").order_by(CaseEvent.id)
    )
    return [row["verb"] for row in rows]


def test_from_asking_to_what_comes_back(number: str) -> None:
    fund()
    made = ask(number)
    assert money() == (10_000, 0, 0)
    decide(number, made)
    assert money() == (10_000, 2000, 0)
    with pytest.raises(Refused, match="ก่อนวันอนุมัติ"):
        deliver(number, made, 1500, days_ago=1)
    db.session.rollback()
    given = deliver(number, made, 1500)
    assert money() == (10_000, 500, 1500)
    assert request(made).status == HelpStatus.PARTLY
    record = db.session.get_one(Assistance, given)
    assert (record.amount, record.fund, record.decided_by) == (
        Decimal(1500),
        f"กองทุน {FUND}",
        cast.viewer(cast.MALEE).display_name,
    )
    assert [row.id for row in works_of(record.case_id).help if row.by_fund] == [given]
    deliver(number, made, 500)
    assert request(made).status == HelpStatus.DELIVERED
    first = deliveries_of(made)[0]
    cases.return_help(
        actor=cast.viewer(cast.ORN),
        number=number,
        request_id=made,
        delivery_id=first.id,
        version=request(made).version,
        amount=Decimal(600),
        reason="คืนส่วนที่เหลือ",
    )
    db.session.commit()
    assert money() == (10_000, 0, 1400)
    counted = db.session.scalars(
        select(Assistance.amount).where(Assistance.withdrawn_at.is_(None)).order_by(Assistance.id)
    ).all()
    assert sorted(counted) == [Decimal(500), Decimal(900)]
    assert verbs(number) == [
        "help_asked", "help_approved", "recorded", "help_delivered", "recorded", "help_delivered",
        "recorded", "help_returned",
    ]  # fmt: skip
    actions = set(db.session.scalars(select(AuditEntry.action)))
    assert {"help.asked", "help.approved", "help.delivered", "help.returned"} <= actions


def test_what_is_not_handed_over_goes_back(number: str) -> None:
    fund()
    made = ask(number)
    decide(number, made, amount=Decimal(1200))
    assert money() == (10_000, 1200, 0)
    cases.release_rest(
        actor=cast.viewer(cast.ORN), number=number, request_id=made,
        version=request(made).version, reason="ย้ายไปแล้ว",
    )  # fmt: skip
    db.session.commit()
    assert (request(made).status, money()) == (HelpStatus.ENDED, (10_000, 0, 0))


def test_the_rules_are_said_with_their_numbers(number: str) -> None:
    fund(times=1)
    with pytest.raises(Refused, match=r"3,500.*3,000"):
        ask(number, 3500)
    decide(number, ask(number))
    with pytest.raises(Refused, match=r"1.*1"):
        ask(number, 1000)


def test_a_year_counts_what_was_had(number: str) -> None:
    fund(times=None)
    most = RuleFacts(
        RuleKind.PER_YEAR, clock.today().replace(month=1, day=1), amount=Decimal("4500.50")
    )
    benefits.add_rule(actor=cast.viewer(cast.ANAN), code=FUND, facts=most)
    db.session.commit()
    decide(number, ask(number))
    decide(number, ask(number, 2500))
    with pytest.raises(Refused, match=r"4,501.*4,500\.50.*4,500"):
        ask(number, 1)
    assert budget_left(fund_id(), this_year()) == Decimal(5500)


def test_a_rule_counts_on_its_days_only(number: str) -> None:
    fund(per_time=None)
    old = RuleFacts(
        RuleKind.PER_TIME, clock.today().replace(year=2020), amount=Decimal(1),
        effective_to=clock.today().replace(year=2021),
    )  # fmt: skip
    benefits.add_rule(actor=cast.viewer(cast.ANAN), code=FUND, facts=old)
    db.session.commit()
    assert ask(number, 2500)


def test_a_case_without_people_breaks_a_rule_for_them(app: Flask) -> None:
    with app.app_context():
        fund()
        with pytest.raises(Refused, match=r"household|ครัวเรือน"):
            ask(cast.case())


def test_a_budget_that_is_used_up_refuses(number: str) -> None:
    fund(budget=2500, times=None)
    first, second = ask(number), ask(number)
    decide(number, first)
    with pytest.raises(Refused):
        decide(number, second)
    db.session.rollback()
    assert money() == (2500, 2000, 0)
    with pytest.raises(Refused):
        benefits.set_budget(
            actor=cast.viewer(cast.ANAN), code=FUND, fiscal_year=this_year(),
            amount=Decimal(1999), version=1,
        )  # fmt: skip


def test_who_may_not_decides_nothing(number: str) -> None:
    fund()
    made = ask(number)
    for actor in (cast.ORN, cast.KAN, cast.ANAN, cast.AEK, cast.WAN):
        with pytest.raises((Forbidden, Exception)):
            decide(number, made, actor=actor)
        db.session.rollback()
    assert request(made).status == HelpStatus.WAITING


def test_above_their_amount_the_committee_decides(number: str) -> None:
    fund(alone=1000, committee=2)
    made = ask(number)
    with pytest.raises(Refused):
        decide(number, made)
    db.session.rollback()
    anan, malee = cast.viewer(cast.ANAN), cast.viewer(cast.MALEE)
    benefits.add_member(actor=anan, code=FUND, name="นายก", position="ประธาน")
    benefits.add_member(actor=anan, code=FUND, name="มาลี", user_id=malee.user_id)
    db.session.commit()
    mayor, own = committee(fund_id())

    def vote(member: int, what: Vote = Vote.FOR, actor: Any = malee) -> None:
        cases.vote_on_request(
            actor=actor, number=number, request_id=made, version=request(made).version,
            member_id=member, vote=what,
        )  # fmt: skip
        db.session.commit()

    def resolve(days_ago: int = 0) -> None:
        cases.resolve_request(
            actor=malee, number=number, request_id=made, version=request(made).version,
            resolution="มติเห็นชอบ", met_on=clock.today() - timedelta(days=days_ago),
        )  # fmt: skip
        db.session.commit()

    assert count_waiting(malee) == len(waiting_for(malee)) == 1
    with pytest.raises(Forbidden):
        vote(own.id, actor=cast.viewer(cast.ORN))
    vote(mayor.id)
    with pytest.raises(Refused):
        vote(mayor.id)
    db.session.rollback()
    with pytest.raises(Refused):
        resolve()
    db.session.rollback()
    vote(own.id)
    db.session.rollback()
    with pytest.raises(Refused):
        resolve(days_ago=400)
    db.session.rollback()
    resolve()
    done = request(made)
    assert (done.status, done.by_committee, done.grounds) == (
        HelpStatus.APPROVED, True, "มติเห็นชอบ",
    )  # fmt: skip
    assert money()[1] == 2000


def test_deciding_ones_own_is_a_right_of_its_own(number: str) -> None:
    fund()
    made = ask(number)
    orn = db.session.scalar(select(User).where(User.username == cast.ORN))
    assert orn is not None
    from welfare.accounts.models import UserRole
    from welfare.core.security.permissions import Role

    db.session.add(UserRole(user_id=orn.id, role=Role.MANAGER))
    db.session.commit()
    assert count_waiting(cast.viewer(cast.ORN)) == 0
    with pytest.raises(Refused):
        decide(number, made, actor=cast.ORN)
    db.session.rollback()
    db.session.add(
        UserGrant(
            user_id=orn.id,
            permission=Permission.APPROVE_OWN,
            granted_by_id=orn.id,
            granted_at=clock.now(),
        )
    )
    db.session.commit()
    assert count_waiting(cast.viewer(cast.ORN)) == 1
    decide(number, made, actor=cast.ORN)
    assert request(made).own_decision
    entry = db.session.scalar(select(AuditEntry).where(AuditEntry.action == "help.approved"))
    assert entry is not None
    assert '"own": true' in entry.changes


def test_a_stale_decision_changes_nothing(number: str) -> None:
    fund()
    made = ask(number)
    with pytest.raises(StaleRecord):
        decide(number, made, version=99)


def test_own_money_is_not_written_down_by_hand(number: str) -> None:
    fund()
    given = {
        "actor": cast.viewer(cast.ORN), "number": number, "kind": AssistanceKind.MONEY,
        "description": "เงิน", "given_on": clock.today(), "decided_by": "นางมาลี",
    }  # fmt: skip
    with pytest.raises(Refused):
        cases.record_assistance(**given, fund=f" กองทุน {FUND} ")
    made = ask(number)
    decide(number, made)
    record = deliver(number, made, 2000)
    with pytest.raises(Refused):
        cases.withdraw_assistance(
            actor=cast.viewer(cast.ORN), number=number, assistance_id=record, version=1,
            reason="ผิด",
        )  # fmt: skip


def test_a_case_with_open_help_does_not_close(number: str) -> None:
    fund()
    made = ask(number)
    malee = cast.viewer(cast.MALEE)

    def close() -> None:
        from welfare.cases.models import Case

        version = db.session.scalar(select(Case.version).where(Case.number == number))
        cases.close_case(
            actor=malee, number=number, version=version or 0, outcome=Outcome.SOLVED,
            outcome_note="เรียบร้อย",
        )  # fmt: skip
        db.session.commit()

    for _step in range(2):
        with pytest.raises(Refused):
            close()
        db.session.rollback()
        if request(made).status == HelpStatus.WAITING:
            decide(number, made)
    deliver(number, made, 2000)
    close()
