"""A decline and a take-back that were not meant, undone within their time."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from tests import cast
from welfare.cases.models import Case, CaseEvent
from welfare.cases.workflow import CaseStatus
from welfare.core.db import db
from welfare.core.errors import Forbidden, NotFound, Refused
from welfare.dispatch import queries, services
from welfare.dispatch.models import Assignment
from welfare.dispatch.queries.recalling import just_declined
from welfare.dispatch.workflow import AssignmentStatus


def state(number: str) -> tuple[CaseStatus, int | None]:
    row = db.session.execute(select(Case.status, Case.assignee_id).where(Case.number == number))
    return tuple(row.one())  # type: ignore[return-value]  # two columns


def version() -> int:
    last = select(Assignment.version).order_by(Assignment.id.desc()).limit(1)
    return db.session.scalars(last).one()


def test_a_decline_is_undone_once_and_in_time(session: Any, stage: None, at: Any) -> None:
    at("2026-11-23T09:00:00+07:00")
    orn, kan, ton = (cast.viewer(name) for name in (cast.ORN, cast.KAN, cast.TON))
    number = cast.case()
    services.offer_case(actor=orn, number=number, worker_id=kan.user_id)
    services.decline_case(actor=kan, number=number, reason="กดผิด")
    session.commit()
    assert [one.number for one in just_declined(kan)] == [number]
    for other, wrong in ((ton, NotFound), (orn, Forbidden)):
        with pytest.raises(wrong):
            services.undo_decline(actor=other, number=number, version=version())
        session.rollback()
    at("2026-11-23T09:31:00+07:00")
    assert just_declined(kan) == []
    with pytest.raises(Refused):
        services.undo_decline(actor=kan, number=number, version=version())
    session.rollback()
    at("2026-11-23T09:29:00+07:00")
    services.undo_decline(actor=kan, number=number, version=version())
    session.commit()
    assert state(number) == (CaseStatus.OFFERED, kan.user_id)
    with pytest.raises(Refused):
        services.undo_decline(actor=kan, number=number, version=version())
    session.rollback()
    services.accept_case(actor=kan, number=number)
    session.commit()
    verbs = list(session.scalars(select(CaseEvent.data).order_by(CaseEvent.id)))
    assert "decline_undone" in [data.get("verb") for data in verbs]
    assert state(number) == (CaseStatus.WORKING, kan.user_id)


def test_a_take_back_is_undone_unless_somebody_has_it(
    session: Any, given: Callable[..., str]
) -> None:
    orn, kan, ton = (cast.viewer(name) for name in (cast.ORN, cast.KAN, cast.TON))
    number = given()
    services.take_back_case(actor=orn, number=number, reason="กดผิด")
    session.commit()
    assert queries.assignments_of(number, viewer=orn).may_undo_take_back
    services.undo_take_back(actor=orn, number=number, version=version())
    session.commit()
    assert state(number) == (CaseStatus.WORKING, kan.user_id)
    standing = session.scalars(select(Assignment.status)).all()
    assert standing == [AssignmentStatus.ACCEPTED]
    services.take_back_case(actor=orn, number=number, reason="ให้ต้น")
    session.commit()
    seen = version()
    services.offer_case(actor=orn, number=number, worker_id=ton.user_id)
    session.commit()
    with pytest.raises(Refused):
        services.undo_take_back(actor=orn, number=number, version=seen)
    session.rollback()
    assert state(number) == (CaseStatus.OFFERED, ton.user_id)
