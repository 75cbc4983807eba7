"""The rows of a list beneath its header: without what is empty, added up, or a header again."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from welfare.core.thai.text import clean_line
from welfare.households.imports import lexicon
from welfare.households.imports.fields import HOUSE, MANY, NAMES, PLACE, Field
from welfare.households.imports.headers import Header
from welfare.households.imports.reading import Cell, Row, Sheet

TALLEST_MERGE = 60
_ADDED_UP = re.compile(r"^\s*(?:รวม|ทั้งหมด|จำนวน)\s*[\d๐-๙]")
_SIGNED = re.compile(r"^\s*[(（].*[)）]\s*$")


@dataclass
class Body:
    """The rows to read; ``skipped`` counts those left out, by reason (filled while they are read).

    With ``fill_down`` an empty house cell means the house of the row above.
    """

    sheet: Sheet
    header: Header
    fill_down: bool
    skipped: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        columns = self.header.columns
        self._house = [column.index for column in columns if column.meaning in HOUSE]
        self._place = [column.index for column in columns if column.meaning in PLACE]
        self._spoken = [
            column.index for column in columns if column.meaning not in (Field.SERIAL, Field.IGNORE)
        ]
        self._known = [column.index for column in columns if column.meaning not in MANY]
        self._names = [column.index for column in columns if column.meaning in NAMES]
        self._headers = self._header_cells()
        self._merged = self._merged_cells()

    def __iter__(self) -> Iterator[Row]:
        above: list[Cell] = []
        tops = {row.number: row.cells for row in self.sheet.rows}
        for row in self.sheet.rows:
            if row.number <= self.header.last:
                continue
            reason = self._reason(row.cells)
            if reason:
                self.skipped[reason] += 1
                continue
            cells = self._with_merged(row, tops)
            if self.fill_down:
                cells = self._filled(cells, above)
                above = cells
            yield Row(row.number, cells)

    def _reason(self, cells: list[Cell]) -> str:
        """Why a row is left out; empty for one that is read."""
        first = _first_words(cells)
        if lexicon.is_total(first) or _ADDED_UP.match(first):
            return "total"
        filled = [index for index in self._spoken if index < len(cells) and _says(cells[index])]
        if not filled:
            return "empty"
        if len(filled) <= 2 and (lexicon.is_footer(first) or _SIGNED.match(first)):
            return "footer"
        if not any(index in filled for index in self._known):
            return "footer" if len(filled) == 1 else "empty"
        same = sum(1 for index in filled if cells[index] == self._headers.get(index))
        return "header" if same * 2 > len(filled) else ""

    def _header_cells(self) -> dict[int, Cell]:
        """The cells of the header as they stand there, the lower ones where there are two rows."""
        found: dict[int, Cell] = {}
        for row in self.sheet.rows:
            if self.header.first <= row.number <= self.header.last:
                found |= {place: cell for place, cell in enumerate(row.cells) if cell is not None}
        return found

    def _merged_cells(self) -> dict[tuple[int, int], int]:
        """Row number and column of each cell under a merged one, with the row of its value."""
        found = {}
        for top, left, bottom, right in self.sheet.merged:
            if left != right or bottom - top > TALLEST_MERGE or left not in self._house:
                continue
            for row in range(top + 1, bottom + 1):
                found[row + 1, left] = top + 1
        return found

    def _with_merged(self, row: Row, tops: dict[int, list[Cell]]) -> list[Cell]:
        cells = row.cells
        for column in self._house:
            top = self._merged.get((row.number, column))
            if top is None or top not in tops or column >= len(tops[top]):
                continue
            cells = [*cells, *[None] * (column + 1 - len(cells))]
            if cells[column] is None:
                cells[column] = tops[top][column]
        return cells

    def _filled(self, cells: list[Cell], above: list[Cell]) -> list[Cell]:
        if not above or not any(index < len(cells) and cells[index] for index in self._names):
            return cells
        if any(index < len(cells) and cells[index] is not None for index in self._place):
            return cells
        width = max((*self._house, len(cells) - 1)) + 1
        filled = [*cells, *[None] * (width - len(cells))]
        for column in self._house:
            if filled[column] is None and column < len(above):
                filled[column] = above[column]
        return filled


def _says(cell: Cell) -> bool:
    return bool(cell.strip()) if isinstance(cell, str) else cell is not None


def _first_words(cells: list[Cell]) -> str:
    texts = (cell.strip() for cell in cells if isinstance(cell, str))
    return next((clean_line(text) for text in texts if text), "")
