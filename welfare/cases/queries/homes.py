"""The cases of a house or of a person with the help they brought, for the registry's pages."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import and_, case, func, or_, select
from sqlalchemy.engine import Row

from welfare.cases.models import Assistance, Case
from welfare.cases.policies import searchable, visible_to
from welfare.cases.workflow import AssistanceKind, CaseStatus, Outcome
from welfare.core.db import db
from welfare.core.security.permissions import Viewer
from welfare.core.thai.dates import fiscal_year

AT_MOST = 200
"""Cases that are read: no house has so many."""


@dataclass(frozen=True, slots=True)
class HomeHelp:
    """Help that was given, as the page of a house tells it; ``amount`` in baht, where known."""

    case_number: str
    kind: AssistanceKind
    description: str
    amount: Decimal | None
    fund: str
    given_on: date


@dataclass(frozen=True, slots=True)
class HomeCase:
    """One case of a house or person; ``title`` is empty where lists hide it from the viewer.

    ``help_given`` is baht, over all help with an amount.
    """

    number: str
    title: str
    category_id: int
    status: CaseStatus
    outcome: Outcome | None
    opened_at: datetime
    due_at: datetime | None
    closed_at: datetime | None
    help_given: Decimal | None


@dataclass(frozen=True, slots=True)
class YearOfHelp:
    """Help of one fiscal year (พ.ศ.): how often, and baht over all with an amount."""

    year: int
    times: int
    baht: Decimal


@dataclass(frozen=True, slots=True)
class HomeWork:
    """Cases, open ones first, then the newest; help, the newest first; years, the last first."""

    cases: tuple[HomeCase, ...] = ()
    help: tuple[HomeHelp, ...] = ()
    years: tuple[YearOfHelp, ...] = field(default=())

    @property
    def open(self) -> tuple[HomeCase, ...]:
        """Those that are worked on."""
        return tuple(one for one in self.cases if one.closed_at is None)

    @property
    def past(self) -> tuple[HomeCase, ...]:
        """Those that are closed."""
        return tuple(one for one in self.cases if one.closed_at is not None)


def work_for_home(*, household_id: int | None, person_id: int | None, viewer: Viewer) -> HomeWork:
    """The cases that the viewer may see with their help, in one statement."""
    of_home = [
        column == value
        for column, value in ((Case.household_id, household_id), (Case.person_id, person_id))
        if value is not None
    ]
    if not of_home:
        return HomeWork()
    named = searchable(viewer)
    found = (
        select(
            Case.id, Case.number, case((named, Case.title), else_="").label("title"),
            Case.category_id, Case.status, Case.outcome, Case.opened_at, Case.due_at,
            Case.closed_at, case((named, 1), else_=0).label("named"),
        )
        .where(or_(*of_home), visible_to(viewer), Case.status != CaseStatus.MERGED)
        .order_by(Case.closed_at.is_not(None), Case.id.desc())
        .limit(AT_MOST)
        .subquery()
    )  # fmt: skip
    rows = db.session.execute(
        select(
            found, Assistance.id.label("help_id"), Assistance.kind, Assistance.description,
            Assistance.amount, Assistance.fund, Assistance.given_on,
        )
        .outerjoin(
            Assistance,
            and_(Assistance.case_id == found.c.id, Assistance.withdrawn_at.is_(None)),
        )
        .order_by(found.c.closed_at.is_not(None), found.c.id.desc(), Assistance.id)
    ).all()  # fmt: skip
    given = [_help(row) for row in rows if row.help_id is not None]
    given.sort(key=lambda one: one.given_on, reverse=True)
    return HomeWork(_cases(rows), tuple(given), _years(given))


def _cases(rows: Sequence[Row[*tuple[Any, ...]]]) -> tuple[HomeCase, ...]:
    sums: dict[str, Decimal] = {}
    for row in rows:
        if row.amount is not None:
            sums[row.number] = sums.get(row.number, Decimal(0)) + row.amount
    first = {row.number: row for row in reversed(rows)}
    return tuple(
        HomeCase(
            number=row.number,
            title=row.title,
            category_id=row.category_id,
            status=row.status,
            outcome=row.outcome,
            opened_at=row.opened_at,
            due_at=row.due_at,
            closed_at=row.closed_at,
            help_given=sums.get(row.number),
        )
        for row in (first[number] for number in dict.fromkeys(row.number for row in rows))
    )


def _help(row: Row[*tuple[Any, ...]]) -> HomeHelp:
    return HomeHelp(
        case_number=row.number,
        kind=row.kind,
        description=row.description if row.named else "",
        amount=row.amount,
        fund=row.fund,
        given_on=row.given_on,
    )


def _years(given: Collection[HomeHelp]) -> tuple[YearOfHelp, ...]:
    years: dict[int, list[HomeHelp]] = {}
    for one in given:
        years.setdefault(fiscal_year(one.given_on), []).append(one)
    return tuple(
        YearOfHelp(year, len(found), sum((one.amount or Decimal(0) for one in found), Decimal(0)))
        for year, found in sorted(years.items(), reverse=True)
    )


def open_by_village(viewer: Viewer) -> dict[int, int]:
    """How many open cases of each village (0: not known) the viewer may see, by the very rule of
    the worklist: a number of the map leads to so many cases."""
    rows = db.session.execute(
        select(Case.village_no, func.count())
        .where(Case.closed_at.is_(None), visible_to(viewer))
        .group_by(Case.village_no)
    )
    return {village_no or 0: n for village_no, n in rows}


def looked_after_by(viewer: Viewer, person_ids: Collection[int]) -> set[int]:
    """Those of these people of whom the viewer works on an open case."""
    return set(
        db.session.scalars(
            select(Case.person_id).where(
                Case.person_id.in_(person_ids),
                Case.assignee_id == viewer.user_id,
                Case.closed_at.is_(None),
            )
        )
    )
