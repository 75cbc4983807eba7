"""Papers whose time is over: what is due, two persons, the deed, what stays."""

from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from tests import cast
from tests.issued import approve, issued, old_letter, row
from tests.pages import submit
from welfare.cases.models import Case
from welfare.cases.workflow import CaseStatus
from welfare.core import clock
from welfare.core.audit.models import AuditEntry
from welfare.core.db import db
from welfare.core.errors import Forbidden, NotFound, Refused, StaleRecord
from welfare.core.storage.files import path_of
from welfare.core.storage.models import StoredFile
from welfare.papers import services
from welfare.papers.kinds import Archives, Fate, Keep
from welfare.papers.models import Paper
from welfare.papers.queries import paper_page, verified
from welfare.papers.queries.destroying import list_page
from welfare.papers.queries.keeping import due_papers, keepings

pytestmark = pytest.mark.usefixtures("stage")


@pytest.fixture
def inside(app: Flask) -> Any:
    with app.app_context():
        yield
        db.session.rollback()


def due(who: str = cast.ORN) -> set[str]:
    return {one.public_id for one in due_papers(viewer=cast.viewer(who))}


def drawn(who: str = cast.ORN) -> str:
    made = services.draw_up_list(actor=cast.viewer(who))
    db.session.commit()
    return made


def version(public_id: str) -> int:
    return list_page(public_id, viewer=cast.viewer(cast.ORN)).version


def destroyed(public_id: str) -> None:
    files = services.destroy_list(
        actor=cast.viewer(cast.ORN), public_id=public_id, version=version(public_id)
    )
    db.session.commit()
    services.remove_destroyed(files)


def day(name: str, written: str) -> dict[str, str]:
    parts = zip(("day", "month", "year"), written.split("/"), strict=True)
    return {f"{name}-{part}": value for part, value in parts}


def dated(public_id: str, day: date) -> None:
    db.session.execute(db.update(Paper).where(Paper.public_id == public_id).values(dated=day))
    db.session.commit()


def test_a_paper_is_due_in_the_year_after_its_time_is_over(inside: None, at: Any) -> None:
    made = issued()
    dated(made, date(2026, 1, 1))
    at("2036-12-31T23:59:00+07:00")
    assert due() == set()
    at("2037-01-01T00:00:00+07:00")  # in UTC it is still the year before
    assert due() == {made}


def test_a_rule_holds_from_its_day_and_for_its_kind(inside: None) -> None:
    letter, memo = issued(), issued("", kind="memo")
    today, anan = clock.today(), cast.viewer(cast.ANAN)
    for made in (letter, memo):
        dated(made, date(today.year - 2, 6, 1))

    def say(keep: Keep, since: date, who: str = cast.ANAN) -> None:
        services.set_keeping(
            actor=cast.viewer(who), kind_code="letter", keep=keep, since=since, basis="ข้อ 57.5"
        )
        db.session.commit()

    say(Keep.ONE_YEAR, today + timedelta(days=1))
    assert due() == set()
    say(Keep.ONE_YEAR, today)
    assert due() == {letter}
    say(Keep.FOREVER, today)
    assert due() == set()
    found = next(one for one in keepings() if one.kind.code == "letter")
    assert (found.keep, found.basis, len(found.coming)) == (Keep.FOREVER, "ข้อ 57.5", 1)
    with pytest.raises(Refused):
        say(Keep.ONE_YEAR, today - timedelta(days=1))
    for nobody in (cast.ORN, cast.MALEE, cast.KAN):
        with pytest.raises(Forbidden):
            say(Keep.ONE_YEAR, today, nobody)
    assert anan.can("manage_lists")


def test_what_is_in_use_or_not_to_be_seen_is_not_due(inside: None) -> None:
    number = cast.case()
    made = old_letter(number)
    assert due() == set()
    db.session.execute(db.update(Case).values(status=CaseStatus.CLOSED))
    db.session.commit()
    assert due() == {made}
    conduct = cast.complaint(category="staff_conduct").reference
    db.session.execute(
        db.text("UPDATE complaints SET decided_at = filed_at WHERE reference = :it"),
        {"it": conduct},
    )
    db.session.execute(
        db.update(Paper).where(Paper.kind == "receipt").values(dated=date(2010, 1, 1))
    )
    db.session.commit()
    assert due() == {made}
    assert len(due(cast.MALEE)) == 2
    whole = drawn(cast.MALEE)
    seen = list_page(whole, viewer=cast.viewer(cast.ORN)).papers
    assert sorted(one.seen for one in seen) == [False, True]
    assert all(conduct not in (one.number, one.title) for one in seen)


def test_two_persons_an_order_and_then_it_is_gone(inside: None) -> None:
    made = old_letter()
    before = row(made)
    code, digest, number = before.verify_code or "", before.sha256, before.number
    file = db.session.get_one(StoredFile, before.file_id).public_id
    listed = drawn()
    assert due() == set()
    with pytest.raises(Refused):
        destroyed(listed)  # nobody has approved it
    db.session.rollback()
    approve(listed)
    assert path_of(file).exists()
    destroyed(listed)
    after = row(made)
    assert not path_of(file).exists() and after.file_id is None and after.words is None
    assert db.session.scalar(select(StoredFile).where(StoredFile.public_id == file)) is None
    assert (after.number, after.sha256, after.running) == (number, digest, 1)
    told = verified(code)
    assert told is not None and told.holds and told.sha256 == digest
    assert told.destroyed_at is not None and told.destroyed_by_order == "12/2570"
    page = paper_page(made, viewer=cast.viewer(cast.ORN))
    assert page.destroyed_at is not None and not page.may_open
    noted = select(AuditEntry.object_ref).where(AuditEntry.action == "paper.destroyed")
    assert list(db.session.scalars(noted)) == [made]
    assert services.draw_issued() == 0
    with pytest.raises(Refused):
        destroyed(listed)


def test_who_may_not(inside: None) -> None:
    old_letter()
    for nobody in (cast.KAN, cast.ANAN, cast.AEK, cast.WAN):
        with pytest.raises(Forbidden):
            drawn(nobody)
        db.session.rollback()
    listed = drawn(cast.MALEE)
    for nobody in (cast.MALEE, cast.ORN):  # who drew it up; who may not approve at all
        with pytest.raises(Forbidden):
            approve(listed, nobody)
        db.session.rollback()
    with pytest.raises(NotFound):
        list_page(listed, viewer=cast.viewer(cast.KAN))
    mine = list_page(listed, viewer=cast.viewer(cast.ORN))
    assert not mine.may_approve
    with pytest.raises(Forbidden):
        services.destroy_list(actor=cast.viewer(cast.KAN), public_id=listed, version=mine.version)


def test_what_an_approval_rests_on(inside: None) -> None:
    old_letter()
    listed, today = drawn(), clock.today()
    wrong: list[dict[str, Any]] = [
        {"order_no": ""},
        {"committee": ["นายหนึ่ง", "นางสอง"]},
        {"archives_on": today + timedelta(days=1)},
        {"archives": Archives.SILENT, "archives_on": today - timedelta(days=59)},
    ]
    for changes in wrong:
        with pytest.raises(Refused):
            approve(listed, **changes)
        db.session.rollback()
    approve(listed, archives=Archives.SILENT, archives_on=today - timedelta(days=60))


def test_the_committee_keeps_one_and_the_head_gives_the_rest_up(inside: None) -> None:
    first, other = old_letter(year=2009), old_letter()
    listed, orn = drawn(), cast.viewer(cast.ORN)
    say = {"actor": orn, "public_id": listed, "place": 1, "year": 2590, "reason": "มีคุณค่า"}
    seen = version(listed)
    services.keep_longer(**say, version=seen)
    db.session.commit()
    with pytest.raises(StaleRecord):
        services.keep_longer(**(say | {"place": 2}), version=seen)
    db.session.rollback()
    assert row(first).keep_until == date(2047, 12, 31)
    approve(listed)
    with pytest.raises(Forbidden):
        services.give_up_list(actor=orn, public_id=listed, version=version(listed), reason="รอ")
    db.session.rollback()
    services.give_up_list(
        actor=cast.viewer(cast.MALEE), public_id=listed, version=version(listed), reason="รอ"
    )
    db.session.commit()
    fates = [one.fate for one in list_page(listed, viewer=orn).papers]
    assert fates == [Fate.KEPT, Fate.DROPPED]
    assert due() == {other}


def test_what_came_into_use_meanwhile_is_not_destroyed(inside: None) -> None:
    number = cast.case()
    db.session.execute(db.update(Case).values(status=CaseStatus.CLOSED))
    db.session.commit()
    again, gone = old_letter(number), old_letter()
    listed = drawn()
    approve(listed)
    db.session.execute(db.update(Case).values(status=CaseStatus.WORKING))
    db.session.commit()
    destroyed(listed)
    assert row(again).destroyed_at is None and row(again).file_id is not None
    assert row(gone).destroyed_at is not None


def test_a_file_left_behind_is_swept_away(inside: None) -> None:
    from welfare.core.storage.files import remove_unclaimed

    made = old_letter()
    file = db.session.get_one(StoredFile, row(made).file_id).public_id
    listed = drawn()
    approve(listed)
    services.destroy_list(actor=cast.viewer(cast.ORN), public_id=listed, version=version(listed))
    db.session.commit()  # and the process dies here
    assert remove_unclaimed(timedelta(0)) == 1 and not path_of(file).exists()


def test_the_way_through_the_pages(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        made = old_letter()
        code = row(made).verify_code
    cast.sign_in(client, cast.ORN)
    listed = submit(client, "/desk/papers/destruction", action="destruction").location
    assert client.get(f"{listed}/list.pdf").data.startswith(b"%PDF")
    assert "approve" not in client.get(listed).text.replace("approve-card", "")
    manager = cast.sign_in(app.test_client(), cast.MALEE)
    said = {
        "order_no": "7/2570",
        "committee": "ก\nข",
        "archives": "agreed",
        **day("archives_on", "1/1/2569"),
    }
    short = submit(manager, listed, said, having="committee")
    assert short.status_code == 422 and "บรรทัดละ 1 คน" in short.text
    assert submit(manager, short, {"committee": "ก\nข\nค"}).status_code == 303
    page = client.get(listed)
    assert "เรียกคืนไม่ได้" in page.text
    assert submit(client, page, having="version", action="/destroy").status_code == 400
    assert (
        submit(client, page, {"sure": "y"}, having="version", action="/destroy").status_code == 303
    )
    assert "ทำลายแล้ว" in client.get(listed).text
    assert "7/2570" in app.test_client().get(f"/verify/{code}").text
    assert "7/2570" in client.get(f"/desk/papers/{made}").text
    assert client.get(f"/documents/{made}.pdf").status_code in {403, 404}


def test_periods_on_their_page(app: Flask, client: FlaskClient) -> None:
    cast.sign_in(client, cast.ANAN)
    page = "/admin/papers/keeping"
    said = {"paper_kind": "memo", "keep": "5y", **day("since", "1/10/2599")}
    said["basis"] = "ข้อ 57.4"
    assert submit(client, page, said).status_code == 303
    assert "ข้อ 57.4" in client.get(page).text
    assert submit(client, page, said | day("since", "1/10/2560")).status_code == 422
