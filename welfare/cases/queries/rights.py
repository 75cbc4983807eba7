"""The rules of access to cases, for the domains above that build on them."""

from welfare.cases.policies import Seen as CaseSeen
from welfare.cases.policies import (
    can_edit,
    can_move,
    can_see,
    hidden_levels,
    rights_to_read,
    searchable,
    sees_names,
    visible_to,
)

__all__ = [
    "CaseSeen",
    "can_edit",
    "can_move",
    "can_see",
    "hidden_levels",
    "rights_to_read",
    "searchable",
    "sees_names",
    "visible_to",
]
