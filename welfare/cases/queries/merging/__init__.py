"""What is read of merges: for the services, for the comparison, for the page of a case."""

from welfare.cases.queries.merging.candidates import Alike
from welfare.cases.queries.merging.comparison import Compared, Comparison, compare
from welfare.cases.queries.merging.journal import (
    MergeReport,
    id_behind,
    later_merge,
    made_since,
    marks,
    merges_of,
)

__all__ = [
    "Alike",
    "Compared",
    "Comparison",
    "MergeReport",
    "compare",
    "id_behind",
    "later_merge",
    "made_since",
    "marks",
    "merges_of",
]
