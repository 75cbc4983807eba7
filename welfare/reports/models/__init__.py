"""Tables of reports: long lists that the worker draws."""

from welfare.reports.models.lists import DrawnList

__all__ = ["DrawnList"]
