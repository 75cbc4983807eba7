"""Cases stay findable by the present name of the person and the present address of the house."""

from __future__ import annotations

from sqlalchemy import select, update

from welfare.cases.models import Case
from welfare.cases.queries.people import subject_words
from welfare.core.db import db
from welfare.core.thai.text import search_key


def follow_new_words(
    *, person_id: int | None = None, household_id: int | None = None, before: str, after: str
) -> None:
    """Put the new search words of a person or a house into the cases about them.

    Follows an edit in the registry, in its transaction. The line of the subject is exchanged,
    or added where there is none; versions stay, so that nobody's open form is refused for it.
    """
    which = Case.person_id == person_id if person_id is not None else (
        Case.household_id == household_id
    )  # fmt: skip
    rows = db.session.execute(
        select(Case.id, Case.person_id, Case.household_id, Case.search_text)
        .where(which)
        .order_by(Case.id)
        .with_for_update()
    ).all()
    for row in rows:
        subject = subject_words(household_id=row.household_id, person_id=row.person_id)
        was = _as_it_was(row.person_id, row.household_id, person_id, before)
        db.session.execute(
            update(Case)
            .where(Case.id == row.id)
            .values(search_text=_exchanged(row.search_text, was, subject or search_key(after)))
        )


def _as_it_was(
    person: int | None, household: int | None, changed_person: int | None, before: str
) -> str:
    """The subject's line before the change: one half of it was another."""
    if changed_person is not None:
        house = subject_words(household_id=household, person_id=None)
        return search_key(f"{before} {house}")
    name = subject_words(household_id=None, person_id=person)
    return search_key(f"{name} {before}")


def _exchanged(search_text: str, was: str, now: str) -> str:
    lines = search_text.split("\n")
    if was in lines:
        return "\n".join(now if line == was else line for line in lines)
    return search_text if now in search_text else f"{search_text}\n{now}"
