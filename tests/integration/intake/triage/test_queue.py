"""The queue: who sees what, in what order, and that nothing in the address breaks it."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import update

from tests import cast
from welfare.core import clock
from welfare.core.db import db
from welfare.core.security.permissions import Permission, Role, Viewer, permissions_of
from welfare.intake.models import Complaint
from welfare.intake.queries import triage
from welfare.intake.queries.asked import read_filters
from welfare.intake.workflow import Channel

QUEUE = "/desk/complaints"


def listed(query: dict[str, str], viewer: Viewer) -> list[str]:
    return [row.reference for row in triage.queue(read_filters(query).filters, viewer=viewer).rows]


def limited(*villages: int, restricted: bool = True) -> Viewer:
    rights = permissions_of(frozenset({Role.OFFICER}))
    if not restricted:
        rights -= {Permission.VIEW_RESTRICTED}
    return Viewer(9, "x", "x", frozenset({Role.OFFICER}), rights, frozenset(villages) or None)


def test_the_queue_says_who_where_what_and_how(officer: FlaskClient, reference: str) -> None:
    page = officer.get(QUEUE)
    assert page.status_code == 200
    for words in (reference, "ยายคำ ใจดี", "12/1", "หลังคาบ้านยายรั่ว", "หน้าเว็บ"):
        assert words in page.text


def test_urgent_before_due_before_late_comers(session: object, stage: None) -> None:
    normal = cast.complaint(category="housing").reference
    older = cast.complaint(category="housing").reference
    urgent = cast.complaint(category="violence").reference
    db.session.execute(
        update(Complaint).where(Complaint.reference == older).values(due_at=clock.now())
    )
    db.session.commit()
    assert listed({}, cast.viewer(cast.ORN)) == [urgent, older, normal]
    assert listed({"sort": "newest"}, cast.viewer(cast.ORN)) == [urgent, older, normal]
    assert listed({"sort": "oldest"}, cast.viewer(cast.ORN)) == [normal, older, urgent]


def test_filters(session: object, stage: None) -> None:
    two = cast.complaint(village=2, category="housing").reference
    three = cast.complaint(village=3, category="disaster", description="น้ำท่วมบ้าน").reference
    none = cast.complaint(village=None, house_no="", landmark="ข้างวัด").reference
    viewer = cast.viewer(cast.ORN)
    assert listed({"village": "3"}, viewer) == [three]
    assert listed({"village": "0"}, viewer) == [none]
    assert listed({"category": "disaster"}, viewer) == [three]
    assert set(listed({"status": "all"}, viewer)) == {two, three, none}
    assert listed({"q": "น้ำท่วม"}, viewer) == [three]
    assert listed({"q": "ท่"}, viewer) == [three]
    assert listed({"q": three.lower()}, viewer) == [three]
    assert set(listed({"q": "081-234-5678"}, viewer)) == set()
    assert listed({"overdue": "1"}, viewer) == []
    assert listed({"q": "ไม่มีคำนี้"}, viewer) == []
    assert listed({"status": "declined"}, viewer) == []


def test_found_by_the_filers_telephone(session: object, stage: None) -> None:
    one = cast.complaint(reporter_phone="66899991234").reference
    assert listed({"q": "089-999-1234"}, cast.viewer(cast.ORN)) == [one]


def test_area_and_restriction_hold_for_lists_counts_and_search(
    session: object, stage: None
) -> None:
    cast.complaint(village=3)
    secret = cast.complaint(village=2, category="violence", description="ถูกทำร้ายร่างกาย").reference
    open_to_all = cast.complaint(village=2).reference
    here, no_secrets = limited(2), limited(2, restricted=False)
    assert set(listed({"status": "all"}, here)) == {secret, open_to_all}
    assert listed({"status": "all"}, no_secrets) == [open_to_all]
    assert listed({"q": "ทำร้าย"}, no_secrets) == []
    assert listed({"q": secret}, no_secrets) == []
    assert triage.waiting_counts(viewer=no_secrets).submitted == 1
    assert listed({"village": "3"}, here) == []


def test_sensitive_ones_are_masked_and_not_found_by_words(session: object, stage: None) -> None:
    cast.complaint(category="child_welfare", description="เด็กไม่ได้ไปโรงเรียน", subject_name="ด.ช.ก้อง")
    viewer = limited(restricted=False)
    (row,) = triage.queue(read_filters({}).filters, viewer=viewer).rows
    assert (row.masked, row.subject_name, row.excerpt) == (True, "", "")
    assert listed({"q": "โรงเรียน"}, viewer) == []


def test_pages_forth_and_back(
    session: object, stage: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(triage, "PAGE", 2)
    made = [cast.complaint().reference for _ in range(5)]
    viewer = cast.viewer(cast.ORN)
    for sort in ("pressing", "due", "newest", "oldest"):
        seen: list[str] = []
        query, edges = {"sort": sort}, []
        while True:
            page = triage.queue(read_filters(query).filters, viewer=viewer)
            seen += [row.reference for row in page.rows]
            if page.older is None:
                break
            edges.append(page.older)
            query = {"sort": sort, "page": page.older}
        assert sorted(seen) == sorted(made), sort
        assert len(edges) == 2
        assert page.newer is not None
        before = triage.queue(
            read_filters({"sort": sort, "page": page.newer}).filters, viewer=viewer
        )
        assert [row.reference for row in before.rows] == seen[2:4]


def test_statements_do_not_grow_with_the_rows(
    officer: FlaskClient, reference: str, app: Flask, statements: Callable[[], list[str]]
) -> None:
    officer.get(QUEUE)
    statements()
    officer.get(QUEUE)
    few = len(statements())
    with app.app_context():
        for _ in range(8):
            cast.complaint()
    statements()
    officer.get(QUEUE)
    assert len(statements()) == few <= 6


@pytest.mark.parametrize(
    "query",
    [
        "status=nothing", "category=%00", "village=999999999999999999999", "village=-1",
        "page=a9999999999999.1", "page=a3.9999999999999999.999999999", "page=b0.1.1",
        "q=%F0%9F%98%80", "q=" + "%E0%B8%81" * 300, "overdue=maybe&sort=up&priority=5",
        "status=declined&page=b0.0.1", "q=%22%27%25_%5C", "status=all&sort=pressing&page=a1.5.7",
        "sort=newest&page=a0.0.5", "sort=due&page=a0.0.5", "q=UM99-999999-9",
    ],
)  # fmt: skip
def test_nothing_in_the_address_breaks_it(officer: FlaskClient, reference: str, query: str) -> None:
    assert officer.get(f"{QUEUE}?{query}").status_code == 200
    assert officer.get(f"{QUEUE}/{reference}?{query}").status_code == 200
    assert officer.get(f"{QUEUE}/next?{query}").status_code == 303


def test_what_was_not_understood_is_said(officer: FlaskClient, reference: str) -> None:
    assert "village" in officer.get(f"{QUEUE}?village=x").text


def test_a_whole_number_leads_to_its_complaint(officer: FlaskClient, reference: str) -> None:
    answer = officer.get(QUEUE, query_string={"q": reference.lower()})
    assert answer.headers["Location"].endswith(f"{QUEUE}/{reference}")


@pytest.mark.parametrize(
    ("who", "status"),
    [
        (cast.ORN, 200), (cast.MALEE, 200), (cast.KAN, 403), (cast.ANAN, 403),
        (cast.AEK, 403), (cast.WAN, 403),
    ],
)  # fmt: skip
def test_who_may_open_the_queue(client: FlaskClient, reference: str, who: str, status: int) -> None:
    cast.sign_in(client, who)
    assert client.get(QUEUE).status_code == status
    assert client.get(f"{QUEUE}/{reference}").status_code == status
    assert client.get(f"{QUEUE}/next").status_code == (303 if status == 200 else status)


def test_an_empty_queue_says_what_will_be_here(officer: FlaskClient) -> None:
    assert "ไม่มีคำร้องรอพิจารณา" in officer.get(QUEUE).text


def test_how_it_came_is_shown(officer: FlaskClient, app: Flask) -> None:
    with app.app_context():
        cast.complaint(actor=cast.viewer(cast.ORN), channel=Channel.PHONE, anonymous=True)
    page = officer.get(QUEUE).text
    assert "โทรศัพท์" in page
    assert "ไม่เปิดเผยตัว" in page
