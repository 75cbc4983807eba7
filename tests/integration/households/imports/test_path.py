"""A list on its whole way: uploaded, understood, checked, approved by another, applied, undone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from tests import cast
from tests.integration.households.imports.conftest import Upload, press, state, usual_rows, work
from tests.integration.households.imports.lists import HEADERS, pid, row, workbook
from tests.pages import submit
from welfare.core.audit.models import AuditEntry
from welfare.core.db import db
from welfare.core.storage.files import root
from welfare.households import services
from welfare.households.facts import PersonFacts
from welfare.households.kinds import Relation
from welfare.households.models import (
    Household,
    ImportedColumns,
    ImportRow,
    Membership,
    Person,
    PersonName,
)
from welfare.households.queries import person_file, search_people
from welfare.households.queries.imports.pages import ImportFile

Check = Callable[..., ImportFile]


def count(app: Flask, model: Any) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(model)) or 0


def people(app: Flask) -> dict[str, Person]:
    with app.app_context():
        rows = db.session.scalars(select(Person).order_by(Person.id)).all()
        db.session.expunge_all()
        return {one.first_name: one for one in rows}


def test_the_columns_are_guessed_and_shown(upload: Upload, officer: FlaskClient) -> None:
    number = upload()
    page = officer.get(f"/desk/registry/imports/{number}/columns").text
    assert "เลขบัตร ปชช." in page
    assert '<option selected value="identifier">' in page
    assert "คำ" in page
    assert "สีที่ชอบ" in page


def test_rows_are_planned_and_nothing_is_touched(app: Flask, upload: Upload, check: Check) -> None:
    number = upload()
    file = check(number)
    assert file.status == "checked"
    assert file.counts == {"new": 3}
    assert count(app, Person) == count(app, Household) == 0


def test_a_list_goes_in(app: Flask, applied: Callable[..., str]) -> None:
    number = applied()
    found = people(app)
    assert set(found) == {"คำ", "สม", "แก้ว"}
    assert found["คำ"].identifier == pid(1)
    assert found["สม"].phone == "66812345678"
    assert found["สม"].sex == "male"
    with app.app_context():
        houses = {
            (house.house_no, house.village_no): house.id
            for house in db.session.scalars(select(Household))
        }
        links = {
            link.person_id: (link.household_id, link.relation)
            for link in db.session.scalars(select(Membership))
        }
        assert set(houses) == {("12/1", 2), ("99/1", 3)}
        assert links[found["คำ"].id] == (houses["12/1", 2], Relation.HEAD)
        assert links[found["สม"].id] == (houses["12/1", 2], Relation.CHILD)
        kept = db.session.scalars(select(ImportedColumns)).one()
        assert "แดง" in kept.content
        orn = cast.viewer(cast.ORN)
        assert [one.number for one in search_people("แก้ว ดอยงาม", orn).rows] == [
            found["แก้ว"].number
        ]
        assert person_file(found["แก้ว"].number, viewer=orn).homes
        actions = set(db.session.scalars(select(AuditEntry.action)))
        assert {
            "import.uploaded",
            "import.applying",
            "import.applied",
            "person.imported",
        } <= actions
    assert state(app, number).approved_by == cast.MALEE


def test_the_same_list_again_changes_nothing(
    app: Flask, applied: Callable[..., str], upload: Upload, check: Check, officer: FlaskClient
) -> None:
    applied()
    again = upload()
    assert "เคยส่งไฟล์นี้มาแล้ว" in officer.get(f"/desk/registry/imports/{again}/columns").text
    assert check(again).counts == {"same": 3}
    answer = press(officer, again, "ask")
    assert answer.status_code == 422
    assert count(app, Person) == 3


def test_what_differs_is_shown_and_changed(
    app: Flask, applied: Callable[..., str], upload: Upload, officer: FlaskClient, check: Check
) -> None:
    applied()
    rows = usual_rows()
    rows[1][4] = "ใจงาม"
    number = upload([HEADERS, *rows])
    assert check(number).counts == {"same": 2, "changed": 1}
    page = officer.get(f"/desk/registry/imports/{number}?state=changed").text
    assert "<del>ใจดี</del> → <ins>ใจงาม</ins>" in page
    press(officer, number, "ask")
    manager = cast.sign_in(app.test_client(), cast.MALEE)
    press(manager, number, "approve")
    assert work(app, number).report["people_changed"] == 1
    assert people(app)["สม"].last_name == "ใจงาม"
    with app.app_context():
        names = db.session.scalars(
            select(PersonName.last_name)
            .where(PersonName.first_name == "สม")
            .order_by(PersonName.id)
        ).all()
    assert names == ["ใจดี", "ใจงาม"]


def test_a_later_edit_is_not_overwritten(
    app: Flask, applied: Callable[..., str], upload: Upload, officer: FlaskClient,
    manager: FlaskClient, check: Check,
) -> None:  # fmt: skip
    applied()
    rows = usual_rows()
    rows[1][4] = "ใจงาม"
    number = upload([HEADERS, *rows])
    check(number)
    press(officer, number, "ask")
    with app.app_context():
        som = db.session.scalars(select(Person).where(Person.first_name == "สม")).one()
        services.edit_person(
            actor=cast.viewer(cast.ORN), number=som.number, version=som.version,
            facts=PersonFacts(first_name="สม", last_name="มาทีหลัง", title="นาย"),
        )  # fmt: skip
        db.session.commit()
    press(manager, number, "approve")
    assert work(app, number).status == "applied"
    assert people(app)["สม"].last_name == "มาทีหลัง"


def test_an_undo_takes_all_of_it_back(
    app: Flask, applied: Callable[..., str], manager: FlaskClient
) -> None:
    before = {path for path in root().glob("??/*") if path.is_file()}
    number = applied()
    answer = press(manager, number, "undo", reason="ผิดไฟล์")
    assert answer.status_code == 303
    file = work(app, number)
    assert file.status == "undone"
    assert file.report["undone_kept"] == 0
    for model in (Person, Household, Membership, ImportedColumns, ImportRow):
        assert count(app, model) == 0
    assert {path for path in root().glob("??/*") if path.is_file()} <= before


def test_an_undo_leaves_what_was_built_on(
    app: Flask, applied: Callable[..., str], manager: FlaskClient
) -> None:
    number = applied()
    with app.app_context():
        kham = db.session.scalars(select(Person).where(Person.first_name == "คำ")).one()
        services.edit_person(
            actor=cast.viewer(cast.ORN), number=kham.number, version=kham.version,
            facts=PersonFacts(first_name="คำ", last_name="ใจดี", title="นาง", occupation="ค้าขาย"),
        )  # fmt: skip
        db.session.commit()
    press(manager, number, "undo", reason="ผิดไฟล์")
    file = work(app, number)
    assert file.status == "undone"
    assert file.report["undone_kept"] > 0
    assert set(people(app)) == {"คำ"}


def test_an_undo_leaves_the_head_where_somebody_was_joined_by_hand(
    app: Flask, applied: Callable[..., str], manager: FlaskClient
) -> None:
    number = applied()
    with app.app_context():
        house = db.session.scalars(select(Household).where(Household.house_no == "12/1")).one()
        child = cast.person(first_name="ดี").number
        services.add_member(
            actor=cast.viewer(cast.ORN), household_number=house.number, person_number=child,
            relation=Relation.CHILD, move=True,
        )  # fmt: skip
        db.session.commit()
    press(manager, number, "undo", reason="ผิดไฟล์")
    file = work(app, number)
    assert file.status == "undone"
    assert set(people(app)) == {"คำ", "ดี"}
    with app.app_context():
        living = select(Person.first_name, Membership.relation).join(
            Membership, Membership.person_id == Person.id
        )
        rows = db.session.execute(living.where(Membership.to_day.is_(None))).all()
        assert {tuple(row) for row in rows} == {("คำ", Relation.HEAD), ("ดี", Relation.CHILD)}
    assert people(app)["คำ"].number in str(file.report["stayed"])


def test_doubtful_rows_wait_for_a_decision(
    app: Flask, upload: Upload, check: Check, officer: FlaskClient, manager: FlaskClient
) -> None:
    from datetime import date

    rows = [*usual_rows(), row(4, "ปี", "ปลาทู", date(2026, 3, 12), 2)]
    number = upload([HEADERS, *rows])
    assert check(number).counts == {"new": 3, "doubtful": 1}
    page = officer.get(f"/desk/registry/imports/{number}?state=doubtful").text
    assert "12/3" in page
    answer = submit(
        officer, f"/desk/registry/imports/{number}?state=doubtful", {"choice": "accept"},
        action="/decide",
    )  # fmt: skip
    assert answer.status_code == 303, answer.text
    press(officer, number, "ask")
    press(manager, number, "approve")
    work(app, number)
    with app.app_context():
        numbers = set(db.session.scalars(select(Household.house_no)))
    assert numbers == {"12/1", "99/1", "12/3"}


def test_who_is_alike_is_asked_about(
    app: Flask, upload: Upload, check: Check, officer: FlaskClient, manager: FlaskClient
) -> None:
    with app.app_context():
        home = cast.household()
        from datetime import date

        known = cast.person(home, first_name="คำ", last_name="ใจดี", birth_date=date(1966, 1, 4))
        known_number = known.number
    rows = [row(1, "คํา", "ใจดีย์", "12/1", 2, id="")]
    number = upload([HEADERS, *rows])
    assert check(number).counts == {"doubtful": 1}
    page = officer.get(f"/desk/registry/imports/{number}?state=doubtful").text
    assert known_number in page
    submit(
        officer, f"/desk/registry/imports/{number}", {"choice": f"person:{known_number}"},
        action="/decide",
    )  # fmt: skip
    press(officer, number, "ask")
    press(manager, number, "approve")
    assert work(app, number).report.get("people_new") == 0
    assert count(app, Person) == 1


def test_refused_rows_can_be_mended(
    upload: Upload, check: Check, officer: FlaskClient, tmp_path: Path
) -> None:
    import python_calamine

    rows = [*usual_rows(), row(4, "ปี", "ปลาทู", "5", 2, id="1.50990E+12")]
    number = upload([HEADERS, *rows])
    assert check(number).counts == {"new": 3, "refused": 1}
    answer = officer.get(f"/desk/registry/imports/{number}/refused.xlsx")
    assert answer.status_code == 200
    path = tmp_path / "refused.xlsx"
    path.write_bytes(answer.data)
    sheet = python_calamine.CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
    assert sheet[1][:5] == ["Sheet1", "5", "เลขบัตร ปชช.", "1.50990E+12", "1-5099-xxxxx-xx-x"]


def test_a_mapping_is_remembered(upload: Upload, check: Check, officer: FlaskClient) -> None:
    number = upload()
    check(number, c10="notes")
    again = upload([HEADERS, row(7, "ใหม่", "มาก", "7", 1)])
    page = officer.get(f"/desk/registry/imports/{again}/columns").text
    assert '<option selected value="notes">' in page


def test_sheets_can_be_chosen(
    upload: Upload, check: Check, officer: FlaskClient, tmp_path: Path
) -> None:
    path = workbook(
        tmp_path / "two.xlsx",
        ("หมู่ 1", [HEADERS, row(1, "คำ", "ใจดี", "1", "")]),
        ("หมู่ 2", [HEADERS, row(2, "สม", "ใจดี", "1", "")]),
    )
    number = upload(path=path)
    page = officer.get(f"/desk/registry/imports/{number}/columns?sheet=หมู่ 2").text
    assert 'value="2"' in page
    file = check(number, also=["หมู่ 2"])
    assert file.rows == 2
