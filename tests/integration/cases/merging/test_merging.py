"""Two cases that were one, and are two again: everything comes along, and goes back."""

import json
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import func, select

from tests import cast, funds
from welfare.cases import queries, services
from welfare.cases.counters import rebuild
from welfare.cases.errors import MergedAway
from welfare.cases.joining import STAYS, moving_columns
from welfare.cases.kinds import RiskLevel, Stage
from welfare.cases.models import (
    Assistance,
    Case,
    CaseCount,
    CaseMerge,
    CaseTask,
    DelayQuestion,
    EquipmentLoan,
    HelpRequest,
)
from welfare.cases.queries.merging import merges_of
from welfare.cases.services import Chosen, Pair, Side
from welfare.cases.services.care.judging import judge_risk
from welfare.cases.workflow import AssistanceKind, CaseStatus, Outcome, Sensitivity
from welfare.core import clock
from welfare.core.db import Base, db
from welfare.core.errors import Forbidden, Refused, StaleRecord
from welfare.core.outbox import OutboxEvent
from welfare.dispatch import services as dispatch
from welfare.dispatch.models import Assignment, Transfer, Visit
from welfare.dispatch.workflow import TransferStatus
from welfare.intake.models import Complaint
from welfare.intake.queries.tracking import followed
from welfare.intake.services.accepting import accept_into_open

pytestmark = pytest.mark.usefixtures("stage")


def row(number: str) -> Case:
    found = db.session.scalar(
        select(Case).where(Case.number == number).execution_options(populate_existing=True)
    )
    assert found is not None
    return found


def pair(survivor: str, other: str) -> Pair:
    return Pair(survivor, other, row(survivor).version, row(other).version)


def merge(survivor: str, other: str, who: str = cast.ORN, **chosen: Side) -> int:
    made = services.merge_cases(
        actor=cast.viewer(who),
        pair=pair(survivor, other),
        chosen=Chosen(**chosen),
        reason="เรื่องเดียวกัน",
    )
    db.session.commit()
    return made


def undo(merge_id: int, who: str = cast.ORN) -> str:
    found = db.session.get(CaseMerge, merge_id, populate_existing=True)
    assert found is not None
    number = services.undo_merge(
        actor=cast.viewer(who), merge_id=merge_id, version=found.version, reason="เป็นคนละเรื่อง"
    )
    db.session.commit()
    return number


def accept(reference: str, number: str) -> None:
    version = db.session.scalar(select(Complaint.version).where(Complaint.reference == reference))
    assert version is not None
    accept_into_open(
        actor=cast.viewer(cast.ORN), reference=reference, version=version, number=number
    )
    db.session.commit()


def counted() -> dict[tuple[Any, ...], int]:
    rows = db.session.execute(select(CaseCount.__table__)).all()
    return {tuple(one[:-1]): one[-1] for one in rows if one[-1]}


def counters_hold() -> None:
    kept = counted()
    rebuild()
    db.session.commit()
    assert kept == counted()


def held_by(model: Any, number: str) -> int:
    one = select(func.count()).select_from(model).where(model.case_id == row(number).id)
    return db.session.scalar(one) or 0


def test_every_table_of_cases_knows_what_a_merge_does_to_it() -> None:
    """A new table that refers to cases moves along, unless it may hold one row a case only: then
    say in ``cases.joining`` what is to become of it, and do it in the domain that keeps it."""
    settled = STAYS | {"assignments", "checklist_ticks"}
    for table in Base.metadata.sorted_tables:
        columns = {
            column.name
            for column in table.columns
            if any(key.target_fullname == "cases.id" for key in column.foreign_keys)
        }
        if not columns or table.name in settled:
            continue
        unique: list[Any] = [*table.indexes, *table.constraints]
        once = [
            one.name
            for one in unique
            if getattr(one, "unique", type(one).__name__ == "UniqueConstraint")
            and columns & {column.name for column in one.columns}
        ]
        assert "id" in table.c, f"{table.name}: rows are moved by their id"
        assert not once, f"{table.name}: {once} allows one row a case; two cases have two"
    assert len(moving_columns()) >= 10


def test_everything_comes_along_and_goes_back(
    session: Any, given: Callable[..., str], at: Any
) -> None:
    at("2026-11-23T09:00:00+07:00")
    home = cast.household()
    who = cast.person(home)
    person_id, household_id, person_no = who.id, home.id, who.number
    del home, who
    funds.fund()
    wheelchair = funds.piece()
    other = given(person_id=person_id, household_id=household_id, title="เตียงผู้ป่วย")
    at("2026-11-24T09:00:00+07:00")
    survivor = cast.case(title="ขอเตียง", person_id=person_id, household_id=household_id)
    orn, kan, malee = (cast.viewer(name) for name in (cast.ORN, cast.KAN, cast.MALEE))
    filed = cast.complaint()
    accept(filed.reference, other)
    services.add_task(actor=kan, number=other, title="โทรหาลูกสาว")
    services.add_note(actor=kan, number=other, text="บอกเฉพาะเรื่องเดิม", public=True)
    request = services.ask_help(
        actor=kan, number=other, fund_id=funds.fund_id(), kind=AssistanceKind.GOODS,
        description="ที่นอนลม", amount=Decimal(2000), reason="แผลกดทับ",
    )  # fmt: skip
    services.lend_piece(
        actor=kan,
        number=other,
        piece_id=wheelchair,
        due_on=clock.today().replace(month=12),
        note="",
    )
    visit = dispatch.plan_visit(
        actor=kan, number=other, planned_on=clock.today().replace(day=28), purpose="ดูเตียง"
    )
    db.session.commit()
    before = {
        "opened": row(other).opened_at, "due": row(other).due_at, "status": row(other).status,
        "counters": counted(),
    }  # fmt: skip
    budget = funds_left()

    made = merge(survivor, other, title=Side.THEIRS)

    one, gone = row(survivor), row(other)
    assert gone.status == CaseStatus.MERGED and gone.closed_at is not None
    assert one.title == "เตียงผู้ป่วย"
    assert (one.status, one.assignee_id) == (CaseStatus.WORKING, kan.user_id)
    assert one.due_at == before["due"], "who asked first does not wait longer"
    for model, number in (
        (CaseTask, 1), (HelpRequest, 1), (EquipmentLoan, 1), (Visit, 1), (Complaint, 1),
        (Assignment, 1), (Assistance, 1),
    ):  # fmt: skip
        assert (held_by(model, survivor), held_by(model, other)) == (number, 0), model
    counters_hold()
    assert counted() != before["counters"]
    assert funds_left() == budget
    for word in (other, survivor, "ขอเตียง"):
        found = queries.worklist(queries.read_filters({"q": word}, viewer=orn).filters, viewer=orn)
        assert [line.number for line in found.rows] == [survivor], word
    with pytest.raises(MergedAway) as led:
        queries.load_case(other, viewer=orn)
    assert led.value.survivor == survivor
    lines = queries.case_file(survivor, viewer=orn).lines
    assert any(line.origin == other and line.text == "บอกเฉพาะเรื่องเดิม" for line in lines)
    told = followed(filed.reference)
    assert told.case is not None and told.case.status == CaseStatus.WORKING
    assert [event.text for event in told.case.public_events if event.text] == ["บอกเฉพาะเรื่องเดิม"]

    # Work goes on: a decision and a hand-over on what came, a note and a task of the survivor's.
    version = session.scalar(select(HelpRequest.version).where(HelpRequest.id == request))
    services.decide_request(
        actor=malee, number=survivor, request_id=request, version=version, approve=True,
        amount=Decimal(2000), grounds="จำเป็น",
    )  # fmt: skip
    db.session.commit()
    version = session.scalar(select(HelpRequest.version).where(HelpRequest.id == request))
    services.deliver_help(
        actor=kan, number=survivor, request_id=request, version=version, amount=Decimal(1500),
        given_on=clock.today(),
    )  # fmt: skip
    services.add_task(actor=kan, number=survivor, title="งานใหม่หลังรวม")
    services.add_note(actor=kan, number=survivor, text="บันทึกหลังรวม")
    db.session.commit()
    spent = funds_left()

    assert undo(made) == other
    one, gone = row(survivor), row(other)
    assert (one.status, one.assignee_id) == (CaseStatus.NEW, None)
    assert (gone.status, gone.assignee_id) == (CaseStatus.WORKING, kan.user_id)
    assert gone.closed_at is None and one.title == "ขอเตียง" and gone.due_at == before["due"]
    for model, number in (
        (HelpRequest, 1), (EquipmentLoan, 1), (Visit, 1), (Complaint, 1), (Assignment, 1),
        (Assistance, 2),
    ):  # fmt: skip
        assert (held_by(model, survivor), held_by(model, other)) == (0, number), model
    assert held_by(CaseTask, survivor) == held_by(CaseTask, other) == 1
    report = merges_of(survivor, viewer=orn)[0]
    assert dict(report.stayed)["case_tasks"] == 1 and dict(report.stayed)["notes"] == 1
    assert funds_left() == spent
    counters_hold()
    assert counted() == before["counters"]
    found = queries.worklist(queries.read_filters({"q": other}, viewer=orn).filters, viewer=orn)
    assert [line.number for line in found.rows] == [other]
    assert visit and person_no


def funds_left() -> list[tuple[Any, ...]]:
    from welfare.benefits.models import FundBudget

    columns = (FundBudget.id, FundBudget.amount, FundBudget.reserved, FundBudget.paid)
    return [tuple(one) for one in db.session.execute(select(*columns))]


def test_both_workers_and_what_only_one_may_do(session: Any, given: Callable[..., str]) -> None:
    survivor, other = given(), given(cast.TON)
    orn, kan, ton = (cast.viewer(name) for name in (cast.ORN, cast.KAN, cast.TON))
    with pytest.raises((Forbidden, Refused)):
        services.merge_cases(actor=kan, pair=pair(survivor, other), chosen=Chosen())
    session.rollback()
    stale = Pair(survivor, other, row(survivor).version, row(other).version - 1)
    with pytest.raises(StaleRecord):
        services.merge_cases(actor=orn, pair=stale, chosen=Chosen())
    session.rollback()
    made = merge(survivor, other, worker=Side.THEIRS)
    assert row(survivor).assignee_id == ton.user_id
    assert undo(made) == other
    assert (row(survivor).assignee_id, row(survivor).status) == (kan.user_id, CaseStatus.WORKING)
    assert (row(other).assignee_id, row(other).status) == (ton.user_id, CaseStatus.WORKING)


def test_who_loses_a_case_is_told_and_what_was_asked_comes_back(
    session: Any, given: Callable[..., str]
) -> None:
    survivor, other = given(), given(cast.TON)
    orn, kan, ton = (cast.viewer(name) for name in (cast.ORN, cast.KAN, cast.TON))
    dispatch.ask_transfer(actor=ton, number=other, worker_id=kan.user_id, note="ลาคลอด")
    now = clock.now()
    session.add(
        DelayQuestion(
            case_id=row(other).id, stage=Stage.CLOSURE, due_on=clock.today(),
            owner_id=ton.user_id, first_asked_at=now, asked_at=now,
        )
    )  # fmt: skip
    session.commit()

    def told(name: str) -> list[Any]:
        events = session.scalars(select(OutboxEvent.payload).where(OutboxEvent.name == name))
        return [json.loads(one) for one in events]

    def asked() -> tuple[int, ...]:
        waits = Transfer.status == TransferStatus.ASKED, DelayQuestion.answered_at.is_(None)
        counts = [select(func.count()).where(one) for one in waits]
        return tuple(session.scalar(one) or 0 for one in counts)

    made = merge(survivor, other)
    assert told("case.part_of_another") == [{"number": other, "worker_id": ton.user_id}]
    assert asked() == (0, 0)
    undo(made)
    assert told("case.yours_again") == [{"number": other, "worker_id": ton.user_id}]
    assert asked() == (1, 1)
    made = merge(survivor, other, worker=Side.THEIRS)
    assert told("case.part_of_another")[-1] == {"number": survivor, "worker_id": kan.user_id}
    undo(made, cast.MALEE)
    assert asked() == (1, 1)
    assert orn.user_id not in {one["worker_id"] for one in told("case.yours_again")}


def test_what_stands_in_the_way_is_named(session: Any) -> None:
    orn = cast.viewer(cast.ORN)
    first, second, third = cast.case(), cast.case(), cast.case(sensitivity=Sensitivity.RESTRICTED)
    made = merge(first, second)
    later = merge(third, first)
    assert row(first).sensitivity == row(third).sensitivity == Sensitivity.RESTRICTED
    with pytest.raises(MergedAway) as led:
        queries.case_file(second, viewer=orn)
    assert led.value.survivor == third, "the end of the chain"
    with pytest.raises(Refused, match=third):
        undo(made)
    session.rollback()
    services.close_case(
        actor=orn, number=third, version=row(third).version, outcome=Outcome.SOLVED,
        outcome_note="เสร็จ", open_known=True,
    )  # fmt: skip
    session.commit()
    with pytest.raises(Refused, match=third):
        undo(later)
    session.rollback()
    services.reopen_case(actor=orn, number=third, version=row(third).version, reason="เปิดใหม่")
    session.commit()
    assert undo(later) == first
    assert row(first).sensitivity == Sensitivity.NORMAL
    assert undo(made) == second
    with pytest.raises(Refused):
        undo(made)
    session.rollback()
    counters_hold()


def test_the_pages_lead_and_show(client: Any, app: Any) -> None:
    """From a double that is offered to one case, by the old number, and back to two."""
    from tests.pages import submit

    with app.app_context():
        home = cast.household()
        first, second = (
            cast.case(household_id=home.id, title=text) for text in ("หลังคา", "หลังคาบ้าน")
        )
    cast.sign_in(client, cast.ORN)
    page = client.get(f"/desk/cases/{first}").text
    assert f"/desk/cases/{first}/merge?other={second}" in page
    noting = client.get(f"/desk/cases/{second}?open=note")
    compared = f"/desk/cases/{first}/merge?other={second}"
    assert "pair-table" in client.get(compared).text
    answer = submit(client, compared, {"title": "theirs", "reason": "หลังคาเดียวกัน"})
    assert answer.status_code == 303, answer.text
    led = client.get(f"/desk/cases/{second}")
    assert led.status_code == 302 and led.location.endswith(first)
    assert first in client.get(f"/desk/cases/{second}/edit").location
    note = submit(client, noting, {"text": "พิมพ์ไว้ก่อนหน้า"})
    assert note.status_code == 422 and "พิมพ์ไว้ก่อนหน้า" in note.text and first in note.text
    merges = client.get(f"/desk/cases/{first}/merges").text
    assert second in merges
    with app.app_context():
        made = db.session.scalar(select(CaseMerge.id))
    undone = submit(
        client, f"/desk/cases/{first}/merges", {"why": "คนละหลัง"},
        action=f"/desk/cases/{first}/merges/{made}/undo",
    )  # fmt: skip
    assert undone.status_code == 303, undone.text
    assert client.get(f"/desk/cases/{second}").status_code == 200
    apart = submit(client, f"/desk/cases/{first}", {}, action=f"/desk/cases/{first}/two")
    assert apart.status_code == 303
    assert "other=" + second not in client.get(f"/desk/cases/{first}").text


def test_a_larger_case_and_its_parts(session: Any) -> None:
    orn = cast.viewer(cast.ORN)
    whole, part, third = cast.case(title="น้ำท่วมหมู่ 2"), cast.case(), cast.case()

    def belong(child: str, parent: str) -> None:
        services.set_parent(actor=orn, number=child, version=row(child).version, parent=parent)
        session.commit()

    belong(part, whole)
    for child, parent in ((whole, third), (third, part), (whole, whole), (part, third)):
        with pytest.raises(Refused):
            belong(child, parent)
        session.rollback()
    category = queries.category_by_code("housing")
    assert category is not None
    opened = services.open_part(
        actor=orn, number=whole,
        part=services.PartOfCase("ถุงยังชีพ", "", category.id, row(whole).priority),
    )  # fmt: skip
    session.commit()
    beside = queries.case_file(whole, viewer=orn).beside
    assert [one.number for one in beside.children] == [part, opened]
    back = queries.case_file(part, viewer=orn).beside
    assert back.parent is not None and back.parent.number == whole
    with pytest.raises(Refused, match=part):
        services.close_case(
            actor=orn, number=whole, version=row(whole).version, outcome=Outcome.SOLVED,
            outcome_note="เสร็จ",
        )  # fmt: skip
    session.rollback()
    made = merge(third, whole)
    assert {one.number for one in queries.case_file(third, viewer=orn).beside.children} == {
        part, opened,
    }  # fmt: skip
    undo(made)
    assert [one.number for one in queries.case_file(whole, viewer=orn).beside.children] == [
        part, opened,
    ]  # fmt: skip
    services.leave_parent(actor=orn, number=part, version=row(part).version)
    session.commit()
    assert queries.case_file(part, viewer=orn).beside.parent is None


def test_the_higher_of_two_risks_is_the_one_case_s(session: Any, given: Callable[..., str]) -> None:
    survivor, other = given(title="ขอเตียง"), given(title="เตียงผู้ป่วย")
    kan = cast.viewer(cast.KAN)
    for number, level in ((survivor, RiskLevel.LOW), (other, RiskLevel.HIGH)):
        judge_risk(actor=kan, number=number, level=level, reasons=(), note="อยู่คนเดียว")
    db.session.commit()
    made = merge(survivor, other)
    assert row(survivor).risk == RiskLevel.HIGH
    undo(made)
    assert (row(survivor).risk, row(other).risk) == (RiskLevel.HIGH, RiskLevel.HIGH)


def test_triage_offers_the_same_case_twice(session: Any) -> None:
    from welfare.intake.queries.context import cases_of

    home, orn = cast.household(), cast.viewer(cast.ORN)
    first, second = cast.case(household_id=home.id), cast.case(household_id=home.id)

    def twins() -> dict[str, str]:
        found = cases_of(viewer=orn, household_ids=[home.id], person_ids=[])
        return {one.number: one.twin for one in found}

    assert twins() == {second: first, first: ""}
    services.say_apart(actor=orn, number=first, other=second)
    session.commit()
    assert twins() == {second: "", first: ""}
