"""Two people marry: what they are called, and where they live from then on."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from welfare.core.errors import Refused
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Viewer
from welfare.households.facts import NewName
from welfare.households.kinds import MaritalStatus, Relation
from welfare.households.models import Person
from welfare.households.models.changes import ChangeKind
from welfare.households.services.operations.doubts import doubt_marriage
from welfare.households.services.operations.moving import heads_first, settle_in
from welfare.households.services.operations.running import operation
from welfare.households.services.operations.scene import Scene, Seen, name_of, set_scene
from welfare.households.services.operations.status import note_marital_status
from welfare.households.services.operations.steps import must_have_lived
from welfare.households.services.operations.succession import Heirs, settle_heads
from welfare.households.services.persons import take_name


def marry(
    *,
    actor: Viewer,
    people: tuple[str, str],
    day: date,
    reason: str = "",
    names: Mapping[str, NewName] | None = None,
    home: str | None = None,
    relations: Mapping[str, Relation] | None = None,
    with_register: bool = False,
    heirs: Heirs | None = None,
    seen: Seen | None = None,
) -> str:
    """Two people are married from the day on. ``names``: a new title or surname, by number, which
    goes into the dated names. ``home``: the household in which both live from then on (left out:
    each stays); ``relations``: what who comes there is to its head."""
    first, second = people
    if first == second:
        raise Refused(_("Please choose two different people."), field="partner")
    scene = set_scene(actor, day, households=[home] if home else [], people=people, seen=seen)
    pair = [scene.person(number) for number in people]
    for person in pair:
        must_have_lived(person, day)
        doubt_marriage(scene, person)
        if person.marital_status is MaritalStatus.MARRIED:
            raise Refused(
                _(
                    "%(name)s is noted as married already. Mend that in their file first.",
                    name=name_of(person),
                ),
                field="partner",
            )
    with operation(scene, ChangeKind.MARRIAGE, reason) as changes:
        for person in pair:
            _marry(scene, person, (names or {}).get(person.number))
        if home:
            _move_together(scene, pair, home, relations or {}, with_register=with_register)
        settle_heads(scene, heirs or {}, relations)
    return changes.number


def _marry(scene: Scene, person: Person, name: NewName | None) -> None:
    note_marital_status(scene, person, MaritalStatus.MARRIED)
    if name is not None:
        take_name(
            actor=scene.actor, person=person, title=name.title, last_name=name.last_name,
            day=scene.day, reason=_("Marriage"),
        )  # fmt: skip


def _move_together(
    scene: Scene,
    pair: list[Person],
    home: str,
    relations: Mapping[str, Relation],
    *,
    with_register: bool,
) -> None:
    house = scene.house(home)
    there = {link.person_id for link in scene.living(house)}
    coming = {
        person.number: relations.get(person.number, Relation.SPOUSE)
        for person in pair
        if person.id not in there
    }
    for number, relation in heads_first(coming):
        settle_in(scene, house, scene.person(number), relation, with_register=with_register)
