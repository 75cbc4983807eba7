"""The Barthel index taken at a visit, for whoever may read it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from welfare.core.db import db
from welfare.core.security.permissions import Permission, Viewer
from welfare.dispatch.models import Visit
from welfare.households.barthel import GROUP_WORDS, group_of
from welfare.households.models import Person, PersonFact


@dataclass(frozen=True, slots=True)
class Adl:
    """Points of twenty, the group in words, and the person's number in the registry."""

    score: int
    group: str
    person: str


def adl_of(number: str, worker_id: int, *, viewer: Viewer) -> Adl | None:
    """What was taken at a visit that the viewer may see: for its worker, and by right."""
    if viewer.user_id != worker_id and not viewer.can(Permission.VIEW_RESTRICTED):
        return None
    row = db.session.execute(
        select(PersonFact.score, Person.number)
        .join(Visit, Visit.adl_fact_id == PersonFact.id)
        .join(Person, Person.id == PersonFact.person_id)
        .where(Visit.number == number, PersonFact.withdrawn_at.is_(None))
    ).first()
    if row is None or row.score is None:
        return None
    return Adl(row.score, str(GROUP_WORDS[group_of(row.score)]), row.number)


def person_number(person_id: int) -> str:
    """The number in the registry of the person whom a visited case is about."""
    return db.session.scalars(select(Person.number).where(Person.id == person_id)).one()
