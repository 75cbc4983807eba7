"""Reading cases: every question here is answered for a viewer."""

from welfare.cases.queries.casefile import CaseFile, Line, case_file
from welfare.cases.queries.categories import (
    CategoryRow,
    categories,
    category_by_code,
    category_by_id,
    category_words,
)
from welfare.cases.queries.filters import (
    CaseFilters,
    Question,
    Scope,
    Sort,
    month_bounds,
    read_filters,
)
from welfare.cases.queries.help import (
    WaitingRow,
    count_waiting,
    waiting_for,
)
from welfare.cases.queries.kept import forget_kept
from welfare.cases.queries.loading import (
    CaseClock,
    CaseProgress,
    PublicEvent,
    case_id_of,
    clock_of,
    is_visible,
    load_case,
    load_case_by_id,
    lock_case,
    progress_of,
)
from welfare.cases.queries.loans import LoanRow, all_loans, count_out
from welfare.cases.queries.near import NearCase, open_cases_near
from welfare.cases.queries.numbers import Counts, Tally, counts
from welfare.cases.queries.people import (
    StaffName,
    name_of,
    staff_id,
    staff_name,
    staff_with,
    subject_words,
    villages,
    workers,
)
from welfare.cases.queries.pictures import may_see_picture
from welfare.cases.queries.tasks import tasks_held
from welfare.cases.queries.told import NOWHERE, ToldPlace, register_told_places, told_places
from welfare.cases.queries.unhappy import unhappy_count, unhappy_number
from welfare.cases.queries.worklist import CasePage, CaseRow, worklist
from welfare.cases.queries.works import FileRow, HelpRow, TaskRow, Works, works_of

__all__ = [
    "NOWHERE",
    "CaseClock",
    "CaseFile",
    "CaseFilters",
    "CasePage",
    "CaseProgress",
    "CaseRow",
    "CategoryRow",
    "Counts",
    "FileRow",
    "HelpRow",
    "Line",
    "LoanRow",
    "NearCase",
    "PublicEvent",
    "Question",
    "Scope",
    "Sort",
    "StaffName",
    "Tally",
    "TaskRow",
    "ToldPlace",
    "WaitingRow",
    "Works",
    "all_loans",
    "case_file",
    "case_id_of",
    "categories",
    "category_by_code",
    "category_by_id",
    "category_words",
    "clock_of",
    "count_out",
    "count_waiting",
    "counts",
    "forget_kept",
    "is_visible",
    "load_case",
    "load_case_by_id",
    "lock_case",
    "may_see_picture",
    "month_bounds",
    "name_of",
    "open_cases_near",
    "progress_of",
    "read_filters",
    "register_told_places",
    "staff_id",
    "staff_name",
    "staff_with",
    "subject_words",
    "tasks_held",
    "told_places",
    "unhappy_count",
    "unhappy_number",
    "villages",
    "waiting_for",
    "workers",
    "worklist",
    "works_of",
]
