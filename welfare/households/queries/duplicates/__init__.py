"""Reading what may stand twice: candidates for what comes in, pairs, the queue, a pair's page."""

from welfare.households.queries.duplicates.incoming import (
    Candidate,
    candidates_for,
    house_candidates_for,
)
from welfare.households.queries.duplicates.records import house_traits_of_facts, traits_of_facts

__all__ = [
    "Candidate",
    "candidates_for",
    "house_candidates_for",
    "house_traits_of_facts",
    "traits_of_facts",
]
