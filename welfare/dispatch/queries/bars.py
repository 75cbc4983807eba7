"""Whether anything forbids a worker a case."""

from __future__ import annotations

from dataclasses import dataclass

from welfare.cases.models import Case
from welfare.core.security.permissions import Viewer
from welfare.dispatch.queries.crew import crew
from welfare.dispatch.queries.ranking import Bar, bars_of, known_of
from welfare.dispatch.queries.seconds import needs_second
from welfare.dispatch.queries.wants import wants


@dataclass(frozen=True, slots=True)
class Weighed:
    """One worker and one case: what forbids it, and whether two must go."""

    bars: tuple[Bar, ...] = ()
    pair: bool = False


def weigh(case_id: int, worker_id: int, *, viewer: Viewer) -> Weighed:
    """What forbids it (complained about, a relative, another area; empty: nothing), and whether
    somebody must go along."""
    cases = wants(Case.id == case_id, viewer=viewer, centres={}, places=False)
    members = crew(viewer=viewer, only={worker_id})
    if not cases or not members:
        return Weighed()
    bars = bars_of(cases[0], members[0], known_of(cases, members))
    return Weighed(bars, needs_second(cases[0], members[0]))
