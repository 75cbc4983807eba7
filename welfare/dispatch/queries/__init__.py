"""Reading assignments and visits: every question here is answered for a viewer."""

from welfare.dispatch.queries.along import Along, goes_along
from welfare.dispatch.queries.assignments import (
    AssignmentRow,
    CaseAssignments,
    assignments_of,
    assignments_of_case,
)
from welfare.dispatch.queries.board import Board, BoardFilters, BoardRow, Show, board
from welfare.dispatch.queries.calendar import calendar_visits, has_calendar_link
from welfare.dispatch.queries.crew import Away, Member, crew, member
from welfare.dispatch.queries.day_problem import proposed
from welfare.dispatch.queries.own_cases import OwnCase, own_cases
from welfare.dispatch.queries.pictures import may_see_visit_picture, visit_of_picture
from welfare.dispatch.queries.plans import PlanFile, PlanRow, StopRow, plan_file, plans
from welfare.dispatch.queries.ranking import Bar, Ranked, Ranking, Reason, rank
from welfare.dispatch.queries.rules import Figures, KindRow, SkillRow, figures, kinds, skills
from welfare.dispatch.queries.visit_file import VisitFile, visit_file
from welfare.dispatch.queries.visits import (
    CaseVisits,
    DayVisit,
    VisitRow,
    day_of,
    days_ahead,
    visits_of_case,
)
from welfare.dispatch.queries.wishes import CaseWishes, case_wishes
from welfare.dispatch.queries.workers import (
    WorkerLoad,
    workers_with_load,
)

__all__ = [
    "Along",
    "AssignmentRow",
    "Away",
    "Bar",
    "Board",
    "BoardFilters",
    "BoardRow",
    "CaseAssignments",
    "CaseVisits",
    "CaseWishes",
    "DayVisit",
    "Figures",
    "KindRow",
    "Member",
    "OwnCase",
    "PlanFile",
    "PlanRow",
    "Ranked",
    "Ranking",
    "Reason",
    "Show",
    "SkillRow",
    "StopRow",
    "VisitFile",
    "VisitRow",
    "WorkerLoad",
    "assignments_of",
    "assignments_of_case",
    "board",
    "calendar_visits",
    "case_wishes",
    "crew",
    "day_of",
    "days_ahead",
    "figures",
    "goes_along",
    "has_calendar_link",
    "kinds",
    "may_see_visit_picture",
    "member",
    "own_cases",
    "plan_file",
    "plans",
    "proposed",
    "rank",
    "skills",
    "visit_file",
    "visit_of_picture",
    "visits_of_case",
    "workers_with_load",
]
