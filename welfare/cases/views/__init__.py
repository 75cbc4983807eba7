"""The pages of casework under ``/desk/cases``."""

from welfare.cases.views.blueprint import blueprint
from welfare.cases.views.funds import funds

from welfare.cases.views import (  # isort: skip - they add routes
    care,
    deadlines,
    edit,
    helping,
    keeping,
    lending,
    page,
    plan,
    steps,
    work,
    worklist,
)

__all__ = [
    "blueprint",
    "care",
    "deadlines",
    "edit",
    "funds",
    "helping",
    "keeping",
    "lending",
    "page",
    "plan",
    "steps",
    "work",
    "worklist",
]
