"""The register of recipients: rows and sums that its reader may see, on paper and as a sheet."""

import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_babel import force_locale
from sqlalchemy import select

from tests import cast
from tests.funds import fund
from tests.issued import BASE, row
from tests.pages import submit
from tests.papers.reading import by_poppler, letters
from tests.papers.samples import OFFICE, pixel
from welfare.cases import services as cases
from welfare.cases.models import Case
from welfare.cases.services import record_assistance
from welfare.cases.workflow import AssistanceKind, Sensitivity
from welfare.core import clock
from welfare.core.audit.models import AuditEntry
from welfare.core.db import db
from welfare.core.errors import NotFound
from welfare.core.pdf.registers import AtOnce, Column, Group, Register, making, render_register
from welfare.core.security.permissions import Permission
from welfare.papers.facts import needs_in
from welfare.papers.queries import paper_page, stored_bytes
from welfare.reports import services
from welfare.reports.documents.issuing import register_drawer, register_sheet
from welfare.reports.documents.recipients import (
    NOTED,
    Look,
    draw_recipients,
    own_words,
    recipients_register,
)
from welfare.reports.facts import Made, ToIssue
from welfare.reports.kinds import Basis, ListKind, ListStatus
from welfare.reports.models import DrawnList
from welfare.reports.queries.drawn import drawn_bytes, drawn_list
from welfare.reports.queries.periods import of_year, period_asked, present_year
from welfare.reports.queries.recipients import (
    RecipientFilters,
    filters_from,
    recipient_sums,
    recipients,
)

PAGE = "/desk/lists/recipients"
HIDDEN = "ค่าเดินทางลับ"


def _build() -> None:
    home = cast.household()
    granny = cast.person(home)
    ours = cast.case(household_id=home.id, person_id=granny.id)
    theirs = cast.case(village_no=3, sensitivity=Sensitivity.SENSITIVE)
    for number, words, baht in (
        (ours, "ค่าซ่อมหลังคา", 3000),
        (ours, "ข้าวสาร", None),
        (theirs, HIDDEN, 500),
    ):
        record_assistance(
            actor=cast.viewer(cast.ORN), number=number, description=words, fund="เทศบาล",
            kind=AssistanceKind.MONEY if baht else AssistanceKind.GOODS, decided_by="ปลัด",
            amount=Decimal(baht) if baht else None, given_on=clock.today(),
        )  # fmt: skip
    db.session.commit()


@pytest.fixture
def given(kept: Callable[[str, Any], Any], stage: None) -> None:
    kept("given help", _build)


def this_year(**changes: Any) -> RecipientFilters:
    return RecipientFilters(period=of_year(present_year()), **changes)


def test_sums_are_those_of_the_rows_whatever_is_chosen(app: Flask, given: None) -> None:
    with app.app_context():
        malee = cast.viewer(cast.MALEE)
        for filters in (
            this_year(), this_year(kind=AssistanceKind.GOODS), this_year(villages=frozenset({3})),
        ):  # fmt: skip
            rows = list(recipients(filters, malee))
            sums = recipient_sums(filters, malee)
            assert sum(one.rows for one in sums) == len(rows)
            assert sum(one.amount for one in sums) == sum(row.amount or 0 for row in rows)
        every = list(recipients(this_year(), malee))
        assert [row.village_no for row in every] == [2, 2, 3]
        assert every[0].name == "นางคำ ใจดี" and "12/1" in every[0].address
        before = RecipientFilters(period=of_year(present_year() - 1))
        assert recipient_sums(before, malee) == []


def test_what_was_noted_by_hand_is_told_from_what_a_fund_paid(
    app: Flask, given: None, client: FlaskClient
) -> None:
    with app.app_context():
        case = db.session.scalars(select(Case).where(Case.village_no == 2)).first()
        assert case is not None
        about = {"number": case.number, "request_id": cases.ask_help(
            actor=cast.viewer(cast.ORN), number=case.number, fund_id=fund(), amount=Decimal(800),
            kind=AssistanceKind.MONEY, description="ค่านม", reason="",
        )}  # fmt: skip
        malee = cast.viewer(cast.MALEE)
        cases.decide_request(
            actor=malee, **about, version=1, approve=True, grounds="ครบ", amount=Decimal(800)
        )
        cases.deliver_help(
            actor=cast.viewer(cast.ORN),
            **about,
            version=2,
            amount=Decimal(800),
            given_on=clock.today(),
        )
        db.session.commit()
        noted = {row.what: row.noted for row in recipients(this_year(), malee)}
        assert noted == {"ค่าซ่อมหลังคา": True, "ข้าวสาร": True, "": True, "ค่านม": False}
        assert [(one.rows, one.noted) for one in recipient_sums(this_year(), malee)] == [
            (3, 2),
            (1, 1),
        ]
        granted = recipient_sums(this_year(basis=Basis.GRANTED), malee)
        assert [(one.rows, one.noted) for one in granted] == [(1, 0)]
        shown = {
            line[3]
            for group in recipients_register(
                recipients(this_year(), malee), this_year(), viewer=malee, look=Look()
            ).groups
            for line in group.rows
        }
        assert {"ค่านม", f"ข้าวสาร {NOTED}"} <= shown
    cast.sign_in(client, cast.MALEE)
    assert "ในจำนวนนี้ 3 รายการ บันทึกไว้" in client.get(PAGE).text
    assert "ไม่ผ่านกองทุน 3 รายการ" in client.get("/desk/reports/paper").text


def test_a_register_tells_nobody_what_their_lists_hide(app: Flask, given: None) -> None:
    with app.app_context():
        ton = cast.viewer(cast.TON)
        assert list(recipients(this_year(), ton)) == []
        orn = cast.viewer(cast.ORN)
        blind = replace(orn, permissions=orn.permissions - {Permission.VIEW_RESTRICTED})
        seen = list(recipients(this_year(), blind))
        assert [row.named for row in seen] == [True, True, False]
        assert HIDDEN not in repr(seen) and sum(row.amount or 0 for row in seen) == 3500
        with app.test_request_context(), force_locale("en"):
            made = draw_recipients(this_year(), viewer=blind, look=Look(True), presses=AtOnce())
        said = letters("".join(by_poppler(made.pdf)))
        assert letters(HIDDEN) not in said and letters("ปกปิด") in said
        for words in ("นางคำใจดี", "หมู่ที่๒", "๓,๕๐๐.๐๐", "สามพันห้าร้อยบาทถ้วน", "หน้า๑จาก๑", "ลายมือชื่อ"):
            assert letters(words) in said


def test_a_register_says_no_more_of_sensitive_help_than_its_kind(app: Flask, given: None) -> None:
    with app.app_context():
        orn = cast.viewer(cast.ORN)
        seen = list(recipients(this_year(), orn))
        assert [row.named for row in seen] == [True] * 3 and HIDDEN not in repr(seen)
        made = draw_recipients(this_year(), viewer=orn, look=Look(True), presses=AtOnce())
        said = letters("".join(by_poppler(made.pdf)))
        assert letters("ค่าซ่อมหลังคา") in said and letters("เฉพาะกรณีที่ผู้จัดทำ") not in said
        assert own_words(cast.viewer(cast.KAN)) == ("เฉพาะกรณีที่ผู้จัดทำรับผิดชอบ",)


def test_printed_at_once_and_noted(app: Flask, given: None, client: FlaskClient) -> None:
    cast.sign_in(client, cast.ORN)
    page = client.get(PAGE).text
    assert "3,500" in page and "นางคำ" not in page
    paper = submit(client, PAGE, {"whole": "1"}, action=f"{PAGE}/print")
    assert paper.mimetype == "application/pdf"
    with app.app_context():
        noted = set(db.session.scalars(select(AuditEntry.action)))
    assert {"recipients.printed", "people.revealed"} <= noted


def test_whole_numbers_only_for_who_may_reveal_them(given: None, client: FlaskClient) -> None:
    cast.sign_in(client, cast.MALEE)
    for action in ("print", "sheet"):
        answer = submit(client, PAGE, {"whole": "1"}, action=f"{PAGE}/{action}")
        assert answer.status_code == 403
    sheet = submit(client, PAGE, {}, action=f"{PAGE}/sheet")
    with zipfile.ZipFile(io.BytesIO(sheet.data)) as packed:
        text = packed.read("xl/worksheets/sheet1.xml").decode()
    assert "ค่าซ่อมหลังคา" in text and "<v>3000" in text


def test_a_long_one_is_drawn_by_the_worker_for_its_maker_alone(app: Flask, given: None) -> None:
    with app.app_context():
        orn, malee = cast.viewer(cast.ORN), cast.viewer(cast.MALEE)
        asked = this_year().as_data()
        assert filters_from(asked, of_year(2560)) == this_year()
        made = services.begin_list(actor=orn, kind=ListKind.RECIPIENTS, asked=asked, noted={})
        db.session.commit()

        def fails(*_: Any) -> Made:
            raise OSError("no room")

        assert services.work_on_lists({ListKind.RECIPIENTS: fails}) == 0
        failed = drawn_list(made, viewer=orn)
        assert (failed.status, failed.failure) == (ListStatus.FAILED, "error")
        services.try_list_again(actor=orn, public_id=made, version=failed.version)
        db.session.commit()
        seen = []

        def draws(given: Any, viewer: Any, progress: Any) -> Made:
            seen.append((given["period"], viewer.username))
            progress(1, 2)
            return Made(b"%PDF", 2, 3)

        assert services.work_on_lists({ListKind.RECIPIENTS: draws}) == 1
        assert seen == [(f"fy{present_year()}", "orn")]
        assert drawn_bytes(made, viewer=orn) == b"%PDF"
        with pytest.raises(NotFound):
            drawn_bytes(made, viewer=malee)
        row = db.session.scalars(select(DrawnList)).one()
        row.made_at -= services.KEPT * 2
        db.session.commit()
        assert services.clear_old_lists() == 1
        db.session.commit()
        assert db.session.scalars(select(DrawnList)).all() == []


def test_periods_are_whole_and_none_is_to_come() -> None:
    year = period_asked("fy2569")
    assert year is not None
    assert (year.first.isoformat(), year.last.isoformat()) == ("2025-10-01", "2026-09-30")
    assert len(year.months) == 12 and year.before.key == "fy2568"
    month = period_asked("2026-02")
    assert month is not None and month.last.day == 28 and month.before.key == "2026-01"
    for wrong in ("fy2599", "fy256", "2027-99", "2099-01", "x", "", "fy2400"):
        assert period_asked(wrong) is None


def test_a_register_is_issued_for_readers_who_may_see_as_much(
    app: Flask, given: None, client: FlaskClient
) -> None:
    cast.sign_in(client, cast.ORN)
    draft = submit(client, PAGE, {}, action=f"{PAGE}/print")
    assert "ร่าง" in "".join(by_poppler(draft.data))
    answer = submit(client, f"{PAGE}?village=2", {"do": "issue"}, action=f"{PAGE}/print")
    assert answer.status_code == 303
    public_id = answer.location.rsplit("/", 1)[1]
    path = f"/documents/{public_id}.pdf"
    pages = by_poppler(client.get(path).data)
    said = letters("".join(pages))
    for words in ("นางคำใจดี", "เฉพาะหมู่ที่๒", "รหัสตรวจสอบ", "เลขที่รง.๑/"):
        assert letters(words) in said
    assert len(pages) == 1 and letters(HIDDEN) not in said and "ร่าง" not in said
    with app.app_context():
        orn = cast.viewer(cast.ORN)
        needs = needs_in(row(public_id).words)
        assert needs is not None and needs.villages == {2}
        for villages, may in ((frozenset({2}), True), (frozenset({3}), False), (None, True)):
            one = replace(orn, user_id=0, villages=villages)
            assert paper_page(public_id, viewer=one).may_open is may
        blind = replace(orn, user_id=0, permissions=orn.permissions - {Permission.VIEW_REGISTRY})
        assert not paper_page(public_id, viewer=blind).may_open
    kan = cast.sign_in(app.test_client(), cast.KAN)
    assert kan.get(path).status_code == 404
    assert kan.post(f"{PAGE}/print", data={"do": "issue"}).status_code in (400, 403)


def test_the_worker_issues_a_long_one_with_its_makers_rights(app: Flask, given: None) -> None:
    def prepare(asked: Any, viewer: Any, progress: Any) -> ToIssue:
        filters, look = filters_from(asked, this_year().period), Look()
        draw = register_drawer(
            filters, look, viewer, "", base_url=asked["base_url"], presses=AtOnce()
        )
        return ToIssue("recipient_register", register_sheet(filters, look, viewer, ""), draw)

    asked = this_year().as_data() | {"issue": True, "base_url": BASE}
    with app.app_context():
        made = {}
        for who in (cast.ORN, cast.KAN):
            actor = cast.viewer(who)
            made[who] = services.begin_list(
                actor=actor, kind=ListKind.RECIPIENTS, asked=asked, noted={}
            )
        db.session.commit()
        assert services.work_on_lists({}, {ListKind.RECIPIENTS: prepare}) == 1
        failed = drawn_list(made[cast.KAN], viewer=cast.viewer(cast.KAN))
        assert (failed.failure, failed.paper) == ("rights", "")
        done = drawn_list(made[cast.ORN], viewer=cast.viewer(cast.ORN))
        assert done.status is ListStatus.DONE
        said = letters("".join(by_poppler(stored_bytes(row(done.paper).id))))
        assert letters("ค่าซ่อมหลังคา") in said and letters("รหัสตรวจสอบ") in said
        assert letters(HIDDEN) not in said
        assert row(done.paper).running == 1


def test_only_the_last_page_says_how_to_verify_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(making, "PAGES_AT_ONCE", 1)
    rows = [(f"นางสมมติ คนที่ {nr}", "ข้าวสาร ๕ กิโลกรัม น้ำดื่ม ยาสามัญประจำบ้าน") for nr in range(52)]
    register = Register(
        OFFICE, "บัญชี", [Column("ชื่อ", 60), Column("รายการ", 60)], [Group("หมู่ที่ 1", rows)],
        clock.now(), "อร", signers=("ผู้จัดทำ",),
        verify={"code": "1234-5678-9012", "address": "welfare.example/verify"},
        drawings={"verify": pixel()},
    )  # fmt: skip
    made = render_register(register, presses=AtOnce())
    pages = by_poppler(made.pdf)
    assert len(pages) == made.pages > 1
    assert ["1234-5678-9012" in page for page in pages] == [False] * (made.pages - 1) + [True]
