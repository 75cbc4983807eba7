"""Views of the worklist that are kept and shared; one step for many cases."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from tests import cast
from tests.pages import submit
from welfare.cases import services
from welfare.cases.kinds import Sharing
from welfare.cases.models import Case, CaseTask
from welfare.cases.queries.views import canonical, views_of
from welfare.cases.workflow import Priority
from welfare.core.db import db
from welfare.core.errors import Forbidden, NotFound, Refused, StaleRecord
from welfare.core.security.permissions import Role


def keep(who: str = cast.ORN, sharing: Sharing = Sharing.PRIVATE, **more: Any) -> int:
    return services.save_view(
        actor=cast.viewer(who), name="ด่วน", query="priority=urgent", sharing=sharing,
        role=more.get("role"), default=bool(more.get("default")),
    )  # fmt: skip


def found(who: str) -> list[int]:
    return [one.id for one in views_of(cast.viewer(who))]


@pytest.mark.usefixtures("stage", "session")
class TestViews:
    def test_who_finds_which(self) -> None:
        mine, all_ = keep(), keep(sharing=Sharing.EVERYBODY)
        workers = keep(sharing=Sharing.ROLE, role=Role.CASEWORKER)
        assert set(found(cast.ORN)) == {mine, all_, workers}
        assert set(found(cast.KAN)) == {all_, workers}
        assert set(found(cast.MALEE)) == {all_}
        assert found(cast.WAN) == []

    def test_a_worker_keeps_only_for_themselves(self) -> None:
        assert keep(cast.KAN)
        with pytest.raises(Refused):
            keep(cast.KAN, Sharing.EVERYBODY)
        with pytest.raises(Forbidden):
            keep(cast.WAN)

    def test_only_who_made_it_takes_it_away(self) -> None:
        private, shared = keep(), keep(sharing=Sharing.EVERYBODY)
        with pytest.raises(NotFound):
            services.remove_view(actor=cast.viewer(cast.KAN), view_id=private, version=1)
        with pytest.raises(Forbidden):
            services.remove_view(actor=cast.viewer(cast.KAN), view_id=shared, version=1)
        with pytest.raises(StaleRecord):
            services.remove_view(actor=cast.viewer(cast.ORN), view_id=shared, version=7)
        services.remove_view(actor=cast.viewer(cast.ORN), view_id=shared, version=1)
        assert found(cast.KAN) == []

    def test_a_view_is_changed_by_who_may_and_put_back(self) -> None:
        kan, orn = cast.viewer(cast.KAN), cast.viewer(cast.ORN)
        view = keep(sharing=Sharing.EVERYBODY)
        services.choose_view(actor=kan, view_id=view)
        change: Any = {"view_id": view, "name": "หมู่ 2", "role": None, "query": "village=2"}
        for actor, version, fault in ((kan, 1, Forbidden), (orn, 7, StaleRecord)):
            with pytest.raises(fault):
                services.change_view(
                    actor=actor, version=version, sharing=Sharing.EVERYBODY, **change
                )
        services.change_view(actor=orn, version=1, sharing=Sharing.EVERYBODY, **change)
        (seen,) = views_of(kan)
        assert (seen.name, seen.query, seen.chosen) == ("หมู่ 2", "village=2", True)
        services.remove_view(actor=orn, view_id=view, version=2)
        assert found(cast.KAN) == []
        with pytest.raises(NotFound):
            services.put_view_back(actor=kan, view_id=view)
        services.put_view_back(actor=orn, view_id=view)
        assert [one.chosen for one in views_of(kan)] == [True]
        services.change_view(actor=orn, version=4, sharing=Sharing.PRIVATE, **change)
        assert (found(cast.KAN), found(cast.ORN)) == ([], [view])

    def test_a_worker_shares_nothing_by_changing_it(self) -> None:
        view = keep(cast.KAN)
        with pytest.raises(Refused):
            services.change_view(
                actor=cast.viewer(cast.KAN), view_id=view, version=1, name="x",
                sharing=Sharing.EVERYBODY, role=None,
            )  # fmt: skip

    def test_one_opens_the_list_with_a_view_and_no_longer(self) -> None:
        view, kan = keep(sharing=Sharing.EVERYBODY), cast.viewer(cast.KAN)
        services.choose_view(actor=kan, view_id=view)
        assert [one.chosen for one in views_of(kan)] == [True]
        assert [one.chosen for one in views_of(cast.viewer(cast.ORN))] == [False]
        services.choose_view(actor=kan, view_id=view)
        assert [one.chosen for one in views_of(kan)] == [False]
        with pytest.raises(NotFound):
            services.choose_view(actor=kan, view_id=keep())

    def test_rights_and_versions_are_checked_row_by_row(self, session: Any) -> None:
        fine, stale, same = cast.case(), cast.case(), cast.case()
        services.set_priorities(
            actor=cast.viewer(cast.ORN), versions={same: 1}, priority=Priority.HIGH
        )
        done, left = services.set_priorities(
            actor=cast.viewer(cast.ORN), versions={fine: 1, stale: 9, same: 2, "C70-999999-9": 1},
            priority=Priority.HIGH,
        )  # fmt: skip
        assert done == [fine]
        assert {number for number, _why in left} == {stale, same, "C70-999999-9"}
        got = {
            row.number: row.priority for row in session.execute(select(Case.number, Case.priority))
        }
        assert (got[fine], got[stale]) == (Priority.HIGH, Priority.NORMAL)

    def test_who_may_not_see_a_case_does_nothing_to_it(self, session: Any) -> None:
        number, kan = cast.case(), cast.viewer(cast.KAN)
        assert services.note_on_each(actor=kan, versions={number: 1}, text="x")[0] == []
        assert services.task_on_each(actor=kan, versions={number: 1}, title="x")[0] == []
        assert (
            services.set_priorities(actor=kan, versions={number: 1}, priority=Priority.LOW)[0] == []
        )
        assert session.scalars(select(CaseTask)).all() == []


def test_a_query_has_one_form() -> None:
    pairs = [("page", "a5"), ("village", "2"), ("status", "open"), ("evil", "1"), ("q", " ")]
    assert canonical(pairs) == "status=open&village=2"


@pytest.mark.usefixtures("stage")
def test_the_list_opens_with_the_chosen_view_and_its_columns(app: Flask) -> None:
    with app.app_context():
        keep(default=True)
        from welfare.core.db import db

        db.session.commit()
    client = cast.sign_in(app.test_client(), cast.ORN)
    opened = client.get("/desk/cases")
    assert (opened.status_code, opened.location) == (302, "/desk/cases?priority=urgent")
    page = client.get("/desk/cases?columns=opened&columns=worker")
    assert page.status_code == 200
    assert client.get("/desk/cases/views?village=2&columns=opened").status_code == 200
    with app.app_context():
        number = cast.case()
        from welfare.core.db import db

        db.session.commit()
    page = f"/desk/cases/bulk?pick={number}"
    assert number in client.get(page).text
    for step in ("note", "task"):
        empty = submit(client, page, {"step": step, "words": "  "}, having="words")
        assert empty.status_code == 400
        assert "โปรดเขียนข้อความ" in empty.text
    noted = submit(client, page, {"step": "note", "words": "โทรแล้ว"}, having="words")
    assert noted.status_code == 303
    assert "โทรแล้ว" in client.get(f"/desk/cases/{number}").text


@pytest.mark.usefixtures("stage")
def test_a_worker_changes_and_removes_their_view_on_its_page(app: Flask) -> None:
    with app.app_context():
        keep(cast.KAN)
        db.session.commit()
    client = cast.sign_in(app.test_client(), cast.KAN)
    page = client.get("/desk/cases/views?change=1&village=2&sort=who")
    answer = submit(client, page, {"name": "หมู่ 2", "renew": "y"}, action="/1/change")
    assert answer.status_code == 303, answer.text
    page = client.get("/desk/cases")
    assert "village=2&amp;sort=who" in page.text
    gone = submit(client, "/desk/cases/views", action="/1/remove")
    assert "หมู่ 2" not in client.get("/desk/cases").text
    assert submit(client, gone.location, action="/1/back").status_code == 303
    assert "หมู่ 2" in client.get("/desk/cases").text
