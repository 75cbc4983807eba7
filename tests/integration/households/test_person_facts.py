"""Dated facts of people: added, corrected, ended, taken back; the columns follow."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from tests.integration.households.conftest import (
    MANAGER,
    OFFICER,
    VOLUNTEER,
    WORKER,
    WORKER_3,
    Registry,
    viewer,
)
from tests.pages import submit
from welfare.core.audit.models import AuditEntry
from welfare.core.errors import Forbidden, NotFound, Refused, StaleRecord
from welfare.core.security.permissions import Role
from welfare.core.thai.identity import IdKind
from welfare.households import services
from welfare.households.facts import FactEntry, HealthFacts
from welfare.households.kinds import Disability, FactKind, FactSource, YesNo
from welfare.households.models import Person, PersonFact
from welfare.households.queries import person_file
from welfare.households.queries.person_facts import FactLine
from welfare.households.services.facts import add_fact, correct_fact, end_fact, withdraw_fact

FULL = "2132322122"


@pytest.fixture
def session(app: Flask, registry: Registry) -> Iterator[Any]:
    with app.app_context():
        yield app.extensions["sqlalchemy"].session


def entry(kind: FactKind, **values: Any) -> FactEntry:
    return FactEntry(kind=kind, **({"source": FactSource.TOLD} | values))


def added(number: str, kind: FactKind, **values: Any) -> PersonFact:
    return add_fact(actor=OFFICER, number=number, entry=entry(kind, **values))


def row(session: Any, number: str) -> Person:
    session.expire_all()
    found: Person = session.scalar(select(Person).where(Person.number == number))
    return found


def present(number: str, kind: FactKind) -> list[FactLine]:
    lines = person_file(number, viewer=OFFICER).known.present
    return [line for line in lines if line.kind == kind]


def test_a_newer_fact_ends_the_one_before(session: Any, registry: Registry) -> None:
    who = registry.somchai
    added(who, FactKind.OCCUPATION, text="ทำนา", from_day=date(2020, 1, 1))
    added(who, FactKind.OCCUPATION, text="ค้าขาย", from_day=date(2024, 6, 1))
    assert row(session, who).occupation == "ค้าขาย"
    lines = person_file(who, viewer=OFFICER).known.lines
    assert [(line.text, line.until, line.present) for line in lines] == [
        ("ค้าขาย", None, True),
        ("ทำนา", date(2024, 6, 1), False),
    ]


def test_an_older_fact_entered_later_does_not_win(session: Any, registry: Registry) -> None:
    who = registry.somchai
    added(who, FactKind.INCOME, amount=Decimal(5000), from_day=date(2024, 6, 1))
    added(who, FactKind.INCOME, amount=Decimal(900), from_day=date(2020, 1, 1))
    assert row(session, who).monthly_income == 5000


def test_the_barthel_index_adds_up(session: Any, registry: Registry) -> None:
    added(registry.kham, FactKind.ADL, items="1010000011", from_day=date(2025, 1, 1))
    person = row(session, registry.kham)
    assert (person.adl_score, person.adl_on) == (4, date(2025, 1, 1))
    [line] = present(registry.kham, FactKind.ADL)
    assert line.scores == (1, 0, 1, 0, 0, 0, 0, 0, 1, 1)
    assert "4" in line.value


@pytest.mark.parametrize("items", ["", "213232212", "3132322122", "abcdefghij"])
def test_half_an_assessment_is_refused(session: Any, registry: Registry, items: str) -> None:
    with pytest.raises(Refused):
        added(registry.kham, FactKind.ADL, items=items)


@pytest.mark.parametrize(
    ("kind", "values", "field"),
    [
        (FactKind.DISABILITY, {"code": "flying"}, "code"),
        (FactKind.WELFARE_CARD, {"code": ""}, "code"),
        (FactKind.ILLNESS, {"text": ""}, "text"),
        (FactKind.INCOME, {}, "amount"),
        (FactKind.INCOME, {"amount": Decimal(-1)}, "amount"),
        (FactKind.CARER, {}, "text"),
        (FactKind.CARER, {"other": "P-999999-9"}, "other"),
        (FactKind.SCHOOL, {"text": "ป.3", "from_day": date(2099, 1, 1)}, "from_day"),
        (
            FactKind.DISABILITY,
            {"code": "seeing", "issued_on": date(2024, 1, 2), "expires_on": date(2024, 1, 1)},
            "expires_on",
        ),
    ],
)
def test_what_does_not_hold_together(
    session: Any, registry: Registry, kind: FactKind, values: dict[str, Any], field: str
) -> None:
    with pytest.raises(Refused) as refusal:
        added(registry.kham, kind, **values)
    assert refusal.value.field == field


def test_a_correction_supersedes_and_both_stay(session: Any, registry: Registry) -> None:
    who = registry.somchai
    wrong = added(who, FactKind.WELFARE_CARD, code="no", from_day=date(2024, 1, 1))
    correct_fact(
        actor=OFFICER, number=who, fact_id=wrong.id, version=wrong.version,
        entry=entry(FactKind.WELFARE_CARD, code="yes", from_day=date(2023, 1, 1)),
    )  # fmt: skip
    assert row(session, who).welfare_card is YesNo.YES
    states = {line.code: line.state for line in person_file(who, viewer=OFFICER).known.lines}
    assert states == {"yes": "standing", "no": "superseded"}
    with pytest.raises(Refused):
        withdraw_fact(actor=OFFICER, number=who, fact_id=wrong.id, version=2, reason="ซ้ำ")


def test_what_is_taken_back_gives_way_to_what_stood_before(
    session: Any, registry: Registry
) -> None:
    who = registry.kham
    fact = added(who, FactKind.DISABILITY, code="seeing", from_day=date(2025, 1, 1))
    assert row(session, who).disability is Disability.SEEING
    with pytest.raises(Refused):
        withdraw_fact(actor=OFFICER, number=who, fact_id=fact.id, version=1, reason="")
    withdraw_fact(actor=OFFICER, number=who, fact_id=fact.id, version=1, reason="ผิดคน")
    assert row(session, who).disability is Disability.MOBILITY
    [gone] = [
        line for line in person_file(who, viewer=OFFICER).known.lines if line.state == "withdrawn"
    ]
    assert gone.withdrawn_reason == "ผิดคน"


def test_columns_written_in_bulk_are_not_lost(session: Any, registry: Registry) -> None:
    """Bulk loads write columns without facts: shown, and kept when a fact comes."""
    who = registry.fa
    person = row(session, who)
    person.occupation = "นักเรียน"
    session.flush()
    [bare] = present(who, FactKind.OCCUPATION)
    assert (bare.id, bare.text) == (0, "นักเรียน")
    fact = added(who, FactKind.OCCUPATION, text="ช่วยงานบ้าน")
    withdraw_fact(actor=OFFICER, number=who, fact_id=fact.id, version=fact.version, reason="ผิด")
    assert row(session, who).occupation == "นักเรียน"


def test_illnesses_and_carers_stand_side_by_side(session: Any, registry: Registry) -> None:
    who = registry.kham
    added(who, FactKind.ILLNESS, text="เบาหวาน")
    second = added(who, FactKind.ILLNESS, text="ความดันโลหิตสูง")
    added(who, FactKind.CARER, other=registry.somchai)
    assert [line.text for line in present(who, FactKind.ILLNESS)] == ["เบาหวาน", "ความดันโลหิตสูง"]
    [carer] = present(who, FactKind.CARER)
    assert (carer.value, carer.other_seen) == ("นายสมชาย ใจดี", True)
    end_fact(actor=OFFICER, number=who, fact_id=second.id, version=1, to_day=date(2025, 5, 5))
    assert [line.text for line in present(who, FactKind.ILLNESS)] == ["เบาหวาน"]
    with pytest.raises(StaleRecord):
        end_fact(actor=OFFICER, number=who, fact_id=second.id, version=1, to_day=date(2025, 5, 6))


def test_an_edit_of_the_file_becomes_a_fact(session: Any, registry: Registry) -> None:
    who = registry.kham
    file = person_file(who, viewer=OFFICER)
    assert file.health is not None
    services.edit_person(
        actor=OFFICER, number=who, version=file.version, facts=file.facts,
        health=HealthFacts(disability=Disability.SEEING, adl_score=8, adl_on=date(2025, 2, 2)),
    )  # fmt: skip
    assert [line.code for line in present(who, FactKind.DISABILITY)] == ["seeing"]
    assert [line.score for line in present(who, FactKind.ADL)] == [8]
    person = row(session, who)
    assert (person.disability, person.adl_score) == (Disability.SEEING, 8)


def test_health_is_for_those_who_may_see_it(session: Any, registry: Registry) -> None:
    who = registry.kham
    fact = added(who, FactKind.ILLNESS, text="โรคลับ")
    lines = person_file(who, viewer=WORKER).known.lines
    assert not {line.kind for line in lines} & {FactKind.ILLNESS, FactKind.ADL}
    with pytest.raises(Forbidden):
        add_fact(actor=WORKER, number=who, entry=entry(FactKind.ILLNESS, text="x"))
    with pytest.raises(NotFound):
        withdraw_fact(actor=WORKER, number=who, fact_id=fact.id, version=1, reason="x")
    with pytest.raises(NotFound):
        end_fact(actor=WORKER, number=who, fact_id=fact.id, version=1, to_day=date(2025, 1, 1))
    session.flush()
    session.commit()
    audit = session.scalars(select(AuditEntry.changes).where(AuditEntry.object_ref == who)).all()
    assert not any("illness" in text or "โรคลับ" in text for text in audit)


@pytest.mark.parametrize("who", [MANAGER, VOLUNTEER, viewer(Role.AUDITOR)])
def test_who_may_not_write(session: Any, registry: Registry, who: Any) -> None:
    with pytest.raises(Forbidden):
        add_fact(actor=who, number=registry.kham, entry=entry(FactKind.OCCUPATION, text="ทำนา"))


def test_out_of_the_area_nobody_is_there(session: Any, registry: Registry) -> None:
    with pytest.raises(NotFound):
        add_fact(
            actor=WORKER_3, number=registry.somchai,
            entry=entry(FactKind.OCCUPATION, text="ทำนา"),
        )  # fmt: skip


def test_the_form_of_the_barthel_index(registry: Registry, app: Flask, sign_in: Any) -> None:
    client = sign_in(Role.OFFICER)
    page = client.get(f"/desk/people/{registry.kham}/facts/new/adl")
    assert "รับประทานอาหารเมื่อเตรียมสำรับไว้" in page.text
    half = {"adl_1": "1", "adl_2": "1", "source": "visit", "adl_3": "9"}
    answer = submit(client, page, half, having="one_time_key")
    assert answer.status_code == 400
    assert "คะแนนรวมขณะนี้: 5 จาก 20" in answer.text
    scores = {f"adl_{place}": score for place, score in enumerate("1010000011", start=1)}
    saved = submit(client, answer, scores | {"source": "visit"}, having="one_time_key")
    assert saved.status_code == 303
    shown = client.get(saved.location).text
    assert "4 จาก 20 คะแนน: ติดเตียง" in shown
    assert "พบเมื่อเยี่ยมบ้าน" in shown


def test_pages_of_a_fact(registry: Registry, app: Flask, sign_in: Any) -> None:
    client = sign_in(Role.OFFICER)
    here = f"/desk/people/{registry.kham}"
    made = submit(
        client, f"{here}/facts/new/illness",
        {"text": "เบาหวาน", "source": "told", "source_note": "ลูกสาว", "from_day-year": "2560"},
        having="one_time_key",
    )  # fmt: skip
    assert made.status_code == 303, made.text
    page = client.get(here).text
    assert "เบาหวาน" in page
    assert "ตั้งแต่ พ.ศ. 2560" in page
    with app.app_context():
        [line] = present(registry.kham, FactKind.ILLNESS)
    path = f"{here}/facts/{line.id}"
    assert submit(client, f"{path}/correct", {"text": "ความดัน"}).status_code == 303
    with app.app_context():
        [line] = present(registry.kham, FactKind.ILLNESS)
    assert client.get(f"{path}/correct").status_code == 404
    path = f"{here}/facts/{line.id}"
    day = {"to_day-day": "1", "to_day-month": "2", "to_day-year": "2568"}
    assert submit(client, f"{path}/end", day, having="version").status_code == 303
    assert submit(client, f"{path}/take-back", {"reason": ""}).status_code == 400
    assert submit(client, f"{path}/take-back", {"reason": "ผิดคน"}).status_code == 303
    assert "ถอนเพราะ: ผิดคน" in client.get(here).text
    assert client.get(f"{here}/facts/new/death").status_code == 404
    assert client.get(f"{here}/facts/new/x").status_code == 404


def test_pages_of_health_are_closed_to_others(registry: Registry, sign_in: Any) -> None:
    client = sign_in(Role.CASEWORKER)
    here = f"/desk/people/{registry.kham}/facts/new"
    assert client.get(f"{here}/illness").status_code == 403
    assert client.get(f"{here}/occupation").status_code == 200
    assert sign_in(Role.MANAGER).get(f"{here}/occupation").status_code == 403


@pytest.mark.parametrize("score", ["7.5", "7,5", "-1", "21", "๗.๕"])
def test_a_fraction_of_a_score_is_refused(registry: Registry, sign_in: Any, score: str) -> None:
    client = sign_in(Role.OFFICER)
    answer = submit(
        client, "/desk/people/new", {"first_name": "ใหม่", "adl_score": score}, having="first_name"
    )
    assert answer.status_code == 400
    assert "จำนวนเต็มตั้งแต่ 0 ถึง 20" in answer.text


def test_numbers_besides_the_main_one(registry: Registry, app: Flask, sign_in: Any) -> None:
    client = sign_in(Role.OFFICER)
    here = f"/desk/people/{registry.kham}"
    taken = {"id_kind": "national", "identifier": "1999900000013"}
    answer = submit(client, f"{here}/numbers/new", taken, having="identifier")
    assert answer.status_code == 422, "it is Somchai's"
    bad = submit(client, answer, {"identifier": "3999912345671"}, having="identifier")
    assert bad.status_code == 400
    kept = submit(
        client, bad, {"id_kind": "passport", "identifier": "ab ๑๒๓๔๕๖๗", "note": "เล่มเก่า"},
        having="identifier",
    )  # fmt: skip
    assert kept.status_code == 303, kept.text
    page = client.get(here)
    assert "xxxxxx567" in page.text
    assert "AB1234567" not in page.text
    with app.app_context():
        [line] = person_file(registry.kham, viewer=OFFICER).numbers
    shown = submit(client, page, {"what": f"number-{line.id}"}, having="what")
    assert "AB1234567" in shown.text
    with app.app_context():
        last = (
            app.extensions["sqlalchemy"]
            .session.scalars(select(AuditEntry).order_by(AuditEntry.seq.desc()))
            .first()
        )
        assert (last.action, last.object_ref) == ("person.revealed", registry.kham)
    assert submit(client, f"{here}/numbers/{line.id}", {"note": "หมดอายุ"}).status_code == 303
    gone = submit(client, f"{here}/numbers/{line.id}/take-back", {"reason": "ของคนอื่น"})
    assert gone.status_code == 303
    assert "xxxxxx567" not in client.get(here).text
    assert sign_in(Role.MANAGER).get(f"{here}/numbers/new").status_code == 403


def test_a_number_that_begins_with_nought_is_only_doubted(registry: Registry, sign_in: Any) -> None:
    client = sign_in(Role.OFFICER)
    answer = submit(
        client, f"/desk/people/{registry.fa}/edit",
        {"id_kind": "non_thai", "identifier": "๐-8901-00001-00-7"}, having="first_name",
    )  # fmt: skip
    assert answer.status_code == 303, answer.text
    assert "ตรวจหลักสุดท้ายไม่ได้" in client.get(answer.location).text


def test_a_replaced_number_is_kept_among_the_earlier(session: Any, registry: Registry) -> None:
    file = person_file(registry.kham, viewer=OFFICER)
    services.edit_person(
        actor=OFFICER, number=registry.kham, version=file.version, health=file.health,
        facts=replace(file.facts, id_kind=IdKind.PASSPORT, identifier="AB123456"),
    )  # fmt: skip
    [line] = person_file(registry.kham, viewer=OFFICER).numbers
    assert (line.masked, line.kind) == ("x-xxxx-xxxxx-67-0", IdKind.NATIONAL)


def test_earlier_names_are_added_and_put_right(
    registry: Registry, app: Flask, sign_in: Any
) -> None:
    client = sign_in(Role.OFFICER)
    here = f"/desk/people/{registry.kham}"
    open_end = {"title": "นางสาว", "first_name": "คำเอ้ย", "last_name": "เดิมดี"}
    none = submit(client, f"{here}/names/new", open_end, having="first_name")
    assert none.status_code == 422, "an earlier name has an end"
    day = {"to_day-day": "1", "to_day-month": "5", "to_day-year": "2510"}
    assert submit(client, none, open_end | day, having="first_name").status_code == 303
    assert registry.kham in client.get("/desk/people?q=เดิมดี").text
    with app.app_context():
        now, before = person_file(registry.kham, viewer=OFFICER).names
    path = f"{here}/names/{before.id}"
    assert submit(client, path, {"last_name": "ดั้งเดิม"}).status_code == 303
    assert registry.kham in client.get("/desk/people?q=ดั้งเดิม").text
    present = f"{here}/names/{now.id}"
    assert submit(client, present, {"last_name": "อื่น"}).status_code == 422
    assert submit(client, present, {"reason": "ตามบัตร"}).status_code == 303
    assert sign_in(Role.MANAGER).get(path).status_code == 403
    assert sign_in(Role.CASEWORKER, villages=(5,)).get(path).status_code == 404
