"""The pages of casework under ``/desk/cases``."""

from welfare.cases.views.blueprint import blueprint
from welfare.cases.views.funds import funds

from welfare.cases.views import (  # isort: skip - they add routes
    care,
    checks,
    deadlines,
    edit,
    family,
    helping,
    keeping,
    lending,
    merging,
    page,
    plan,
    steps,
    work,
    worklist,
)

__all__ = [
    "blueprint",
    "care",
    "checks",
    "deadlines",
    "edit",
    "family",
    "funds",
    "helping",
    "keeping",
    "lending",
    "merging",
    "page",
    "plan",
    "steps",
    "work",
    "worklist",
]
