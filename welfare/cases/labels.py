"""The words for the closed lists of casework."""

from __future__ import annotations

from typing import Any

from welfare.cases.kinds import Channel, Fault, Stage, Told, WaitingFor, Why
from welfare.cases.workflow import (
    AssistanceKind,
    CaseStatus,
    EventKind,
    HelpStatus,
    LoanStatus,
    Outcome,
    Priority,
    Sensitivity,
    Vote,
)
from welfare.core.i18n import lazy_gettext as _l

STATUSES: dict[CaseStatus, Any] = {
    CaseStatus.NEW: _l("Nobody assigned yet"),
    CaseStatus.OFFERED: _l("Waiting for the worker's answer"),
    CaseStatus.WORKING: _l("Being worked on"),
    CaseStatus.WAITING: _l("Waiting for somebody else"),
    CaseStatus.REVIEW: _l("Closing waits for the manager"),
    CaseStatus.CLOSED: _l("Case closed"),
    CaseStatus.MERGED: _l("Part of another case"),
}

OUTCOMES: dict[Outcome, Any] = {
    Outcome.SOLVED: _l("The trouble is solved"),
    Outcome.PARTLY: _l("Solved in part"),
    Outcome.REFERRED: _l("Handed on to another agency"),
    Outcome.NOT_ELIGIBLE: _l("No right to this help"),
    Outcome.NOT_SOLVED: _l("Could not be solved"),
    Outcome.WITHDRAWN: _l("Withdrawn by the citizen"),
    Outcome.DECEASED: _l("The person has died"),
    Outcome.UNFOUNDED: _l("Not as it was reported"),
}

PRIORITIES: dict[Priority, Any] = {
    Priority.URGENT: _l("Urgent"),
    Priority.HIGH: _l("High"),
    Priority.NORMAL: _l("Normal"),
    Priority.LOW: _l("Low"),
}

SENSITIVITIES: dict[Sensitivity, Any] = {
    Sensitivity.NORMAL: _l("Everybody at work on cases"),
    Sensitivity.SENSITIVE: _l("Sensitive: names are masked in lists"),
    Sensitivity.RESTRICTED: _l("Restricted: its worker and named staff only"),
    Sensitivity.CONDUCT: _l("About staff: managers only"),
}

KINDS_OF_HELP: dict[AssistanceKind, Any] = {
    AssistanceKind.MONEY: _l("Money given"),
    AssistanceKind.GOODS: _l("Goods"),
    AssistanceKind.EQUIPMENT: _l("Equipment"),
    AssistanceKind.SERVICE: _l("Service"),
    AssistanceKind.REFERRAL: _l("Referral to another agency"),
}

HELP_STATES: dict[HelpStatus, Any] = {
    HelpStatus.WAITING: _l("Waits for a decision"),
    HelpStatus.APPROVED: _l("Approved, to be handed over"),
    HelpStatus.REFUSED: _l("Not approved"),
    HelpStatus.WITHDRAWN: _l("Request taken back"),
    HelpStatus.PARTLY: _l("Handed over in part"),
    HelpStatus.DELIVERED: _l("Handed over"),
    HelpStatus.RETURNED: _l("Given back to the fund"),
    HelpStatus.ENDED: _l("Given up before it was handed over"),
}

HELP_TONES: dict[HelpStatus, str] = {
    HelpStatus.WAITING: "waiting",
    HelpStatus.APPROVED: "working",
    HelpStatus.REFUSED: "refused",
    HelpStatus.WITHDRAWN: "closed",
    HelpStatus.PARTLY: "working",
    HelpStatus.DELIVERED: "done",
    HelpStatus.RETURNED: "closed",
    HelpStatus.ENDED: "closed",
}

VOTES: dict[Vote, Any] = {
    Vote.FOR: _l("For it"),
    Vote.AGAINST: _l("Against it"),
    Vote.ABSTAIN: _l("Abstains"),
}

LOAN_STATES: dict[LoanStatus, Any] = {
    LoanStatus.OUT: _l("On loan"),
    LoanStatus.BACK: _l("Brought back"),
    LoanStatus.LOST: _l("Does not come back"),
}

LOAN_TONES: dict[LoanStatus, str] = {
    LoanStatus.OUT: "working",
    LoanStatus.BACK: "done",
    LoanStatus.LOST: "late",
}

EVENTS: dict[EventKind, Any] = {
    EventKind.OPENED: _l("Case opened"),
    EventKind.JOINED: _l("Request joined to the case"),
    EventKind.STATUS: _l("State changed"),
    EventKind.ASSIGNED: _l("Offered to a worker"),
    EventKind.ACCEPTED: _l("Accepted by the worker"),
    EventKind.DECLINED: _l("Declined by the worker"),
    EventKind.TAKEN_BACK: _l("Taken back"),
    EventKind.EDITED: _l("Facts of the case changed"),
    EventKind.NOTE: _l("Note"),
    EventKind.CITIZEN: _l("The citizen added"),
    EventKind.TASK: _l("Task"),
    EventKind.VISIT: _l("Home visit"),
    EventKind.ASSISTANCE: _l("Help given"),
    EventKind.ATTACHMENT: _l("File attached"),
    EventKind.CLOSED: _l("Case closed"),
    EventKind.REOPENED: _l("Case reopened"),
    EventKind.DEADLINE: _l("Deadline"),
    EventKind.REFERRAL: _l("Referral to an agency"),
    EventKind.MERGED: _l("Two cases became one"),
    EventKind.PARTED: _l("Two cases again"),
    EventKind.FAMILY: _l("Cases that belong together"),
}

ICONS: dict[EventKind, str] = {
    EventKind.OPENED: "folder2-open",
    EventKind.JOINED: "inbox",
    EventKind.STATUS: "clock-history",
    EventKind.ASSIGNED: "person-badge",
    EventKind.ACCEPTED: "person-check",
    EventKind.DECLINED: "x-circle-fill",
    EventKind.TAKEN_BACK: "arrow-left",
    EventKind.EDITED: "pencil",
    EventKind.NOTE: "chat-left-text",
    EventKind.CITIZEN: "person",
    EventKind.TASK: "list-check",
    EventKind.VISIT: "house-heart",
    EventKind.ASSISTANCE: "gift",
    EventKind.ATTACHMENT: "paperclip",
    EventKind.CLOSED: "check-circle-fill",
    EventKind.REOPENED: "arrow-repeat",
    EventKind.DEADLINE: "clock",
    EventKind.REFERRAL: "send",
    EventKind.MERGED: "signpost-2",
    EventKind.PARTED: "arrow-repeat",
    EventKind.FAMILY: "folder2-open",
}

STAGES: dict[Stage, Any] = {
    Stage.ACKNOWLEDGE: _l("Taken up by a worker"),
    Stage.FIRST_VISIT: _l("First visit"),
    Stage.DECISION: _l("Decision on help"),
    Stage.CLOSURE: _l("Closure"),
}

WAITED_FOR: dict[WaitingFor, Any] = {
    WaitingFor.CITIZEN: _l("the citizen"),
    WaitingFor.AGENCY: _l("another agency"),
    WaitingFor.OTHER: _l("somebody else"),
}

TOLD: dict[Told, Any] = {
    Told.OWNER: _l("The worker of the case"),
    Told.OFFICER: _l("The officers"),
    Told.CASEWORKER: _l("All caseworkers"),
    Told.MANAGER: _l("The managers"),
    Told.ADMIN: _l("The administrators"),
}

CHANNELS: dict[Channel, Any] = {
    Channel.DESK: _l("On their desk"),
    Channel.EMAIL: _l("By e-mail"),
}

FAULTS: dict[Fault, Any] = {
    Fault.NO_OWNER: _l("the case has no worker"),
    Fault.NOBODY: _l("nobody holds this role"),
    Fault.MAY_NOT_SEE: _l("nobody in this role may see the case"),
    Fault.CHANNEL: _l("there is no way to reach them by this channel"),
    Fault.NO_ONE_AT_ALL: _l("nobody at all may be told of the case"),
    Fault.BROKEN: _l("the rule itself failed"),
}

FIELDS: dict[str, Any] = {
    "title": _l("What it is about"),
    "summary": _l("What is known"),
    "category_id": _l("Category"),
    "priority": _l("Priority"),
    "sensitivity": _l("Who may know"),
    "village_no": _l("Village"),
    "due_at": _l("Deadline"),
    "household_id": _l("Household"),
    "person_id": _l("Person helped"),
}

HANGING: dict[str, Any] = {
    "complaints": _l("Requests"),
    "assignments": _l("Assignments"),
    "visits": _l("Visits"),
    "case_tasks": _l("Tasks"),
    "help_requests": _l("Requests for help from a fund"),
    "assistance": _l("Records of help"),
    "equipment_loans": _l("Equipment lent"),
    "referrals": _l("Referrals"),
    "case_attachments": _l("Files"),
    "plan_stops": _l("Places in plans of a day"),
    "notes": _l("Notes"),
}
"""What hangs on a case, by table; kinds that have no word here are counted as ``others``."""

WHY_ALIKE: dict[Why, Any] = {
    Why.PERSON: _l("the same person"),
    Why.HOUSEHOLD: _l("the same house"),
    Why.CATEGORY: _l("the same kind of trouble"),
    Why.NEAR: _l("opened within two weeks"),
}
