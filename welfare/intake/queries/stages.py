"""How far a request is, as its filer sees it."""

from __future__ import annotations

from enum import StrEnum

from welfare.cases.workflow import CaseStatus
from welfare.intake.workflow import ComplaintStatus


class Stage(StrEnum):
    """A request on its way; the last three end it without the office's own work."""

    RECEIVED = "received"
    NEEDS_INFO = "needs_info"
    TAKEN_UP = "taken_up"
    WORKING = "working"
    FINISHED = "finished"
    REFERRED = "referred"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


ROAD = (Stage.RECEIVED, Stage.TAKEN_UP, Stage.WORKING, Stage.FINISHED)
"""The way a request usually goes."""

_BEFORE_CASE = {
    ComplaintStatus.SUBMITTED: Stage.RECEIVED,
    ComplaintStatus.NEEDS_INFO: Stage.NEEDS_INFO,
    ComplaintStatus.REFERRED: Stage.REFERRED,
    ComplaintStatus.DECLINED: Stage.DECLINED,
    ComplaintStatus.WITHDRAWN: Stage.WITHDRAWN,
    ComplaintStatus.ACCEPTED: Stage.TAKEN_UP,
}
_IN_CASE = {
    CaseStatus.NEW: Stage.TAKEN_UP,
    CaseStatus.OFFERED: Stage.TAKEN_UP,
    CaseStatus.WORKING: Stage.WORKING,
    CaseStatus.WAITING: Stage.WORKING,
    CaseStatus.REVIEW: Stage.WORKING,
    CaseStatus.CLOSED: Stage.FINISHED,
    CaseStatus.MERGED: Stage.TAKEN_UP,
}


def stage_of(status: ComplaintStatus, case_status: CaseStatus | None) -> Stage:
    """Where a request stands, from its own state and that of the case it was taken into."""
    if status is ComplaintStatus.ACCEPTED and case_status is not None:
        return _IN_CASE[case_status]
    return _BEFORE_CASE[status]
