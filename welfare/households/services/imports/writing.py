"""The one transaction of an import: it only writes what was put together before."""

from __future__ import annotations

from sqlalchemy import Connection, select, update

from welfare.core import audit
from welfare.core.db import db
from welfare.core.security.permissions import Viewer
from welfare.households.models import ImportRow, Membership
from welfare.households.models.finding import index_houses, index_people
from welfare.households.parts import tell_new_words
from welfare.households.services.imports.composing import Composing
from welfare.households.services.imports.noting import chunks
from welfare.households.services.imports.spool import Batch, Raced
from welfare.households.services.recording import Recording

OUTCOMES = 1000


def write(composed: Composing, changes: Recording, actor: Viewer) -> None:
    """Write everything inside the change set. ``Raced`` when somebody has written meanwhile what
    this was put together from; the caller rolls back and begins anew."""
    connection = db.session.connection()
    composed.notes.identities.confirm(connection)
    for batch in composed.notes.spool:
        run(connection, batch, changes.id)
    for column, before, after, row_id in composed.follows:
        person = column == "person_id"
        tell_new_words(
            before,
            after,
            person_id=row_id if person else None,
            household_id=None if person else row_id,
        )
    words = composed.words
    people = words.people | _people_of(connection, words.moved_houses)
    index_people(connection, people, learned=words.names)
    index_houses(connection, words.houses)
    for said in composed.said:
        audit.record(actor, said.action, said.kind, said.number, said.details)


def run(connection: Connection, batch: Batch, set_id: int) -> None:
    """One statement over its rows. ``Raced`` when a row it must meet has been saved meanwhile."""
    rows = [(set_id, *row) for row in batch.rows] if batch.of_set else batch.rows
    done = connection.exec_driver_sql(batch.sql, rows)
    if batch.exact and done.rowcount != len(rows):
        raise Raced


def _people_of(connection: Connection, houses: set[int]) -> set[int]:
    found: set[int] = set()
    for chunk in chunks(sorted(houses)):
        rows = select(Membership.person_id).where(Membership.household_id.in_(chunk))
        found.update(connection.scalars(rows))
    return found


def note_outcomes(outcomes: dict[str, list[int]]) -> None:
    """Why each of the others did not go in; those applied say so themselves."""
    for outcome, ids in outcomes.items():
        if outcome == "applied":
            continue
        for chunk in chunks(ids, OUTCOMES):
            db.session.execute(
                update(ImportRow).where(ImportRow.id.in_(chunk)).values(outcome=outcome),
                execution_options={"synchronize_session": False},
            )
