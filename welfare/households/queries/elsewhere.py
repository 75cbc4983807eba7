"""Whether a number belongs to somebody of the registry whom the viewer may not see."""

from __future__ import annotations

from sqlalchemy import not_, select, union_all

from welfare.core.db import db
from welfare.core.security.permissions import Viewer
from welfare.households.models import Person, PersonIdentifier
from welfare.households.models.keys import identifier_index
from welfare.households.policies import person_in_area


def registered_elsewhere(digits: str | None, *, viewer: Viewer) -> str | None:
    """The registry number of who bears this ID outside the viewer's area, for the audit alone;
    ``None`` where nobody does, or where the viewer may see them. ``digits``: as ``core.thai``
    keeps them."""
    if not digits or viewer.villages is None:
        return None
    index = identifier_index(digits)
    # A union, each half by its index: of an OR both databases make a walk through all people.
    bearers = union_all(
        select(Person.id).where(Person.identifier_index == index),
        select(PersonIdentifier.person_id).where(
            PersonIdentifier.number_index == index, PersonIdentifier.withdrawn_at.is_(None)
        ),
    )
    return db.session.scalar(
        select(Person.number)
        .where(
            Person.id.in_(bearers),
            Person.merged_into_id.is_(None),
            not_(person_in_area(viewer)),
        )
        .limit(1)
    )
