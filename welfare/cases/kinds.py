"""Closed lists of deadlines: stages, whom a case waits for, who is told of what is late; and the
kinds of paper that cases make."""

from __future__ import annotations

from enum import StrEnum

from welfare.core.security.permissions import Permission
from welfare.papers.kinds import VOUCHERS, Secrecy
from welfare.papers.parts import Kind, Option, Preset


class Stage(StrEnum):
    """The steps of a case that have a deadline each, in their order."""

    ACKNOWLEDGE = "acknowledge"
    FIRST_VISIT = "first_visit"
    DECISION = "decision"
    CLOSURE = "closure"


class Watched(StrEnum):
    """What rules of telling watch: the stages of a case, and the first answer to a request."""

    ANSWER = "answer"
    ACKNOWLEDGE = "acknowledge"
    FIRST_VISIT = "first_visit"
    DECISION = "decision"
    CLOSURE = "closure"


class WaitingFor(StrEnum):
    """Whom a case waits for while its deadlines stand still."""

    CITIZEN = "citizen"
    AGENCY = "agency"
    OTHER = "other"


class Told(StrEnum):
    """Who is told when a deadline comes near or has passed: the case's worker or a named role."""

    OWNER = "owner"
    OFFICER = "officer"
    CASEWORKER = "caseworker"
    MANAGER = "manager"
    ADMIN = "admin"


class Channel(StrEnum):
    """By what way somebody is told; the desk is always there."""

    DESK = "desk"
    EMAIL = "email"


class Fault(StrEnum):
    """Why a rule could not do as it says, and the officers were told instead."""

    NO_OWNER = "no_owner"
    NOBODY = "nobody"
    MAY_NOT_SEE = "may_not_see"
    CHANNEL = "channel"
    NO_ONE_AT_ALL = "no_one_at_all"
    BROKEN = "broken"
    WORKER_GONE = "worker_gone"
    WORKER_AWAY = "worker_away"
    NOT_ALLOWED = "not_allowed"
    NO_SKILL = "no_skill"
    CATEGORY_RETIRED = "category_retired"
    VILLAGE_UNKNOWN = "village_unknown"
    OVER = "over"
    NO_RULE = "no_rule"
    NOT_LOOKED = "not_looked"
    NO_COMMITTEE = "no_committee"


class RuleKind(StrEnum):
    """What a rule is for."""

    ROUTING = "routing"
    ESCALATION = "escalation"
    ANSWER = "answer"
    ASKING = "asking"
    REMINDER = "reminder"
    CHASING = "chasing"
    CHECK = "check"
    FUND = "fund"


class Sharing(StrEnum):
    """Who finds a saved view among theirs."""

    PRIVATE = "private"
    ROLE = "role"
    EVERYBODY = "everybody"


class GoalStatus(StrEnum):
    """Where a goal of a plan stands."""

    OPEN = "open"
    MET = "met"
    DROPPED = "dropped"


class ActionStatus(StrEnum):
    """Where an action of a plan stands."""

    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"


class Responsible(StrEnum):
    """Who does an action of a plan."""

    WORKER = "worker"
    AGENCY = "agency"
    FAMILY = "family"


class AgreedBy(StrEnum):
    """Who agreed to a plan."""

    PERSON = "person"
    FAMILY = "family"
    GUARDIAN = "guardian"
    AGENCY = "agency"


class RiskLevel(StrEnum):
    """How much danger somebody is in; it changes no deadline by itself."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


class Tick(StrEnum):
    """What is said of an item of a checklist."""

    DONE = "done"
    NOT_NEEDED = "not_needed"


class TextUse(StrEnum):
    """Where a standard text is offered."""

    NOTE = "note"
    CITIZEN = "citizen"
    CLOSING = "closing"


class Blank(StrEnum):
    """What a standard text may leave to be filled in. Nobody's name: several may read it."""

    NUMBER = "case_number"
    CATEGORY = "category"
    TODAY = "today"
    DUE = "due_date"
    WORKER = "worker"
    OFFICE = "office"
    PHONE = "office_phone"


class CareDays(StrEnum):
    """Numbers of days in casework that the municipality sets."""

    ASSESS_AGAIN = "assess_again"
    CARD_ENDS = "card_ends"
    LOAN_ENDS = "loan_ends"
    WAIT_ENDS = "wait_ends"


class Duty(StrEnum):
    """What is to be done because of a date or a state that is recorded elsewhere: nobody ticks it
    off, it is over when its cause is gone; and a task of the case, which is ticked off there."""

    TASK = "task"
    ACTION = "action"
    FOLLOW_UP = "follow_up"
    HAND_OVER = "hand_over"
    LOAN = "loan"
    CARD = "card"
    ASSESS_AGAIN = "assess_again"
    WAIT_ENDS = "wait_ends"


USUAL_DAYS: dict[CareDays, int] = {
    CareDays.ASSESS_AGAIN: 180,
    CareDays.CARD_ENDS: 60,
    CareDays.LOAN_ENDS: 14,
    CareDays.WAIT_ENDS: 15,
}
"""In force while the municipality has set nothing: needs are looked at twice a year (as surveys of
vulnerable households are), a card is renewed in the two months before its day."""

MOST_NEED = 3
"""The highest level of need."""


class Why(StrEnum):
    """What two cases have in common that may be one."""

    PERSON = "person"
    HOUSEHOLD = "household"
    CATEGORY = "category"
    NEAR = "near"


AID_RECEIPT = Kind(
    code="aid_receipt",
    name_th="ใบสำคัญรับเงิน / ใบรับความช่วยเหลือ",
    name_en="Voucher and receipt of help",
    public_th="ใบสำคัญ",
    public_en="Voucher",
    issues=frozenset({Permission.RECORD_ASSISTANCE, Permission.ISSUE_PAPERS}),
    series=VOUCHERS,
    secrecy=Secrecy.SENSITIVE,
    once=True,
)

REPORT_PARTS = (
    Option("house", "ครัวเรือนและบุคคล", "Household and people"),
    Option("requests", "คำร้องที่รวมอยู่", "Requests joined to it"),
    Option("needs", "การประเมินความต้องการ", "Assessment of needs"),
    Option("plan", "แผนการให้ความช่วยเหลือ", "Service plan"),
    Option("visits", "การเยี่ยมบ้าน", "Home visits"),
    Option("photos", "ภาพถ่าย", "Photographs"),
    Option("help", "ความช่วยเหลือ", "Help given"),
    Option("history", "ลำดับเหตุการณ์", "History"),
    Option("outcome", "ผลการช่วยเหลือ", "Outcome"),
)
"""The parts of a case report, in their order."""

CASE_REPORT = Kind(
    code="case_report",
    name_th="รายงานกรณี",
    name_en="Report of a case",
    issues=frozenset({Permission.ISSUE_PAPERS}),
    secrecy=Secrecy.SENSITIVE,
    given_out=False,
    numbered_by_others=True,
    writer_reads=True,
    options=REPORT_PARTS,
    presets=(
        Preset("ฉบับย่อ", "Short", frozenset({"house", "needs", "help", "outcome"})),
        Preset("ฉบับเต็ม", "Full", frozenset(part.name for part in REPORT_PARTS)),
    ),
)
