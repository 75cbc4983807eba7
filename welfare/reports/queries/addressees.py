"""Whom letters go to: the people of chosen cases, or of a register of recipients, once each.

Who is not named to the viewer in lists gets no label from them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from welfare.cases.models import Case
from welfare.cases.queries.rights import searchable, visible_to
from welfare.core.db import db
from welfare.core.security.permissions import Viewer
from welfare.households.queries.postal import (
    Destination,
    Unreached,
    destinations,
    unreached,
)
from welfare.reports.kinds import Why
from welfare.reports.queries.recipients import RecipientFilters, recipient_people

MOST = 3000
PORTION = 400


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Somebody to whom no letter goes; ``called``: their name, or the number of the case where the
    viewer is not told whom it is about; empty in a register that names nobody."""

    called: str
    why: Why


@dataclass(frozen=True, slots=True)
class Destinations:
    """Those to whom a letter can go, and who is left out: the dead, who has nothing but a name,
    who is not known, or not named to the viewer."""

    found: tuple[Destination, ...]
    missed: tuple[LeftOut, ...] = ()

    @property
    def left_out(self) -> int:
        """How many get none."""
        return len(self.missed)


def of_cases(numbers: Sequence[str], *, viewer: Viewer) -> Destinations:
    """The people of these cases, in their order."""
    rows = db.session.execute(
        select(Case.number, Case.person_id).where(
            Case.number.in_(list(numbers)[:MOST]), visible_to(viewer), searchable(viewer)
        )
    )
    person_of = {row.number: row.person_id for row in rows}
    return _destinations(
        [(number, person_of.get(number)) for number in dict.fromkeys(numbers)], viewer
    )


def of_register(filters: RecipientFilters, *, viewer: Viewer) -> Destinations:
    """The people of a register, by village, once each."""
    people = dict.fromkeys(recipient_people(filters, viewer))
    return _destinations([("", one) for one in people], viewer)


def _destinations(of: Sequence[tuple[str, int | None]], viewer: Viewer) -> Destinations:
    """``of``: what each stands for, and the person, as far as known."""
    known = list(dict.fromkeys(one for _called, one in of if one is not None))
    found: dict[int, Destination] = {}
    for at in range(0, len(known), PORTION):
        found |= destinations(known[at : at + PORTION], viewer=viewer)
    reached = {one for one in known if one in found and found[one].address}
    others = [one for one in known if one not in reached]
    whom: dict[int, Unreached] = {}
    for at in range(0, len(others), PORTION):
        whom |= unreached(others[at : at + PORTION], viewer=viewer)
    missed = [_left_out(called, one, whom) for called, one in of if one not in reached]
    return Destinations(
        tuple(found[one] for one in known if one in reached), tuple(dict.fromkeys(missed))
    )


def _left_out(called: str, person: int | None, whom: Mapping[int, Unreached]) -> LeftOut:
    one = whom.get(person) if person is not None else None
    if one is None:
        return LeftOut(called, Why.NOBODY)
    return LeftOut(one.name, Why.DEAD if one.dead else Why.NO_ADDRESS)
