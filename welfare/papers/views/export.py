"""The register of papers as a spreadsheet: what the list shows, with its filters and rights."""

from __future__ import annotations

from werkzeug.wrappers import Response

from welfare.core import audit, clock
from welfare.core.db import expect_writes
from welfare.core.i18n import gettext as _
from welfare.core.spreadsheets import Cell, Column, stream_sheet
from welfare.core.thai.dates import format_long
from welfare.core.web import requires, the_viewer
from welfare.core.web.sheets import sheet_response
from welfare.core.web.templating import language
from welfare.papers.labels import BOOKS, STATES
from welfare.papers.queries import PaperRow
from welfare.papers.queries.register import every_row
from welfare.papers.views.blueprints import READERS, paper_desk
from welfare.papers.views.desk import filters_asked


@paper_desk.post("/register.xlsx")
@requires(*READERS)
def register_sheet() -> Response:
    """The list as a spreadsheet; that it was taken is noted before it goes."""
    viewer, filters, lang = the_viewer(), filters_asked(), language()
    columns = [
        Column(_("Number"), 18), Column(_("Day"), 12), Column(_("Kind of paper"), 28),
        Column(_("Subject of the letter"), 40), Column(_("To whom"), 30), Column(_("State"), 18),
        Column(_("Issued by"), 22), Column(_("Numbered in"), 18), Column(_("Fiscal year"), 10),
        Column(_("Running number"), 10), Column(_("Why it was taken back"), 30),
    ]  # fmt: skip
    about = [
        (_("Made on"), format_long(clock.today(), lang=lang)),
        (_("Made by"), viewer.display_name),
        *filters.used().items(),
    ]
    audit.read(viewer, "paper", "register", "taken")
    expect_writes(False)  # a long reading keeps nobody from writing
    pieces = stream_sheet(
        title=_("Official papers"),
        columns=columns,
        rows=(_cells(row, lang) for row in every_row(filters, viewer=viewer)),
        about_title=_("About this file"),
        about=about,
    )
    return sheet_response(pieces, "papers")


def _cells(row: PaperRow, lang: str) -> tuple[Cell, ...]:
    return (
        row.number, row.dated, row.kind.name(lang), row.title or _("Not shown in lists"),
        row.recipient, str(STATES[row.status]), row.issued_by,
        str(BOOKS[row.series]) if row.series in BOOKS else "", row.fiscal_year, row.running,
        row.withdraw_reason,
    )  # fmt: skip
