"""Reading assignments and visits: every question here is answered for a viewer."""

from welfare.dispatch.queries.assignments import (
    AssignmentRow,
    CaseAssignments,
    assignments_of,
    assignments_of_case,
)
from welfare.dispatch.queries.board import Board, BoardFilters, BoardRow, Show, board
from welfare.dispatch.queries.own_cases import OwnCase, own_cases
from welfare.dispatch.queries.pictures import may_see_visit_picture, visit_of_picture
from welfare.dispatch.queries.visit_file import VisitFile, visit_file
from welfare.dispatch.queries.visits import (
    CaseVisits,
    DayVisit,
    VisitRow,
    day_of,
    days_ahead,
    visits_of_case,
)
from welfare.dispatch.queries.workers import (
    WorkerLoad,
    fitting,
    workers_for,
    workers_with_load,
)

__all__ = [
    "AssignmentRow",
    "Board",
    "BoardFilters",
    "BoardRow",
    "CaseAssignments",
    "CaseVisits",
    "DayVisit",
    "OwnCase",
    "Show",
    "VisitFile",
    "VisitRow",
    "WorkerLoad",
    "assignments_of",
    "assignments_of_case",
    "board",
    "day_of",
    "days_ahead",
    "fitting",
    "may_see_visit_picture",
    "own_cases",
    "visit_file",
    "visit_of_picture",
    "visits_of_case",
    "workers_for",
    "workers_with_load",
]
