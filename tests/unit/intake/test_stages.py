"""How far a request is, in the filer's eyes."""

import pytest

from welfare.cases.workflow import CaseStatus
from welfare.intake.queries.stages import Stage, stage_of
from welfare.intake.workflow import ComplaintStatus


@pytest.mark.parametrize("status", list(ComplaintStatus))
@pytest.mark.parametrize("case_status", [None, *CaseStatus])
def test_every_state_has_a_stage(status: ComplaintStatus, case_status: CaseStatus | None) -> None:
    assert stage_of(status, case_status) in Stage


def test_a_withdrawn_request_is_withdrawn_whatever_the_case_does() -> None:
    assert stage_of(ComplaintStatus.WITHDRAWN, CaseStatus.WORKING) is Stage.WITHDRAWN


def test_an_accepted_request_goes_with_its_case() -> None:
    ways = [stage_of(ComplaintStatus.ACCEPTED, status) for status in CaseStatus]
    assert ways == [
        Stage.TAKEN_UP,
        Stage.TAKEN_UP,
        Stage.WORKING,
        Stage.WORKING,
        Stage.WORKING,  # a closing that is looked over
        Stage.FINISHED,
        Stage.TAKEN_UP,  # became part of another: its requests go on with that one
    ]
