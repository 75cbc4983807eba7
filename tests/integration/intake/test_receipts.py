"""The receipt is a paper that was issued: kept, verified, copied, and never changed."""

import hashlib
import io
from typing import Any

import pypdf
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from tests import cast
from tests.integration.intake.test_filing_form import filed, send
from tests.integration.intake.test_tracking import TRACK, enter
from welfare.core import clock, signing
from welfare.core.db import db
from welfare.core.errors import NotFound
from welfare.core.pdf.thai_text_layer import compose_sara_am
from welfare.core.storage import StoredFile
from welfare.core.thai.references import format_secret
from welfare.intake.models import Complaint
from welfare.intake.services.receipts import receipt_file
from welfare.papers import services
from welfare.papers.models import Paper
from welfare.papers.queries import RegisterFilters, identities, register, verified
from welfare.papers.services import later

pytestmark = pytest.mark.usefixtures("stage")
BASE = "https://welfare.example"


def words(pdf: bytes) -> str:
    pages = pypdf.PdfReader(io.BytesIO(pdf)).pages
    return compose_sara_am("".join(page.extract_text() for page in pages)).replace(" ", "")


def paper() -> Paper:
    return db.session.scalars(select(Paper)).one()


def genuine(pdf: bytes) -> bool:
    from cryptography import x509

    found = [x509.load_pem_x509_certificates(one.certificate.encode()) for one in identities()]
    return signing.look_at(pdf, [one for chain in found for one in chain]).genuine


def test_filing_issues_it_and_the_filer_gets_it_signed(app: Flask, client: FlaskClient) -> None:
    send(client)
    reference = filed(app)[0].reference
    with app.app_context():
        issued = paper()
        assert (issued.kind, issued.number, issued.dated) == ("receipt", reference, clock.today())
        assert issued.file_id is None and issued.running is None
        assert "ลุกไม่ไหว" not in str(db.session.scalar(db.text("SELECT words FROM papers")))
    first = client.get("/requests/filed/receipt.pdf")
    assert client.get("/requests/filed/receipt.pdf").data == first.data
    said = words(first.data)  # of a sensitive category: nothing of what happened
    assert "ลุกไม่ไหว" not in said and "คำร้องทั่วไป" in said
    with app.app_context():
        issued = paper()
        assert issued.sha256 == hashlib.sha256(first.data).digest() and genuine(first.data)
        code = issued.verify_code or ""
        told = verified(code)
        assert told is not None and (told.number, told.holds) == (reference, True)
    seen = client.get(f"/verify/{code}").text
    assert "ใบรับคำร้อง" in seen and reference in seen and "นางคำ" not in seen


def test_the_secret_is_on_the_slip_alone(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        given = cast.complaint()
        made = words(receipt_file(reference=given.reference, base_url=BASE))
        kept = db.session.scalar(select(Paper.words)) or ""
        assert given.secret not in kept
        for secret in (given.secret, format_secret(given.secret)):
            assert secret not in made


def test_reprints_are_copies_of_what_was_issued(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        given = cast.complaint()
        original = receipt_file(reference=given.reference, base_url=BASE)
        db.session.execute(db.update(Complaint).values(description="แก้แล้ว", due_at=None))
        db.session.commit()
        assert receipt_file(reference=given.reference, base_url=BASE) == original
    enter(client, given.reference, given.secret)
    again = client.get(f"{TRACK}/{given.reference}/receipt.pdf").data
    assert "สำเนา" in words(again) and "หลังคาบ้านยายรั่ว" in words(again)
    with app.app_context():
        assert not genuine(again)
    officer = cast.sign_in(app.test_client(), cast.ORN)
    copy = officer.get(f"/desk/complaints/{given.reference}/receipt.pdf").data
    assert "สำเนา" in words(copy)


@pytest.mark.parametrize("who", [cast.KAN, cast.TON, cast.WAN, cast.ANAN, cast.AEK, ""])
def test_who_may_not_know_the_reporter_gets_no_receipt(
    app: Flask, client: FlaskClient, who: str
) -> None:
    with app.app_context():
        reference = cast.complaint().reference
        services.draw_issued(base_url=BASE)
        public_id = paper().public_id
    if who:
        cast.sign_in(client, who)
    for path in (f"/desk/complaints/{reference}/receipt.pdf", f"/documents/{public_id}/copy.pdf"):
        assert client.get(path).status_code in {302, 403, 404}


def test_of_staff_it_is_the_managers_alone(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        reference = cast.complaint(category="staff_conduct").reference
        public_id = paper().public_id
        orn, malee = cast.viewer(cast.ORN), cast.viewer(cast.MALEE)
        receipts = RegisterFilters(kind="receipt")
        assert register(receipts, viewer=orn).rows == ()
        assert [row.number for row in register(receipts, viewer=malee).rows] == [reference]
        assert register(RegisterFilters(), viewer=malee).rows == ()
    cast.sign_in(client, cast.ORN)
    assert client.get(f"/desk/complaints/{reference}/receipt.pdf").status_code == 404
    assert client.get(f"/desk/papers/{public_id}").status_code == 404


def test_two_draw_it_at_once_and_one_file_stays(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    with app.app_context():
        cast.complaint()
        waiting = later.undrawn(paper().id)
        assert waiting is not None
        assert services.draw_issued(base_url=BASE) == 1
        kept = services.file_of(waiting.id)
        later._draw(waiting, BASE)  # who was slower
        assert services.file_of(waiting.id) == kept
        assert db.session.scalar(select(func.count()).select_from(StoredFile)) == 1
        assert services.draw_issued(base_url=BASE) == 0


def test_what_cannot_be_drawn_hinders_nothing(app: Flask) -> None:
    with app.app_context():
        first = cast.complaint()
        assert services.draw_issued() == 0  # nobody said where the program is reached
        assert receipt_file(reference=first.reference, base_url=BASE).startswith(b"%PDF")


def test_a_code_given_out_before_is_not_given_again(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    codes: list[Any] = [7, 7, 8]
    monkeypatch.setattr(later.secrets, "randbelow", lambda _most: codes.pop(0))
    with app.app_context():
        cast.complaint()
        cast.complaint()
        found = sorted(db.session.scalars(select(Paper.verify_code)))
        assert found == ["000000000007", "000000000008"]


def test_what_came_in_before_is_given_its_receipt_when_asked(app: Flask) -> None:
    with app.app_context():
        given = cast.complaint(anonymous=True)
        db.session.execute(db.delete(Paper))
        db.session.commit()
        made = receipt_file(reference=given.reference, base_url=BASE)
        assert receipt_file(reference=given.reference, base_url=BASE) == made
        assert "สมชาย" not in words(made) and given.reference in words(made)
        with pytest.raises(NotFound):
            receipt_file(reference="UM70-999999-9", base_url=BASE)
