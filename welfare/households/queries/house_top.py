"""The head of a page beneath a house: which one it is, and whether the viewer may change it."""

from __future__ import annotations

from dataclasses import dataclass

from welfare.core.security.permissions import Viewer
from welfare.households import labels, policies
from welfare.households.queries.loading import load_household


@dataclass(frozen=True, slots=True)
class HouseTop:
    """One house in a line."""

    id: int
    number: str
    address: str
    may_edit: bool


def house_top(number: str, *, viewer: Viewer) -> HouseTop:
    """The house of this number, in one statement; ``NotFound`` outside the viewer's area."""
    house = load_household(number, viewer=viewer)
    return HouseTop(
        id=house.id,
        number=house.number,
        address=labels.address(house.house_no, house.village_no, house.lane, house.road),
        may_edit=policies.can_edit(viewer, house.village_no),
    )
