"""Agenda and minutes: what waits, what was resolved, and nothing of what lists hide."""

from dataclasses import replace
from datetime import datetime
from decimal import Decimal

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests import cast
from tests.funds import FUND, fund
from tests.pages import submit
from tests.papers.reading import by_poppler, letters
from welfare.benefits.queries import Seat
from welfare.cases import services as cases
from welfare.cases.workflow import AssistanceKind, HelpStatus, Vote
from welfare.core import clock
from welfare.core.db import db
from welfare.reports.documents.committee import MeetingFacts, meeting
from welfare.reports.queries.committee import BeforeThem, Sitting, waiting_requests

PAGE = "/desk/lists/committee"


@pytest.fixture
def asked(app: Flask, stage: None) -> int:
    with app.app_context():
        which = fund(committee=1, alone=None)
        home = cast.household()
        number = cast.case(household_id=home.id, person_id=cast.person(home).id)
        cases.ask_help(
            actor=cast.viewer(cast.ORN), number=number, fund_id=which, reason="บ้านรั่ว",
            kind=AssistanceKind.MONEY, amount=Decimal(2000), description="ค่าซ่อมหลังคา",
        )  # fmt: skip
        db.session.commit()
        return which


def test_the_agenda_names_what_waits(app: Flask, asked: int, client: FlaskClient) -> None:
    cast.sign_in(client, cast.ORN)
    assert "ค่าซ่อมหลังคา" in client.get(PAGE).text
    paper = submit(client, PAGE, {"meeting_no": "3/2570", "hour": "13.30"}, action=PAGE)
    said = letters("".join(by_poppler(paper.data)))
    for words in ("ครั้งที่ ๓/๒๕๗๐", "๑๓.๓๐ น.", "นางคำ ใจดี", "๒,๐๐๐.๐๐", f"กองทุน {FUND}"):
        assert letters(words) in said
    assert "None" not in said
    assert submit(client, PAGE, {"hour": "ทุ่มครึ่ง"}, action=PAGE).status_code == 400
    minutes = submit(client, PAGE, {"paper": "minutes", "hour": "9.30"}, action=PAGE)
    assert letters("ไม่มีคำขอที่ต้องพิจารณา") in letters("".join(by_poppler(minutes.data)))


def test_minutes_say_what_was_resolved_and_hide_who_is_hidden(app: Flask, asked: int) -> None:
    with app.app_context():
        assert waiting_requests(asked, viewer=cast.viewer(cast.KAN)).requests == ()
        one = BeforeThem(
            "C70-000001-5", True, "นางคำ ใจดี", "ค่าซ่อม", "รั่ว", Decimal(2000),
            HelpStatus.APPROVED, Decimal(1500), "ตามความจำเป็น", {Vote.FOR: 2},
        )  # fmt: skip
        hidden = replace(one, named=False, status=HelpStatus.REFUSED, approved=Decimal(0))
        seats = (Seat(1, None, "", "นายก", "ประธาน"), Seat(2, None, "", "ปลัด", "กรรมการ"))
        facts = MeetingFacts("กองทุน", "", "", datetime.now(clock.BANGKOK))
        made = meeting(facts, Sitting((one, hidden), seats, frozenset({1})), decided=True)
        given, masked = made.items[2].requests
        assert (given.granted, given.votes_for, given.votes_against) == (Decimal(1500), 2, 0)
        assert given.resolution.startswith("อนุมัติ") and masked.resolution.startswith("ไม่อนุมัติ")
        assert masked.name == masked.asks_for == "(ปกปิด)" and masked.granted is None
        assert [seat.name for seat in made.present] == ["นายก"]
