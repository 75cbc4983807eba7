"""Lines of the timeline that official papers leave."""

from __future__ import annotations

from collections.abc import Mapping

from welfare.cases.queries.loading import load_case_by_id
from welfare.cases.services.events import add_event
from welfare.cases.workflow import EventKind
from welfare.core.security.permissions import Viewer


def tell_of_paper(actor: Viewer, case_id: int, details: Mapping[str, str]) -> None:
    """A paper about a case was issued, taken back or replaced; rights are the caller's."""
    case = load_case_by_id(case_id, viewer=actor)
    add_event(actor=actor, case=case, kind=EventKind.PAPER, data=dict(details))
