"""A person's file is put right: a new birth date has to fit those they live with and come from."""

from __future__ import annotations

from sqlalchemy import select

from welfare.core import clock
from welfare.core.db import db
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Viewer
from welfare.households.facts import HealthFacts, PersonFacts
from welfare.households.kinds import ParentKind
from welfare.households.models import Parentage, Person
from welfare.households.services.ages import BEARING, FATHERING, age_of
from welfare.households.services.operations.doubts import ask_back
from welfare.households.services.operations.running import or_nothing
from welfare.households.services.operations.scene import Scene, Seen, name_of, set_scene
from welfare.households.services.persons import edit_person


def correct_person(
    *,
    actor: Viewer,
    number: str,
    version: int,
    facts: PersonFacts,
    health: HealthFacts | None = None,
    name_reason: str = "",
    sure: str = "",
) -> Person:
    """What somebody before a page changes of a person (see ``edit_person``). ``Doubted`` where
    the new birth date can hardly be, beside the ages of relatives."""
    scene = set_scene(actor, clock.today(), people=[number], seen=Seen("", 0, sure))
    person = scene.person(number)
    born = person.birth_date
    with or_nothing():
        edit_person(
            actor=actor, number=number, version=version, facts=facts, health=health,
            name_reason=name_reason,
        )  # fmt: skip
        if person.birth_date is not None and person.birth_date != born:
            scene.touched.add(person.id)
            _look_at_descent(scene, person)
            ask_back(scene)
    return person


def _look_at_descent(scene: Scene, person: Person) -> None:
    """Note the question of a parent of an unlikely age at the birth of a child."""
    rows = db.session.execute(
        select(Parentage.kind, Parentage.parent_id, Parentage.person_id).where(
            (Parentage.person_id == person.id) | (Parentage.parent_id == person.id)
        )
    ).all()
    ids = {one for __, parent, child in rows for one in (parent, child)}
    people = {one.id: one for one in db.session.scalars(select(Person).where(Person.id.in_(ids)))}
    for kind, parent_id, child_id in rows:
        parent, child = people[parent_id], people[child_id]
        years = age_of(parent, child.birth_date) if child.birth_date else None
        likely = BEARING if kind == ParentKind.MOTHER else FATHERING
        if years is not None and years not in likely:
            scene.doubts.append(
                _("%(name)s was %(years)s years old when %(child)s was born. Is that right?",
                  name=name_of(parent), child=name_of(child), years=years)
            )  # fmt: skip
