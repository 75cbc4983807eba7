"""The words for the closed lists of casework."""

from __future__ import annotations

from typing import Any

from welfare.cases.kinds import (
    ActionStatus,
    AgreedBy,
    Blank,
    CareDays,
    Channel,
    Duty,
    Fault,
    GoalStatus,
    Responsible,
    RiskLevel,
    RuleKind,
    Stage,
    TextUse,
    Tick,
    Told,
    WaitingFor,
    Watched,
    Why,
)
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
    EventKind.ASSESSMENT: _l("Needs assessed"),
    EventKind.PLAN: _l("Plan of help"),
    EventKind.RISK: _l("Risk judged"),
    EventKind.CHECKLIST: _l("Checklist"),
    EventKind.RULE: _l("A rule"),
    EventKind.PAPER: _l("Official paper"),
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
    EventKind.ASSESSMENT: "clipboard-check",
    EventKind.PLAN: "list-check",
    EventKind.RISK: "exclamation-octagon-fill",
    EventKind.CHECKLIST: "check-lg",
    EventKind.RULE: "sliders",
    EventKind.PAPER: "file-earmark-text",
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

WATCHED: dict[Watched, Any] = {
    Watched.ANSWER: _l("First answer to a request"),
    Watched.ACKNOWLEDGE: STAGES[Stage.ACKNOWLEDGE],
    Watched.FIRST_VISIT: STAGES[Stage.FIRST_VISIT],
    Watched.DECISION: STAGES[Stage.DECISION],
    Watched.CLOSURE: STAGES[Stage.CLOSURE],
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
    Fault.WORKER_GONE: _l("the worker has left, or does no field work any more"),
    Fault.WORKER_AWAY: _l("whoever it names is on leave today"),
    Fault.NOT_ALLOWED: _l(
        "whoever it names must not have the case, or does not work in the village"
    ),
    Fault.NO_SKILL: _l("nobody has this skill"),
    Fault.CATEGORY_RETIRED: _l("the category is no longer in use"),
    Fault.VILLAGE_UNKNOWN: _l("there is no such village"),
    Fault.OVER: _l("its time is over"),
    Fault.NO_RULE: _l("no rule holds today"),
    Fault.NOT_LOOKED: _l("the background worker is not looking"),
    Fault.NO_COMMITTEE: _l("the committee has fewer members than must vote"),
}

REMEDIES: dict[Fault, Any] = {
    Fault.NO_OWNER: _l("Give the case to a worker."),
    Fault.NOBODY: _l("Give somebody this role under Staff accounts, or let the rule name another."),
    Fault.MAY_NOT_SEE: _l("Widen somebody's area or right, or let the rule name another role."),
    Fault.CHANNEL: _l(
        "Enter their e-mail address under Staff accounts and have the mail server set"
        " up, or let the rule tell them on their desk."
    ),
    Fault.NO_ONE_AT_ALL: _l("Give an officer or a manager the right to see such cases."),
    Fault.BROKEN: _l(
        "Save the rule once more. If it stays red, tell whoever operates the program."
    ),
    Fault.WORKER_GONE: _l("Let the rule name somebody else, or end it."),
    Fault.WORKER_AWAY: _l("Nothing, if they come back soon; otherwise let it name somebody else."),
    Fault.NOT_ALLOWED: _l("Widen their area, or let the rule name somebody else."),
    Fault.NO_SKILL: _l("Note the skill with a worker, or let the rule name another."),
    Fault.CATEGORY_RETIRED: _l("Choose another category, or end the rule."),
    Fault.VILLAGE_UNKNOWN: _l("Choose another village, or end the rule."),
    Fault.OVER: _l("Give it a later last day, or take the mark In use away."),
    Fault.NO_RULE: _l("Add a rule that holds from today."),
    Fault.NOT_LOOKED: _l("Tell whoever operates the program."),
    Fault.NO_COMMITTEE: _l("Add members to the committee, or let the rule ask for fewer votes."),
}
"""What to do about a rule that cannot run."""

RULE_KINDS: dict[RuleKind, Any] = {
    RuleKind.ROUTING: _l("Who is proposed first"),
    RuleKind.ESCALATION: _l("Who is told of deadlines of cases"),
    RuleKind.ANSWER: _l("Who is told of requests nobody has answered"),
    RuleKind.ASKING: _l("Reasons for delay"),
    RuleKind.REMINDER: _l("Reminders"),
    RuleKind.CHASING: _l("Asking agencies again"),
    RuleKind.CHECK: _l("Checks"),
    RuleKind.FUND: _l("Rules of the funds"),
}

CHECKS: dict[str, Any] = {
    "work": _l("Help that waits, loans and open tasks"),
    "visits": _l("Visits that are planned"),
    "referrals": _l("Referrals without an answer"),
}
"""What is looked at before a case is closed, by the name under which it is registered."""

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

NEED_LEVELS: tuple[Any, ...] = (
    _l("No need"),
    _l("Some, they manage themselves"),
    _l("Help is needed"),
    _l("Help is needed at once"),
)
"""By their number, 0 to 3."""

GOAL_STATES: dict[GoalStatus, Any] = {
    GoalStatus.OPEN: _l("Being worked towards"),
    GoalStatus.MET: _l("Goal met"),
    GoalStatus.DROPPED: _l("Goal given up"),
}

GOAL_TONES: dict[GoalStatus, str] = {
    GoalStatus.OPEN: "working",
    GoalStatus.MET: "done",
    GoalStatus.DROPPED: "closed",
}

ACTION_STATES: dict[ActionStatus, Any] = {
    ActionStatus.OPEN: _l("To be done"),
    ActionStatus.DONE: _l("Action done"),
    ActionStatus.DROPPED: _l("Not done any more"),
}

RESPONSIBLE: dict[Responsible, Any] = {
    Responsible.WORKER: _l("Somebody of the office"),
    Responsible.AGENCY: _l("Another agency"),
    Responsible.FAMILY: _l("The person or the family"),
}

AGREED_BY: dict[AgreedBy, Any] = {
    AgreedBy.PERSON: _l("The person helped"),
    AgreedBy.FAMILY: _l("Somebody of the family"),
    AgreedBy.GUARDIAN: _l("A guardian or carer"),
    AgreedBy.AGENCY: _l("Another agency"),
}

RISKS: dict[RiskLevel, Any] = {
    RiskLevel.HIGH: _l("High risk"),
    RiskLevel.MEDIUM: _l("Medium risk"),
    RiskLevel.LOW: _l("Low risk"),
}

RISK_TONES: dict[RiskLevel, str] = {
    RiskLevel.HIGH: "late",
    RiskLevel.MEDIUM: "waiting",
    RiskLevel.LOW: "closed",
}

DUTIES: dict[Duty, Any] = {
    Duty.TASK: _l("Task: %(what)s"),
    Duty.ACTION: _l("By the plan: %(what)s"),
    Duty.FOLLOW_UP: _l("Visit again, as visit %(what)s asked for"),
    Duty.HAND_OVER: _l("Hand over what was approved: %(what)s"),
    Duty.LOAN: _l("Loan ends: %(what)s"),
    Duty.CARD: _l("The disability card ends"),
    Duty.WAIT_ENDS: _l("The wait was to end: ask again, or go on with the work"),
    Duty.ASSESS_AGAIN: _l("Assess the needs again: the last time is too long ago"),
}

TICKS: dict[Tick, Any] = {
    Tick.DONE: _l("Ticked"),
    Tick.NOT_NEEDED: _l("Does not apply"),
}

TEXT_USES: dict[TextUse, Any] = {
    TextUse.CITIZEN: _l("A message that the citizen reads"),
    TextUse.NOTE: _l("A note for colleagues"),
    TextUse.CLOSING: _l("The closing words"),
}

BLANKS: dict[Blank, Any] = {
    Blank.NUMBER: _l("Number of the case"),
    Blank.CATEGORY: _l("Category of the case"),
    Blank.TODAY: _l("Today's date"),
    Blank.DUE: _l("Deadline of the case"),
    Blank.WORKER: _l("The worker of the case"),
    Blank.OFFICE: _l("Name of the municipality"),
    Blank.PHONE: _l("Telephone of the municipality"),
}

CARE_DAYS: dict[CareDays, Any] = {
    CareDays.ASSESS_AGAIN: _l("Needs are assessed again after"),
    CareDays.CARD_ENDS: _l("A disability card is brought up before its end by"),
    CareDays.LOAN_ENDS: _l("A loan is brought up before its end by"),
    CareDays.WAIT_ENDS: _l("Whoever waits for somebody else looks again after"),
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
    "case_risks": _l("Level of risk"),
    "needs_assessments": _l("Assessments of needs"),
    "plan_actions": _l("Planned actions"),
    "plan_agreements": _l("Agreements on the plan"),
    "plan_goals": _l("Goals"),
    "papers": _l("Official papers"),
    "notes": _l("Notes"),
}
"""What hangs on a case, by table; kinds that have no word here are counted as ``others``."""

WHY_ALIKE: dict[Why, Any] = {
    Why.PERSON: _l("the same person"),
    Why.HOUSEHOLD: _l("the same house"),
    Why.CATEGORY: _l("the same kind of trouble"),
    Why.NEAR: _l("opened within two weeks"),
}
