"""Sheets and rows of a file, read by ``sandbox.py`` in a process that may use little."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Final, TextIO

from welfare.households.imports.guards import BadFile, Fault, Kind

MEMORY: Final = 420_000_000
"""Bytes of address space of the process that reads."""
SECONDS: Final = 30
"""Seconds of work that a whole file may take; 15,000 rows take about two."""
GLANCE_SECONDS: Final = 4
GLANCE_ROWS: Final = 60
MOST_ROWS: Final = 60_000
"""Rows of all sheets of one import."""
_PROGRAM: Final = Path(__file__).with_name("sandbox.py")
_FAULTS: Final = {3: Fault.DAMAGED, 4: Fault.ENCRYPTED, 5: Fault.ENCODING}

Cell = str | int | float | bool | date | None


@dataclass(slots=True)
class Row:
    """One row; ``number`` as the spreadsheet shows it, cells from the first column on."""

    number: int
    cells: list[Cell]


@dataclass(slots=True)
class Sheet:
    """The beginning of a sheet, or all of it."""

    name: str
    hidden: bool
    height: int
    merged: list[tuple[int, int, int, int]]
    """First row, first column, last row, last column; from 0."""
    rows: list[Row] = field(default_factory=list)


def glance(path: Path, kind: Kind) -> list[Sheet]:
    """Every sheet with its first rows. Raises :class:`BadFile`."""
    found = list(_sheets(path, kind, rows=GLANCE_ROWS, seconds=GLANCE_SECONDS))
    if not any(sheet.rows for sheet in found):
        raise BadFile(Fault.NO_ROWS)
    if sum(sheet.height for sheet in found if not sheet.hidden) > MOST_ROWS * 2:
        raise BadFile(Fault.TOO_MANY_ROWS)
    return found


def read_sheets(path: Path, kind: Kind, names: list[str]) -> list[Sheet]:
    """The chosen sheets whole. Raises :class:`BadFile`."""
    found = list(_sheets(path, kind, rows=0, seconds=SECONDS, names=names))
    if sum(len(sheet.rows) for sheet in found) > MOST_ROWS:
        raise BadFile(Fault.TOO_MANY_ROWS)
    return found


def _sheets(
    path: Path, kind: Kind, *, rows: int, seconds: int, names: list[str] | None = None
) -> Iterator[Sheet]:
    wanted = names if names and kind not in (Kind.CSV, Kind.HTML) else []
    with _output(path, kind, rows, seconds, wanted) as lines:
        sheet: Sheet | None = None
        count = 0
        for line in lines:
            value = json.loads(line)
            if "sheet" in value:
                if sheet is not None:
                    yield sheet
                merged = [
                    (first, left, last, right) for first, left, last, right in value["merged"]
                ]
                sheet = Sheet(value["sheet"], value["hidden"], value["height"], merged)
            elif sheet is not None:
                count += 1
                if count > MOST_ROWS * 2:
                    raise BadFile(Fault.TOO_MANY_ROWS)
                sheet.rows.append(Row(value["r"], [_cell(cell) for cell in value["c"]]))
        if sheet is not None:
            yield sheet


def _cell(value: Any) -> Cell:
    return date.fromisoformat(value["d"]) if isinstance(value, dict) else value


@contextmanager
def _output(path: Path, kind: Kind, rows: int, seconds: int, names: list[str]) -> Iterator[TextIO]:
    """What the process wrote, once it has ended well."""
    limits = (str(rows), str(MEMORY), str(seconds))
    command = [sys.executable, "-I", str(_PROGRAM), kind.value, str(path), *limits, *names]
    with tempfile.TemporaryFile("w+", encoding="utf-8") as out:
        try:
            done = subprocess.run(  # noqa: S603 - our own program; the file is an argument only
                command, stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.DEVNULL,
                env={"LANG": "C.UTF-8"}, timeout=seconds * 4, check=False,
            )  # fmt: skip
        except subprocess.TimeoutExpired:
            raise BadFile(Fault.TOO_LONG) from None
        if done.returncode:
            raise BadFile(
                _FAULTS.get(
                    done.returncode,
                    Fault.BOMB if done.returncode < 0 or done.returncode == 1 else Fault.DAMAGED,
                )
            )
        out.seek(0)
        yield out
