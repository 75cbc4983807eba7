"""Reports and registers as sheets of their kinds of paper: previewed, issued, kept, verified.

They are about nobody in particular; who may read one is kept with it (``Needs``).
"""

from __future__ import annotations

from collections.abc import Callable

from welfare.core import clock
from welfare.core.i18n import gettext as _
from welfare.core.pdf.layouts import complaints as statistics_layout
from welfare.core.pdf.layouts import management as report_layout
from welfare.core.pdf.presses import Presses
from welfare.core.pdf.registers.making import TEMPLATE as REGISTER
from welfare.core.security.permissions import Permission, Viewer
from welfare.papers.documents import as_print, read_by
from welfare.papers.facts import Draw, Stamp
from welfare.papers.parts import Needs, Sheet
from welfare.reports.documents.complaints import on_paper
from welfare.reports.documents.management import Written, management_report, span
from welfare.reports.documents.recipients import (
    TITLES,
    Look,
    draw_recipients,
    own_words,
    scope_words,
)
from welfare.reports.kinds import RECIPIENT_REGISTER
from welfare.reports.queries.complaints import ComplaintStatistics
from welfare.reports.queries.overview import ReportNumbers
from welfare.reports.queries.periods import Period
from welfare.reports.queries.recipients import RecipientFilters, area_of, rights_for

_NUMBERS = Needs(frozenset({Permission.VIEW_REPORTS}), None)


def management_sheet(found: ReportNumbers, written: Written, viewer: Viewer) -> Sheet:
    """The report of a month or a year; one of them holds of a period that is over."""
    report = management_report(found, written)
    return Sheet(
        title=f"รายงานผลการดำเนินงาน {span(found)}",
        template=report_layout.TEMPLATE,
        values=report,
        source=_of(found.figures.period),
        hindrance=_whole(viewer),
        drawings=report_layout.drawings(report),
        needs=_NUMBERS,
    )


def statistics_sheet(found: ComplaintStatistics, viewer: Viewer) -> Sheet:
    """Statistics of complaints, for publishing."""
    paper = on_paper(found)
    return Sheet(
        title=f"สถิติเรื่องร้องเรียนร้องทุกข์ {found.period.words('th')}",
        template=statistics_layout.TEMPLATE,
        values=paper,
        source=_of(found.period),
        hindrance=_whole(viewer),
        drawings=statistics_layout.drawings(paper),
        needs=_NUMBERS,
    )


def register_sheet(filters: RecipientFilters, look: Look, viewer: Viewer, fund: str) -> Sheet:
    """The register of recipients: what it is called, and who may read it. Its pages are drawn by
    ``register_drawer``."""
    rights = rights_for(filters, viewer)
    if look.whole_numbers:
        rights |= {Permission.REVEAL_IDENTIFIERS}
    area = area_of(filters, viewer)
    words = (*scope_words(filters, fund, area), *own_words(viewer))
    return Sheet(
        title=" ".join((TITLES[filters.basis], *words))[:200],
        template=REGISTER,
        values={},
        source=f"{filters.period.key}:{filters.basis.value}",
        needs=Needs(rights, None if area is None else area - {0}),
    )


def register_drawer(
    filters: RecipientFilters,
    look: Look,
    viewer: Viewer,
    fund: str,
    *,
    base_url: str,
    presses: Presses | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Draw:
    """Draws the register as it is issued."""

    def draw(stamp: Stamp) -> bytes:
        made = draw_recipients(
            filters, viewer=viewer, look=look, fund=fund, presses=presses, progress=progress,
            issued=(stamp, base_url),
        )  # fmt: skip
        return made.pdf

    return draw


def register_preview(content: bytes, viewer: Viewer) -> bytes:
    """The register as it stands now, marked ร่าง and by its reader."""
    sheet = Sheet(title="", template=REGISTER, values={})
    return as_print(RECIPIENT_REGISTER, sheet, content, reader=read_by(viewer))


def _of(period: Period) -> str:
    """What such a paper holds of: a period, or as far as it has gone by today."""
    return f"{period.key}@{clock.today().isoformat()}" if period.running else period.key


def _whole(viewer: Viewer) -> str:
    if viewer.villages is None:
        return ""
    return _("It speaks for the whole municipality, and you see some of its villages.")
