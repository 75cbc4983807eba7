"""The steps of the workflow that staff take on the page of a case."""

from __future__ import annotations

from welfare.cases.kinds import WaitingFor
from welfare.cases.models import Case
from welfare.cases.parts import open_matters
from welfare.cases.policies import can_move
from welfare.cases.queries.loading import load_case
from welfare.cases.services.editing import refuse_stale
from welfare.cases.services.moving import move_case
from welfare.cases.workflow import CaseAction, Outcome
from welfare.core.errors import Refused
from welfare.core.i18n import gettext as _
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
    *,
    actor: Viewer,
    number: str,
    version: int,
    outcome: Outcome,
    outcome_note: str,
    open_known: bool = False,
) -> None:
    """Close with an outcome and a text that the citizen reads.

    What is still open by the closing checks is named in a ``Refused``: some of it must be settled
    first, of the rest the actor says that they know (``open_known``), and the timeline keeps it.
    """
    case = _loaded(actor, number, version)
    left = _refuse_open(case, open_known) if can_move(actor, case, CaseAction.CLOSE) else []
    case.outcome, case.outcome_note = outcome, outcome_note
    move_case(
        actor=actor,
        case=case,
        action=CaseAction.CLOSE,
        text=outcome_note,
        public=True,
        data={"outcome": outcome.value, **({"left_open": left} if left else {})},
    )


def _refuse_open(case: Case, known: bool) -> list[str]:
    """What stays open although the case is closed; ``Refused`` where that cannot be."""
    matters = open_matters(case.id)
    hindering = [matter.text for matter in matters if matter.hinders]
    if hindering:
        words = _("This must be settled before the case is closed:")
        raise Refused("\n".join([words, *hindering]), field="outcome")
    rest = [matter.text for matter in matters]
    if rest and not known:
        words = _("This is still open. Say that you know, or settle it first:")
        raise Refused("\n".join([words, *rest]), field="open_known")
    return rest


def reopen_case(*, actor: Viewer, number: str, version: int, reason: str) -> None:
    """Take a closed case up again, with a reason and a new deadline."""
    case = _loaded(actor, number, version)
    was = case.outcome.value if case.outcome else None
    move_case(actor=actor, case=case, action=CaseAction.REOPEN, text=reason, data={"outcome": was})


def _loaded(actor: Viewer, number: str, version: int) -> Case:
    case = load_case(number, viewer=actor, for_update=True)
    refuse_stale(case, version)
    return case
