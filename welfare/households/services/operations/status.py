"""Marital status as operations bring it about: a dated fact, and the column that repeats it."""

from __future__ import annotations

from welfare.core import audit, clock
from welfare.core.db import db
from welfare.households.kinds import FactKind, FactSource, MaritalStatus, Relation
from welfare.households.models import Person, PersonFact
from welfare.households.services.operations.scene import Scene
from welfare.households.services.projecting import before_facts, project


def note_marital_status(scene: Scene, person: Person, status: MaritalStatus) -> None:
    """From the day of the operation on."""
    before_facts(person, FactKind.MARITAL)
    db.session.add(
        PersonFact(
            person_id=person.id, kind=FactKind.MARITAL, code=status.value,
            from_day=scene.day, source=FactSource.FILE, recorded_at=clock.now(),
            recorded_by_id=scene.actor.user_id or None,
        )
    )  # fmt: skip
    project(person, FactKind.MARITAL)
    person.updated_at = clock.now()
    audit.record(scene.actor, "person.edited", "person", person.number, audit.changes_of(person))
    db.session.flush()


def left_widowed(scene: Scene, person: Person) -> Person | None:
    """Who is widowed when this person dies: the one husband or wife of the household, where they
    are noted as married. Ask before anybody leaves."""
    found: set[int] = set()
    for link in scene.of_person(person):
        other = {Relation.HEAD: Relation.SPOUSE, Relation.SPOUSE: Relation.HEAD}.get(link.relation)
        living = scene.living(scene.houses[link.household_id])
        found |= {one.person_id for one in living if other and one.relation == other}
    partners = [scene.people[one] for one in found]
    if len(partners) != 1 or partners[0].marital_status != MaritalStatus.MARRIED:
        return None
    return partners[0]
