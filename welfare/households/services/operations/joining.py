"""Two households become one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from welfare.core.errors import Refused
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Viewer
from welfare.households.kinds import Relation
from welfare.households.models import Household, Membership
from welfare.households.models.changes import ChangeKind
from welfare.households.services.operations.moving import heads_first, settle_in
from welfare.households.services.operations.running import operation
from welfare.households.services.operations.scene import Scene, Seen, set_scene
from welfare.households.services.operations.steps import leave, stand_in_register
from welfare.households.services.operations.succession import Heirs, settle_heads


def join_households(
    *,
    actor: Viewer,
    household_number: str,
    into: str,
    day: date,
    reason: str = "",
    relations: Mapping[str, Relation] | None = None,
    heirs: Heirs | None = None,
    seen: Seen | None = None,
) -> str:
    """Everybody of one household goes into another, with their entries in the house register; the
    first stays in the registry, empty. ``relations``: what each is to the head there."""
    if household_number == into:
        raise Refused(_("Please choose another household."), field="to")
    scene = set_scene(actor, day, households=[household_number, into], seen=seen)
    house, target = scene.house(household_number), scene.house(into)
    everybody = scene.open_of(house)
    if not everybody:
        raise Refused(_("Nobody belongs to this household any more."), field="to")
    told = {
        scene.people[link.person_id].number: (relations or {}).get(
            scene.people[link.person_id].number, Relation.RELATIVE
        )
        for link in everybody
    }
    by_number = {scene.people[link.person_id].number: link for link in everybody}
    with operation(scene, ChangeKind.JOIN, reason) as changes:
        for number, relation in heads_first(told):
            link = by_number[number]
            if link.de_facto:
                settle_in(
                    scene, target, scene.person(number), relation, with_register=link.on_register
                )
            else:
                _take_register_along(scene, link, target)
        settle_heads(scene, heirs or {})
    return changes.number


def _take_register_along(scene: Scene, link: Membership, target: Household) -> None:
    """Who lives elsewhere and only stood in the register of the household that is given up."""
    leave(scene, link)
    person = scene.people[link.person_id]
    if not any(other.household_id == target.id for other in scene.of_person(person)):
        stand_in_register(scene, target, person)
