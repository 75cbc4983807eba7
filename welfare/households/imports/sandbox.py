"""Opens one spreadsheet nobody has checked yet, in a process of its own with little to break.

Started by path with ``python -I`` and an empty environment: it knows neither the program nor its
keys. Writes JSON lines: one for each sheet, then its rows. Ends with the code of what is wrong.

    sandbox.py KIND FILE ROWS MEMORY SECONDS [SHEET …]       ROWS 0: all of them
"""

from __future__ import annotations

import csv
import io
import json
import resource
import sys
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, TextIO

DAMAGED, ENCRYPTED, ENCODING = 3, 4, 5
"""Exit codes; anything else but 0 is a crash or a limit."""
ENCODINGS = ("utf-8-sig", "utf-16", "cp874")
LONGEST_CELL = 5_000
Rows = Iterable[tuple[int, list[Any]]]


class Encoding(ValueError):
    """Text in no encoding that Thai offices use."""


def limit(memory: int, seconds: int) -> None:
    """Bytes of address space and seconds of work that this process may use; no core, few files."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_NOFILE, (32, 32))


def plain(value: Any) -> Any:
    """A cell as JSON: dates in an object of their own, empty text as null."""
    if value is None or value == "":
        return None
    if isinstance(value, datetime):
        return {"d": value.date().isoformat(), "t": value.time().isoformat()}
    if isinstance(value, date):
        return {"d": value.isoformat()}
    if isinstance(value, time | timedelta):
        return str(value)
    if isinstance(value, str):
        return value[:LONGEST_CELL]
    return value


class Writer:
    """Writes sheets and rows; a row with nothing in it is left out."""

    def __init__(self, out: TextIO, most: int) -> None:
        self.out, self.most = out, most

    def sheet(self, name: str, hidden: bool, height: int, merged: list[Any], rows: Rows) -> None:
        """One sheet with its first rows, or all."""
        head = {"sheet": name, "hidden": hidden, "height": height, "merged": merged}
        self._line(head)
        for count, (number, cells) in enumerate(rows):
            if self.most and count >= self.most:
                break
            row = [plain(cell) for cell in cells]
            while row and row[-1] is None:
                row.pop()
            if row:
                self._line({"r": number, "c": row})

    def _line(self, value: Any) -> None:
        self.out.write(json.dumps(value, ensure_ascii=False, allow_nan=False, default=str) + "\n")


def workbook(path: str, writer: Writer, wanted: list[str]) -> None:
    """xlsx, xls and ods, through calamine."""
    import python_calamine as calamine

    try:
        book = calamine.CalamineWorkbook.from_path(path)
        for meta in book.sheets_metadata:
            if meta.typ is not calamine.SheetTypeEnum.WorkSheet:
                continue
            if wanted and meta.name not in wanted:
                continue
            sheet = book.get_sheet_by_name(meta.name)
            hidden = meta.visible is not calamine.SheetVisibleEnum.Visible
            merged = [[*start, *end] for start, end in sheet.merged_cell_ranges or []]
            writer.sheet(meta.name, hidden, sheet.height, merged, placed(sheet))
    except calamine.PasswordError:
        raise SystemExit(ENCRYPTED) from None
    except calamine.CalamineError as error:
        text = str(error).casefold()
        raise SystemExit(
            ENCRYPTED if "password" in text or "encrypt" in text else DAMAGED
        ) from None


def placed(sheet: Any) -> Iterator[tuple[int, list[Any]]]:
    """Rows with their numbers, and with the empty columns on their left."""
    if sheet.start is None:
        return
    first, left = sheet.start
    for number, cells in enumerate(sheet.iter_rows(), start=first + 1):
        yield number, [None] * left + cells


def text_of(path: str) -> str:
    """The text of a file in UTF-8, UTF-16 or TIS-620 (cp874)."""
    data = Path(path).read_bytes()
    marked = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if marked else ("utf-8-sig", "cp874"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" in text or not _like_text(text[:200_000]):
            break
        return text
    raise Encoding


def _like_text(text: str) -> bool:
    odd = sum(1 for char in text if ord(char) < 32 and char not in "\t\r\n\f\v\x1a")
    return odd * 100 <= len(text)


def separator(text: str) -> tuple[str, str]:
    """What stands between the cells, and the text without a line that says so."""
    first, _end, rest = text.partition("\n")
    if first.strip().casefold().startswith("sep=") and len(first.strip()) == 5:
        return first.strip()[4], rest
    lines = [line for line in text[:100_000].splitlines() if line.strip()][:60]

    def score(mark: str) -> tuple[int, int]:
        widths = [len(cells) for cells in csv.reader(lines, delimiter=mark)]
        usual = max(set(widths), key=widths.count) if widths else 0
        return (widths.count(usual) * (usual > 1), usual)

    return max((",", ";", "\t", "|"), key=score), text


def separated(path: str, writer: Writer) -> None:
    """Text with separators."""
    csv.field_size_limit(1_000_000)
    try:
        mark, text = separator(text_of(path))
        rows = csv.reader(io.StringIO(text, newline=""), delimiter=mark)
        writer.sheet("CSV", False, text.count("\n") + 1, [], enumerate(rows, start=1))
    except Encoding:
        raise SystemExit(ENCODING) from None
    except csv.Error:
        raise SystemExit(DAMAGED) from None


class Tables(HTMLParser):
    """The rows of all tables of a page; a cell over several rows or columns stands in the first."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.rows: list[list[str]] = []
        self._cell: list[str] | None = None
        self._span = 1

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Rows and cells open."""
        if tag == "tr":
            self._end_cell()
            self.rows.append([])
        elif tag in ("td", "th"):
            self._end_cell()
            span = dict(attrs).get("colspan") or "1"
            self._cell, self._span = [], min(int(span), 50) if span.isdecimal() else 1
        elif tag == "br" and self._cell is not None:
            self._cell.append(" ")

    def handle_endtag(self, tag: str) -> None:
        """Cells close."""
        if tag in ("td", "th", "tr", "table"):
            self._end_cell()

    def handle_data(self, data: str) -> None:
        """Text of a cell."""
        if self._cell is not None:
            self._cell.append(data)

    def _end_cell(self) -> None:
        if self._cell is not None and self.rows:
            text = " ".join("".join(self._cell).split())
            self.rows[-1] += [text] + [""] * (self._span - 1)
        self._cell = None


def page(path: str, writer: Writer) -> None:
    """A web page that is called .xls."""
    tables = Tables()
    try:
        tables.feed(text_of(path))
    except Encoding:
        raise SystemExit(ENCODING) from None
    writer.sheet("HTML", False, len(tables.rows), [], enumerate(tables.rows, start=1))


def main() -> None:
    """Read the file of the command line."""
    kind, path, most, memory, seconds, *wanted = sys.argv[1:]
    limit(int(memory), int(seconds))
    out = io.TextIOWrapper(sys.stdout.buffer, encoding="utf-8", write_through=False)
    writer = Writer(out, int(most))
    if kind == "csv":
        separated(path, writer)
    elif kind == "html":
        page(path, writer)
    else:
        workbook(path, writer, wanted)
    out.flush()


if __name__ == "__main__":
    main()
