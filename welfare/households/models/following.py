"""The tables of the search follow what is written through a session, whoever writes it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import event, inspect, select
from sqlalchemy.orm import Session, UOWTransaction

from welfare.households.models.finding import index_houses, index_people
from welfare.households.models.household import Household
from welfare.households.models.membership import Membership
from welfare.households.models.person import Person, PersonName
from welfare.households.models.phones import PersonPhone

WATCHED: dict[type[Any], frozenset[str]] = {
    Person: frozenset({"first_name", "middle_name", "last_name", "phone", "merged_into_id"}),
    PersonName: frozenset({"person_id", "first_name", "middle_name", "last_name"}),
    PersonPhone: frozenset({"person_id", "phone"}),
    Membership: frozenset({"person_id", "household_id", "to_day"}),
    Household: frozenset({"house_no", "search_key", "village_no", "merged_into_id"}),
}
"""By what people and houses are found, and from where they may be seen."""


@event.listens_for(Session, "after_flush")
def follow(session: Session, _context: UOWTransaction) -> None:
    """Index anew who and what this flush has changed, in its transaction."""
    people: set[int] = set()
    houses: set[int] = set()
    moved: set[int] = set()
    for record in (*session.new, *session.dirty, *session.deleted):
        watched = WATCHED.get(type(record))
        if watched is None or not _concerns(session, record, watched):
            continue
        if isinstance(record, Person):
            people.add(record.id)
        elif isinstance(record, Household):
            houses.add(record.id)
            if record not in session.new and _changed(record, {"village_no", "merged_into_id"}):
                moved.add(record.id)
        else:
            people.update(_values(record, "person_id"))
    if moved:
        people.update(
            session.connection().scalars(
                select(Membership.person_id).where(Membership.household_id.in_(sorted(moved)))
            )
        )
    if people:
        index_people(session.connection(), people)
    if houses:
        index_houses(session.connection(), houses)


def _concerns(session: Session, record: Any, watched: frozenset[str]) -> bool:
    return record in session.new or record in session.deleted or _changed(record, watched)


def _changed(record: Any, names: set[str] | frozenset[str]) -> bool:
    state = inspect(record)
    return any(
        state.attrs[name].history.has_changes() for name in names if name in state.mapper.attrs
    )


def _values(record: Any, name: str) -> set[int]:
    """The present value and, where it was changed, the one before."""
    history = inspect(record).attrs[name].history
    return {value for value in (*history.added, *history.unchanged, *history.deleted) if value}
