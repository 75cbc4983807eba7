"""Cases that have to do with each other: linked, shown to who may see both, let go."""

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from tests import cast
from tests.integration.cases.merging.test_merging import merge, undo
from tests.pages import submit
from welfare.cases import queries, services
from welfare.cases.models import Case, CaseEvent
from welfare.cases.workflow import Sensitivity
from welfare.core.db import db
from welfare.core.errors import Forbidden, NotFound, Refused
from welfare.dispatch import services as dispatch

pytestmark = pytest.mark.usefixtures("stage")


def linked(number: str, who: str = cast.ORN) -> dict[str, str]:
    """The cases shown beside one, and why."""
    beside = queries.case_file(number, viewer=cast.viewer(who)).beside
    return {one.number: one.why for one in beside.linked}


def relate(number: str, other: str, who: str = cast.ORN, why: str = "บ่อน้ำเดียวกัน") -> int:
    return services.relate_cases(actor=cast.viewer(who), number=number, other=other, why=why)


def test_both_show_each_other_until_the_link_is_taken_away(session: Any) -> None:
    first, second = cast.case(), cast.case()
    made = relate(first, second)
    assert linked(first) == {second: "บ่อน้ำเดียวกัน"}
    assert linked(second) == {first: "บ่อน้ำเดียวกัน"}
    for other in (second, first, "C69-999999-9"):
        with pytest.raises(Refused) as refused:
            relate(first, other)
        assert refused.value.field == "other"
    services.let_go(actor=cast.viewer(cast.ORN), number=second, link_id=made)
    assert linked(first) == linked(second) == {}
    with pytest.raises(Refused):
        services.let_go(actor=cast.viewer(cast.ORN), number=first, link_id=made)
    relate(second, first)
    assert linked(first) == {second: "บ่อน้ำเดียวกัน"}


def test_who_may_not_see_the_other_learns_nothing(session: Any) -> None:
    mine, hidden = cast.case(), cast.case(category="violence")
    session.execute(
        Case.__table__.update()
        .where(Case.number == hidden)
        .values(sensitivity=Sensitivity.RESTRICTED, opened_by_id=None)
    )
    dispatch.offer_case(
        actor=cast.viewer(cast.ORN), number=mine, worker_id=cast.viewer(cast.KAN).user_id
    )
    dispatch.accept_case(actor=cast.viewer(cast.KAN), number=mine)
    made = relate(mine, hidden, cast.MALEE)
    assert linked(mine, cast.MALEE) == {hidden: "บ่อน้ำเดียวกัน"}
    assert linked(mine, cast.KAN) == {}
    told = session.scalars(select(CaseEvent).where(CaseEvent.kind == "family")).all()
    assert len(told) == 2
    assert not any(hidden in str(one.data) or one.text for one in told)
    for who in (cast.KAN, cast.ANAN, cast.WAN):
        with pytest.raises((Forbidden, NotFound)):
            services.let_go(actor=cast.viewer(who), number=mine, link_id=made)
    with pytest.raises((Forbidden, NotFound, Refused)):
        relate(mine, hidden, cast.KAN)


def test_a_merge_brings_links_along_and_its_undo_takes_them_back(session: Any) -> None:
    stays, goes, far = cast.case(), cast.case(), cast.case()
    relate(goes, far)
    relate(goes, stays)
    made = merge(stays, goes)
    assert linked(far) == {stays: "บ่อน้ำเดียวกัน"}
    assert linked(stays) == {far: "บ่อน้ำเดียวกัน"}
    undo(made)
    assert set(linked(goes)) == {far, stays}
    assert set(linked(stays)) == {goes}


def test_the_pages(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        first, second = cast.case(), cast.case()
        db.session.commit()
    cast.sign_in(client, cast.ORN)
    page = f"/desk/cases/{first}/related"
    assert submit(client, page, {"other": "ไม่มี", "why": "x"}).status_code == 422
    sent = submit(client, page, {"other": second, "why": "แม่กับลูก"})
    assert sent.status_code == 303
    assert "แม่กับลูก" in client.get(f"/desk/cases/{second}").text
    done = submit(client, f"/desk/cases/{second}", {}, action="/end")
    assert done.status_code == 303
    assert "แม่กับลูก" not in client.get(f"/desk/cases/{first}").text
