"""The pages of casework under ``/desk/cases``."""

from welfare.cases.views.blueprint import blueprint
from welfare.cases.views.funds import funds

from welfare.cases.views import edit, page, steps, work, worklist  # isort: skip - they add routes
from welfare.cases.views import helping, lending  # isort: skip - they add routes

__all__ = ["blueprint", "edit", "funds", "helping", "lending", "page", "steps", "work", "worklist"]
