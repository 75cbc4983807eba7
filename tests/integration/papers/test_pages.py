"""The pages: from a case to an issued letter, previews, copies, verifying."""

import io

import pypdf
import pytest
from flask import Flask
from flask.testing import FlaskClient
from openpyxl import load_workbook

from tests import cast
from tests.issued import issued, row
from tests.pages import submit
from welfare.cases.models import Case
from welfare.cases.workflow import Sensitivity
from welfare.core.db import db
from welfare.core.pdf.thai_text_layer import compose_sara_am
from welfare.papers.queries import stored_bytes

pytestmark = pytest.mark.usefixtures("stage")


def text_of(pdf: bytes) -> str:
    pages = pypdf.PdfReader(io.BytesIO(pdf)).pages
    return compose_sara_am("".join(page.extract_text() for page in pages))


def test_from_a_case_to_an_issued_letter(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        number = cast.case()
    cast.sign_in(client, cast.ORN)
    assert "/desk/papers/new/letter" in client.get(f"/desk/cases/{number}").text
    letter = {"title": "ขอความอนุเคราะห์", "recipient": "ผู้อำนวยการ", "body": "ด้วยน้ำท่วม\nจึงเรียนมา"}
    answer = submit(client, f"/desk/papers/new/letter?case={number}", letter)
    page = answer.location
    preview = client.get(f"{page}/preview.pdf")
    assert preview.mimetype == "application/pdf" and "ร่าง" in text_of(preview.data)
    public_id = page.rsplit("/", 1)[1]
    assert client.get(f"/documents/{public_id}.pdf").status_code == 404
    assert submit(client, page, action="/issue", having="version").status_code == 303
    with app.app_context():
        paper = row(public_id)
        kept, code = stored_bytes(paper.id), paper.verify_code or ""
    opened = client.get(f"/documents/{public_id}.pdf").data
    assert opened == kept
    said = text_of(opened)
    assert "ร่าง" not in said and "ด้วยน้ำท่วม" in said and code[:4] in said
    assert "ออกหนังสือภายนอก" in client.get(f"/desk/cases/{number}").text
    assert public_id in client.get("/desk/papers?q=ขอความอนุเคราะห์").text


def test_a_draft_is_thrown_away_once_and_the_other_is_told_by_whom(
    app: Flask, client: FlaskClient
) -> None:
    with app.app_context():
        number = cast.case()
    cast.sign_in(client, cast.ORN)
    other = cast.sign_in(app.test_client(), cast.MALEE)
    letter = {"title": "ขอความอนุเคราะห์", "recipient": "ผู้อำนวยการ", "body": "จึงเรียนมา"}
    page = submit(client, f"/desk/papers/new/letter?case={number}", letter).location
    token = {
        who: {"version": "1", "csrf_token": who.get(page).text.split('csrf_token" value="')[1][:91]}
        for who in (client, other)
    }
    assert submit(client, page, action="/discard", having="version").status_code == 303
    for twice, words in ((other, "นางสาวอร ใจงาม ทิ้งร่างนี้ไปแล้ว"), (client, "ท่านทิ้งร่างนี้ไปแล้ว")):
        told = twice.post(f"{page}/discard", data=token[twice])
        assert told.status_code == 303 and told.location == f"/desk/cases/{number}"
        assert words in twice.get(told.location).text
    assert client.get(page).status_code == 303
    kept = other.post(f"{page}/edit", data=token[other] | letter)
    assert kept.status_code == 422 and "จึงเรียนมา" in kept.text
    with app.app_context():
        db.session.execute(db.update(Case).values(sensitivity=Sensitivity.CONDUCT))
        db.session.commit()
    assert client.get(page).status_code == 404


def test_the_first_print_is_the_paper_the_next_a_copy(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        made = issued()
    cast.sign_in(client, cast.ORN)
    first = submit(client, f"/desk/papers/{made}", action="/print", having="csrf_token")
    second = submit(client, f"/desk/papers/{made}", action="/print", having="csrf_token")
    assert first.location == f"/documents/{made}.pdf"
    assert second.location == f"/documents/{made}/copy.pdf"
    copy = client.get(second.location).data
    assert "สำเนา" in text_of(copy)
    assert b"/Sig" not in copy


def test_a_sensitive_copy_names_its_reader(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        number = cast.case()
        db.session.execute(db.update(Case).values(sensitivity=Sensitivity.RESTRICTED))
        db.session.commit()
        made = issued(number)
    cast.sign_in(client, cast.MALEE)
    copy = client.get(f"/documents/{made}/copy.pdf").data
    assert "มาลี" in text_of(copy)
    assert "มาลี" not in text_of(client.get(f"/documents/{made}.pdf").data)


def test_verifying_says_nothing_personal(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        made = issued(title="ลับเฉพาะคนรับ", recipient="นางคำ ใจดี")
        paper = row(made)
        code, number, content = paper.verify_code or "", paper.number, stored_bytes(paper.id)
    answer = submit(client, "/verify", {"code": f"{code[:4]}-{code[4:8]} {code[8:]}"}, follow=True)
    assert answer.status_code == 200 and number in answer.text
    for secret in ("ลับเฉพาะ", "นางคำ", made):
        assert secret not in answer.text
    same = client.post(
        f"/verify/{code}",
        data=_token(client, code) | {"paper_file": (io.BytesIO(content), "x.pdf")},
    )
    assert "notice-success" in same.text.split('id="compared"')[1]
    other = client.post(
        f"/verify/{code}",
        data=_token(client, code) | {"paper_file": (io.BytesIO(content + b" "), "x.pdf")},
    )
    assert "notice-error" in other.text.split('id="compared"')[1]


def _token(client: FlaskClient, code: str) -> dict[str, str]:
    page = client.get(f"/verify/{code}").text
    return {"csrf_token": page.split('name="csrf_token"')[1].split('value="')[1].split('"')[0]}


def test_wrong_codes_are_counted(client: FlaskClient) -> None:
    answers = [client.get(f"/verify/{n:012d}").status_code for n in range(32)]
    assert answers[:30] == [404] * 30
    assert answers[31] == 429


def test_a_letter_of_referral_is_read_whole_by_right_only(app: Flask, client: FlaskClient) -> None:
    from tests.referrals import agency, draft
    from welfare.core.thai.identity import IdKind
    from welfare.papers.models import Paper
    from welfare.referrals.workflow import Shared

    with app.app_context():
        home = cast.household()
        who = cast.person(home, id_kind=IdKind.NATIONAL, identifier="3999912345670")
        number = cast.case(household_id=home.id, person_id=who.id)
        kan = cast.viewer(cast.KAN)
        db.session.execute(db.update(Case).values(assignee_id=kan.user_id))
        db.session.commit()
        made = draft(number, agency(), fields=(Shared.NAME, Shared.IDENTIFIER))
    cast.sign_in(client, cast.ORN)
    page = f"/desk/cases/{number}/referrals/{made}"
    assert submit(client, page, action="/issue", having="wait").status_code == 303
    with app.app_context():
        paper = db.session.scalars(db.select(Paper).where(Paper.kind == "referral")).one()
        public_id, code = paper.public_id, paper.verify_code or ""
    letter = text_of(client.get(f"/documents/{public_id}.pdf").data)
    assert code[:4] in letter
    other = cast.sign_in(app.test_client(), cast.KAN)
    assert other.get(f"/desk/papers/{public_id}").status_code == 200
    assert other.get(f"/documents/{public_id}.pdf").status_code == 403
    assert other.get(f"/documents/{public_id}/copy.pdf").status_code == 403


def test_the_register_goes_out_as_it_is_listed(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        number, other = cast.case(), cast.case()
        issued(number, title="เรื่องที่หา")
        issued(other, title="เรื่องอื่น")
        hidden = cast.case()
        issued(hidden, title="เรื่องลับ")
        restricted = db.update(Case).where(Case.number == hidden)
        db.session.execute(restricted.values(sensitivity=Sensitivity.RESTRICTED))
        db.session.commit()
    other_client = cast.sign_in(app.test_client(), cast.AEK)
    assert other_client.post("/desk/papers/register.xlsx").status_code in (400, 403)
    cast.sign_in(client, cast.MALEE)
    whole = rows_of(sheet_of(client))
    page = client.get("/desk/papers").text
    listed = [title for title in ("เรื่องที่หา", "เรื่องอื่น", "เรื่องลับ") if title in page]
    assert [row[3] for row in whole[1:]] == sorted(listed, key=page.index)
    assert {"เรื่องที่หา", "เรื่องอื่น"} <= set(listed)
    of_case = rows_of(sheet_of(client, case=number))
    assert [row[3] for row in of_case[1:]] == ["เรื่องที่หา"]
    assert len(rows_of(sheet_of(client, case="no"))) == 1
    later = client.get("/desk/papers?since=1/1/2600").text
    assert "เรื่องที่หา" not in later and 'value="2600"' in later
    odd = client.get("/desk/papers?since=31/2/2569&month=2026-77&year=99999&until=x")
    assert odd.status_code == 200 and "เรื่องที่หา" in odd.text


def sheet_of(client: FlaskClient, **filters: str) -> bytes:
    answer = submit(client, "/desk/papers", filters, action="register.xlsx")
    assert answer.status_code == 200
    return answer.data


def rows_of(xlsx: bytes) -> list[tuple[object, ...]]:
    return list(load_workbook(io.BytesIO(xlsx)).worksheets[0].iter_rows(values_only=True))
