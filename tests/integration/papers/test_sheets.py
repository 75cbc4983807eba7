"""Papers that are filled from what is known: visit records, vouchers, blank forms."""

import io
from decimal import Decimal

import pypdf
import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests import cast
from tests.issued import BASE, row
from tests.pages import submit
from welfare.cases.workflow import AssistanceKind
from welfare.core import clock
from welfare.core.db import db
from welfare.core.errors import NotFound, Refused
from welfare.core.pdf.thai_text_layer import compose_sara_am
from welfare.papers import services
from welfare.papers.documents import sheet_drawer
from welfare.papers.parts import Asked, fill_of, kind_of
from welfare.papers.queries.rights import about_by_number

pytestmark = pytest.mark.usefixtures("stage")


def text_of(pdf: bytes) -> str:
    pages = pypdf.PdfReader(io.BytesIO(pdf)).pages
    return compose_sara_am("".join(page.extract_text() for page in pages))


@pytest.fixture
def given(app: Flask) -> tuple[str, str]:
    """A case with help in money that was recorded; its number and what a voucher is asked of."""
    from welfare.cases.services import record_assistance

    with app.app_context():
        number = cast.case()
        made = record_assistance(
            actor=cast.viewer(cast.ORN), number=number, kind=AssistanceKind.MONEY,
            description="ค่าน้ำมันรถไปโรงพยาบาล", amount=Decimal("1500.50"),
            given_on=clock.today(),            decided_by="ปลัดเทศบาล",
        )  # fmt: skip
        db.session.commit()
        return number, f"aid:{made}"


def test_a_voucher_is_read_issued_once_and_opened(
    app: Flask, client: FlaskClient, given: tuple[str, str]
) -> None:
    number, of = given
    cast.sign_in(client, cast.ORN)
    assert f"of={of}" in client.get(f"/desk/cases/{number}").text.replace("%3A", ":")
    path = f"/desk/papers/make/aid_receipt/{number}?of={of}"
    draft = text_of(client.get(path.replace("?", "/print.pdf?")).data)
    assert "ร่าง" in draft and "หนึ่งพันห้าร้อยบาทห้าสิบสตางค์" in draft and "None" not in draft
    answer = submit(client, path, having="one_time_key")
    assert answer.status_code == 303
    public_id = answer.location.rsplit("/", 1)[1]
    said = text_of(client.get(f"/documents/{public_id}.pdf").data)
    with app.app_context():
        paper = row(public_id)
        assert paper.running == 1 and paper.series == "voucher"
        assert (paper.verify_code or "")[:4] in said and "ร่าง" not in said
    page = client.get(path).text
    assert public_id in page and "one_time_key" not in page
    assert public_id in client.get(f"/desk/cases/{number}").text


def test_no_two_hold_of_one_handing_over(app: Flask, given: tuple[str, str]) -> None:
    number, of = given
    with app.app_context():
        orn, kind = cast.viewer(cast.ORN), kind_of("aid_receipt")
        about = about_by_number("case", number, orn)
        assert about is not None
        sheet = fill_of("aid_receipt")(about, Asked(of), orn)
        draw = sheet_drawer(kind, sheet, BASE)

        def issue(who: str) -> str:
            return services.issue_sheet(
                actor=cast.viewer(who), kind_code="aid_receipt", number=number, sheet=sheet,
                draw=draw,
            )  # fmt: skip

        first = issue(cast.ORN)
        db.session.commit()
        with pytest.raises(Refused):
            issue(cast.ORN)
        with pytest.raises(NotFound):
            issue(cast.KAN)
        paper = row(first)
        services.withdraw_paper(
            actor=orn, public_id=first, version=paper.version, reason="เขียนจำนวนผิด"
        )
        db.session.commit()
        assert row(issue(cast.ORN)).running == 2
        with pytest.raises(NotFound):
            fill_of("aid_receipt")(about, Asked("aid:999"), orn)
        with pytest.raises(NotFound):
            fill_of("aid_receipt")(about, Asked("nothing"), orn)


def test_who_may_not_issue_is_refused(client: FlaskClient, given: tuple[str, str]) -> None:
    number, of = given
    cast.sign_in(client, cast.ANAN)
    path = f"/desk/papers/make/aid_receipt/{number}?of={of}"
    assert client.get(path).status_code == 403
    assert client.post(path, data={}).status_code in {400, 403}


def test_blank_forms_have_lines_to_write_on(client: FlaskClient) -> None:
    cast.sign_in(client, cast.ORN)
    for kind in ("visit_record", "aid_receipt"):
        answer = client.get(f"/desk/papers/blank/{kind}.pdf")
        said = text_of(answer.data)
        assert answer.mimetype == "application/pdf" and "……" in said and "None" not in said
    assert client.get("/desk/papers/blank/letter.pdf").status_code == 404
