"""Reading cases: every question here is answered for a viewer."""

from welfare.cases.queries.categories import (
    CategoryRow,
    categories,
    category_by_code,
    category_by_id,
    category_words,
)
from welfare.cases.queries.filters import CaseFilters, Question, Scope, Sort, read_filters
from welfare.cases.queries.kept import forget_kept
from welfare.cases.queries.loading import (
    CaseClock,
    CaseProgress,
    PublicEvent,
    case_id_of,
    clock_of,
    load_case,
    load_case_by_id,
    progress_of,
)
from welfare.cases.queries.near import NearCase, open_cases_near
from welfare.cases.queries.numbers import Counts, Tally, counts
from welfare.cases.queries.people import StaffName, staff_with, subject_words, workers
from welfare.cases.queries.worklist import CasePage, CaseRow, worklist

__all__ = [
    "CaseClock",
    "CaseFilters",
    "CasePage",
    "CaseProgress",
    "CaseRow",
    "CategoryRow",
    "Counts",
    "NearCase",
    "PublicEvent",
    "Question",
    "Scope",
    "Sort",
    "StaffName",
    "Tally",
    "case_id_of",
    "categories",
    "category_by_code",
    "category_by_id",
    "category_words",
    "clock_of",
    "counts",
    "forget_kept",
    "load_case",
    "load_case_by_id",
    "open_cases_near",
    "progress_of",
    "read_filters",
    "staff_with",
    "subject_words",
    "workers",
    "worklist",
]
