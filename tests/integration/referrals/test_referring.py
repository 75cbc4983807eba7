"""Referring: what is shared and nothing else, waiting and going on, chasing, rights."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from tests import cast
from tests.integration.cases.test_denials import _lines
from tests.referrals import agency, code, draft, facts, row, sent
from welfare.cases.models import Case, CaseTask
from welfare.cases.queries import case_file
from welfare.cases.services import close_case
from welfare.cases.workflow import CaseStatus, Outcome, Sensitivity
from welfare.core import clock
from welfare.core.db import db
from welfare.core.errors import Forbidden, NotFound, Refused, StaleRecord
from welfare.core.thai.dates import fiscal_year
from welfare.core.thai.identity import IdKind
from welfare.referrals import services
from welfare.referrals.facts import AgencyFacts, Answer
from welfare.referrals.models import Referral
from welfare.referrals.queries.opening import sent_to_agency
from welfare.referrals.queries.referrals import Show, all_referrals
from welfare.referrals.workflow import (
    STEPS,
    AgencyKind,
    AnswerKind,
    Basis,
    Came,
    ReferralAction,
    ReferralStatus,
    Shared,
)

pytestmark = pytest.mark.usefixtures("stage")

ID = "3999912345670"


@pytest.fixture
def number(app: Flask) -> Any:
    with app.app_context():
        home = cast.household(landmark="หลังวัดสมมติ")
        who = cast.person(home, id_kind=IdKind.NATIONAL, identifier=ID, phone="0990001234")
        yield cast.case(household_id=home.id, person_id=who.id)
        db.session.rollback()


def status(number: str) -> CaseStatus:
    db.session.expire_all()
    found = db.session.scalar(select(Case.status).where(Case.number == number))
    assert found is not None
    return found


def said(kind: AnswerKind, text: str = "เรียบร้อย", **more: Any) -> Answer:
    return Answer(kind, Came.LINK, text=text, **more)


def test_only_what_was_chosen_leaves(number: str) -> None:
    made = sent(number, agency(), fields=(Shared.NAME,))
    seen = sent_to_agency(code(made)[0])
    assert [line.field for line in seen.lines] == [Shared.NAME]
    everything = repr(seen)
    for secret in (ID, "099", "หลังวัดสมมติ", "12/1", "สังกะสี", number):
        assert secret not in everything


def test_what_left_stays_as_it_left(number: str) -> None:
    made = sent(number, agency(), fields=(Shared.SUMMARY,))
    before = sent_to_agency(code(made)[0]).lines
    db.session.execute(db.update(Case).where(Case.number == number).values(summary="เปลี่ยนแล้ว"))
    db.session.commit()
    assert sent_to_agency(code(made)[0]).lines == before


def test_whole_numbers_are_shared_by_right_only(number: str) -> None:
    db.session.execute(
        db.update(Case)
        .where(Case.number == number)
        .values(assignee_id=cast.viewer(cast.KAN).user_id, status=CaseStatus.WORKING)
    )
    db.session.commit()
    where = agency()
    with pytest.raises(Refused):
        draft(number, where, cast.KAN, fields=(Shared.IDENTIFIER,))
    db.session.rollback()
    made = sent(number, where, fields=(Shared.IDENTIFIER,))
    assert ID in sent_to_agency(code(made)[0]).lines[0].value.replace("-", "")


def test_without_consent_the_law_is_named(number: str) -> None:
    where = agency()
    for wrong in (
        {"consent_by": ""}, {"consent_how": None}, {"consent_on": None},
        {"consent_on": clock.today() + timedelta(days=2)}, {"basis": Basis.LEGAL_DUTY},
        {"fields": ()}, {"answer_by": clock.today()},
    ):  # fmt: skip
        with pytest.raises(Refused):
            draft(number, where, **wrong)
        db.session.rollback()
    made = draft(number, where, basis=Basis.VITAL, basis_note="เสี่ยงต่อชีวิต")
    assert (row(made).consent_by, row(made).consent_on) == ("", None)


def test_letters_are_numbered_without_gap_in_the_fiscal_year(number: str) -> None:
    where = agency()
    first, second = sent(number, where), draft(number, where)
    assert row(second).letter_no == ""
    third = sent(number, where)
    assert [row(one).letter_running for one in (first, third)] == [1, 2]
    assert row(first).letter_year == fiscal_year(clock.today())


def test_the_case_waits_and_goes_on_with_the_answer(number: str) -> None:
    where = agency()
    made = sent(number, where, wait=True)
    assert status(number) is CaseStatus.WAITING
    reference, _ = code(made)
    services.answer_as_agency(reference=reference, answer=said(AnswerKind.ACCEPT, ""))
    db.session.commit()
    assert (status(number), row(made).status) == (CaseStatus.WAITING, ReferralStatus.ACCEPTED)
    services.answer_as_agency(reference=reference, answer=said(AnswerKind.RESULT))
    db.session.commit()
    assert (status(number), row(made).status) == (CaseStatus.NEW, ReferralStatus.ANSWERED)
    verbs = [x.data.get("verb") for x in case_file(number, viewer=cast.viewer(cast.ORN)).lines]
    assert {"drafted", "issued", "accept", "result"} <= set(verbs)
    with pytest.raises(Refused):
        services.answer_as_agency(reference=reference, answer=said(AnswerKind.DECLINE))


def test_it_waits_for_the_last_of_two(number: str) -> None:
    where = agency()
    first = sent(number, where, wait=True)
    second = sent(number, where, wait=True)
    assert (row(first).holds_case, row(second).holds_case) == (True, True)
    for one, expected in ((first, CaseStatus.WAITING), (second, CaseStatus.NEW)):
        services.answer_as_agency(reference=code(one)[0], answer=said(AnswerKind.DECLINE))
        db.session.commit()
        assert status(number) is expected


def test_who_asks_before_sending_a_second_time_does_not_wait_for_citizen(number: str) -> None:
    from welfare.cases.services import wait_case

    version = db.session.scalar(select(Case.version).where(Case.number == number)) or 0
    wait_case(actor=cast.viewer(cast.ORN), number=number, version=version, reason="รอผู้ร้อง")
    db.session.commit()
    made = sent(number, agency(), wait=True)
    services.answer_as_agency(reference=code(made)[0], answer=said(AnswerKind.RESULT))
    db.session.commit()
    assert status(number) is CaseStatus.WAITING  # it waits for the citizen still


def test_taken_back_it_opens_nothing_and_the_case_goes_on(number: str) -> None:
    made = sent(number, agency(), wait=True)
    services.withdraw_referral(
        actor=cast.viewer(cast.ORN), number=number, referral_id=made, version=row(made).version,
        reason="ผู้ร้องไม่ประสงค์",
    )  # fmt: skip
    db.session.commit()
    assert status(number) is CaseStatus.NEW
    reference, digits = code(made)
    assert not services.open_with_code(reference=reference, code=digits, address="1")
    with pytest.raises(NotFound):
        sent_to_agency(reference)


def test_time_is_given_and_runs_out(number: str, at: Callable[[str], None]) -> None:
    made = sent(number, agency())
    reference, digits = code(made)
    before = row(made).open_until
    services.extend_referral(
        actor=cast.viewer(cast.ORN), number=number, referral_id=made, version=row(made).version,
        answer_by=row(made).answer_by + timedelta(days=20),
    )  # fmt: skip
    db.session.commit()
    assert row(made).open_until == before + timedelta(days=20)
    until = row(made).open_until
    at(f"{until.isoformat()}T20:00:00+07:00")
    assert services.open_with_code(reference=reference, code=digits, address="1")
    at(f"{(until + timedelta(days=1)).isoformat()}T08:00:00+07:00")
    assert not services.open_with_code(reference=reference, code=digits, address="1")


def test_another_code_ends_the_old(number: str) -> None:
    made = sent(number, agency())
    reference, old = code(made)
    services.renew_code(
        actor=cast.viewer(cast.ORN), number=number, referral_id=made, version=row(made).version
    )
    db.session.commit()
    assert not services.open_with_code(reference=reference, code=old, address="1")
    assert services.open_with_code(reference=reference, code=code(made)[1], address="1")


def test_silence_is_reminded_of_by_the_rule_of_the_day_it_was_sent(
    number: str, at: Callable[[str], None]
) -> None:
    at("2026-11-02T09:00:00+07:00")
    made = sent(number, agency())
    services.add_chase_rule(
        actor=cast.viewer(cast.ANAN), valid_from=date(2026, 11, 3), first_days=1, again_days=1
    )
    db.session.commit()
    done = []
    for day in range(3, 29):
        at(f"2026-11-{day:02d}T09:00:00+07:00")
        if services.remind_of_referrals():
            done.append(day)
        db.session.commit()
    assert done == [17, 24]
    task = db.session.scalars(select(CaseTask)).all()
    assert {one.assignee_id for one in task} == {row(made).sent_by_id}


def test_closing_names_what_is_not_answered(number: str) -> None:
    sent(number, agency())
    version = db.session.scalar(select(Case.version).where(Case.number == number)) or 0
    closing: dict[str, Any] = {
        "actor": cast.viewer(cast.ORN), "number": number, "version": version,
        "outcome": Outcome.REFERRED, "outcome_note": "ส่งต่อแล้ว",
    }  # fmt: skip
    with pytest.raises(Refused):
        close_case(**closing)
    db.session.rollback()
    close_case(**closing, open_known=True)
    db.session.commit()


def test_the_worker_of_a_restricted_case_prepares_and_another_sends(number: str) -> None:
    db.session.execute(
        db.update(Case)
        .where(Case.number == number)
        .values(
            sensitivity=Sensitivity.RESTRICTED,
            assignee_id=cast.viewer(cast.KAN).user_id,
            status=CaseStatus.WORKING,
        )
    )
    db.session.commit()
    made = draft(number, agency(), cast.KAN)
    with pytest.raises(Forbidden):
        services.issue_referral(
            actor=cast.viewer(cast.KAN), number=number, referral_id=made, version=row(made).version
        )
    db.session.rollback()
    services.issue_referral(
        actor=cast.viewer(cast.ORN), number=number, referral_id=made, version=row(made).version
    )
    db.session.commit()
    assert all_referrals(cast.viewer(cast.TON), Show.OPEN) == []


def test_verbs_are_refused(number: str) -> None:
    """Volunteer, auditor, administrator; a caseworker whose case it is not."""
    where = agency()
    one, two = sent(number, where), draft(number, where)
    later = clock.today() + timedelta(days=90)
    verbs: dict[str, Callable[[Any], object]] = {
        "draft": lambda a: services.draft_referral(actor=a, number=number, facts=facts(where)),
        "edit": lambda a: services.edit_referral(
            actor=a, number=number, referral_id=two, version=1, facts=facts(where)
        ),
        "issue": lambda a: services.issue_referral(
            actor=a, number=number, referral_id=two, version=1
        ),
        "extend": lambda a: services.extend_referral(
            actor=a, number=number, referral_id=one, version=1, answer_by=later
        ),
        "chase": lambda a: services.chase_agency(
            actor=a, number=number, referral_id=one, version=1, note="x"
        ),
        "renew": lambda a: services.renew_code(actor=a, number=number, referral_id=one, version=1),
        "withdraw": lambda a: services.withdraw_referral(
            actor=a, number=number, referral_id=one, version=1, reason="x"
        ),
        "record": lambda a: services.record_answer(
            actor=a, number=number, referral_id=one, version=1, answer=said(AnswerKind.RESULT)
        ),
    }
    before = _lines(), db.session.scalar(select(func.count()).select_from(Referral))
    for verb in verbs.values():
        for who in (cast.WAN, cast.AEK, cast.ANAN, cast.KAN):
            with pytest.raises((Forbidden, NotFound)):
                verb(cast.viewer(who))
            db.session.rollback()
    for name, verb in verbs.items():
        if name == "draft":
            continue
        with pytest.raises(StaleRecord):
            verb(cast.viewer(cast.ORN)) if row(one).version > 1 and row(two).version == 1 and (
                name not in ("edit", "issue")
            ) else _stale(name, number, one, two, where)
        db.session.rollback()
    after = _lines(), db.session.scalar(select(func.count()).select_from(Referral))
    assert after == before


def _stale(name: str, number: str, one: int, two: int, where: int) -> None:
    actor: Any = {"actor": cast.viewer(cast.ORN), "number": number, "version": 99}
    if name == "edit":
        services.edit_referral(**actor, referral_id=two, facts=facts(where))
    elif name == "issue":
        services.issue_referral(**actor, referral_id=two)
    else:
        services.renew_code(**actor, referral_id=one)


def test_the_directory_is_the_administrators(app: Flask) -> None:
    with app.app_context():
        where = agency()
        given = AgencyFacts(AgencyKind.POLICE, "สถานีสมมติ")
        for who in (cast.ORN, cast.KAN, cast.MALEE, cast.AEK, cast.WAN):
            actor = cast.viewer(who)
            for verb in (
                lambda a=actor: services.add_agency(actor=a, facts=given),
                lambda a=actor: services.edit_agency(
                    actor=a, agency_id=where, version=1, facts=given
                ),
                lambda a=actor: services.add_chase_rule(
                    actor=a, valid_from=clock.today(), first_days=3, again_days=3
                ),
            ):
                with pytest.raises(Forbidden):
                    verb()
        with pytest.raises(Refused):
            agency()
        with pytest.raises(StaleRecord):
            services.edit_agency(
                actor=cast.viewer(cast.ANAN), agency_id=where, version=9, facts=given
            )


def test_every_state_is_reached_and_ends_stay_ends() -> None:
    reached = {ReferralStatus.DRAFT} | set(STEPS.values())
    assert reached == set(ReferralStatus)
    ends = {ReferralStatus.ANSWERED, ReferralStatus.DECLINED, ReferralStatus.WITHDRAWN}
    assert not [step for step in STEPS if step[0] in ends]
    assert {action for _, action in STEPS} == set(ReferralAction)
