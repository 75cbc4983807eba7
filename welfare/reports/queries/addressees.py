"""Whom letters go to: the people of chosen cases, or of a register of recipients, once each.

Who is not named to the viewer in lists gets no label from them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from welfare.cases.models import Case
from welfare.cases.queries.rights import searchable, visible_to
from welfare.core.db import db
from welfare.core.security.permissions import Viewer
from welfare.households.queries.postal import Destination, destinations
from welfare.reports.queries.recipients import RecipientFilters, recipient_people

MOST = 3000
PORTION = 400


@dataclass(frozen=True, slots=True)
class Destinations:
    """Those to whom a letter can go, and how many are left out: nobody known, nothing but a name,
    or not named to the viewer."""

    found: tuple[Destination, ...]
    left_out: int


def of_cases(numbers: Sequence[str], *, viewer: Viewer) -> Destinations:
    """The people of these cases, in their order."""
    rows = db.session.execute(
        select(Case.number, Case.person_id).where(
            Case.number.in_(list(numbers)[:MOST]), visible_to(viewer), searchable(viewer)
        )
    )
    person_of = {row.number: row.person_id for row in rows}
    ids = [person_of.get(number) for number in dict.fromkeys(numbers)]
    return _destinations(ids, viewer)


def of_register(filters: RecipientFilters, *, viewer: Viewer) -> Destinations:
    """The people of a register, by village, once each."""
    return _destinations(recipient_people(filters, viewer), viewer)


def _destinations(ids: Iterable[int | None], viewer: Viewer) -> Destinations:
    wanted = list(dict.fromkeys(ids))
    known = [one for one in wanted if one is not None]
    found: dict[int, Destination] = {}
    for at in range(0, len(known), PORTION):
        found |= destinations(known[at : at + PORTION], viewer=viewer)
    made = [found[one] for one in known if one in found and found[one].address]
    return Destinations(tuple(made), len(wanted) - len(made))
