"""Spreadsheets that go out: written row by row in constant memory, every cell a text.

A cell that begins like a formula is written with an apostrophe before it. In the file itself it is
a text already; the apostrophe keeps it one when somebody saves the sheet as CSV and opens that.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import xlsxwriter

DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n")
MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST_CELL = 32_767
_LEAST_WIDTH, _MOST_WIDTH = 8, 40


@dataclass(frozen=True, slots=True)
class Column:
    """A heading and how wide the column is, in letters."""

    heading: str
    width: int = 14


def harmless(text: str) -> str:
    """The text as a cell may hold it: no control characters, no formula, not longer than Excel
    takes."""
    kept = "".join(char for char in text if char >= " " or char in "\t\n\r")
    guarded = f"'{kept}" if kept.startswith(DANGEROUS) else kept
    return guarded[:LONGEST_CELL]


def write_sheet(
    path: Path,
    *,
    title: str,
    columns: Sequence[Column],
    rows: Iterable[Sequence[str]],
    about_title: str,
    about: Iterable[tuple[str, str]],
) -> int:
    """Write one sheet of rows and one that says what it is; how many rows there were.

    The heading stays in sight and carries a filter. ``about`` is asked for after the last row.
    """
    book = xlsxwriter.Workbook(
        str(path),
        {
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    bold = book.add_format({"bold": True, "bottom": 1})
    sheet = book.add_worksheet(title)
    for place, column in enumerate(columns):
        sheet.set_column(place, place, max(_LEAST_WIDTH, min(column.width, _MOST_WIDTH)))
        sheet.write_string(0, place, harmless(column.heading), bold)
    sheet.freeze_panes(1, 0)
    count = 0
    for row in rows:
        count += 1
        for place, text in enumerate(row):
            if text:
                sheet.write_string(count, place, harmless(text))
    sheet.autofilter(0, 0, count, len(columns) - 1)
    note = book.add_worksheet(about_title)
    note.set_column(0, 1, 36)
    for place, (what, said) in enumerate(about):
        note.write_string(place, 0, harmless(what), bold)
        note.write_string(place, 1, harmless(said))
    book.close()
    return count
