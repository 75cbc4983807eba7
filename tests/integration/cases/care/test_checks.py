"""Risk, checklists and standard texts: kept as lists, used on cases."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from tests import cast
from welfare.cases.kinds import Duty, RiskLevel, TextUse, Tick
from welfare.cases.models import Case, CaseEvent
from welfare.cases.queries import CaseFilters, case_file, category_by_code, forget_kept, worklist
from welfare.cases.queries.closing import open_matters
from welfare.cases.queries.duties import my_duties
from welfare.cases.queries.lists import ItemRow
from welfare.cases.services import close_case
from welfare.cases.services.care import judging, lists, ticking
from welfare.cases.workflow import CaseStatus, EventKind, Outcome
from welfare.core import clock
from welfare.core.db import db
from welfare.core.errors import Forbidden, NotFound, Refused, StaleRecord
from welfare.dispatch.services import Found, plan_visit, record_visit

pytestmark = pytest.mark.usefixtures("stage")
FIRST = (ItemRow("ดูบัตรประชาชน", "", True), ItemRow("ถ่ายรูปบ้าน", "Photo of the house", False))


@pytest.fixture
def context(app: Flask) -> Iterator[None]:
    with app.app_context():
        yield
        db.session.rollback()
        forget_kept()


def checklist(items: tuple[ItemRow, ...] = FIRST, edition: int = 0) -> None:
    category = category_by_code("other")
    assert category is not None
    lists.save_checklist(
        actor=cast.viewer(cast.ANAN), category_id=category.id, edition=edition, items=items
    )
    db.session.commit()


def kans() -> str:
    made = cast.case("other")
    db.session.execute(
        db.update(Case)
        .where(Case.number == made)
        .values(assignee_id=cast.viewer(cast.KAN).user_id, status=CaseStatus.WORKING)
    )
    db.session.commit()
    return made


def close(number: str) -> None:
    version = db.session.scalar(select(Case.version).where(Case.number == number)) or 0
    close_case(
        actor=cast.viewer(cast.KAN), number=number, version=version, outcome=Outcome.SOLVED,
        outcome_note="เรียบร้อย",
    )  # fmt: skip


@pytest.mark.usefixtures("context")
def test_required_items_hinder_closing_and_a_case_keeps_its_list() -> None:
    checklist()
    number = kans()
    checklist((ItemRow("อย่างอื่น", "", True),), edition=1)
    held = case_file(number, viewer=cast.viewer(cast.KAN)).works.checks
    assert [item.name_th for item in held] == [item.name_th for item in FIRST]
    with pytest.raises(Refused, match="ดูบัตรประชาชน"):
        close(number)
    db.session.rollback()
    ticking.tick_item(
        actor=cast.viewer(cast.KAN), number=number, item_id=held[0].id, tick=Tick.DONE
    )
    db.session.commit()
    ticked = case_file(number, viewer=cast.viewer(cast.KAN)).works.checks[0]
    assert (ticked.tick, ticked.who, ticked.at is not None) == (Tick.DONE, "นายกานต์ ดอยคำ", True)
    close(number)


@pytest.mark.usefixtures("context")
def test_ticks_are_of_this_case_and_taken_back() -> None:
    checklist()
    number, other = kans(), kans()
    first, second = case_file(number, viewer=cast.viewer(cast.KAN)).works.checks
    checklist((ItemRow("ของรุ่นใหม่", "", False),), edition=1)
    kan = cast.viewer(cast.KAN)
    with pytest.raises(Refused):
        ticking.tick_item(actor=kan, number=number, item_id=second.id, tick=Tick.NOT_NEEDED)
    ticking.tick_item(actor=kan, number=number, item_id=first.id, tick=Tick.DONE)
    assert not any(item.tick for item in case_file(other, viewer=kan).works.checks)
    ticking.untick_item(actor=kan, number=number, item_id=first.id)
    assert [one.text for one in open_matters(_id(number)) if one.hinders] != []
    with pytest.raises(NotFound):
        ticking.tick_item(actor=kan, number=number, item_id=first.id + 99, tick=Tick.DONE)
    for who in (cast.TON, cast.ANAN, cast.WAN):
        with pytest.raises((Forbidden, NotFound)):
            ticking.tick_item(
                actor=cast.viewer(who), number=number, item_id=first.id, tick=Tick.DONE
            )


@pytest.mark.usefixtures("context")
def test_risk_is_shown_and_changes_no_deadline() -> None:
    number = kans()
    reason = lists.add_reason(
        actor=cast.viewer(cast.ANAN), name_th="อยู่คนเดียว", name_en="", effective_from=clock.today()
    )
    db.session.commit()
    forget_kept()
    orn = cast.viewer(cast.ORN)
    before = _facts(number)
    with pytest.raises(Refused):
        judging.judge_risk(actor=orn, number=number, level=RiskLevel.HIGH, reasons=[])
    judging.judge_risk(actor=orn, number=number, level=RiskLevel.MEDIUM, reasons=[reason])
    judging.judge_risk(actor=orn, number=number, level=RiskLevel.HIGH, reasons=[], note="ถูกขู่")
    db.session.commit()
    assert _facts(number) == before
    page = worklist(CaseFilters(risk=RiskLevel.HIGH), viewer=orn)
    assert [(row.number, row.risk) for row in page.rows] == [(number, RiskLevel.HIGH)]
    events = select(CaseEvent).where(CaseEvent.kind == EventKind.RISK).order_by(CaseEvent.id)
    history = [(line.data["level"], line.data["before"]) for line in db.session.scalars(events)]
    assert history == [("medium", ""), ("high", "medium")]
    for who in (cast.TON, cast.ANAN, cast.AEK):
        with pytest.raises((Forbidden, NotFound)):
            judging.judge_risk(
                actor=cast.viewer(who), number=number, level=RiskLevel.LOW, reasons=[]
            )


@pytest.mark.usefixtures("context")
def test_lists_are_the_administrators() -> None:
    checklist()
    category = category_by_code("other")
    assert category is not None
    with pytest.raises(StaleRecord):
        lists.save_checklist(
            actor=cast.viewer(cast.ANAN), category_id=category.id, edition=0, items=()
        )
    with pytest.raises(Forbidden):
        lists.save_checklist(
            actor=cast.viewer(cast.ORN), category_id=category.id, edition=1, items=()
        )
    facts = lists.TextFacts("ปิดเรื่อง", TextUse.CLOSING, "เรื่อง {case_number} {password}")
    with pytest.raises(Refused, match="password"):
        lists.add_text(actor=cast.viewer(cast.ANAN), facts=facts)
    with pytest.raises(Forbidden):
        lists.add_text(actor=cast.viewer(cast.KAN), facts=facts)


@pytest.mark.usefixtures("context")
def test_a_visit_that_asked_for_another_is_followed_up() -> None:
    number, kan = kans(), cast.viewer(cast.KAN)
    visit = plan_visit(actor=kan, number=number, planned_on=clock.today())
    later = clock.today() + timedelta(days=14)
    record_visit(
        actor=kan, number=visit, version=1, found=Found(findings="ดีขึ้น", next_visit_on=later)
    )
    db.session.commit()
    assert [(one.kind, one.day) for one in my_duties(kan)] == [(Duty.FOLLOW_UP, later)]
    plan_visit(actor=kan, number=number, planned_on=later)
    db.session.commit()
    assert my_duties(kan) == []


def _facts(number: str) -> tuple[object, ...]:
    db.session.expire_all()
    row = db.session.execute(
        select(Case.due_at, Case.priority, Case.version).where(Case.number == number)
    ).one()
    return tuple(row)


def _id(number: str) -> int:
    return db.session.scalars(select(Case.id).where(Case.number == number)).one()
