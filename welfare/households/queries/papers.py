"""What official papers about households need to know of them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import Select, false, select

from welfare.core.db import db
from welfare.core.errors import NotFound
from welfare.core.security.permissions import Permission, Viewer
from welfare.households import labels
from welfare.households.models import Household
from welfare.households.policies import in_area
from welfare.households.queries.loading import load_household
from welfare.papers.parts import About


def household_by_number(number: str, viewer: Viewer) -> About:
    """The household with this number; ``NotFound`` when the viewer may not see it."""
    return _about(load_household(number, viewer=viewer), viewer)


def household_by_id(household_id: int, viewer: Viewer) -> About:
    """The same by its id."""
    found = db.session.scalar(
        select(Household).where(Household.id == household_id, Household.id.in_(visible(viewer)))
    )
    if found is None:
        raise NotFound
    return _about(found, viewer)


def _about(house: Household, viewer: Viewer) -> About:
    return About(
        subject="household",
        id=house.id,
        number=house.number,
        title=labels.address(house.house_no, house.village_no, house.lane, house.road),
        url=f"/desk/households/{house.number}",
        may_write=True,
        may_issue=viewer.can(Permission.VIEW_REGISTRY),
    )


def visible(viewer: Viewer) -> Select[Any]:
    """The ids of the households that a viewer may see."""
    seen = in_area(viewer) if viewer.can(Permission.VIEW_REGISTRY) else false()
    return select(Household.id).where(seen)


def household_numbers(ids: Collection[int], viewer: Viewer) -> Mapping[int, str]:
    """The numbers of those of these households that a viewer may see."""
    rows = db.session.execute(
        select(Household.id, Household.number).where(
            Household.id.in_(ids), Household.id.in_(visible(viewer))
        )
    )
    return {row.id: row.number for row in rows}
