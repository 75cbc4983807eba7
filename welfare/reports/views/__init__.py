"""The manager's first page and the papers that join several domains."""

from welfare.reports.views.casereport import papers
from welfare.reports.views.figures import blueprint

__all__ = ["blueprint", "papers"]
