"""Deeds of reports: having long lists drawn, taking lists out as spreadsheets."""

from welfare.reports.services.drawing import (
    KEPT,
    begin_list,
    clear_old_lists,
    try_list_again,
    work_on_lists,
)
from welfare.reports.services.sheets import export_recipients

__all__ = [
    "KEPT",
    "begin_list",
    "clear_old_lists",
    "export_recipients",
    "try_list_again",
    "work_on_lists",
]
