"""Whom a rule tells of a case; and when it cannot, why, and who is told instead."""

from __future__ import annotations

from collections.abc import Sequence

from welfare.cases.kinds import Channel, Fault, Told
from welfare.cases.parts import reaches
from welfare.cases.policies import Seen, can_see
from welfare.core.security.permissions import Role, Viewer

FALLBACK = (Role.OFFICER, Role.MANAGER)
"""Who is told when a rule cannot do as it says: the first of these who may see the case."""


def recipients(
    told: Told, channel: Channel, case: Seen, people: Sequence[Viewer]
) -> tuple[list[Viewer], Fault | None]:
    """Who is told: those whom the rule names, or the officers and the reason why not those.

    Nobody is told of a case that they may not see.
    """
    named = _named(told, case, people)
    fault = _fault(told, named, case)
    found = [person for person in named if can_see(person, case)]
    if fault is None and not any(reaches(channel, person.user_id) for person in found):
        fault = Fault.CHANNEL
    if fault is None:
        return found, None
    instead = fallback(case, people)
    known = {person.user_id for person in found}
    every = [*found, *(person for person in instead if person.user_id not in known)]
    return every, fault if every else Fault.NO_ONE_AT_ALL


def fallback(case: Seen, people: Sequence[Viewer]) -> list[Viewer]:
    """The officers who may see a case; where there are none, the managers."""
    for role in FALLBACK:
        found = [person for person in people if role in person.roles and can_see(person, case)]
        if found:
            return found
    return []


def _named(told: Told, case: Seen, people: Sequence[Viewer]) -> list[Viewer]:
    if told is Told.OWNER:
        return [person for person in people if person.user_id == case.assignee_id]
    return [person for person in people if told.value in person.roles]


def _fault(told: Told, named: list[Viewer], case: Seen) -> Fault | None:
    if not named:
        return Fault.NO_OWNER if told is Told.OWNER else Fault.NOBODY
    return None if any(can_see(person, case) for person in named) else Fault.MAY_NOT_SEE
