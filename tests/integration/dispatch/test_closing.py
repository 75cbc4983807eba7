"""What closing a case does to its assignment and its visits, and how it is taken up again."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from tests import cast
from welfare.cases.models import Case
from welfare.cases.services import close_case, reopen_case
from welfare.cases.workflow import CaseStatus, Outcome
from welfare.core import clock
from welfare.core.errors import NotFound, Refused
from welfare.dispatch import services
from welfare.dispatch.models import Assignment, Visit
from welfare.dispatch.workflow import AssignmentStatus, VisitStatus

pytestmark = pytest.mark.usefixtures("stage")


def the_case(session: Any, number: str) -> Case:
    found: Case = session.scalar(select(Case).where(Case.number == number))
    return found


def close(session: Any, number: str, actor: str = cast.KAN, *, known: bool = False) -> None:
    close_case(
        actor=cast.viewer(actor),
        number=number,
        version=the_case(session, number).version,
        outcome=Outcome.SOLVED,
        outcome_note="ซ่อมเสร็จแล้ว",
        open_known=known,
    )
    session.commit()


def reopen(session: Any, number: str) -> None:
    version = the_case(session, number).version
    reopen_case(actor=cast.viewer(cast.ORN), number=number, version=version, reason="ยังรั่วอยู่")
    session.commit()


def test_closing_ends_the_assignment(session: Any, given: Callable[..., str]) -> None:
    number = given()
    close(session, number)
    assignment = session.scalar(select(Assignment))
    assert assignment.status == AssignmentStatus.ENDED
    assert assignment.ended_at is not None
    assert the_case(session, number).assignee_id == cast.viewer(cast.KAN).user_id


def test_an_offer_that_nobody_answered_ends_too(session: Any) -> None:
    number = cast.case()
    services.offer_case(
        actor=cast.viewer(cast.ORN), number=number, worker_id=cast.viewer(cast.KAN).user_id
    )
    close(session, number, cast.MALEE)
    assert session.scalar(select(Assignment.status)) == AssignmentStatus.ENDED


@pytest.mark.parametrize("again", [cast.KAN, cast.TON])
def test_a_reopened_case_is_offered_and_accepted(
    session: Any, given: Callable[..., str], again: str
) -> None:
    number = given()
    close(session, number)
    reopen(session, number)
    assert the_case(session, number).assignee_id is None
    services.offer_case(
        actor=cast.viewer(cast.ORN), number=number, worker_id=cast.viewer(again).user_id
    )
    services.accept_case(actor=cast.viewer(again), number=number)
    session.commit()
    case = the_case(session, number)
    assert (case.status, case.assignee_id) == (CaseStatus.WORKING, cast.viewer(again).user_id)
    statuses = session.scalars(select(Assignment.status).order_by(Assignment.id)).all()
    assert statuses == [AssignmentStatus.ENDED, AssignmentStatus.ACCEPTED]


def test_later_visits_are_called_off_and_todays_stays(
    session: Any, given: Callable[..., str]
) -> None:
    number, kan = given(), cast.viewer(cast.KAN)
    today = clock.today()
    for days in (0, 1):
        services.plan_visit(actor=kan, number=number, planned_on=today + timedelta(days=days))
    session.commit()
    with pytest.raises(Refused, match=r"นัดเยี่ยมที่ยังไม่ได้ไป .*: 1"):
        close(session, number)
    session.rollback()
    close(session, number, known=True)
    statuses = session.scalars(select(Visit.status).order_by(Visit.planned_on)).all()
    assert statuses == [VisitStatus.PLANNED, VisitStatus.CANCELLED]
    kept = session.scalar(select(Visit).order_by(Visit.planned_on).limit(1))
    services.record_visit(
        actor=kan,
        number=kept.number,
        version=kept.version,
        found=services.Found(findings="ตรวจหลังซ่อมแล้ว"),
    )
    session.commit()


def test_a_refused_closing_ends_nothing(session: Any, given: Callable[..., str]) -> None:
    number = given()
    with pytest.raises(NotFound):
        close(session, number, cast.AEK)
    session.rollback()
    assert session.scalar(select(Assignment.status)) == AssignmentStatus.ACCEPTED


def test_the_timeline_names_the_worker(
    session: Any, given: Callable[..., str], client: FlaskClient
) -> None:
    orn, kan, name = cast.viewer(cast.ORN), cast.viewer(cast.KAN), cast.STAFF[cast.KAN][0]
    number = given()
    services.take_back_case(actor=orn, number=number, reason="ลาป่วย")
    services.offer_case(actor=orn, number=number, worker_id=kan.user_id)
    services.decline_case(actor=kan, number=number, reason="ยังไม่หาย")
    session.commit()
    page = cast.sign_in(client, cast.ORN).get(f"/desk/cases/{number}").text
    assert f"เรียกงานคืนจาก {name}" in page
    assert f"{name} ไม่รับงาน" in page
    services.offer_case(actor=orn, number=number, worker_id=kan.user_id)
    services.accept_case(actor=kan, number=number)
    session.commit()
    close(session, number, cast.MALEE)
    assert f"ผู้รับผิดชอบ {name}" in client.get(f"/desk/cases/{number}").text
