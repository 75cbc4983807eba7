"""Tables of dispatch."""

from welfare.dispatch.models.plans import CalendarLink, DayPlan, PlanStop
from welfare.dispatch.models.routing import RoutingRule
from welfare.dispatch.models.rules import CaseWish, CategoryVisit, DispatchRules, Skill
from welfare.dispatch.models.transfers import Handover, Transfer
from welfare.dispatch.models.visits import Assignment, Visit, VisitPhoto
from welfare.dispatch.models.workers import Absence, WorkerProfile

__all__ = [
    "Absence",
    "Assignment",
    "CalendarLink",
    "CaseWish",
    "CategoryVisit",
    "DayPlan",
    "DispatchRules",
    "Handover",
    "PlanStop",
    "RoutingRule",
    "Skill",
    "Transfer",
    "Visit",
    "VisitPhoto",
    "WorkerProfile",
]
