"""The manager's first page and the papers that join several domains."""

from welfare.reports.views import labels, report_papers  # noqa: F401 - they add routes
from welfare.reports.views.casereport import papers
from welfare.reports.views.figures import blueprint
from welfare.reports.views.household_record import house_papers
from welfare.reports.views.lists import lists
from welfare.reports.views.programme_forms import forms

__all__ = ["blueprint", "forms", "house_papers", "lists", "papers"]
