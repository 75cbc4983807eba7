"""A day of visits as figures, and the solver that orders them. Knows no database and no names."""

from welfare.dispatch.routing.facts import Day, Ground, Job, Place, Placed, Plan, Tour, Why, Worker
from welfare.dispatch.routing.planning import plan_day

__all__ = ["Day", "Ground", "Job", "Place", "Placed", "Plan", "Tour", "Why", "Worker", "plan_day"]
