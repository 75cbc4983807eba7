"""Equipment on loan: one piece with one person, brought back, extended, lost, reminded of."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from tests import cast
from tests.funds import piece
from welfare.benefits import services as benefits
from welfare.benefits.facts import PieceFacts
from welfare.benefits.kinds import PieceState
from welfare.benefits.queries import free_pieces, kinds_with_stock
from welfare.cases import services as cases
from welfare.cases.models import Assistance, Case, CaseTask, EquipmentLoan
from welfare.cases.queries import all_loans, count_out
from welfare.cases.workflow import AssistanceKind, LoanStatus, Outcome
from welfare.core import clock
from welfare.core.db import db
from welfare.core.errors import Forbidden, Refused, StaleRecord

pytestmark = pytest.mark.usefixtures("stage")


@pytest.fixture
def number(app: Flask) -> Any:
    with app.app_context():
        home = cast.household()
        yield cast.case(household_id=home.id, person_id=cast.person(home).id)
        db.session.rollback()


def lend(number: str, piece_id: int, days: int = 30, actor: str = cast.ORN) -> int:
    made = cases.lend_piece(
        actor=cast.viewer(actor),
        number=number,
        piece_id=piece_id,
        due_on=clock.today() + timedelta(days=days),
    )
    db.session.commit()
    return made


def loan(loan_id: int) -> EquipmentLoan:
    db.session.expire_all()
    return db.session.get_one(EquipmentLoan, loan_id)


def test_a_piece_goes_out_once_and_counts_as_help(number: str) -> None:
    which = piece()
    made = lend(number, which)
    assert free_pieces() == []
    assert (kinds_with_stock()[0].in_stock, kinds_with_stock()[0].lent) == (0, 1)
    with pytest.raises(Refused):
        lend(number, which)
    db.session.rollback()
    record = db.session.scalar(select(Assistance))
    assert record is not None
    assert (record.kind, record.id) == (AssistanceKind.EQUIPMENT, loan(made).assistance_id)


def test_it_comes_back_and_can_be_lent_again(number: str) -> None:
    which = piece()
    made = lend(number, which)
    cases.take_back_loan(
        actor=cast.viewer(cast.ORN), number=number, loan_id=made, version=1, condition="สะอาด"
    ) if loan(made).version == 1 else cases.take_back_loan(
        actor=cast.viewer(cast.ORN), number=number, loan_id=made, version=loan(made).version,
        condition="สะอาด",
    )  # fmt: skip
    db.session.commit()
    assert (loan(made).status, loan(made).condition_back) == (LoanStatus.BACK, "สะอาด")
    assert lend(number, which) != made


def test_lost_is_out_of_stock(number: str) -> None:
    made = lend(number, piece())
    cases.lose_loan(
        actor=cast.viewer(cast.ORN), number=number, loan_id=made, version=loan(made).version,
        reason="น้ำท่วมพัดไป",
    )  # fmt: skip
    db.session.commit()
    assert (kinds_with_stock()[0].total, kinds_with_stock()[0].lost) == (0, 1)


def test_a_loan_is_reminded_of_once_and_again_when_extended(number: str) -> None:
    made = lend(number, piece(), days=3)
    assert (cases.remind_of_loans(), cases.remind_of_loans()) == (1, 0)
    db.session.commit()
    task = db.session.scalar(select(CaseTask))
    assert task is not None
    assert task.assignee_id == cast.viewer(cast.ORN).user_id
    cases.extend_loan(
        actor=cast.viewer(cast.ORN), number=number, loan_id=made, version=loan(made).version,
        due_on=clock.today() + timedelta(days=5),
    )  # fmt: skip
    db.session.commit()
    assert cases.remind_of_loans() == 1


def test_what_is_past_its_day_is_counted(number: str, at: Any) -> None:
    lend(number, piece(), days=1)
    orn, later = cast.viewer(cast.ORN), clock.now() + timedelta(days=3)
    assert count_out(orn) == (1, 0)
    at(later.isoformat())
    assert count_out(orn) == (1, 1)
    assert [row.overdue for row in all_loans(orn, overdue=True)] == [True]


def test_denied_and_stale(number: str) -> None:
    which = piece()
    for actor in (cast.MALEE, cast.ANAN, cast.AEK):
        with pytest.raises((Forbidden, Exception)):
            lend(number, which, actor=actor)
        db.session.rollback()
    made = lend(number, which)
    with pytest.raises(StaleRecord):
        cases.lose_loan(
            actor=cast.viewer(cast.ORN), number=number, loan_id=made, version=77, reason="x"
        )
    with pytest.raises(Refused):
        benefits.edit_piece(
            actor=cast.viewer(cast.ANAN), piece_id=which, version=2,
            facts=PieceFacts("W-01", PieceState.IN_STOCK, "", None, None),
        )  # fmt: skip
    with pytest.raises(Forbidden):
        benefits.edit_piece(
            actor=cast.viewer(cast.ORN), piece_id=which, version=2,
            facts=PieceFacts("W-01", PieceState.LENT, "", None, None),
        )  # fmt: skip


def test_closing_with_a_loan_asks_whether_one_knows(number: str) -> None:
    lend(number, piece())
    closing = {
        "actor": cast.viewer(cast.ORN), "number": number, "outcome": Outcome.SOLVED,
        "outcome_note": "เรียบร้อย",
        "version": db.session.scalar(select(Case.version).where(Case.number == number)) or 0,
    }  # fmt: skip
    with pytest.raises(Refused):
        cases.close_case(**closing)
    db.session.rollback()
    cases.close_case(**closing, open_known=True)
    db.session.commit()
