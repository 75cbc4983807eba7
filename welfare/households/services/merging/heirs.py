"""Who is head of a household that loses its head by a merge."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from sqlalchemy import select

from welfare.core import clock
from welfare.core.db import db
from welfare.core.errors import Refused
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Viewer
from welfare.households import policies
from welfare.households.kinds import NOBODY
from welfare.households.models import Household, Membership
from welfare.households.services.operations.invariants import without_head
from welfare.households.services.operations.scene import set_scene
from welfare.households.services.operations.succession import make_head


def must_cover_all(actor: Viewer, links: Iterable[Membership]) -> None:
    """``Refused`` where somebody belongs to a household outside the area of who merges."""
    houses = {link.household_id for link in links if link.to_day is None}
    villages = db.session.scalars(select(Household.village_no).where(Household.id.in_(houses)))
    if not all(policies.can_edit(actor, village_no) for village_no in villages):
        raise Refused(
            _("They also belong to a household outside your area. Ask who looks after it.")
        )


def said_headless(houses: Collection[int], heirs: Mapping[str, str]) -> set[int]:
    """Those of these households without a head for which it was said that there is none."""
    rows = db.session.execute(
        select(Household.id, Household.number).where(Household.id.in_(without_head(houses)))
    )
    return {row.id for row in rows if heirs.get(row.number) == NOBODY}


def settle_heirs(actor: Viewer, houses: Collection[int], heirs: Mapping[str, str]) -> None:
    """Give each of these households that has lost its head the one that was chosen."""
    for house_id in sorted(without_head(houses)):
        house = db.session.get_one(Household, house_id)
        heir = heirs.get(house.number, "")
        if heir == NOBODY:
            continue
        if not heir:
            raise Refused(
                _("Please say who becomes head of the household %(number)s.", number=house.number),
                field="new_head",
            )
        scene = set_scene(actor, clock.today(), households=[house.number])
        make_head(scene, house, scene.member(house, heir))
