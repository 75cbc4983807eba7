"""Making the tables of the search anew, and letting them follow what goes past the session."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select

from welfare.core.db import db
from welfare.households.models import Membership
from welfare.households.models.finding import index_everything, index_houses, index_people
from welfare.households.services.undoing import after_restoring


def reindex() -> tuple[int, int]:
    """Fill the tables of the search anew; how many people and houses. The caller commits.

    Needed when the rules of spelling or sound have changed, or after the registry was written past
    the program. Searching goes on meanwhile with what was there.
    """
    db.session.flush()
    return index_everything(db.session.connection())


def index_restored(people: Collection[int], households: Collection[int]) -> None:
    """Follow rows of people, names, memberships and houses that were written past the session."""
    connection = db.session.connection()
    lived = connection.scalars(
        select(Membership.person_id).where(Membership.household_id.in_(sorted(households)))
    )
    index_people(connection, {*people, *lived})
    index_houses(connection, households)


after_restoring(index_restored)
