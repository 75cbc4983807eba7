"""The heads of the worklist sort it, and say how it is sorted."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests import cast
from welfare.cases import queries
from welfare.cases.workflow import Priority, Sensitivity
from welfare.core.db import db

pytestmark = pytest.mark.usefixtures("stage")


def test_heads_sort_and_say_so(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        first, second = cast.case(), cast.case("emergency_aid")
    orn = cast.sign_in(client, cast.ORN)
    page = orn.get("/desk/cases").text
    assert 'aria-sort="ascending"' in page and "sort=last_due" in page
    down = orn.get("/desk/cases?sort=last_due").text
    assert 'aria-sort="descending"' in down
    assert (page.index(first) < page.index(second)) != (down.index(first) < down.index(second))
    old = orn.get("/desk/cases?sort=oldest").text
    assert old.index(first) < old.index(second)


def test_every_head_sorts_and_what_is_unknown_or_masked_stands_last(
    app: Flask, client: FlaskClient
) -> None:
    with app.app_context():
        names = "เก่ง", "ขาว", "กานต์", "ฮะ"
        ids = {first: cast.person(first_name=first).id for first in names}
        db.session.commit()
        number = {name: cast.case(actor=cast.KAN, person_id=ids[name]) for name in names[:3]}
        number["ลับ"] = cast.case(
            actor=cast.KAN, person_id=ids["ฮะ"], sensitivity=Sensitivity.SENSITIVE
        )
        number["–"] = cast.case(
            "emergency_aid", cast.KAN, village_no=None, priority=Priority.URGENT
        )

    def order(sort: str) -> list[str]:
        page = client.get(f"/desk/cases?sort={sort}").text
        return sorted(number, key=lambda name: page.index(f">{number[name]}<"))

    cast.sign_in(client, cast.KAN)
    up, down = order("who"), order("who_down")
    assert up[:3] == ["กานต์", "เก่ง", "ขาว"] and down[:3] == ["ขาว", "เก่ง", "กานต์"]
    assert up[3:] == down[3:]
    assert order("priority")[0] == order("priority_down")[-1] == "–"
    assert order("village")[-1] == order("village_down")[-1] == "–"
    for head in ("what", "status", "worker", "category"):
        assert len(order(head)) == len(order(f"{head}_down")) == 5


def test_pages_in_the_order_of_a_column_hold_each_case_once(app: Flask) -> None:
    with app.app_context():
        made = [cast.case(priority=Priority.URGENT if at % 3 else Priority.LOW) for at in range(60)]
        orn = cast.viewer(cast.ORN)

        def page(cursor: str | None = "") -> queries.CasePage:
            asked = {"sort": "priority", "page": cursor or ""}
            question = queries.read_filters(asked, viewer=orn)
            assert not question.ignored
            return queries.worklist(question.filters, viewer=orn)

        first = page()
        second = page(first.older)
        third = page(second.older)
        seen = [row.number for part in (first, second, third) for row in part.rows]
        assert sorted(seen) == sorted(made) and third.older is None and first.newer is None
        assert [row.number for row in page(third.newer).rows] == seen[25:50]
        assert [row.number for row in page(second.newer).rows] == seen[:25]
