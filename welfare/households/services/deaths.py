"""Death as a dated fact of a person, beside the day in their file."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from welfare.core import clock
from welfare.core.db import db
from welfare.core.security.permissions import Viewer
from welfare.households.kinds import FactKind, FactSource
from welfare.households.models import Person, PersonFact


def note_death(
    actor: Viewer,
    person: Person,
    day: date,
    *,
    source: FactSource = FactSource.FILE,
    source_note: str = "",
) -> None:
    """The death of a loaded, locked person, and how the office knows."""
    db.session.add(
        PersonFact(
            person_id=person.id,
            kind=FactKind.DEATH,
            from_day=day,
            code="",
            source=source,
            source_note=source_note or None,
            recorded_at=clock.now(),
            recorded_by_id=actor.user_id or None,
        )
    )


def take_back_death(actor: Viewer, person: Person, reason: str) -> None:
    """Withdraw what was noted of a death; the history keeps it."""
    for fact in db.session.scalars(
        select(PersonFact).where(
            PersonFact.person_id == person.id,
            PersonFact.kind == FactKind.DEATH,
            PersonFact.withdrawn_at.is_(None),
        )
    ):
        fact.withdrawn_at = clock.now()
        fact.withdrawn_by_id = actor.user_id or None
        fact.withdrawn_reason = reason
