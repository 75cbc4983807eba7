"""What a list says that went out from here, or half of it: masked numbers, days in two eras."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.unit.households.imports.test_lists import codes, one, read, sheet_of
from welfare.core.spreadsheets import harmless, unguarded
from welfare.households.imports.fields import Field
from welfare.households.imports.findings import Level
from welfare.households.imports.headers import find_header


@pytest.mark.parametrize(
    "number", ["x-xxxx-xxxxx-67-0", "XXXXXXXXX1234", "xxx-xxx-1234", "•••••1234"]
)
def test_a_masked_number_says_nothing(tmp_path: Path, number: str) -> None:
    values = one(tmp_path, ("เลขบัตรประชาชน", "ชื่อ", "นามสกุล"), number, "คำ", "ใจดี")
    assert "identifier" not in values.person
    assert codes(values, Level.NOTE) == {"masked"}
    own = one(tmp_path, ("เลขทะเบียนบุคคล", "เลขบัตรประชาชน", "ชื่อ"), "P-000001-3", number, "คำ")
    assert own.person_number == "P-000001-3"
    assert not own.findings


def test_a_day_in_two_eras_is_one_day(tmp_path: Path) -> None:
    headers = ("ชื่อ", "นามสกุล", "วันเกิด (พ.ศ.)", "วันเกิด (ค.ศ.)", "บัตรหมดอายุ (ค.ศ.)")
    row = ("คำ", "ใจดี", "1 เมษายน 2488", date(1945, 4, 1), date(2028, 1, 1))
    sheet = sheet_of(tmp_path, [headers, row])
    header = find_header(sheet)
    assert header is not None
    assert [column.meaning for column in header.columns][2:] == [
        Field.BIRTH_DATE, Field.IGNORE, Field.DISABILITY_CARD_EXPIRES,
    ]  # fmt: skip
    (values,) = read(sheet)
    assert values.person["birth_date"] == date(1945, 4, 1)
    assert values.health["disability_card_expires"] == date(2028, 1, 1)
    assert values.extras == {}


@pytest.mark.parametrize(
    ("thai", "other", "born", "doubt"),
    [
        ("1 เมษายน 2488", date(1945, 4, 2), date(1945, 4, 1), "วันเกิด (พ.ศ.): 1 เมษายน 2488"),
        ("พ.ศ. 2488", "1946", date(1945, 1, 1), "วันเกิด (พ.ศ.): พ.ศ. 2488"),
        ("พ.ศ. 2488", 1945, date(1945, 1, 1), ""),
        ("เมษายน 2488", "1945-04", date(1945, 4, 1), ""),
        ("1 เมษายน 2488", "-", date(1945, 4, 1), ""),
        (None, date(1945, 4, 2), date(1945, 4, 2), ""),
    ],
)
def test_a_day_changed_in_one_era_alone_is_a_doubt(
    tmp_path: Path, thai: str | None, other: object, born: date, doubt: str
) -> None:
    headers = ("ชื่อ", "นามสกุล", "วันเกิด (พ.ศ.)", "วันเกิด (ค.ศ.)")
    row = ("คำ", "ใจดี", thai, other)
    (values,) = read(sheet_of(tmp_path, [headers, row, ("มา", "ใจดี", "2 เมษายน 2488", None)]))[:1]
    assert values.person["birth_date"] == born
    found = [(one.code, one.column, one.right) for one in values.findings]
    assert found == ([("era_differs", "วันเกิด (ค.ศ.)", doubt)] if doubt else [])


@pytest.mark.parametrize("text", ["=1+1", "+66 5", "-", "@x", "'quoted'", "plain", "\tx"])
def test_a_guarded_text_is_itself_again(text: str) -> None:
    assert unguarded(harmless(text)) == text
