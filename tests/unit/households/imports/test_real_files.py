"""Files of other programs: a workbook of Excel 97 and one of OpenDocument, made once (with xlwt 1.3
and odfpy 1.4) and kept beside the tests. Both hold the same list."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from welfare.core.thai.identity import check_digit
from welfare.households.imports.body import Body
from welfare.households.imports.findings import Level
from welfare.households.imports.guards import Kind, kind_of
from welfare.households.imports.headers import find_header
from welfare.households.imports.reading import glance, read_sheets
from welfare.households.imports.rows import RowReader, Surroundings
from welfare.households.kinds import DatePrecision, Relation

FILES = Path(__file__).parent / "files"
AROUND = Surroundings({no: f"บ้าน {no}" for no in range(1, 12)}, date(2026, 11, 22))


@pytest.mark.parametrize(("name", "kind"), [("list.xls", Kind.XLS), ("list.ods", Kind.ODS)])
def test_the_same_list_of_another_program(name: str, kind: Kind) -> None:
    path = FILES / name
    assert kind_of(path) == kind
    assert [sheet.name for sheet in glance(path, kind)] == ["ทะเบียน"]
    sheet = read_sheets(path, kind, ["ทะเบียน"])[0]
    header = find_header(sheet)
    assert header is not None
    assert header.first == 3
    body = Body(sheet, header, fill_down=False)
    reader = RowReader(sheet.name, header, AROUND)
    first, second, third = [reader.read(row.number, row.cells) for row in body]
    assert body.skipped == {"total": 1}
    assert first.person["identifier"] == _pid(1)
    assert first.person["birth_date"] == date(1966, 1, 4)
    assert first.house == {"house_no": "12/1", "village_no": 2}
    assert first.link["relation"] == Relation.HEAD
    assert first.person["phone"] == "66812345678"
    assert not first.findings
    assert second.person["identifier"] == _pid(2)
    assert second.person["birth_date"] == date(1990, 3, 12)
    assert second.house == {"house_no": "12/3", "village_no": 2}
    codes = {found.code for found in second.findings if found.level == Level.DOUBTFUL}
    assert codes == {"house_date"}
    assert second.person["phone"] == "66812345678"
    assert third.person["identifier"] == _pid(3)
    assert third.person["birth_precision"] == DatePrecision.YEAR
    assert third.person["birth_date"].year == 2015
    assert third.house == {"house_no": "99/1", "village_no": 3}


def _pid(running: int) -> str:
    twelve = f"35199{running:07d}"
    return twelve + check_digit(twelve)
