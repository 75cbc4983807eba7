"""The steps of the workflow that staff take on the page of a case."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Protocol

from welfare.cases.kinds import CareDays, Fault, RuleKind, WaitingFor
from welfare.cases.models import Case
from welfare.cases.parts import OpenMatter, closing_checks
from welfare.cases.policies import can_move
from welfare.cases.queries.categories import category_by_id
from welfare.cases.queries.closing import open_matters
from welfare.cases.queries.lists import care_days
from welfare.cases.queries.loading import load_case
from welfare.cases.services.editing import refuse_stale
from welfare.cases.services.moving import move_case
from welfare.cases.services.rules import note_firing
from welfare.cases.workflow import CaseAction, Outcome
from welfare.core import clock, outbox
from welfare.core.errors import Refused
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Permission, Viewer

LONGEST_WAIT = timedelta(days=366)


class HasCategory(Protocol):
    """What says whether a review is asked for."""

    @property
    def category_id(self) -> int:
        """The kind of trouble."""


def wait_case(
    *,
    actor: Viewer,
    number: str,
    version: int,
    reason: str,
    public: bool = False,
    whom: WaitingFor = WaitingFor.OTHER,
    until: date | None = None,
) -> None:
    """Wait for the citizen or another agency; the deadlines stand still meanwhile.

    ``until`` is the day on which the wait comes up again (by default so many days as the
    municipality has set); ``Refused`` for one that is not to come or more than a year ahead.
    """
    case = _loaded(actor, number, version)
    case.waits_until = _look_again(until)
    move_case(
        actor=actor,
        case=case,
        action=CaseAction.WAIT,
        text=reason,
        public=public,
        data={"waiting_for": whom.value, "until": case.waits_until.isoformat()},
    )


def _look_again(until: date | None) -> date:
    today = clock.today()
    if until is None:
        return today + timedelta(days=care_days(CareDays.WAIT_ENDS))
    if until <= today:
        raise Refused(_("Please choose a day that is still to come."), field="wait_until")
    if until - today > LONGEST_WAIT:
        raise Refused(
            _("This day is more than a year ahead. Please check the year."), field="wait_until"
        )
    return until


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

    Where the category asks for a review, whoever may not decide asks with the same words: a
    manager reads them, and closes or sends the case back. The citizen hears nothing before.

    What is still open by the closing checks is named in a ``Refused``: some of it must be settled
    first, of the rest the actor says that they know (``open_known``), and the timeline keeps it.
    """
    case = _loaded(actor, number, version)
    asks = asks_for_review(actor, case)
    action = CaseAction.ASK_CLOSE if asks else CaseAction.CLOSE
    left = _refuse_open(case, open_known) if can_move(actor, case, action) else []
    if asks:
        proposed = {"proposes": outcome.value, **({"left_open": left} if left else {})}
        move_case(actor=actor, case=case, action=action, text=outcome_note, data=proposed)
        return
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
    _note_checks(case, matters)
    return rest


def _note_checks(case: Case, matters: Sequence[OpenMatter]) -> None:
    """Keep what the checks did: which ran, which could not."""
    failed = {matter.failed for matter in matters if matter.failed}
    for name in closing_checks():
        fault = Fault.BROKEN if name in failed else None
        note_firing(kind=RuleKind.CHECK, key=f"check:{name}", case=case, fault=fault)


def asks_for_review(actor: Viewer, case: HasCategory) -> bool:
    """Whether closing this case by this actor is looked at by a manager first."""
    category = category_by_id(case.category_id)
    reviewed = category is not None and category.review_closing
    return reviewed and not actor.can(Permission.DECIDE_ASSISTANCE)


def send_back_case(*, actor: Viewer, number: str, version: int, reason: str) -> None:
    """A manager does not close it yet: what is still to be done, for the worker."""
    case = _loaded(actor, number, version)
    move_case(actor=actor, case=case, action=CaseAction.SEND_BACK, text=reason)
    outbox.publish("case.sent_back", {"number": number})


def reopen_case(*, actor: Viewer, number: str, version: int, reason: str) -> None:
    """Take a closed case up again, with a reason and a new deadline."""
    case = _loaded(actor, number, version)
    was = case.outcome.value if case.outcome else None
    move_case(actor=actor, case=case, action=CaseAction.REOPEN, text=reason, data={"outcome": was})


def _loaded(actor: Viewer, number: str, version: int) -> Case:
    case = load_case(number, viewer=actor, for_update=True)
    refuse_stale(case, version)
    return case
