"""A child is born into a household."""

from __future__ import annotations

from welfare.core.db import db
from welfare.core.errors import Refused
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Viewer
from welfare.households.facts import PersonFacts
from welfare.households.kinds import DatePrecision, ParentKind, Relation, Sex
from welfare.households.models import Parentage, Person
from welfare.households.models.changes import ChangeKind
from welfare.households.services.operations.doubts import doubt_parent
from welfare.households.services.operations.running import operation
from welfare.households.services.operations.scene import Scene, Seen, name_of, set_scene
from welfare.households.services.operations.steps import enter
from welfare.households.services.operations.succession import settle_heads
from welfare.households.services.persons import add_person

BORN_AFTER_FATHERS_DEATH = 310
"""Days within which a child counts as the husband's (Civil and Commercial Code, s. 1536)."""


def record_birth(
    *,
    actor: Viewer,
    household_number: str,
    facts: PersonFacts,
    relation: Relation,
    reason: str = "",
    mother: str | None = None,
    father: str | None = None,
    on_register: bool = True,
    seen: Seen | None = None,
) -> tuple[str, str]:
    """A new person, with their parents as far as known, comes to live in a household on the day of
    birth. The numbers of the change set and of the person."""
    day = facts.birth_date
    if day is None or facts.birth_precision is not DatePrecision.DAY:
        raise Refused(_("Please enter the day of birth."), field="birth_date")
    parents = {ParentKind.MOTHER: mother, ParentKind.FATHER: father}
    known = {kind: number for kind, number in parents.items() if number}
    if mother and mother == father:
        raise Refused(_("Mother and father cannot be the same person."), field="father")
    scene = set_scene(actor, day, households=[household_number], people=known.values(), seen=seen)
    house = scene.house(household_number)
    for kind, number in known.items():
        _must_be_parent(scene, scene.person(number), kind)
        doubt_parent(scene, scene.person(number), kind)
    with operation(scene, ChangeKind.BIRTH, reason) as changes:
        child = add_person(actor=actor, facts=facts)
        scene.people[child.id] = child
        enter(scene, house, child, relation, on_register=on_register)
        db.session.add_all(
            Parentage(person_id=child.id, parent_id=scene.person(number).id, kind=kind)
            for kind, number in known.items()
        )
        settle_heads(scene, {})
    return changes.number, child.number


def _must_be_parent(scene: Scene, parent: Person, kind: ParentKind) -> None:
    born, died = parent.birth_date, parent.deceased_on
    if parent.sex is (Sex.MALE if kind is ParentKind.MOTHER else Sex.FEMALE):
        raise Refused(
            _("%(name)s is noted as of the other sex.", name=name_of(parent)), field=kind.value
        )
    if born is not None and born >= scene.day:
        raise Refused(
            _("%(name)s was born later than this child.", name=name_of(parent)), field=kind.value
        )
    late = 0 if kind is ParentKind.MOTHER else BORN_AFTER_FATHERS_DEATH
    if died is not None and (scene.day - died).days > late:
        raise Refused(
            _("%(name)s had died before this child was born.", name=name_of(parent)),
            field=kind.value,
        )
