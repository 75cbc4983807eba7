"""Making one case of two, and two again."""

from welfare.cases.services.merging.apart import say_apart
from welfare.cases.services.merging.choosing import Chosen, Side
from welfare.cases.services.merging.joining import Pair, merge_cases
from welfare.cases.services.merging.parting import undo_merge

__all__ = ["Chosen", "Pair", "Side", "merge_cases", "say_apart", "undo_merge"]
