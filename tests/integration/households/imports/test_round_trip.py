"""A list that went out comes in again: nothing has changed, and what is corrected in it is."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update

from tests import cast
from tests.integration.households.imports.conftest import Upload, press, work
from tests.pages import submit
from welfare.core.db import db
from welfare.core.i18n import gettext as _
from welfare.households import services
from welfare.households.imports import lexicon
from welfare.households.imports.fields import Field
from welfare.households.imports.wording import FIELDS
from welfare.households.kinds import (
    Condition,
    DatePrecision,
    Disability,
    MaritalStatus,
    Relation,
    Sex,
    Tenure,
    YesNo,
)
from welfare.households.models import Household, Membership, Person
from welfare.households.queries.imports.pages import ImportFile
from welfare.households.services.sheets import household_parts, people_parts

Check = Callable[..., ImportFile]


@pytest.fixture
def town(app: Flask, stage: None) -> None:
    """A house with everything known of it, people of every kind of knowledge."""
    with app.app_context():
        home = cast.household()
        db.session.execute(
            update(Household).where(Household.id == home.id).values(
                lat=18.641234, lng=99.031234, accuracy_m=7, tenure=Tenure.SQUATTING, road="-",
                condition=Condition.WORN, water=YesNo.YES, toilet=YesNo.NO,
                debts=Decimal("1200.50"), monthly_income=Decimal(9000),
                notes="หลังวัด\nประตูเขียว", lane="=1+1",
            )
        )  # fmt: skip
        head = cast.person(home, sex=Sex.FEMALE, birth_date=date(1945, 4, 1))
        db.session.execute(
            update(Person).where(Person.id == head.id).values(
                marital_status=MaritalStatus.WIDOWED, occupation="+ค้าขาย", welfare_card=YesNo.YES,
                monthly_income=Decimal("600.25"), welfare_card_on=date(2024, 5, 6),
                disability=Disability.MOBILITY, disability_card_issued=date(2020, 1, 2),
                disability_card_expires=date(2028, 1, 1), adl_score=11, adl_on=date(2026, 1, 5),
            )
        )  # fmt: skip
        son = member(home, Relation.OTHER, first_name="สม", last_name="", title="ด.ช.")
        db.session.execute(
            update(Person).where(Person.id == son.id).values(
                birth_date=date(2015, 1, 1), birth_precision=DatePrecision.YEAR, sex=Sex.FEMALE
            )
        )  # fmt: skip
        dead = member(home, Relation.CHILD, first_name="ลา", last_name="แล้ว")
        db.session.execute(
            update(Person).where(Person.id == dead.id).values(
                deceased_on=date(2024, 1, 1), birth_date=date(1940, 2, 3)
            )
        )  # fmt: skip
        db.session.execute(
            update(Membership).where(Membership.person_id == dead.id)
            .values(to_day=date(2024, 1, 1), reason="died")
        )  # fmt: skip
        db.session.commit()


def member(home: Household, relation: Relation, **facts: Any) -> Person:
    """Somebody who lives there and is not the head."""
    made = cast.person(**facts)
    services.add_member(
        actor=cast.viewer(cast.ORN), household_number=home.number, person_number=made.number,
        relation=relation,
    )  # fmt: skip
    db.session.commit()
    return made


def fetch(client: FlaskClient, what: str, path: Path, **values: Any) -> Path:
    """The whole list as the page gives it."""
    page = f"/desk/{what}?life=all" if what == "people" else f"/desk/{what}"
    answer = submit(client, page, values, action=f"/desk/registry/export/{what}")
    assert answer.status_code == 200
    path.write_bytes(answer.data)
    return path


@pytest.mark.parametrize("language", ["th", "en"])
@pytest.mark.parametrize(
    ("what", "values", "rows"),
    [("people", {}, 3), ("people", {"whole": "1"}, 3), ("households", {}, 1)],
)
def test_nothing_has_changed(
    town: None, officer: FlaskClient, upload: Upload, check: Check, tmp_path: Path, language: str,
    what: str, values: dict[str, str], rows: int,
) -> None:  # fmt: skip
    officer.get(f"/desk?lang={language}")
    number = upload(path=fetch(officer, what, tmp_path / "list.xlsx", **values))
    file = check(number)
    page = officer.get(f"/desk/registry/imports/{number}").text
    assert file.counts == {"same": rows}, page


def test_what_was_corrected_is_changed(
    app: Flask, town: None, officer: FlaskClient, manager: FlaskClient, upload: Upload,
    check: Check, tmp_path: Path,
) -> None:  # fmt: skip
    """Even a name that nobody would take for the same: the row says by number who it is."""
    path = fetch(officer, "people", tmp_path / "list.xlsx")
    book = openpyxl.load_workbook(io.BytesIO(path.read_bytes()))
    sheet = book.worksheets[0]
    heading = [cell.value for cell in sheet[1]]
    sheet.cell(2, heading.index("นามสกุล") + 1).value = "ใจงาม"
    sheet.cell(2, heading.index("รายได้ต่อเดือน (บาท)") + 1).value = 750
    sheet.cell(3, heading.index("วันเกิด (พ.ศ.)") + 1).value = "5 มีนาคม 2558"
    sheet.cell(3, heading.index("คำนำหน้า") + 1).value = "ด.ญ."
    book.save(path)
    number = upload(path=path)
    assert check(number).counts == {"same": 1, "changed": 2}
    press(officer, number, "ask")
    press(manager, number, "approve")
    assert work(app, number).report["people_changed"] == 2
    with app.app_context():
        kham = db.session.scalars(select(Person).where(Person.first_name == "คำ")).one()
        assert (kham.last_name, kham.monthly_income) == ("ใจงาม", 750)
        assert kham.adl_on == date(2026, 1, 5)
        som = db.session.scalars(select(Person).where(Person.first_name == "สม")).one()
        assert (som.birth_date, som.birth_precision) == (date(2015, 3, 5), DatePrecision.DAY)


def test_somebody_elses_number_is_asked_about(
    town: None, officer: FlaskClient, upload: Upload, check: Check, tmp_path: Path
) -> None:
    path = fetch(officer, "people", tmp_path / "list.xlsx")
    book = openpyxl.load_workbook(io.BytesIO(path.read_bytes()))
    sheet = book.worksheets[0]
    heading = [cell.value for cell in sheet[1]]
    sheet.cell(2, heading.index("ชื่อ") + 1).value = "วิไลวรรณ"
    sheet.cell(2, heading.index("นามสกุล") + 1).value = "ศรีสุขสวัสดิ์"
    book.save(path)
    number = upload(path=path)
    assert check(number).counts == {"same": 2, "doubtful": 1}
    page = officer.get(f"/desk/registry/imports/{number}?state=doubtful").text
    assert "วิไลวรรณ ศรีสุขสวัสดิ์" in page


@pytest.mark.parametrize("language", ["th", "en"])
def test_every_heading_is_known(app: Flask, language: str) -> None:
    """What goes out is called as an import calls it, and as its page does."""
    from flask_babel import force_locale

    with app.test_request_context("/"), force_locale(language):
        parts = [*people_parts(health=True, whole=False), *household_parts()]
        for part in parts:
            meaning, sure = lexicon.header_meaning(part.heading)
            assert meaning is not None, part.heading
            assert sure >= 98, part.heading
        for meaning, words in FIELDS.items():
            if meaning not in (Field.EXTRA, Field.IGNORE):
                assert lexicon.header_meaning(str(words)) == (meaning, 100), words
        assert _("Surname") == str(FIELDS[Field.LAST_NAME])
