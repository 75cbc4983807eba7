"""Some members of a household become one of their own."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date

from welfare.core.errors import Refused
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Viewer
from welfare.households.facts import HouseholdFacts
from welfare.households.kinds import Relation
from welfare.households.models import Household, Membership
from welfare.households.models.changes import ChangeKind
from welfare.households.queries.kinship import kin_of
from welfare.households.queries.values import household_facts
from welfare.households.services.houses import add_household
from welfare.households.services.operations.moving import must_choose
from welfare.households.services.operations.retelling import Standing, retold
from welfare.households.services.operations.running import operation
from welfare.households.services.operations.scene import Scene, Seen, set_scene
from welfare.households.services.operations.steps import enter, leave
from welfare.households.services.operations.succession import Heirs, Relations, settle_heads


def split_household(
    *,
    actor: Viewer,
    household_number: str,
    people: Collection[str],
    head: str,
    day: date,
    reason: str = "",
    house: HouseholdFacts | None = None,
    with_register: bool = False,
    relations: Relations | None = None,
    heirs: Heirs | None = None,
    seen: Seen | None = None,
) -> tuple[str, str]:
    """``people`` become a new household with ``head``, in a ``house`` of its own or, left out, in
    the same house. ``relations``: what those who go are to their head, and those who stay to
    theirs, where that changes. The numbers of the change set and of the new household."""
    must_choose(people)
    if head not in people:
        raise Refused(_("The head of the new household must be one of those who go."), field="head")
    scene = set_scene(actor, day, households=[household_number], people=people, seen=seen)
    old = scene.house(household_number)
    leaving = {number: scene.member(old, number) for number in people}
    if len(leaving) == len(scene.living(old)):
        raise Refused(
            _("Somebody must stay. If all of them go, record that they moved."), field="people"
        )
    follows = _told(leaving, head)
    told = {number: (relations or {}).get(number) or one for number, one in follows.items()}
    with operation(scene, ChangeKind.SPLIT, reason) as changes:
        new = add_household(actor=actor, facts=house or same_house(old))
        scene.houses[new.id] = new
        for number in [head, *(number for number in leaving if number != head)]:
            _go(scene, leaving[number], new, told[number], with_register=with_register)
        settle_heads(scene, heirs or {}, relations)
    return changes.number, new.number


def same_house(house: Household) -> HouseholdFacts:
    """Where the new household lives when it stays: the house, without what belongs to the old
    household alone (its code, income, debts, notes)."""
    return replace(
        household_facts(house), house_code=None, monthly_income=None, debts=None, notes=""
    )


def _told(leaving: dict[str, Membership], head: str) -> dict[str, Relation]:
    """What each is to the head of the new household, as far as it follows; else a relative."""
    was = Standing(leaving[head].person_id, leaving[head].relation)
    kin = kin_of([link.person_id for link in leaving.values()])
    found = {
        number: retold(was, Standing(link.person_id, link.relation), kin) or Relation.RELATIVE
        for number, link in leaving.items()
    }
    return found | {head: Relation.HEAD}


def _go(
    scene: Scene, link: Membership, to: Household, relation: Relation, *, with_register: bool
) -> None:
    registered = link.on_register and with_register
    leave(scene, link, keep_register=not with_register)
    enter(scene, to, scene.people[link.person_id], relation, on_register=registered)
