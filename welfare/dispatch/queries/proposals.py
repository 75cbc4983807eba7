"""Who is proposed first by a rule: pure questions, asked of plain values.

The narrowest rule that fits speaks first. One that cannot speak says why, and the next is asked.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

import structlog

from welfare.cases.kinds import Fault
from welfare.cases.workflow import Priority
from welfare.core.security.permissions import Role
from welfare.dispatch.queries.crew import Member
from welfare.dispatch.workflow import Target

log = structlog.get_logger()


class Routable(Protocol):
    """What rules ask of a case."""

    @property
    def category_id(self) -> int:
        """The kind of trouble."""

    @property
    def village_no(self) -> int | None:
        """หมู่ที่, where known."""

    @property
    def priority(self) -> Priority:
        """How urgent it is."""


@dataclass(frozen=True, slots=True)
class RoutingRow:
    """One rule as plain values; ``None`` among the first three: whatever it is."""

    id: int
    version: int
    name: str
    category_id: int | None
    village_no: int | None
    priority: Priority | None
    target: Target
    worker_id: int | None
    skill: str | None
    role: Role | None
    reason: str
    effective_from: date
    effective_to: date | None
    active: bool

    @property
    def key(self) -> str:
        """Its name among all rules."""
        return f"routing:{self.id}"

    @property
    def narrow(self) -> int:
        """How much it asks of a case."""
        return sum(one is not None for one in (self.category_id, self.village_no, self.priority))

    def over(self, day: date) -> bool:
        """Whether its last day has passed."""
        return self.effective_to is not None and self.effective_to < day

    def holds(self, day: date) -> bool:
        """Whether it is in use on a day."""
        return self.active and self.effective_from <= day and not self.over(day)

    def fits(self, case: Routable) -> bool:
        """Whether it speaks of a case."""
        return (
            self.category_id in (None, case.category_id)
            and self.village_no in (None, case.village_no)
            and self.priority in (None, case.priority)
        )


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the rules say of a case: who is proposed first, and which rule could not speak."""

    rule: RoutingRow | None = None
    workers: frozenset[int] = frozenset()
    could_not: tuple[tuple[RoutingRow, Fault], ...] = ()


NOTHING = Proposal()


def proposal_for(
    case: Routable,
    *,
    rules: Sequence[RoutingRow],
    members: Sequence[Member],
    barred: Callable[[Member], bool],
    day: date,
) -> Proposal:
    """The narrowest rule that holds, fits and finds somebody; nobody, where none does.

    Never raises: a rule that fails is one that could not speak.
    """
    could_not: list[tuple[RoutingRow, Fault]] = []
    fitting = [rule for rule in rules if rule.holds(day) and rule.fits(case)]
    for rule in sorted(fitting, key=lambda one: (-one.narrow, one.id)):
        try:
            found = named(rule, members, day)
            if isinstance(found, Fault):
                could_not.append((rule, found))
                continue
            free = frozenset(one.id for one in found if not barred(one))
        except Exception as error:
            log.error("routing rule", rule_id=rule.id, kind=type(error).__name__)
            could_not.append((rule, Fault.BROKEN))
            continue
        if free:
            return Proposal(rule, free, tuple(could_not))
        could_not.append((rule, Fault.NOT_ALLOWED))
    return Proposal(None, frozenset(), tuple(could_not)) if could_not else NOTHING


def named(rule: RoutingRow, members: Sequence[Member], day: date) -> list[Member] | Fault:
    """Those whom a rule names and who are there on a day, or why there is nobody."""
    if rule.target is Target.WORKER:
        found, lack = [one for one in members if one.id == rule.worker_id], Fault.WORKER_GONE
    elif rule.target is Target.SKILL:
        found, lack = [one for one in members if rule.skill in one.skills], Fault.NO_SKILL
    else:
        found, lack = [one for one in members if rule.role in one.roles], Fault.NOBODY
    if not found:
        return lack
    here = [one for one in found if one.away_on(day) is None]
    return here or Fault.WORKER_AWAY


def now_wrong(
    rule: RoutingRow,
    members: Sequence[Member],
    day: date,
    *,
    retired: Collection[int],
    villages: Collection[int],
) -> Fault | None:
    """What would keep a rule from proposing anybody if a case came now."""
    if rule.over(day):
        return Fault.OVER
    if rule.category_id in retired:
        return Fault.CATEGORY_RETIRED
    if rule.village_no is not None and rule.village_no not in villages:
        return Fault.VILLAGE_UNKNOWN
    found = named(rule, members, day)
    if isinstance(found, Fault):
        return found
    return None if any(one.covers(rule.village_no) for one in found) else Fault.NOT_ALLOWED
