"""People move: into a household, out of one, away."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

from welfare.core.errors import Refused
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Viewer
from welfare.households.kinds import Relation
from welfare.households.models import Household, Person
from welfare.households.models.changes import ChangeKind
from welfare.households.services.operations.running import operation
from welfare.households.services.operations.scene import Scene, Seen, set_scene
from welfare.households.services.operations.steps import enter, leave
from welfare.households.services.operations.succession import Heirs, Relations, settle_heads


def move_in(
    *,
    actor: Viewer,
    household_number: str,
    people: Mapping[str, Relation],
    day: date,
    reason: str = "",
    with_register: bool = True,
    heirs: Heirs | None = None,
    told: Relations | None = None,
    seen: Seen | None = None,
) -> str:
    """People come to live in a household, from another of ours or from outside; ``people``: by
    number, what each is to its head. ``heirs`` says who becomes head where a head has left, and
    ``told`` what those who stay there are to them."""
    scene = set_scene(actor, day, households=[household_number], people=people, seen=seen)
    house = scene.house(household_number)
    with operation(scene, ChangeKind.MOVE_IN, reason) as changes:
        for number, relation in heads_first(people):
            settle_in(scene, house, scene.person(number), relation, with_register=with_register)
        settle_heads(scene, heirs or {}, told)
    return changes.number


def move_out(
    *,
    actor: Viewer,
    household_number: str,
    people: Collection[str],
    day: date,
    reason: str = "",
    to: str | None = None,
    relations: Mapping[str, Relation] | None = None,
    destination: str = "",
    with_register: bool = True,
    heirs: Heirs | None = None,
    told: Relations | None = None,
    seen: Seen | None = None,
) -> str:
    """Members leave a household: for another of ours (``to``, with what they are to its head), or
    away (``destination`` in words). Who goes away stays in the registry, without a household.
    ``told``: what those who stay are to the new head."""
    must_choose(people)
    if to == household_number:
        raise Refused(_("This is the household they live in."), field="to")
    named = [household_number] + ([to] if to else [])
    scene = set_scene(actor, day, households=named, people=people, seen=seen)
    house = scene.house(household_number)
    leaving = {number: scene.member(house, number) for number in people}
    with operation(scene, ChangeKind.MOVE_OUT, reason) as changes:
        if to:
            coming = {number: (relations or {}).get(number, Relation.OTHER) for number in leaving}
            for number, relation in heads_first(coming):
                settle_in(
                    scene, scene.house(to), scene.person(number), relation,
                    with_register=with_register,
                )  # fmt: skip
        else:
            for link in leaving.values():
                leave(scene, link, note=destination, keep_register=not with_register)
        settle_heads(scene, heirs or {}, told)
    return changes.number


def settle_in(
    scene: Scene, house: Household, person: Person, relation: Relation, *, with_register: bool
) -> None:
    """Somebody leaves where they lived and comes to live here; their entry in a house register
    comes along (``with_register``) or stays where it is."""
    registered_here = False
    for link in scene.of_person(person):
        if link.household_id == house.id and link.de_facto:
            raise Refused(_("This person is already a member of this household."), field="people")
        if link.household_id == house.id:
            registered_here = True
            leave(scene, link)
        elif link.de_facto:
            leave(scene, link, keep_register=not with_register)
        elif with_register:
            leave(scene, link)
    if relation is Relation.HEAD and scene.head(house) is not None:
        raise Refused(
            _("This household has a head. Record a change of head first."), field="relation"
        )
    enter(scene, house, person, relation, on_register=with_register or registered_here)


def must_choose(people: Collection[str]) -> None:
    """``Refused`` where nobody was chosen."""
    if not people:
        raise Refused(_("Please choose at least one person."), field="people")


def heads_first(people: Mapping[str, Relation]) -> list[tuple[str, Relation]]:
    """The head comes before the others."""
    return sorted(people.items(), key=lambda one: one[1] is not Relation.HEAD)
