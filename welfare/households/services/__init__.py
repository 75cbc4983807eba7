"""Verbs on the registry. Keyword-only, ``actor`` first; they flush, the caller commits."""

from welfare.households.services.houses import add_household, edit_household
from welfare.households.services.indexing import index_restored, reindex
from welfare.households.services.members import add_member, edit_membership, end_membership
from welfare.households.services.operations import (
    change_head,
    join_households,
    marry,
    move_in,
    move_out,
    record_birth,
    record_death,
    split_household,
    take_back,
    undo_death,
)
from welfare.households.services.persons import add_person, edit_person, reveal_identifier
from welfare.households.services.writing import texts_of

__all__ = [
    "add_household",
    "add_member",
    "add_person",
    "change_head",
    "edit_household",
    "edit_membership",
    "edit_person",
    "end_membership",
    "index_restored",
    "join_households",
    "marry",
    "move_in",
    "move_out",
    "record_birth",
    "record_death",
    "reindex",
    "reveal_identifier",
    "split_household",
    "take_back",
    "texts_of",
    "undo_death",
]
