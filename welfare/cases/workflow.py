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
    MERGED = "merged"
    """It became part of another case, and only leads there; the merge can be undone."""


ENDED = frozenset({CaseStatus.CLOSED, CaseStatus.MERGED})
"""Nobody works on these."""
MERGEABLE = frozenset({CaseStatus.NEW, CaseStatus.OFFERED, CaseStatus.WORKING, CaseStatus.WAITING})
"""Cases that can become one. A closed one is reopened first; a closing that is looked over is
decided first."""


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
    UNDO_DECLINE = "undo_decline"
    UNDO_TAKE_BACK = "undo_take_back"
    MERGE = "merge"
    UNMERGE = "unmerge"
    TAKE_IN = "take_in"
    GIVE_OUT = "give_out"


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
    PAPER = "paper"
    MERGED = "merged"
    PARTED = "parted"
    FAMILY = "family"


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
    UNDO = "undo"


HELP_STEPS: dict[HelpAction, frozenset[HelpStatus]] = {
    HelpAction.APPROVE: frozenset({HelpStatus.WAITING}),
    HelpAction.REFUSE: frozenset({HelpStatus.WAITING}),
    HelpAction.WITHDRAW: frozenset({HelpStatus.WAITING}),
    HelpAction.DELIVER: frozenset({HelpStatus.APPROVED, HelpStatus.PARTLY}),
    HelpAction.RELEASE: frozenset({HelpStatus.APPROVED, HelpStatus.PARTLY}),
    HelpAction.RETURN: frozenset({HelpStatus.PARTLY, HelpStatus.DELIVERED}),
    HelpAction.UNDO: frozenset({HelpStatus.APPROVED, HelpStatus.REFUSED}),
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
_ORDER = (S.NEW, S.OFFERED, S.WORKING, S.WAITING)

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
    Transition(A.UNDO_DECLINE, S.NEW, S.OFFERED, P.WORK_CASES),
    *(
        Transition(A.UNDO_TAKE_BACK, S.NEW, after, P.ASSIGN_CASES)
        for after in (S.OFFERED, S.WORKING, S.WAITING)
    ),
    *(Transition(A.MERGE, before, S.MERGED, P.EDIT_CASES) for before in _ORDER),
    *(Transition(A.UNMERGE, S.MERGED, after, P.EDIT_CASES) for after in _ORDER),
    Transition(A.TAKE_IN, S.NEW, S.OFFERED, P.EDIT_CASES),
    Transition(A.TAKE_IN, S.NEW, S.WORKING, P.EDIT_CASES),
    Transition(A.TAKE_IN, S.WAITING, S.OFFERED, P.EDIT_CASES),
    Transition(A.TAKE_IN, S.WAITING, S.WAITING, P.EDIT_CASES),
    Transition(A.TAKE_IN, S.OFFERED, S.OFFERED, P.EDIT_CASES),
    Transition(A.TAKE_IN, S.OFFERED, S.WORKING, P.EDIT_CASES),
    Transition(A.TAKE_IN, S.WORKING, S.OFFERED, P.EDIT_CASES),
    Transition(A.TAKE_IN, S.WORKING, S.WORKING, P.EDIT_CASES),
    *(
        Transition(A.GIVE_OUT, before, after, P.EDIT_CASES)
        for before in (S.OFFERED, S.WORKING)
        for after in (S.NEW, S.OFFERED, S.WORKING)
    ),
    *(Transition(A.GIVE_OUT, S.WAITING, after, P.EDIT_CASES) for after in (S.OFFERED, S.WAITING)),
)
"""RESUME and SEND_BACK of a case that has no worker lead to NEW: the assignee decides it
(``services.moving``). TAKE_IN: a case that another became part of goes on with the other's worker;
GIVE_OUT: that is undone. Where one step has several ends, what was before decides between them."""

_BY_STEP: dict[tuple[CaseStatus, CaseAction], dict[CaseStatus, Transition]] = {}
for _item in TRANSITIONS:
    _BY_STEP.setdefault((_item.before, _item.action), {})[_item.after] = _item


def transition(
    before: CaseStatus, action: CaseAction, after: CaseStatus | None = None
) -> Transition | None:
    """The allowed transition, or ``None`` when this action does nothing to this state.

    ``after`` names the end where a step has several; without it the first in the table.
    """
    ends = _BY_STEP.get((before, action), {})
    return next(iter(ends.values()), None) if after is None else ends.get(after)


def ends_of(before: CaseStatus, action: CaseAction) -> frozenset[CaseStatus]:
    """Every state that the table allows after this step."""
    return frozenset(_BY_STEP.get((before, action), {}))
