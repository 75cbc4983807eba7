"""The pages of casework under ``/desk/cases``."""

from welfare.cases.views.blueprint import blueprint
from welfare.cases.views.funds import funds

from welfare.cases.views import (  # isort: skip - they add routes
    deadlines,
    edit,
    family,
    helping,
    keeping,
    lending,
    merging,
    page,
    steps,
    work,
    worklist,
)

__all__ = [
    "blueprint",
    "deadlines",
    "edit",
    "family",
    "funds",
    "helping",
    "keeping",
    "lending",
    "merging",
    "page",
    "steps",
    "work",
    "worklist",
]
