"""The rows that stay out, as a spreadsheet to mend and upload again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

import xlsxwriter

from welfare.core.i18n import gettext as _


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """One row with the first thing that is wrong of it, and its cells as they were."""

    sheet: str
    number: int
    column: str
    read: str
    right: str
    why: str
    cells: dict[str, str]


def refused_workbook(rows: Sequence[RefusedRow]) -> bytes:
    """An .xlsx: what is wrong in front, the row as it was behind. All cells are text, so that
    nothing in them is ever reckoned as a formula and no digit is lost again."""
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    head = book.add_format(
        {"bold": True, "bg_color": "#e3f0ec", "text_wrap": True, "valign": "top"}
    )
    text = book.add_format({"num_format": "@", "valign": "top"})
    sheet = book.add_worksheet(_("Refused rows")[:31])
    names = list(dict.fromkeys(name for row in rows for name in row.cells))
    front = [_("Sheet"), _("Row"), _("Column"), _("What was read"), _("What would be right")]
    front.append(_("Why"))
    for place, title in enumerate([*front, *names]):
        sheet.write_string(0, place, title, head)
    sheet.set_column(0, 2, 12, text)
    sheet.set_column(3, 5, 28, text)
    sheet.set_column(6, 6 + len(names), 18, text)
    for line, row in enumerate(rows, start=1):
        cells = [row.sheet, str(row.number), row.column, row.read, row.right, row.why]
        cells += [row.cells.get(name, "") for name in names]
        for place, value in enumerate(cells):
            sheet.write_string(line, place, value, text)
    sheet.freeze_panes(1, 0)
    book.close()
    return out.getvalue()
