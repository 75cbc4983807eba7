"""Lists and their spreadsheets: the same filters, the same rights, nothing to be found by asking
about what may not be seen."""

from __future__ import annotations

import io
import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from flask import Flask
from sqlalchemy import select, update

from tests.conftest import Kept
from tests.integration.households import conftest as made
from tests.integration.households.conftest import (
    ADMIN,
    MANAGER,
    NATIONAL_ID,
    OFFICER,
    VOLUNTEER,
    WORKER,
    WORKER_3,
    Registry,
    SignIn,
)  # fmt: skip
from tests.pages import submit
from welfare.core.audit.models import AuditEntry
from welfare.core.db import db
from welfare.core.errors import Forbidden
from welfare.core.security.permissions import Role, Viewer
from welfare.households.kinds import Disability, Relation, Sex, YesNo
from welfare.households.models import Household, Person
from welfare.households.queries.filtering import household_filters, people_filters
from welfare.households.queries.lists import PAGE, list_households, list_people
from welfare.households.services.exporting import Export, export_households, export_people


@pytest.fixture
def filled(kept: Kept, registry: Registry) -> Registry:
    """The registry with someone of each kind; no context stays open."""

    def build() -> Registry:
        old = made.person("ยาย", "เดียว", sex=Sex.FEMALE, birth_date=date(1940, 1, 1))
        lone = made.house("8", 4)
        made.live(lone, old, Relation.HEAD)
        made.house("9", 4)
        made.person("ลอย", "นอกบ้าน", sex=Sex.MALE)
        dead = made.person("ผู้ล่วงลับ", "แล้ว")
        died = update(Person).where(Person.number == dead).values(deceased_on=date(2020, 1, 1))
        db.session.execute(died)
        db.session.execute(
            update(Person).where(Person.number == registry.kham)
            .values(disability=Disability.MOBILITY, adl_score=3, welfare_card=YesNo.YES)
        )  # fmt: skip
        db.session.commit()
        return registry

    return kept("registry of many kinds", build)


@pytest.fixture
def town(filled: Registry, session: Any) -> Registry:
    """The same inside a context of its own, for queries and services."""
    return filled


def people(viewer: Viewer = OFFICER, **typed: str) -> set[str]:
    return {row.name for row in list_people(people_filters(typed, viewer), viewer).rows}


def houses(viewer: Viewer = OFFICER, **typed: str) -> set[str]:
    return {row.house_no for row in list_households(household_filters(typed), viewer).rows}


KHAM, SOMCHAI, FA = "นางคำ น้ำใจ", "นายสมชาย ใจดี", "เด็กหญิงนางฟ้า น้ำใจ"
YAI, LOI, DEAD = "ยาย เดียว", "ลอย นอกบ้าน", "ผู้ล่วงลับ แล้ว"
EVERYBODY = {KHAM, SOMCHAI, FA, YAI, LOI}


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ({}, EVERYBODY),
        ({"village": "3"}, {KHAM, FA}),
        ({"village": "๓"}, {KHAM, FA}),
        ({"village": "99"}, set()),
        ({"age": "60"}, {KHAM, YAI}),
        ({"age": "80-89"}, {KHAM, YAI}),
        ({"age": "6-17"}, {FA}),
        ({"sex": "male"}, {SOMCHAI, LOI}),
        ({"home": "none"}, {LOI}),
        ({"home": "head"}, {KHAM, SOMCHAI, YAI}),
        ({"home": "alone_old"}, {YAI}),
        ({"welfare_card": "yes"}, {KHAM}),
        ({"life": "dead"}, {DEAD}),
        ({"life": "all"}, {*EVERYBODY, DEAD}),
        ({"disability": "any"}, {KHAM}),
        ({"disability": "mobility"}, {KHAM}),
        ({"disability": "seeing"}, set()),
        ({"adl": "bed"}, {KHAM}),
        ({"adl": "social"}, set()),
        ({"village": "3", "age": "60"}, {KHAM}),
        ({"sex": "'; DROP", "age": "banana", "village": "-1", "page": "x"}, EVERYBODY),
    ],
)
def test_filters_of_people(town: Registry, at: Any, typed: dict[str, str], found: set[str]) -> None:
    at("2026-11-22T09:00:00+07:00")
    assert people(**typed) == found


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ({}, {"99/1", "12", "8", "9"}),
        ({"village": "4"}, {"8", "9"}),
        ({"members": "nobody"}, {"9"}),
        ({"members": "no_head"}, set()),
        ({"members": "alone_old"}, {"8"}),
        ({"tenure": "owner"}, set()),
        ({"tenure": "unknown"}, {"99/1", "12", "8", "9"}),
        ({"condition": "unsafe"}, set()),
    ],
)
def test_filters_of_houses(town: Registry, at: Any, typed: dict[str, str], found: set[str]) -> None:
    at("2026-11-22T09:00:00+07:00")
    assert houses(**typed) == found


def test_who_does_not_see_health_cannot_ask_by_it(town: Registry) -> None:
    """The same question, asked by whom it is not for, narrows nothing: no one is given away."""
    assert people(WORKER, adl="bed") == people(WORKER)
    assert people(WORKER, disability="any", adl="bed") == EVERYBODY
    assert people_filters({"adl": "bed", "disability": "any"}, WORKER).used() == {}


def test_lists_end_at_the_viewers_area(town: Registry) -> None:
    assert people(WORKER_3) == {KHAM, FA, LOI}
    assert people(WORKER_3, village="5") == set()
    assert houses(WORKER_3) == {"99/1"}
    assert list_people(people_filters({}, WORKER_3), WORKER_3).total == 3
    for viewer in (VOLUNTEER, ADMIN):
        assert people(viewer) == set()
        assert houses(viewer) == set()


def test_pages_and_counts(town: Registry, session: Any) -> None:
    for number in range(PAGE + 2):
        made.house(str(number + 500), 5)
    session.commit()
    filters = household_filters({"village": "5"})
    first = list_households(filters, OFFICER)
    second = list_households(filters, OFFICER, 2)
    assert (first.total, len(first.rows), first.before, first.after) == (PAGE + 3, PAGE, None, 2)
    assert (second.first, second.last, second.before, second.after) == (51, 53, 1, None)
    assert not {row.id for row in first.rows} & {row.id for row in second.rows}
    assert list_households(filters, OFFICER, 10**6).number == 2


def kept(export: Export, path: Path) -> int:
    """Fetch the file; how many rows were promised."""
    path.write_bytes(b"".join(export.pieces))
    return export.count


def sheet(path: Path) -> list[list[Any]]:
    """The rows of the first sheet as texts, its heading first."""
    book = openpyxl.load_workbook(path)
    return [
        ["" if cell.value is None else cell.value for cell in row] for row in book.worksheets[0]
    ]


def entries(action: str) -> list[tuple[str, dict[str, Any]]]:
    rows = db.session.execute(
        select(AuditEntry.object_ref, AuditEntry.changes).where(AuditEntry.action == action)
    )
    return [(row.object_ref, json.loads(row.changes)) for row in rows]


def test_the_file_holds_the_list_and_is_noted(town: Registry, tmp_path: Path) -> None:
    path = tmp_path / "people.xlsx"
    filters = people_filters({"village": "3"}, OFFICER)
    assert kept(export_people(actor=OFFICER, filters=filters), path) == 2
    heading, *rows = sheet(path)
    assert [row[2] for row in rows] == ["คำ", "นางฟ้า"]
    kham = dict(zip(heading, rows[0], strict=True))
    assert NATIONAL_ID not in "".join(map(str, rows[0])).replace("-", "")
    assert "x-xxxx-xxxxx-67-0" in kham.values()
    assert kham["วันเกิด (พ.ศ.)"] == "1 เมษายน 2488"
    assert kham["วันเกิด (ค.ศ.)"] == datetime(1945, 4, 1)  # noqa: DTZ001 - a day
    assert kham["หมู่ที่"] == 3
    assert kham["คะแนน ADL (0–20)"] == 3
    (noted,) = entries("people.exported")
    assert noted == ("people", {"village": "3", "count": 2, "health": True})
    assert entries("people.revealed") == []
    book = openpyxl.load_workbook(path)
    about = [cell.value for row in book.worksheets[1] for cell in row]
    assert OFFICER.display_name in about


def test_whole_numbers_only_by_right_and_noted(town: Registry, tmp_path: Path) -> None:
    path = tmp_path / "people.xlsx"
    filters = people_filters({"village": "3"}, OFFICER)
    kept(export_people(actor=OFFICER, filters=filters, whole_numbers=True), path)
    assert "3-9999-12345-67-0" in sheet(path)[1]
    assert "099-000-1234" in sheet(path)[1]
    assert entries("people.revealed") == [("people", {"what": "export", "count": 2})]
    for viewer in (WORKER, MANAGER):
        with pytest.raises(Forbidden):
            export_people(actor=viewer, filters=filters, whole_numbers=True)


def test_health_is_in_the_file_of_those_who_see_it(town: Registry, tmp_path: Path) -> None:
    path = tmp_path / "people.xlsx"
    for viewer, wanted in ((OFFICER, True), (MANAGER, True), (WORKER, False)):
        kept(export_people(actor=viewer, filters=people_filters({}, viewer)), path)
        heading, *rows = sheet(path)
        assert any("ADL" in str(name) or "พิการ" in str(name) for name in heading) is wanted
        assert len(heading) == len(rows[0])


def test_the_file_ends_at_the_viewers_area(town: Registry, tmp_path: Path) -> None:
    path = tmp_path / "people.xlsx"
    assert kept(export_people(actor=WORKER_3, filters=people_filters({}, WORKER_3)), path) == 3
    assert "สมชาย" not in str(sheet(path))
    assert kept(export_households(actor=WORKER_3, filters=household_filters({})), path) == 1
    for viewer in (VOLUNTEER, ADMIN):
        with pytest.raises(Forbidden):
            export_people(actor=viewer, filters=people_filters({}, viewer))
        with pytest.raises(Forbidden):
            export_households(actor=viewer, filters=household_filters({}))


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_is_a_formula(town: Registry, session: Any, tmp_path: Path, start: str) -> None:
    evil = f'{start}HYPERLINK("http://x","y")'
    session.execute(update(Person).where(Person.number == town.kham).values(occupation=evil))
    session.execute(update(Household).where(Household.number == town.house_3).values(landmark=evil))
    session.commit()
    for name, path in (("people", tmp_path / "p.xlsx"), ("houses", tmp_path / "h.xlsx")):
        if name == "people":
            kept(export_people(actor=OFFICER, filters=people_filters({}, OFFICER)), path)
        else:
            kept(export_households(actor=OFFICER, filters=household_filters({})), path)
        cells = [cell for row in openpyxl.load_workbook(path).worksheets[0] for cell in row]
        assert {cell.data_type for cell in cells} <= {"s", "n", "d"}
        held = [cell.value for cell in cells if cell.value and "HYPERLINK" in str(cell.value)]
        assert held
        assert all(str(value).startswith("'") for value in held)


def test_the_page_gives_the_file(filled: Registry, sign_in: SignIn) -> None:
    client = sign_in(Role.OFFICER)
    page = client.get("/desk/people?village=3")
    assert "สมชาย" not in page.text
    answer = submit(client, "/desk/people?village=3", {}, action="/desk/registry/export/people")
    assert answer.status_code == 200, answer.text
    assert "attachment" in answer.headers["Content-Disposition"]
    assert answer.is_streamed
    rows = list(openpyxl.load_workbook(io.BytesIO(answer.data)).worksheets[0].values)
    assert len(rows) == 3


def test_the_pages_are_for_those_who_see_the_registry(filled: Registry, sign_in: SignIn) -> None:
    client = sign_in(Role.VOLUNTEER)
    for path in ("/desk/people", "/desk/households", "/desk/registry?q=คำ"):
        assert client.get(path).status_code in (403, 404)


def test_health_filters_are_not_even_shown(filled: Registry, sign_in: SignIn) -> None:
    officer, worker = sign_in(Role.OFFICER), sign_in(Role.CASEWORKER)
    assert 'name="adl"' in officer.get("/desk/people").text
    assert 'name="adl"' not in worker.get("/desk/people").text


def test_one_box(filled: Registry, sign_in: SignIn, app: Flask) -> None:
    client = sign_in(Role.OFFICER)
    assert "99/1" in client.get("/desk/registry?q=คำ").text
    assert client.get(f"/desk/registry?q={filled.kham}").headers["Location"].endswith(filled.kham)
    nothing = client.get("/desk/registry?q=C70-000001-3")
    assert nothing.status_code == 200
    assert "C70-000001-3" in nothing.text
