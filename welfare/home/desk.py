"""What one's own desk shows, by what one may do: several roles add up.

Every number leads to the list that holds exactly what it counts. At most eleven statements, for
somebody who is everything at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from welfare.cases.queries import Tally, category_words, counts
from welfare.cases.queries.deadlines.late import DeskLines, desk_lines
from welfare.cases.queries.duties import DutyRow, my_duties
from welfare.core import clock
from welfare.core.security.permissions import Permission, Viewer
from welfare.dispatch.queries import Board, BoardFilters, DayVisit, OwnCase, Show, day_of, own_cases
from welfare.dispatch.queries import board as read_board
from welfare.dispatch.workflow import VisitStatus
from welfare.home.numbers import numbers_of
from welfare.households.queries.imports.pages import ImportsAtDesk
from welfare.intake.queries.asked import ComplaintFilters
from welfare.intake.queries.mine import MyFiling, my_filings
from welfare.intake.queries.triage import ComplaintRow, queue
from welfare.messages.queries import Backlog, DeskMessage, desk_messages
from welfare.reports.queries.waiting import Waiting

MOST_PRESSING = 5
MOST_SHOWN = 8


@dataclass(frozen=True, slots=True)
class FieldWork:
    """A caseworker's day: visits, unanswered offers, own cases past their deadline."""

    visits: Sequence[DayVisit]
    more_visits: int
    offers: Sequence[OwnCase]
    overdue: int
    own: int


@dataclass(frozen=True, slots=True)
class Desk:
    """The parts of somebody's desk; ``None`` where their rights do not ask for it."""

    waiting: Waiting | None
    pressing: Sequence[ComplaintRow]
    board: Board | None
    month: str
    tally: Tally | None
    field: FieldWork | None
    duties: Sequence[DutyRow]
    more_duties: int
    """Of a caseworker, whose field page holds all of them."""
    filings: Sequence[MyFiling] | None
    health: Backlog | None
    imports: ImportsAtDesk | None
    red: int | None
    """Rules that cannot run."""
    messages: Sequence[DeskMessage]
    deadlines: DeskLines | None
    categories: dict[int, tuple[str, str]]


def desk_of(viewer: Viewer) -> Desk:
    """Everything the viewer's desk shows."""
    triage = viewer.can(Permission.TRIAGE_COMPLAINTS)
    assign = viewer.can(Permission.ASSIGN_CASES)
    month = clock.today().strftime("%Y-%m")
    numbers = assign or viewer.can(Permission.VIEW_REPORTS)
    volunteer = viewer.can(Permission.VIEW_OWN_FILINGS) and not viewer.can(Permission.VIEW_CASES)
    counted = numbers_of(viewer)
    works, duties = viewer.can(Permission.WORK_CASES), _duties(viewer)
    shown = MOST_SHOWN if works else len(duties)
    return Desk(
        waiting=counted.waiting,
        pressing=queue(ComplaintFilters(), viewer=viewer).rows[:MOST_PRESSING] if triage else (),
        board=read_board(BoardFilters(show=Show.DECLINED), viewer=viewer) if assign else None,
        month=month,
        tally=counts(viewer, month, names=False).total if numbers else None,
        field=_field_work(viewer) if works else None,
        duties=duties[:shown],
        more_duties=len(duties[shown:]),
        filings=my_filings(viewer=viewer)[:MOST_SHOWN] if volunteer else None,
        health=counted.health,
        imports=counted.imports,
        red=counted.red,
        messages=desk_messages(viewer=viewer, limit=MOST_SHOWN),
        deadlines=desk_lines(viewer) if _has_cases(viewer) else None,
        categories=category_words(),
    )


def _has_cases(viewer: Viewer) -> bool:
    """Whether deadlines can be told to the viewer: whoever may see cases."""
    return viewer.can(Permission.VIEW_CASES) or viewer.can(Permission.VIEW_ALL_CASES)


def _duties(viewer: Viewer) -> list[DutyRow]:
    return my_duties(viewer) if _has_cases(viewer) else []


def _field_work(viewer: Viewer) -> FieldWork:
    visits = [visit for visit in day_of(viewer) if visit.visit.status == VisitStatus.PLANNED]
    cases = own_cases(viewer)
    return FieldWork(
        visits=visits[:MOST_SHOWN],
        more_visits=max(len(visits) - MOST_SHOWN, 0),
        offers=[case for case in cases if case.offered],
        overdue=sum(case.overdue for case in cases),
        own=len(cases),
    )
