"""Two records of one person, or of one house, become one; and that is taken back."""

from welfare.households.services.merging.houses import merge_houses
from welfare.households.services.merging.outcome import Merged, Ours
from welfare.households.services.merging.people import merge_people
from welfare.households.services.merging.undoing import Restored, undo_merge

__all__ = ["Merged", "Ours", "Restored", "merge_houses", "merge_people", "undo_merge"]
