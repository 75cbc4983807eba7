"""What an administrator sets: texts, certificate, seal, numbers."""

import io
from datetime import UTC, datetime, timedelta

import pypdf
import pytest
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image

from tests import cast
from tests.issued import issued, row
from tests.pages import submit
from welfare.core import clock, images, signing
from welfare.core.db import db
from welfare.core.errors import Forbidden, StaleRecord
from welfare.core.numbers import next_number
from welfare.core.signing import IdentityFault, own_identity
from welfare.core.thai.dates import fiscal_year
from welfare.core.web.faults import fault_words
from welfare.papers import services
from welfare.papers.composed import DECISION
from welfare.papers.kinds import SERIES
from welfare.papers.parts import kind_of
from welfare.papers.queries import identities, stored_bytes
from welfare.papers.queries.numbers import prefix_of
from welfare.papers.queries.texts import begun, text_now
from welfare.papers.texts import TextFault

pytestmark = pytest.mark.usefixtures("stage")


def test_a_text_with_an_error_leaves_the_last_good_one(app: Flask, client: FlaskClient) -> None:
    cast.sign_in(client, cast.ANAN)
    page = "/admin/papers/texts/decision"
    good = {"body": "เรียน {{ ชื่อผู้รับ }} ฉบับใหม่", "note": "สั้นลง", "sure": "y"}
    assert submit(client, page, good).status_code == 303
    wrong = submit(client, page, {"body": "บรรทัดหนึ่ง\n{{ ไม่รู้จัก }}"})
    assert wrong.status_code == 422 and "บรรทัดที่ 2" in wrong.text and "ไม่รู้จัก" in wrong.text
    with app.app_context():
        now = text_now(DECISION)
        assert now.body == good["body"] and now.edition == 1
        anan = cast.viewer(cast.ANAN)
        with pytest.raises(StaleRecord):
            services.save_text(actor=anan, kind_code="decision", seen=0, title="", body="ก")
        with pytest.raises(TextFault):
            services.save_text(actor=anan, kind_code="decision", seen=1, title="{{ x }}", body="ก")
        with pytest.raises(Forbidden):
            services.save_text(
                actor=cast.viewer(cast.ORN), kind_code="decision", seen=1, title="", body="ก"
            )
        services.reset_text(actor=anan, kind_code="decision", seen=1)
        db.session.commit()
        assert text_now(DECISION).body == DECISION.body


def test_our_own_texts_pass_their_own_rules(app: Flask) -> None:
    with app.app_context():
        for code in ("letter", "memo", "decision", "refusal"):
            kind = kind_of(code)
            services.check_text(kind, kind.title, kind.body)
        number = cast.case()
        viewer = cast.viewer(cast.ORN)
        from welfare.papers.queries.rights import about_by_number

        start = begun(DECISION, about_by_number("case", number, viewer), viewer)
        assert "……" in start.body and "เทศบาลตำบลบ้านสมมติ" in start.body


def test_tried_with_examples_and_never_on_a_case_one_may_not_see(
    app: Flask, client: FlaskClient
) -> None:
    with app.app_context():
        number = cast.case()
    cast.sign_in(client, cast.ANAN)
    page = "/admin/papers/texts/refusal"
    token = client.get(page).text.split('name="csrf_token"')[1].split('value="')[1].split('"')[0]
    data = {"csrf_token": token, "version": "0", "title": "ก", "body": "{{ เหตุผล }}"}
    tried = client.post(f"{page}/try", data=data)
    assert tried.mimetype == "application/pdf"
    assert "ร่าง" in "".join(p.extract_text() for p in pypdf.PdfReader(io.BytesIO(tried.data)).pages)
    assert client.post(f"{page}/try", data=data | {"trial": number}).status_code == 422


def test_a_given_certificate_signs_and_the_old_one_still_verifies(app: Flask) -> None:
    from cryptography import x509

    with app.app_context():
        first = issued()
        anan, now = cast.viewer(cast.ANAN), datetime.now(UTC)
        given = own_identity("เทศบาลตำบลบ้านสมมติ", now=now)
        sealed = BestAvailableEncryption(b"secret")
        content = pkcs12.serialize_key_and_certificates(
            b"x", given.key, given.certificate, None, sealed
        )
        with pytest.raises(IdentityFault, match="password"):
            services.take_identity(actor=anan, content=content, password="wrong")
        with pytest.raises(IdentityFault, match="broken"):
            services.take_identity(actor=anan, content=b"no", password="")
        old = own_identity("x", now=now - timedelta(days=4000))
        stale = pkcs12.serialize_key_and_certificates(b"x", old.key, old.certificate, None, sealed)
        with pytest.raises(IdentityFault, match="not_valid"):
            services.take_identity(actor=anan, content=stale, password="secret")
        with pytest.raises(Forbidden):
            services.take_identity(actor=cast.viewer(cast.ORN), content=content, password="secret")
        services.take_identity(actor=anan, content=content, password="secret")
        db.session.commit()
        second = issued()
        pems = [one.certificate for one in identities()]
        known = [one for pem in pems for one in x509.load_pem_x509_certificates(pem.encode())]
        for made in (first, second):
            assert signing.look_at(stored_bytes(row(made).id), known).genuine
        assert not signing.look_at(stored_bytes(row(second).id), known[1:]).ours


def test_the_seal_is_replaced_and_comes_back(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        before = stored_bytes(row(issued()).id)
    cast.sign_in(client, cast.ANAN)
    picture = io.BytesIO()
    Image.new("RGBA", (300, 300), "red").save(picture, "PNG")
    picture.seek(0)
    page = client.get("/admin/papers").text
    token = page.split('name="csrf_token"')[1].split('value="')[1].split('"')[0]
    answer = client.post(
        "/admin/papers/seal",
        data={"csrf_token": token, "asset": "seal", "seal_file": (picture, "seal.png")},
    )
    assert answer.status_code == 303
    assert client.get("/admin/papers/seal/seal.png").mimetype == "image/png"
    assert client.get("/admin/papers/seal/garuda.png").mimetype == "image/png"
    assert "เปลี่ยนเฉพาะตรา" not in page and "เปลี่ยนเฉพาะตรา" in client.get("/admin/papers").text
    with app.app_context():
        after = stored_bytes(row(issued()).id)
    assert len(pypdf.PdfReader(io.BytesIO(after)).pages[0].images) > len(
        pypdf.PdfReader(io.BytesIO(before)).pages[0].images
    )
    broken = {"csrf_token": token, "asset": "seal", "seal_file": (io.BytesIO(b"no"), "x.png")}
    answer = client.post("/admin/papers/seal", data=broken)
    assert answer.status_code == 422 and "ไฟล์นี้ไม่ใช่รูปภาพ" in answer.text


def test_every_fault_of_a_picture_has_words(app: Flask) -> None:
    with app.test_request_context():
        for fault in (
            images.NotAnImage, images.UnsupportedImage, images.HeicImage, images.TooLarge,
            images.TooManyPixels, images.Damaged,
        ):  # fmt: skip
            assert not fault_words(fault.code).startswith("picture_")


def test_numbers_that_were_used_cannot_be_left_out(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        issued()
    cast.sign_in(client, cast.ANAN)
    page = "/admin/papers/books/letter"
    for wrong in ("1", "๑", "0", "-3", "999999", "9" * 30):
        said = {"up_to": wrong, "reason": "ใช้ในสมุดเดิม"}
        answer = submit(client, page, said, action=f"{page}/leave", having="up_to")
        assert answer.status_code in (400, 422)
        reached = "สมุดนี้ถึงเลข 1 แล้ว กรุณาระบุเลขที่มากกว่า" in answer.text
        assert reached == (wrong in ("1", "๑"))
    with app.app_context():
        assert next_number("paper:letter", fiscal_year(clock.today())) == 2


def test_no_two_books_have_one_mark(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        marks = [prefix_of(series) for series in SERIES]
    assert len(set(marks)) == len(SERIES)
    cast.sign_in(client, cast.ANAN)
    page = "/admin/papers/books/memo"
    answer = submit(client, page, {"prefix": marks[-1]}, having="prefix")
    assert answer.status_code == 422 and "สมุดอื่นใช้" in answer.text
    assert submit(client, page, {"prefix": "ลพ 52009"}, having="prefix").status_code == 303
