"""A second worker for visits that nobody may make alone: chosen by somebody, or proposed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from welfare.core import clock
from welfare.core.errors import Refused
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Viewer
from welfare.dispatch.policies import as_dispatcher
from welfare.dispatch.queries.loading import current_assignment
from welfare.dispatch.queries.ranking import rank
from welfare.dispatch.queries.seconds import busy_at, may_go_along, second_among

if TYPE_CHECKING:
    from welfare.cases.models import Case
    from welfare.dispatch.models import Visit

NOBODY = 0
"""Chosen in so many words; nothing chosen (``None``) lets the program propose."""


@dataclass(frozen=True, slots=True)
class When:
    """The day of a visit and its hour (``HH:MM`` or empty)."""

    day: date
    hour: str = ""


def second_for(
    *,
    actor: Viewer,
    case: Case,
    worker_id: int,
    chosen: int | None = None,
    when: When | None = None,
    first: int | None = None,
) -> int | None:
    """Who goes along with a worker of a case: the one chosen (``Refused`` for who may not or is
    away), else the proposal where two must go (``first`` before others), else nobody."""
    if chosen == NOBODY:
        return None
    found = rank([case.number], viewer=as_dispatcher(actor))
    ranked = {one.member.id: one for one in found[0].ranked} if found else {}
    leader = ranked.get(worker_id)
    if leader is None:
        return None
    when = when or When(clock.today())
    fit = {one.member.id: one.member for one in ranked.values() if one.allowed}
    if chosen is not None:
        other = fit.get(chosen)
        if other is None or not may_go_along(leader.member, other, when.day):
            raise Refused(
                _("This worker cannot go along. Please choose somebody else."), field="companion"
            )
        return chosen
    if not leader.pair:
        return None
    order = sorted(fit.values(), key=lambda one: one.id != first)
    busy = busy_at(when.day, when.hour)
    second = second_among(leader.member, order, when.day, busy)
    return second.id if second is not None else None


def second_of_visit(
    *, actor: Viewer, case: Case, worker_id: int, chosen: int | None, when: When
) -> int | None:
    """Who goes along on a visit: as chosen, else whom the offer named, else the proposal."""
    current = current_assignment(case)
    first = current.companion_id if current and current.worker_id == worker_id else None
    return second_for(
        actor=actor, case=case, worker_id=worker_id, chosen=chosen, when=when, first=first
    )


def pass_visit(actor: Viewer, case: Case, visit: Visit, worker_id: int) -> None:
    """Give a planned visit to another worker: nobody goes along with themselves, and where two
    must go, somebody does."""
    second = visit.companion_id
    if second in (None, worker_id):
        when = When(visit.planned_on, visit.planned_time)
        second = second_of_visit(
            actor=actor, case=case, worker_id=worker_id, chosen=None, when=when
        )
    visit.worker_id, visit.companion_id = worker_id, second
