"""Pages of assignment, visits and plans: the dispatcher's desk, the worker's phone."""

from welfare.dispatch.views.blueprints import dispatch, field

from welfare.dispatch.views import (  # isort: skip
    adl, answers, board, companions, crew, handing, home, photos, planning, plans, renewing, rules,
    suggesting, transfers, visit,
)  # fmt: skip

__all__ = [
    "adl",
    "answers",
    "board",
    "companions",
    "crew",
    "dispatch",
    "field",
    "handing",
    "home",
    "photos",
    "planning",
    "plans",
    "renewing",
    "rules",
    "suggesting",
    "transfers",
    "visit",
]
