"""Reading assignments and visits: every question here is answered for a viewer."""

from welfare.dispatch.queries.along import Along, goes_along
from welfare.dispatch.queries.assignments import (
    AssignmentRow,
    CaseAssignments,
    assignments_of,
    assignments_of_case,
    was_given,
)
from welfare.dispatch.queries.board import Board, BoardFilters, BoardRow, Show, board
from welfare.dispatch.queries.calendar import calendar_visits, has_calendar_link
from welfare.dispatch.queries.clashes import Clash, clashes
from welfare.dispatch.queries.crew import Away, Member, crew, member
from welfare.dispatch.queries.handovers import (
    GivenCase,
    Giver,
    PastHandover,
    cases_of,
    giver,
    handover_giver,
    handovers_of,
)
from welfare.dispatch.queries.own_cases import OwnCase, own_cases
from welfare.dispatch.queries.ownerless import Lack, Ownerless, ownerless
from welfare.dispatch.queries.pictures import may_see_visit_picture, visit_of_picture
from welfare.dispatch.queries.plan_rows import PlanFile, PlanRow, StopRow
from welfare.dispatch.queries.plans import plan_file, plans
from welfare.dispatch.queries.proposed import proposed
from welfare.dispatch.queries.ranking import Bar, Ranked, Ranking, Reason, rank
from welfare.dispatch.queries.rules import Figures, KindRow, SkillRow, figures, kinds, skills
from welfare.dispatch.queries.team import Teammate, team
from welfare.dispatch.queries.transfers import Asked, asked, asked_of, receivers
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
    "Asked",
    "AssignmentRow",
    "Away",
    "Bar",
    "Board",
    "BoardFilters",
    "BoardRow",
    "CaseAssignments",
    "CaseVisits",
    "CaseWishes",
    "Clash",
    "DayVisit",
    "Figures",
    "GivenCase",
    "Giver",
    "KindRow",
    "Lack",
    "Member",
    "OwnCase",
    "Ownerless",
    "PastHandover",
    "PlanFile",
    "PlanRow",
    "Ranked",
    "Ranking",
    "Reason",
    "Show",
    "SkillRow",
    "StopRow",
    "Teammate",
    "VisitFile",
    "VisitRow",
    "WorkerLoad",
    "asked",
    "asked_of",
    "assignments_of",
    "assignments_of_case",
    "board",
    "calendar_visits",
    "case_wishes",
    "cases_of",
    "clashes",
    "crew",
    "day_of",
    "days_ahead",
    "figures",
    "giver",
    "goes_along",
    "handover_giver",
    "handovers_of",
    "has_calendar_link",
    "kinds",
    "may_see_visit_picture",
    "member",
    "own_cases",
    "ownerless",
    "plan_file",
    "plans",
    "proposed",
    "rank",
    "receivers",
    "skills",
    "team",
    "visit_file",
    "visit_of_picture",
    "visits_of_case",
    "was_given",
    "workers_with_load",
]
