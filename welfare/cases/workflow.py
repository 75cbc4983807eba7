"""The states of a case and the one table of what may follow what, and by whose right."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from welfare.core.security.permissions import Permission


class CaseStatus(StrEnum):
    """Where the office's work stands."""

    NEW = "new"
    OFFERED = "offered"
    WORKING = "working"
    WAITING = "waiting"
    REVIEW = "review"
    CLOSED = "closed"


class CaseAction(StrEnum):
    """What moves a case."""

    OFFER = "offer"
    ACCEPT = "accept"
    DECLINE = "decline"
    TAKE_BACK = "take_back"
    WAIT = "wait"
    RESUME = "resume"
    ASK_CLOSE = "ask_close"
    SEND_BACK = "send_back"
    CLOSE = "close"
    REOPEN = "reopen"


class Outcome(StrEnum):
    """What became of the trouble: apart from the fact that the case is closed."""

    SOLVED = "solved"
    PARTLY = "partly"
    REFERRED = "referred"
    NOT_ELIGIBLE = "not_eligible"
    NOT_SOLVED = "not_solved"
    WITHDRAWN = "withdrawn"
    DECEASED = "deceased"
    UNFOUNDED = "unfounded"


class Priority(StrEnum):
    """How urgent."""

    LOW = "low"
    NORMAL = "normal"
    HIGH = "high"
    URGENT = "urgent"


class Sensitivity(StrEnum):
    """Who may know: everyone at work on cases; masked in lists; named people only; and, for
    complaints about staff, the managers alone."""

    NORMAL = "normal"
    SENSITIVE = "sensitive"
    RESTRICTED = "restricted"
    CONDUCT = "conduct"


class TaskStatus(StrEnum):
    """State of one task."""

    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"


class EventKind(StrEnum):
    """What a line of the timeline tells."""

    OPENED = "opened"
    JOINED = "joined"
    STATUS = "status"
    ASSIGNED = "assigned"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    TAKEN_BACK = "taken_back"
    EDITED = "edited"
    NOTE = "note"
    CITIZEN = "citizen"
    TASK = "task"
    VISIT = "visit"
    ASSISTANCE = "assistance"
    ATTACHMENT = "attachment"
    CLOSED = "closed"
    REOPENED = "reopened"
    DEADLINE = "deadline"
    REFERRAL = "referral"
    ASSESSMENT = "assessment"
    PLAN = "plan"
    RISK = "risk"
    CHECKLIST = "checklist"
    RULE = "rule"


class AssistanceKind(StrEnum):
    """In what form help is given."""

    MONEY = "money"
    GOODS = "goods"
    EQUIPMENT = "equipment"
    SERVICE = "service"
    REFERRAL = "referral"


class HelpStatus(StrEnum):
    """How far a request for help from a fund is."""

    WAITING = "waiting"
    APPROVED = "approved"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    PARTLY = "partly"
    DELIVERED = "delivered"
    RETURNED = "returned"
    ENDED = "ended"


class HelpAction(StrEnum):
    """What moves a request for help."""

    APPROVE = "approve"
    REFUSE = "refuse"
    WITHDRAW = "withdraw"
    DELIVER = "deliver"
    RELEASE = "release"
    RETURN = "return"


HELP_STEPS: dict[HelpAction, frozenset[HelpStatus]] = {
    HelpAction.APPROVE: frozenset({HelpStatus.WAITING}),
    HelpAction.REFUSE: frozenset({HelpStatus.WAITING}),
    HelpAction.WITHDRAW: frozenset({HelpStatus.WAITING}),
    HelpAction.DELIVER: frozenset({HelpStatus.APPROVED, HelpStatus.PARTLY}),
    HelpAction.RELEASE: frozenset({HelpStatus.APPROVED, HelpStatus.PARTLY}),
    HelpAction.RETURN: frozenset({HelpStatus.PARTLY, HelpStatus.DELIVERED}),
}
"""From which states of a request each step is possible."""


class Vote(StrEnum):
    """What a member of a committee says."""

    FOR = "for"
    AGAINST = "against"
    ABSTAIN = "abstain"


class LoanStatus(StrEnum):
    """Where a loan stands."""

    OUT = "out"
    BACK = "back"
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class Transition:
    """``action`` takes a case from ``before`` to ``after``; who needs ``permission``.

    ``assignee_only``: the worker whom the case is given to, and nobody else.
    """

    action: CaseAction
    before: CaseStatus
    after: CaseStatus
    permission: Permission
    assignee_only: bool = False


S, A, P = CaseStatus, CaseAction, Permission

TRANSITIONS: tuple[Transition, ...] = (
    Transition(A.OFFER, S.NEW, S.OFFERED, P.ASSIGN_CASES),
    Transition(A.OFFER, S.OFFERED, S.OFFERED, P.ASSIGN_CASES),
    Transition(A.OFFER, S.WORKING, S.OFFERED, P.ASSIGN_CASES),
    Transition(A.OFFER, S.WAITING, S.OFFERED, P.ASSIGN_CASES),
    Transition(A.ACCEPT, S.OFFERED, S.WORKING, P.WORK_CASES, assignee_only=True),
    Transition(A.DECLINE, S.OFFERED, S.NEW, P.WORK_CASES, assignee_only=True),
    Transition(A.TAKE_BACK, S.OFFERED, S.NEW, P.ASSIGN_CASES),
    Transition(A.TAKE_BACK, S.WORKING, S.NEW, P.ASSIGN_CASES),
    Transition(A.TAKE_BACK, S.WAITING, S.NEW, P.ASSIGN_CASES),
    Transition(A.WAIT, S.NEW, S.WAITING, P.EDIT_CASES),
    Transition(A.WAIT, S.WORKING, S.WAITING, P.EDIT_CASES),
    Transition(A.RESUME, S.WAITING, S.WORKING, P.EDIT_CASES),
    Transition(A.CLOSE, S.NEW, S.CLOSED, P.CLOSE_CASES),
    Transition(A.CLOSE, S.OFFERED, S.CLOSED, P.CLOSE_CASES),
    Transition(A.CLOSE, S.WORKING, S.CLOSED, P.CLOSE_CASES),
    Transition(A.CLOSE, S.WAITING, S.CLOSED, P.CLOSE_CASES),
    Transition(A.ASK_CLOSE, S.NEW, S.REVIEW, P.CLOSE_CASES),
    Transition(A.ASK_CLOSE, S.WORKING, S.REVIEW, P.CLOSE_CASES),
    Transition(A.ASK_CLOSE, S.WAITING, S.REVIEW, P.CLOSE_CASES),
    Transition(A.SEND_BACK, S.REVIEW, S.WORKING, P.DECIDE_ASSISTANCE),
    Transition(A.CLOSE, S.REVIEW, S.CLOSED, P.DECIDE_ASSISTANCE),
    Transition(A.REOPEN, S.CLOSED, S.NEW, P.REOPEN_CASES),
)
"""RESUME and SEND_BACK of a case that has no worker lead to NEW: the assignee decides it
(``services.moving``)."""

_BY_STEP = {(item.before, item.action): item for item in TRANSITIONS}


def transition(before: CaseStatus, action: CaseAction) -> Transition | None:
    """The allowed transition, or ``None`` when this action does nothing to this state."""
    return _BY_STEP.get((before, action))
