"""A closing that a manager looks at: asked, sent back, approved; the citizen hears at the end."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from tests import cast
from welfare.cases.models import Case, CaseEvent, Category
from welfare.cases.queries import case_file, forget_kept
from welfare.cases.services import add_task, close_case, send_back_case
from welfare.cases.views.page import proposed
from welfare.cases.workflow import CaseStatus, Outcome
from welfare.core.db import db
from welfare.core.errors import Forbidden, NotFound, Refused

pytestmark = pytest.mark.usefixtures("stage")


def _reviewed() -> str:
    """A case of a category whose closings are reviewed, with kan."""
    db.session.execute(
        db.update(Category).where(Category.code == "housing").values(review_closing=True)
    )
    db.session.commit()
    forget_kept()
    made = cast.case()
    db.session.execute(
        db.update(Case)
        .where(Case.number == made)
        .values(assignee_id=cast.viewer(cast.KAN).user_id, status=CaseStatus.WORKING)
    )
    db.session.commit()
    return made


@pytest.fixture
def number(app: Flask) -> Any:
    with app.app_context():
        yield _reviewed()
        db.session.rollback()
        forget_kept()


def close(number: str, who: str, outcome: Outcome = Outcome.SOLVED) -> CaseStatus:
    version = db.session.scalar(select(Case.version).where(Case.number == number)) or 0
    close_case(
        actor=cast.viewer(who), number=number, version=version, outcome=outcome,
        outcome_note="ซ่อมแล้ว",
    )  # fmt: skip
    db.session.commit()
    return status(number)


def status(number: str) -> CaseStatus:
    db.session.expire_all()
    return db.session.scalars(select(Case.status).where(Case.number == number)).one()


def test_the_worker_asks_and_the_manager_closes(number: str) -> None:
    assert close(number, cast.KAN) is CaseStatus.REVIEW
    file = case_file(number, viewer=cast.viewer(cast.MALEE))
    assert (file.outcome, file.closed_at) == (None, None)
    assert proposed(file) == {"outcome": "solved", "outcome_note": "ซ่อมแล้ว"}
    told = select(CaseEvent).where(CaseEvent.public)
    assert db.session.scalars(told).all() == []
    with pytest.raises((Forbidden, Refused)):
        close(number, cast.KAN)
    db.session.rollback()
    with pytest.raises((Forbidden, Refused)):
        close(number, cast.ORN)
    db.session.rollback()
    assert close(number, cast.MALEE, Outcome.PARTLY) is CaseStatus.CLOSED
    assert len(db.session.scalars(told).all()) == 1


def test_the_manager_sends_it_back(number: str) -> None:
    close(number, cast.KAN)
    version = db.session.scalar(select(Case.version).where(Case.number == number)) or 0
    for who in (cast.ORN, cast.KAN, cast.ANAN, cast.AEK, cast.WAN):
        with pytest.raises((Forbidden, NotFound)):
            send_back_case(actor=cast.viewer(who), number=number, version=version, reason="x")
        db.session.rollback()
    send_back_case(actor=cast.viewer(cast.MALEE), number=number, version=version, reason="ขาดรูปถ่าย")
    db.session.commit()
    assert status(number) is CaseStatus.WORKING
    assert close(number, cast.KAN) is CaseStatus.REVIEW


def test_who_decides_closes_at_once(number: str) -> None:
    assert close(number, cast.MALEE) is CaseStatus.CLOSED


def test_the_page_offers_both_to_the_manager_alone(app: Flask) -> None:
    with app.app_context():
        number = _reviewed()
        close(number, cast.KAN)
    manager = cast.sign_in(app.test_client(), cast.MALEE)
    page = manager.get(f"/desk/cases/{number}?open=close").text
    assert "ซ่อมแล้ว" in page
    assert "open=send_back" in page
    worker = cast.sign_in(app.test_client(), cast.KAN)
    assert "open=send_back" not in worker.get(f"/desk/cases/{number}").text
    forget_kept()


def test_opening_the_form_of_closing_asks_for_nothing_more(
    app: Flask, statements: Callable[[], list[str]]
) -> None:
    with app.app_context():
        number = _reviewed()
        add_task(actor=cast.viewer(cast.ORN), number=number, title="โทรหาลูกสาว")
        db.session.commit()
    client = cast.sign_in(app.test_client(), cast.MALEE)
    counts = []
    for path in (f"/desk/cases/{number}", f"/desk/cases/{number}?open=close"):
        client.get(path)
        statements()
        page = client.get(path).text
        counts.append(len(statements()))
    assert "#tasks" in page and counts[0] == counts[1] <= 12
    forget_kept()
