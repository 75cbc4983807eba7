"""The books of running numbers."""

from __future__ import annotations

from sqlalchemy import update

from welfare.core import audit, clock
from welfare.core.db import db
from welfare.core.errors import Forbidden, NotFound, Refused, StaleRecord
from welfare.core.i18n import gettext as _
from welfare.core.numbers import RunningNumber, next_number, take_number
from welfare.core.security.permissions import Viewer
from welfare.core.thai.dates import fiscal_year
from welfare.papers.kinds import SERIES
from welfare.papers.models import PaperGap, PaperSeries
from welfare.papers.policies import can_manage
from welfare.papers.queries.numbers import book, kept_as, taken_marks

MOST_AT_ONCE = 5000


def set_prefix(*, actor: Viewer, series: str, version: int, prefix: str) -> None:
    """What stands before the numbers of a book from now on; empty: as usual (``PREFIXES``).
    Refused where another book has it, as one number would then name two papers."""
    _allow(actor, series)
    if prefix.strip() and prefix.strip() in taken_marks(series):
        raise Refused(
            _("Another book has this already. One number would then name two papers."),
            field="prefix",
        )
    row = db.session.get(PaperSeries, series, with_for_update=True, populate_existing=True)
    if (row.version if row else 0) != version:
        current = {"prefix": row.prefix if row else ""}
        raise StaleRecord(version=row.version if row else 0, current=current)
    if row is None:
        row = PaperSeries(code=series, prefix=prefix)
        db.session.add(row)
    row.prefix = prefix
    audit.record(actor, "paper.prefix_set", "paper_series", series, audit.changes_of(row))
    db.session.flush()


def leave_numbers_out(*, actor: Viewer, series: str, up_to: int, reason: str) -> int:
    """Use no number up to this one, of the present fiscal year: they were used on paper, or are
    void. Returns the first that is left out."""
    _allow(actor, series)
    if not reason:
        raise Refused(_("Please write the reason."), field="reason")
    year = fiscal_year(clock.today())
    _beyond(up_to, next_number(kept_as(series), year))
    first = take_number(kept_as(series), year)
    _beyond(up_to, first)
    db.session.execute(
        update(RunningNumber)
        .where(RunningNumber.kind == kept_as(series), RunningNumber.fiscal_year == year)
        .values(last=up_to),
        execution_options={"synchronize_session": False},
    )
    gap = PaperGap(
        series=series, fiscal_year=year, first=first, last=up_to, reason=reason,
        made_by_id=actor.user_id or None, made_at=clock.now(),
    )  # fmt: skip
    db.session.add(gap)
    details = {"first": first, "last": up_to, "year": year}
    audit.record(actor, "paper.numbers_left", "paper_series", series, details)
    db.session.flush()
    return first


def _beyond(up_to: int, first: int) -> None:
    """Nothing is left out that was used, nor more at once than a slip of the hand explains."""
    if up_to < first:
        raise Refused(
            _("This book has reached number %(last)s. Please enter a larger one.", last=first - 1),
            field="up_to",
        )
    if up_to >= first + MOST_AT_ONCE:
        raise Refused(
            _("Please enter a number from %(first)s to %(last)s.", first=first,
              last=first + MOST_AT_ONCE - 1), field="up_to",
        )  # fmt: skip


def explain_gap(
    *, actor: Viewer, series: str, year: int, first: int, last: int, reason: str
) -> None:
    """Say why numbers of a book carry no paper. Only of numbers that are past, have no paper, and
    are not explained yet; what is explained stays so."""
    _allow(actor, series)
    if not reason:
        raise Refused(_("Please write the reason."), field="gap_reason")
    missing = set(book(series, year).unexplained)
    if not 1 <= first <= last or not missing.issuperset(range(first, last + 1)):
        raise Refused(
            _("Not all of these numbers are without a paper and without a reason."),
            field="gap_last",
        )
    gap = PaperGap(
        series=series, fiscal_year=year, first=first, last=last, reason=reason,
        made_by_id=actor.user_id or None, made_at=clock.now(),
    )  # fmt: skip
    db.session.add(gap)
    details = {"first": first, "last": last, "year": year}
    audit.record(actor, "paper.gap_explained", "paper_series", series, details)
    db.session.flush()


def _allow(actor: Viewer, series: str) -> None:
    if not can_manage(actor):
        raise Forbidden
    if series not in SERIES:
        raise NotFound
