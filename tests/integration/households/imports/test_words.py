"""What is said of files and rows: refused in words, and nobody's number betrayed."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.integration.households.imports.conftest import Upload, press
from tests.integration.households.imports.lists import HEADERS, pid, row
from tests.pages import submit
from welfare.households.imports.example import example_workbook
from welfare.households.queries.imports.pages import ImportFile

PAGE = "/desk/registry/imports"
LINE = "ลำดับ;ชื่อ;นามสกุล;บ้านเลขที่;หมู่ที่\n1;คำ;ใจดี;12/1;2\n2;สม;ใจดี;12/1;2\n"


def packed(*entries: tuple[str, bytes]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries:
            archive.writestr(name, data)
    return content.getvalue()


def hand_in(client: FlaskClient, name: str, content: bytes) -> tuple[int, str]:
    answer = submit(client, PAGE, {"file": (io.BytesIO(content), name)}, having="one_time_key")
    return answer.status_code, answer.text


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("list.xlsx", LINE.encode()),
        ("list.ods", LINE.encode()),
        ("program.py", LINE.encode()),
        ("program.csv", b"import os\n\ndef main():\n    print('x', 1)\n\nmain()\n"),
        ("letter.csv", "เรียน นายก\nขอความอนุเคราะห์\nขอแสดงความนับถือ\n".encode()),
        ("list.xlsb", packed(("xl/workbook.bin", b"x"))),
        ("list.xlsm", packed(("xl/workbook.xml", b"x"), ("xl/vbaProject.bin", b"x"))),
        ("bomb.xlsx", packed(("xl/workbook.xml", b"0" * 60_000_000))),
        ("secret.xlsx", bytes.fromhex("d0cf11e0a1b11ae1") + "EncryptedPackage".encode("utf-16-le")
         + b"\0\0"),
        ("empty.xlsx", b""),
    ],
)  # fmt: skip
def test_refused_in_words(officer: FlaskClient, name: str, content: bytes) -> None:
    status, text = hand_in(officer, name, content)
    assert status == 422
    assert "error-summary" in text or 'class="error"' in text


@pytest.mark.parametrize("mark", [";", "\t", ","])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp874", "utf-8"])
def test_text_of_every_office_is_read(officer: FlaskClient, encoding: str, mark: str) -> None:
    content = LINE.replace(";", mark).encode(encoding)
    assert hand_in(officer, "list.csv", content)[0] == 303


def test_a_wrong_number_shows_the_form_and_no_other_number(
    officer: FlaskClient, upload: Upload, check: Callable[..., ImportFile]
) -> None:
    good = pid(7)
    wrong = good[:12] + str((int(good[12]) + 1) % 10)
    number = upload([HEADERS, row(1, "คำ", "ใจดี", "1", 2, id=wrong)])
    assert check(number).counts == {"refused": 1}
    page = officer.get(f"{PAGE}/{number}").text
    assert "1-2345-67890-12-1" in page
    assert good not in page
    assert f"{good[0]}-{good[1:5]}-{good[5:10]}-{good[10:12]}-{good[12]}" not in page


def test_a_row_twice_names_the_other_row(
    officer: FlaskClient, upload: Upload, check: Callable[..., ImportFile]
) -> None:
    number = upload([HEADERS, row(1, "คำ", "ใจดี", "1", 2), row(1, "คำ", "ใจดี", "1", 2)])
    check(number)
    assert "2: คำ ใจดี" in officer.get(f"{PAGE}/{number}?state=refused").text


def test_a_formula_is_a_doubtful_name(upload: Upload, check: Callable[..., ImportFile]) -> None:
    number = upload([HEADERS, row(1, "=HYPERLINK(x)", "ใจดี", "1", 2)])
    assert check(number).counts == {"doubtful": 1}


def test_sending_back_has_a_reason_that_is_read(
    app: Flask, officer: FlaskClient, manager: FlaskClient, upload: Upload,
    check: Callable[..., ImportFile],
) -> None:  # fmt: skip
    number = upload()
    check(number)
    press(officer, number, "ask")
    assert PAGE in manager.get("/desk").text
    press(manager, number, "send-back", reason="")
    assert "กลับมาแก้ไข" not in officer.get(f"{PAGE}/{number}").text
    press(manager, number, "send-back", reason="หมู่ที่ไม่ครบ")
    assert "หมู่ที่ไม่ครบ" in officer.get(f"{PAGE}/{number}").text
    assert "ส่งกลับมาให้ท่านแก้ไข" in officer.get("/desk").text


def test_the_example_can_be_tried(
    officer: FlaskClient, upload: Upload, check: Callable[..., ImportFile], tmp_path: Path
) -> None:
    answer = officer.get(f"{PAGE}/example.xlsx")
    assert answer.status_code == 200
    path = tmp_path / "example.xlsx"
    path.write_bytes(example_workbook())
    counts = check(upload(path=path)).counts
    assert set(counts) == {"new", "doubtful", "refused"}
