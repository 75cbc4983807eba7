"""The record on paper holds what the page holds, for its reader, and no more."""

from __future__ import annotations

from io import BytesIO

from flask import Flask
from flask.testing import FlaskClient
from pypdf import PdfReader

from tests import cast
from tests.integration.households.landing.conftest import SECRETS, House
from welfare.core.db import db
from welfare.households.facts import NeedEntry
from welfare.households.kinds import Dimension, NeedKind
from welfare.households.services.needs import add_need


def _paper(client: FlaskClient, who: str, number: str) -> tuple[int, str]:
    cast.sign_in(client, who)
    answer = client.get(f"/desk/households/{number}/record.pdf")
    assert answer.status_code == 200
    assert answer.mimetype == "application/pdf"
    pages = PdfReader(BytesIO(answer.data)).pages
    return len(pages), "".join(page.extract_text() for page in pages).replace("\n", "")


def test_the_record_of_a_house(house: House, client: FlaskClient) -> None:
    pages, text = _paper(client, cast.ORN, house.number)
    assert pages <= 2
    for words in ("ทะเบียนครัวเรือน", house.number, "๑๒/๑", "แก้ว", house.open_case,
                  "ข้าวสารสองถุง", "๔๕๐.๐๐", "๒๕๖๙", "ใช้ในราชการเท่านั้น"):  # fmt: skip
        assert words in text, words


def test_needs_stand_on_paper_as_far_as_they_may_be_read(
    house: House, app: Flask, client: FlaskClient
) -> None:
    with app.app_context():
        for dimension, words in ((Dimension.HEALTH, "โรคลับ"), (Dimension.LIVING, "พื้นผุ")):
            add_need(
                actor=cast.viewer(cast.ORN),
                number=house.number,
                entry=NeedEntry(kind=NeedKind.PROBLEM, dimension=dimension, text=words),
            )
        db.session.commit()
    _pages, text = _paper(client, cast.ORN, house.number)
    assert "โรคลับ" in text
    _pages, text = _paper(app.test_client(), cast.KAN, house.number)
    assert "โรคลับ" not in text
    assert "พื้นผุ" in text


def test_what_is_hidden_is_not_on_paper(house: House, client: FlaskClient) -> None:
    _pages, text = _paper(client, cast.KAN, house.number)
    for words in (*SECRETS, house.hidden_case, house.open_case, "ข้าวสารสองถุง"):
        assert words not in text, words
    assert "ไม่มีกรณี" in text
