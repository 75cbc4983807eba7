"""The steps of the workflow that staff take on the page of a case."""

from __future__ import annotations

from welfare.cases.kinds import WaitingFor
from welfare.cases.models import Case
from welfare.cases.queries.loading import load_case
from welfare.cases.services.editing import refuse_stale
from welfare.cases.services.moving import move_case
from welfare.cases.workflow import CaseAction, Outcome
from welfare.core.security.permissions import Viewer


def wait_case(
    *,
    actor: Viewer,
    number: str,
    version: int,
    reason: str,
    public: bool = False,
    whom: WaitingFor = WaitingFor.OTHER,
) -> None:
    """Wait for the citizen or another agency; the deadlines stand still meanwhile."""
    case = _loaded(actor, number, version)
    move_case(
        actor=actor,
        case=case,
        action=CaseAction.WAIT,
        text=reason,
        public=public,
        data={"waiting_for": whom.value},
    )


def resume_case(*, actor: Viewer, number: str, version: int, note: str = "") -> None:
    """Go on; the working days waited are added to the deadline."""
    case = _loaded(actor, number, version)
    move_case(actor=actor, case=case, action=CaseAction.RESUME, text=note)


def close_case(
    *, actor: Viewer, number: str, version: int, outcome: Outcome, outcome_note: str
) -> None:
    """Close with an outcome and a text that the citizen reads."""
    case = _loaded(actor, number, version)
    case.outcome, case.outcome_note = outcome, outcome_note
    move_case(
        actor=actor,
        case=case,
        action=CaseAction.CLOSE,
        text=outcome_note,
        public=True,
        data={"outcome": outcome.value},
    )


def reopen_case(*, actor: Viewer, number: str, version: int, reason: str) -> None:
    """Take a closed case up again, with a reason and a new deadline."""
    case = _loaded(actor, number, version)
    was = case.outcome.value if case.outcome else None
    move_case(actor=actor, case=case, action=CaseAction.REOPEN, text=reason, data={"outcome": was})


def _loaded(actor: Viewer, number: str, version: int) -> Case:
    case = load_case(number, viewer=actor, for_update=True)
    refuse_stale(case, version)
    return case
