"""The agency's page: opened by the code alone, throttled, kept by nobody, and answered."""

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from pypdf import PdfReader
from sqlalchemy import func, select

from tests import cast
from tests.contract.town import photo
from tests.pages import submit
from tests.referrals import agency, code, row, sent
from welfare.core import clock
from welfare.core.db import db
from welfare.referrals.models import ReferralAnswer, ReferralFile
from welfare.referrals.workflow import ReferralStatus, Shared

pytestmark = pytest.mark.usefixtures("stage")


@pytest.fixture
def referral(app: Flask) -> tuple[str, int, str, str]:
    with app.app_context():
        home = cast.household(landmark="หลังวัดสมมติ")
        number = cast.case(household_id=home.id, person_id=cast.person(home).id)
        made = sent(number, agency(), fields=(Shared.NAME,), wait=True)
        reference, digits = code(made)
        return number, made, reference, digits


def enter(client: FlaskClient, reference: str, digits: str) -> Any:
    return submit(client, "/referrals", {"letter": reference, "code": digits}, having="code")


def test_in_with_number_and_code_and_out_again(
    client: FlaskClient, referral: tuple[str, int, str, str]
) -> None:
    number, _made, reference, digits = referral
    assert client.get(f"/referrals/{reference}").status_code == 302
    answer = enter(client, reference.lower(), f"{digits[:4]} {digits[4:8]}-{digits[8:]}")
    assert answer.status_code == 303
    page = client.get(answer.location)
    assert "คำ ใจดี" in page.text
    for secret in (number, "หลังวัดสมมติ", "12/1", "สังกะสี", digits):
        assert secret not in page.text
    assert page.headers["Cache-Control"] == "no-store, private"
    assert "noindex" in page.headers["X-Robots-Tag"]
    assert 'content="noindex' in page.text
    submit(client, page, {}, action="/leave", having="csrf_token")
    assert client.get(f"/referrals/{reference}").status_code == 302


def test_wrong_codes_open_nothing_and_are_throttled(
    client: FlaskClient, referral: tuple[str, int, str, str], at: Callable[[str], None]
) -> None:
    at((clock.now() + timedelta(hours=1)).replace(minute=1).isoformat())
    reference, digits = referral[2], referral[3]
    wrong = f"{(int(digits) + 1) % 10**12:012d}"
    for _ in range(10):
        assert enter(client, reference, wrong).status_code == 403
    assert enter(client, reference, digits).status_code == 429


def test_an_unknown_number_answers_alike(
    client: FlaskClient, referral: tuple[str, int, str, str]
) -> None:
    assert enter(client, "R70-000077-" + "0123456789"[0], "1" * 12).status_code in (400, 403)


def test_it_answers_with_a_picture_and_the_case_goes_on(
    app: Flask, client: FlaskClient, referral: tuple[str, int, str, str]
) -> None:
    number, made, reference, digits = referral
    enter(client, reference, digits)
    page = client.get(f"/referrals/{reference}")
    refused = submit(client, page, {"kind": "decline"}, having="signed")
    assert refused.status_code == 400  # who answers was not said
    values = {
        "kind": "result", "text": "เยี่ยมบ้านและจัดยาแล้ว", "signed": "พยาบาลสมมติ 053-000-000",
        "files": [(BytesIO(photo()), "scan.jpg"), (BytesIO(photo("red")), "two.jpg")],
    }  # fmt: skip
    answer = submit(client, page, values, having="signed")
    assert answer.status_code == 303, answer.text
    assert submit(client, page, values | {"files": []}, having="signed").status_code in (303, 422)
    with app.app_context():
        assert row(made).status is ReferralStatus.ANSWERED
        counts = [
            db.session.scalar(select(func.count()).select_from(table))
            for table in (ReferralAnswer, ReferralFile)
        ]
    assert counts == [1, 2]
    desk = cast.sign_in(app.test_client(), cast.ORN)
    shown = desk.get(f"/desk/cases/{number}/referrals/{made}")
    assert "เยี่ยมบ้านและจัดยาแล้ว" in shown.text
    assert "พยาบาลสมมติ" in shown.text


def test_what_is_no_picture_is_refused_and_the_text_stays(
    app: Flask, client: FlaskClient, referral: tuple[str, int, str, str]
) -> None:
    _number, made, reference, digits = referral
    enter(client, reference, digits)
    values = {
        "kind": "result", "text": "ข้อความยาว", "signed": "ใครคนหนึ่ง",
        "files": [(BytesIO(b"MZ\x90\x00"), "letter.pdf")],
    }  # fmt: skip
    answer = submit(client, f"/referrals/{reference}", values, having="signed")
    assert answer.status_code == 400
    assert "ข้อความยาว" in answer.text
    with app.app_context():
        assert row(made).status is ReferralStatus.SENT


def test_without_the_code_nothing_is_answered(
    app: Flask, client: FlaskClient, referral: tuple[str, int, str, str]
) -> None:
    made, reference = referral[1], referral[2]
    door = client.get("/referrals")
    token = door.text.split('name="csrf_token"')[1].split('value="')[1].split('"')[0]
    answer = client.post(
        f"/referrals/{reference}/answer",
        data={"csrf_token": token, "kind": "result", "text": "x", "signed": "y"},
    )
    assert answer.status_code == 403
    with app.app_context():
        assert row(made).status is ReferralStatus.SENT


def test_the_letter_says_what_is_shared_and_the_code(
    app: Flask, referral: tuple[str, int, str, str]
) -> None:
    number, made, reference, digits = referral
    desk = cast.sign_in(app.test_client(), cast.ORN)
    answer = desk.get(f"/desk/cases/{number}/referrals/{made}/letter.pdf")
    assert answer.mimetype == "application/pdf"
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(answer.data)).pages)
    flat = text.replace(" ", "").replace("\n", "")
    assert reference in flat
    assert "-".join((digits[:4], digits[4:8], digits[8:])) in flat
    assert "ขอแสดงความนับถือ" in flat
    assert "หลังวัดสมมติ" not in flat
