"""Closed lists of what is made of many rows, and the kinds of paper that it becomes."""

from __future__ import annotations

from enum import StrEnum

from welfare.core.security.permissions import Permission
from welfare.papers.kinds import REPORTS, Secrecy
from welfare.papers.parts import Kind


class Basis(StrEnum):
    """What a register of recipients counts: what was handed over, or what was granted."""

    GIVEN = "given"
    GRANTED = "granted"


class ListKind(StrEnum):
    """What the worker draws when it is long."""

    RECIPIENTS = "recipients"
    LABELS = "labels"
    ENVELOPES = "envelopes"


class ListStatus(StrEnum):
    """How far it is."""

    WAITING = "waiting"
    WORKING = "working"
    DONE = "done"
    FAILED = "failed"


_MANAGERS = frozenset({Permission.VIEW_REPORTS})

MANAGEMENT_REPORT = Kind(
    code="management_report",
    name_th="รายงานผลการดำเนินงาน",
    name_en="Report of a month or year",
    issues=_MANAGERS,
    series=REPORTS,
    about=("",),
    once=True,
)
COMPLAINT_STATISTICS = Kind(
    code="complaint_statistics",
    name_th="สถิติเรื่องร้องเรียนร้องทุกข์",
    name_en="Statistics of complaints",
    issues=_MANAGERS,
    series=REPORTS,
    about=("",),
    once=True,
)


class Why(StrEnum):
    """Why no letter goes to somebody."""

    DEAD = "dead"
    NO_ADDRESS = "no_address"
    NOBODY = "nobody"


RECIPIENT_REGISTER = Kind(
    code="recipient_register",
    name_th="บัญชีรายชื่อผู้รับความช่วยเหลือ",
    name_en="Register of recipients",
    issues=frozenset({Permission.ISSUE_PAPERS}),
    series=REPORTS,
    about=("",),
    secrecy=Secrecy.SENSITIVE,
    given_out=False,
    writer_reads=True,
)
PAPER_KINDS = (MANAGEMENT_REPORT, COMPLAINT_STATISTICS, RECIPIENT_REGISTER)
