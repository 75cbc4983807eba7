"""Whether anything forbids a worker a case."""

from __future__ import annotations

from welfare.cases.models import Case
from welfare.core.security.permissions import Viewer
from welfare.dispatch.queries.crew import crew
from welfare.dispatch.queries.ranking import Bar, bars_of, known_of
from welfare.dispatch.queries.wants import wants


def bars_for(case_id: int, worker_id: int, *, viewer: Viewer) -> tuple[Bar, ...]:
    """What forbids it: complained about, a relative, another area; empty: nothing."""
    cases = wants(Case.id == case_id, viewer=viewer, centres={}, places=False)
    members = crew(viewer=viewer, only={worker_id})
    if not cases or not members:
        return ()
    return bars_of(cases[0], members[0], known_of(cases, members))
