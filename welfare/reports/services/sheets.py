"""Lists and figures as spreadsheets: what goes out is noted before it goes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from welfare.cases.labels import KINDS_OF_HELP
from welfare.core import audit, clock
from welfare.core.db import begin_writing, db
from welfare.core.db.engine import expect_writes
from welfare.core.errors import Forbidden
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Viewer
from welfare.core.spreadsheets import Cell, Column, stream_sheet
from welfare.core.thai.dates import format_long
from welfare.reports.queries.places import village_names
from welfare.reports.queries.recipients import (
    Recipient,
    RecipientFilters,
    may_reveal,
    recipient_sums,
    recipients,
)


def export_recipients(
    *, actor: Viewer, filters: RecipientFilters, lang: str, whole_numbers: bool = False
) -> Iterator[bytes]:
    """The register of recipients as a spreadsheet, piece by piece. Commits that it was asked for.

    ``whole_numbers``: IDs unmasked; ``Forbidden`` without the right to reveal.
    """
    if whole_numbers and not may_reveal(actor):
        raise Forbidden
    count = sum(one.rows for one in recipient_sums(filters, actor))
    db.session.rollback()
    begin_writing(db.session)
    details = {**filters.as_data(), "count": count}
    audit.record(actor, "recipients.exported", "list", "recipients", details)
    if whole_numbers:
        what = {"what": "export", "count": count}
        audit.record(actor, "people.revealed", "list", "recipients", what)
    db.session.commit()
    expect_writes(False)
    names = village_names(lang)
    return stream_sheet(
        title=_("Register of recipients"),
        columns=_columns(),
        rows=(
            _cells(row, names, place)
            for place, row in enumerate(
                recipients(filters, actor, whole_numbers=whole_numbers), start=1
            )
        ),
        about_title=_("About this file"),
        about=_about(actor, filters, lang),
    )


def _columns() -> list[Column]:
    return [
        Column(_("No."), 8),
        Column(_("Village"), 22),
        Column(_("Name"), 30),
        Column(_("National ID"), 20),
        Column(_("Address"), 30),
        Column(_("Form of help"), 16),
        Column(_("What was given"), 36),
        Column(_("Fund"), 30),
        Column(_("How it was given"), 24),
        Column(_("Day (B.E.)"), 20),
        Column(_("Day"), 12),
        Column(_("Amount (baht)"), 16),
        Column(_("Case"), 16),
    ]


def _cells(row: Recipient, names: Mapping[int, str], place: int) -> list[Cell]:
    hidden = "" if row.named else _("Not shown in lists")
    return [
        place, names.get(row.village_no, ""), hidden or row.name, row.identifier, row.address,
        str(KINDS_OF_HELP[row.kind]), row.what, row.fund,
        _("Noted by hand") if row.noted else _("By the office"), format_long(row.on), row.on,
        row.amount, row.case_number,
    ]  # fmt: skip


def _about(actor: Viewer, filters: RecipientFilters, lang: str) -> list[tuple[str, str]]:
    now = clock.now()
    return [
        (_("Made on"), f"{format_long(now)} ({clock.today().isoformat()})"),
        (_("Made by"), actor.display_name),
        (_("Period"), filters.period.words(lang)),
        (_("Fund"), filters.fund or _("All")),
        (_("Personal data"), _("For the work of the office only. Delete the file afterwards.")),
    ]
