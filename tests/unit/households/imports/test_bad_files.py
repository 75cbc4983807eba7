"""Files that must not be opened, or not further: refused by what they hold, whatever their name."""

from __future__ import annotations

import io
import struct
import time
import zipfile
from pathlib import Path

import pytest

from tests.integration.households.imports.lists import HEADERS, row, workbook
from welfare.households.imports.guards import LARGEST, BadFile, Fault, Kind, kind_of
from welfare.households.imports.reading import glance

OLE = bytes.fromhex("d0cf11e0a1b11ae1")
SECONDS = 5


def fault_of(path: Path) -> Fault:
    """Why the file is refused, within the time that is allowed."""
    began = time.process_time()
    with pytest.raises(BadFile) as caught:
        glance(path, kind_of(path))
    assert time.process_time() - began < SECONDS
    return caught.value.fault


def compound(path: Path, *streams: str) -> Path:
    """An OLE file with these names in its directory."""
    names = b"".join(name.encode("utf-16-le").ljust(128, b"\0") for name in streams)
    path.write_bytes(OLE + b"\0" * 504 + names)
    return path


def packed(path: Path, **parts: bytes) -> Path:
    """A zip with these parts."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            path_in = name.replace("__", "/").replace("_xml", ".xml").replace("_bin", ".bin")
            archive.writestr(path_in, content)
    return path


def test_a_file_of_200_mb(tmp_path: Path) -> None:
    path = tmp_path / "large.xlsx"
    with path.open("wb") as file:
        file.write(b"PK\x03\x04")
        file.truncate(200 * 1024 * 1024)
    assert fault_of(path) == Fault.TOO_LARGE


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"", Fault.EMPTY),
        (b"%PDF-1.7 pretending", Fault.NOT_SPREADSHEET),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 100, Fault.NOT_SPREADSHEET),
        (bytes(range(256)) * 20, Fault.NOT_SPREADSHEET),
        (b"PK\x03\x04" + b"\0" * 100, Fault.DAMAGED),
        (OLE + b"\0" * 1000, Fault.NOT_SPREADSHEET),
        (b"<?xml version='1.0'?><Workbook/>", Fault.OLD_FORMAT),
        (b"\x09\x08\x10\x00" + b"\0" * 100, Fault.OLD_FORMAT),
        ("ชื่อ,นามสกุล\n".encode("cp874") + b"\x81\x82\xff\xfe\n", Fault.ENCODING),
        (b"\n\n\n", Fault.NO_ROWS),
    ],
)
def test_content_speaks_and_not_the_name(tmp_path: Path, content: bytes, fault: Fault) -> None:
    path = tmp_path / "list.xlsx"
    path.write_bytes(content)
    assert fault_of(path) == fault


def test_encrypted_files(tmp_path: Path) -> None:
    path = compound(tmp_path / "a.xlsx", "EncryptionInfo", "EncryptedPackage")
    assert fault_of(path) == Fault.ENCRYPTED
    manifest = b"<manifest:encryption-data/>"
    ods = packed(
        tmp_path / "a.ods",
        **{"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content_xml": b"x",
           "META-INF/manifest_xml": manifest},
    )  # fmt: skip
    assert fault_of(ods) == Fault.ENCRYPTED


def test_macros(tmp_path: Path) -> None:
    path = packed(tmp_path / "a.xlsx", xl__workbook_xml=b"<w/>", xl__vbaProject_bin=b"Attribute")
    assert fault_of(path) == Fault.MACROS
    assert fault_of(compound(tmp_path / "a.xls", "Workbook", "_VBA_PROJECT_CUR")) == Fault.MACROS


def test_other_office_files(tmp_path: Path) -> None:
    assert (
        fault_of(packed(tmp_path / "a.docx", word__document_xml=b"<w/>")) == Fault.NOT_SPREADSHEET
    )
    assert fault_of(packed(tmp_path / "b.xlsb", xl__workbook_bin=b"x")) == Fault.OLD_FORMAT


def test_a_zip_bomb_by_its_directory(tmp_path: Path) -> None:
    path = packed(tmp_path / "a.xlsx", xl__workbook_xml=b"<w/>", xl__sheet1_xml=b" " * 400_000_000)
    assert path.stat().st_size < 1_000_000
    assert fault_of(path) == Fault.BOMB


def test_a_zip_bomb_with_a_lying_directory(tmp_path: Path) -> None:
    """The directory says 1 kB; what is read holds on to nothing beyond its limits."""
    good = workbook(tmp_path / "good.xlsx", ("Sheet1", [HEADERS, row(1, "คำ", "ใจดี", "1", 1)]))
    out = io.BytesIO()
    with zipfile.ZipFile(good) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as bomb:
        for name in source.namelist():
            content = source.read(name)
            if name.endswith("sheet1.xml"):
                head, tail = content.split(b"</sheetData>")
                filler = b"".join(
                    b'<row r="%d"><c r="A%d" t="inlineStr"><is><t>%s</t></is></c></row>'
                    % (n, n, b"x" * 30_000)
                    for n in range(10, 9_000)
                )
                content = head + filler + b"</sheetData>" + tail
            bomb.writestr(name, content)
    data = bytearray(out.getvalue())
    place = data.find(b"PK\x01\x02")
    while place >= 0:
        size = struct.unpack_from("<I", data, place + 24)[0]
        if size > 1_000_000:
            struct.pack_into("<I", data, place + 24, 1_000)
        place = data.find(b"PK\x01\x02", place + 4)
    path = tmp_path / "bomb.xlsx"
    path.write_bytes(data)
    assert fault_of(path) in (Fault.BOMB, Fault.DAMAGED, Fault.TOO_MANY_ROWS)


def test_a_sheet_with_one_cell_at_the_far_end(tmp_path: Path) -> None:
    path = workbook(tmp_path / "good.xlsx", ("Sheet1", [["a"]]))
    with zipfile.ZipFile(path) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    parts[sheet] = parts[sheet].replace(
        b"</sheetData>", b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    assert fault_of(path) in (Fault.BOMB, Fault.TOO_MANY_ROWS, Fault.DAMAGED)


def test_a_damaged_sheet(tmp_path: Path) -> None:
    path = workbook(tmp_path / "good.xlsx", ("Sheet1", [HEADERS, row(1, "คำ", "ใจดี", "1", 1)]))
    path.write_bytes(path.read_bytes()[:-400])
    assert fault_of(path) == Fault.DAMAGED


def test_a_web_page_that_is_called_xls(tmp_path: Path) -> None:
    path = tmp_path / "list.xls"
    path.write_text(
        "<html><body><table><tr><th>เลขบัตร</th><th>ชื่อ-สกุล</th></tr>"
        "<tr><td>1</td><td>นางคำ<br>ใจดี</td></tr></table></body></html>",
        encoding="cp874",
    )
    assert kind_of(path) == Kind.HTML
    assert glance(path, Kind.HTML)[0].rows[1].cells == ["1", "นางคำ ใจดี"]


def test_the_reader_knows_no_secrets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its environment is empty, whatever ours holds."""
    from welfare.households.imports import reading

    seen = {}
    real = reading.subprocess.run

    def spy(*args: object, **kwargs: object) -> object:
        seen.update(kwargs)
        return real(*args, **kwargs)  # type: ignore[call-overload]

    monkeypatch.setenv("WELFARE_DATA_KEY", "secret")
    monkeypatch.setattr(reading.subprocess, "run", spy)
    path = workbook(tmp_path / "good.xlsx", ("Sheet1", [["a"]]))
    glance(path, Kind.XLSX)
    assert seen["env"] == {"LANG": "C.UTF-8"}


def test_sizes_are_as_promised() -> None:
    assert LARGEST < 200 * 1024 * 1024
