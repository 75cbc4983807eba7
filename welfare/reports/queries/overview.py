"""Everything that the report of a month or a year is made of, each number from its one home."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import case, func, select

from welfare.cases.models import Case, HelpRequest
from welfare.cases.queries import category_words
from welfare.cases.queries.rights import visible_to
from welfare.cases.workflow import HelpStatus, Outcome
from welfare.core.db import db
from welfare.core.security.permissions import Viewer
from welfare.reports.queries.complaints import received
from welfare.reports.queries.figures import PeriodFigures, period_figures
from welfare.reports.queries.outcomes import moments, outcomes
from welfare.reports.queries.periods import Period
from welfare.reports.queries.recipients import RecipientFilters, recipient_sums


@dataclass(frozen=True, slots=True)
class Given:
    """Help that was handed over: how often, and what it was worth in baht. ``noted``: how often it
    was noted by hand, with no fund or stock of the office behind it."""

    rows: int
    amount: Decimal
    noted: int = 0


@dataclass(frozen=True, slots=True)
class ReportNumbers:
    """``categories``: names in Thai with the cases that were opened. ``unsolved``: closed without
    help; ``refused`` and ``waiting``: requests to funds, decided on in the span and open now."""

    figures: PeriodFigures
    categories: list[tuple[str, int]]
    outcomes: dict[Outcome, int]
    received: int
    received_before: int
    given: Given
    given_before: Given
    refused: int
    waiting: int

    @property
    def unsolved(self) -> int:
        """Closed, and the trouble still there."""
        left = (Outcome.NOT_SOLVED, Outcome.NOT_ELIGIBLE)
        return sum(self.outcomes.get(one, 0) for one in left)


def report_numbers(viewer: Viewer, period: Period) -> ReportNumbers:
    """All of them in the viewer's area; ``Forbidden`` without the right to numbers."""
    figures = period_figures(viewer, period)
    words = category_words()
    refused, waiting = _requests(viewer, period)
    return ReportNumbers(
        figures=figures,
        categories=[(words[line.key][0], line.new.n) for line in figures.categories],
        outcomes=outcomes(viewer, period),
        received=received(viewer, period),
        received_before=received(viewer, period.before),
        given=_given(viewer, period),
        given_before=_given(viewer, period.before),
        refused=refused,
        waiting=waiting,
    )


def _given(viewer: Viewer, period: Period) -> Given:
    sums = recipient_sums(RecipientFilters(period=period), viewer)
    amount = sum((one.amount for one in sums), start=Decimal(0))
    return Given(sum(one.rows for one in sums), amount, sum(one.noted for one in sums))


def _requests(viewer: Viewer, period: Period) -> tuple[int, int]:
    first, after = moments(period)
    decided = (HelpRequest.decided_at >= first) & (HelpRequest.decided_at < after)
    refused = (HelpRequest.status == HelpStatus.REFUSED) & decided
    row = db.session.execute(
        select(
            func.coalesce(func.sum(case((refused, 1), else_=0)), 0),
            func.coalesce(
                func.sum(case((HelpRequest.status == HelpStatus.WAITING, 1), else_=0)), 0
            ),
        )
        .join(Case, Case.id == HelpRequest.case_id)
        .where(visible_to(viewer))
    ).one()
    return row[0], row[1]
