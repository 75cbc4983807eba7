"""Change of head."""

from __future__ import annotations

from datetime import date

from welfare.core.errors import Refused
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Viewer
from welfare.households.kinds import Relation
from welfare.households.models.changes import ChangeKind
from welfare.households.services.operations.running import operation
from welfare.households.services.operations.scene import Seen, set_scene
from welfare.households.services.operations.succession import Relations, make_head


def change_head(
    *,
    actor: Viewer,
    household_number: str,
    person_number: str,
    day: date,
    reason: str = "",
    relations: Relations | None = None,
    seen: Seen | None = None,
) -> str:
    """Somebody who lives there becomes head; ``relations`` says what the others are to them, by
    the number of the person. The number of the change set."""
    scene = set_scene(actor, day, households=[household_number], seen=seen)
    house = scene.house(household_number)
    heir = scene.member(house, person_number)
    if heir.relation is Relation.HEAD:
        raise Refused(_("This person is head of the household already."), field="new_head")
    with operation(scene, ChangeKind.HEAD, reason) as changes:
        make_head(scene, house, heir, relations)
    return changes.number
