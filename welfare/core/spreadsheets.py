"""Spreadsheets that go out, as a stream: the first row is on its way before the last one is read.

An .xlsx is a ZIP of a few XML files, which can be written without going back. Texts are texts,
amounts are numbers, days are days. A text that begins like a formula gets an apostrophe before it:
in the file itself it is a text already; the apostrophe keeps it one when somebody saves the sheet
as CSV and opens that. (XlsxWriter, which was used before, needs the whole file before its first
byte and five times the work.)
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from xml.sax.saxutils import escape, quoteattr

DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n")
MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST_CELL = 32_767
"""Letters that Excel takes in one cell."""
Cell = str | int | float | Decimal | date | None
_LEAST_WIDTH, _MOST_WIDTH = 8, 40
_PIECE = 64 * 1024
_FIRST_DAY = date(1900, 3, 1)
"""Before it Excel counts a day that never was: earlier ones are written as text."""
_ZERO_DAY = date(1899, 12, 30)
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_HEAD, _DAY, _AMOUNT = 1, 2, 3
"""Places in the list of styles."""


@dataclass(frozen=True, slots=True)
class Column:
    """A heading and how wide the column is, in letters."""

    heading: str
    width: int = 14


def harmless(text: str) -> str:
    """The text as a cell may hold it: no control characters, no formula, not longer than Excel
    takes."""
    kept = _NO_XML.sub("", text)
    guarded = f"'{kept}" if kept.startswith(DANGEROUS) else kept
    return guarded.replace("\r\n", "\n").replace("\r", "\n")[:LONGEST_CELL]


def unguarded(text: str) -> str:
    """A text out of a cell, without the apostrophe that ``harmless`` has set before it."""
    return text[1:] if text.startswith("'") and text[1:].startswith(DANGEROUS) else text


def stream_sheet(
    *,
    title: str,
    columns: Sequence[Column],
    rows: Iterable[Sequence[Cell]],
    about_title: str,
    about: Iterable[tuple[str, str]],
) -> Iterator[bytes]:
    """One sheet of rows and one that says what it is, piece by piece.

    The heading stays in sight and carries a filter. Rows are asked for while the file is sent;
    where they fail the file ends in the middle, and is seen to be damaged.
    """
    sink = _Sink()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED, compresslevel=4) as packed:
        for name, text in _FRAME.items():
            packed.writestr(name, text)
        yield sink.taken()
        count = 0
        with packed.open("xl/worksheets/sheet1.xml", "w") as part:
            part.write(_opening(columns).encode())
            for row in rows:
                count += 1
                part.write(_row(count + 1, row).encode())
                if sink.held >= _PIECE:
                    yield sink.taken()
            reach = f"A1:{_letters(len(columns) - 1)}{count + 1}"
            part.write(f'</sheetData><autoFilter ref="{reach}"/></worksheet>'.encode())
        with packed.open("xl/worksheets/sheet2.xml", "w") as part:
            part.write(_about(about).encode())
        packed.writestr("xl/workbook.xml", _workbook(title, about_title, reach))
    yield sink.taken()


class _Sink(io.RawIOBase):
    """Takes what is written, for it to be taken away. Cannot be gone back in, as a stream is."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []
        self.held = 0

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        piece = bytes(memoryview(data))  # type: ignore[arg-type]
        self._pieces.append(piece)
        self.held += len(piece)
        return len(piece)

    def taken(self) -> bytes:
        """What was written since the last time."""
        joined = b"".join(self._pieces)
        self._pieces, self.held = [], 0
        return joined


def _opening(columns: Sequence[Column]) -> str:
    widths = "".join(
        f'<col min="{place}" max="{place}" customWidth="1"'
        f' width="{max(_LEAST_WIDTH, min(column.width, _MOST_WIDTH))}"/>'
        for place, column in enumerate(columns, start=1)
    )
    heading = "".join(
        _text(f"{_letters(place)}1", column.heading, _HEAD) for place, column in enumerate(columns)
    )
    return (
        f'{_XML}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0">'
        '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
        f"</sheetView></sheetViews><cols>{widths}</cols>"
        f'<sheetData><row r="1">{heading}</row>'
    )


def _row(number: int, cells: Sequence[Cell]) -> str:
    written = "".join(
        _cell(f"{_letters(place)}{number}", cell)
        for place, cell in enumerate(cells)
        if cell is not None and cell != ""
    )
    return f'<row r="{number}">{written}</row>'


def _cell(place: str, cell: Cell) -> str:
    if isinstance(cell, str):
        return _text(place, cell)
    if isinstance(cell, date):
        day = cell.date() if isinstance(cell, datetime) else cell
        if day < _FIRST_DAY:
            return _text(place, day.isoformat())
        return f'<c r="{place}" s="{_DAY}"><v>{(day - _ZERO_DAY).days}</v></c>'
    if isinstance(cell, Decimal):
        return f'<c r="{place}" s="{_AMOUNT}"><v>{cell}</v></c>'
    return f'<c r="{place}"><v>{cell!r}</v></c>'


def _text(place: str, text: str, style: int = 0) -> str:
    words = escape(_ESCAPED.sub("_x005F_", harmless(text)))
    kind = f' s="{style}"' if style else ""
    return f'<c r="{place}"{kind} t="inlineStr"><is><t xml:space="preserve">{words}</t></is></c>'


def _about(lines: Iterable[tuple[str, str]]) -> str:
    rows = "".join(
        f'<row r="{number}">{_text(f"A{number}", what, _HEAD)}{_text(f"B{number}", said)}</row>'
        for number, (what, said) in enumerate(lines, start=1)
    )
    widths = '<cols><col min="1" max="2" width="36" customWidth="1"/></cols>'
    return f'{_XML}<worksheet xmlns="{_MAIN}">{widths}<sheetData>{rows}</sheetData></worksheet>'


def _letters(place: int) -> str:
    """A column as the spreadsheet calls it: A, B, … AA."""
    found = _LETTERS.get(place)
    if found is None:
        text, number = "", place + 1
        while number:
            number, rest = divmod(number - 1, 26)
            text = chr(65 + rest) + text
        found = _LETTERS[place] = text
    return found


_LETTERS: dict[int, str] = {}
_NO_SHEET_NAME = re.compile(r"[\[\]:*?/\\']")


def _named(title: str) -> str:
    """A name that a sheet may have."""
    return _NO_SHEET_NAME.sub(" ", title).strip()[:31] or "1"


def _workbook(title: str, about_title: str, reach: str) -> str:
    first, second = _named(title), _named(about_title)
    begin, end = (re.sub(r"([A-Z]+)(\d+)", r"$\1$\2", corner) for corner in reach.split(":"))
    filtered = escape(f"'{first}'!{begin}:{end}")
    return (
        f'{_XML}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>'
        f'<sheet name={quoteattr(first)} sheetId="1" r:id="rId1"/>'
        f'<sheet name={quoteattr(second)} sheetId="2" r:id="rId2"/></sheets>'
        '<definedNames><definedName name="_xlnm._FilterDatabase" localSheetId="0" hidden="1">'
        f"{filtered}</definedName></definedNames></workbook>"
    )


_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_SCHEMAS = "http://schemas.openxmlformats.org"
_MAIN = f"{_SCHEMAS}/spreadsheetml/2006/main"
_OFFICE = f"{_SCHEMAS}/officeDocument/2006/relationships"
_PACKAGE = f"{_SCHEMAS}/package/2006"
_TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_FRAME = {
    "[Content_Types].xml": (
        f'{_XML}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels"'
        ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPES}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{_TYPES}.styles+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_TYPES}.worksheet+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet2.xml" ContentType="{_TYPES}.worksheet+xml"/>'
        "</Types>"
    ),
    "_rels/.rels": (
        f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/>'
        "</Relationships>"
    ),
    "xl/_rels/workbook.xml.rels": (
        f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="rId2" Type="{_OFFICE}/worksheet" Target="worksheets/sheet2.xml"/>'
        f'<Relationship Id="rId3" Type="{_OFFICE}/styles" Target="styles.xml"/>'
        "</Relationships>"
    ),
    "xl/styles.xml": (
        f'{_XML}<styleSheet xmlns="{_MAIN}">'
        '<numFmts count="2"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/>'
        '<numFmt numFmtId="165" formatCode="#,##0.00"/></numFmts>'
        '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
        '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
        '<fills count="2"><fill><patternFill patternType="none"/></fill>'
        '<fill><patternFill patternType="gray125"/></fill></fills>'
        '<borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border>'
        '<border><left/><right/><top/><bottom style="thin"><color auto="1"/></bottom><diagonal/>'
        "</border></borders>"
        '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>'
        "</cellStyleXfs>"
        '<cellXfs count="4"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
        '<xf numFmtId="0" fontId="1" fillId="0" borderId="1" xfId="0" applyFont="1"'
        ' applyBorder="1"/>'
        '<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
        '<xf numFmtId="165" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
        '</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/>'
        "</cellStyles></styleSheet>"
    ),
}
