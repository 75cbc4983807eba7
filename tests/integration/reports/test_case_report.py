"""The report of a case: for those who may open it, complete, noted, with nothing in its name."""

import io

import pypdf
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update

from tests import cast
from tests.unit.core.pdf.extraction import by_pypdf, letters
from welfare.cases.models import Case
from welfare.cases.queries import Line, forget_kept
from welfare.cases.services import add_note
from welfare.cases.workflow import EventKind
from welfare.core import clock
from welfare.core.audit.models import AuditEntry
from welfare.core.db import db
from welfare.households.kinds import Relation
from welfare.intake.models import Complaint
from welfare.reports.queries.casereport import happened, relation_on_paper


@pytest.fixture
def number(app: Flask, stage: None) -> str:
    forget_kept()
    with app.app_context():
        home = cast.household()
        granny = cast.person(home)
        return cast.case(household_id=home.id, person_id=granny.id)


def path(number: str) -> str:
    return f"/desk/cases/{number}/report.pdf"


def test_says_what_is_known_of_the_case(app: Flask, client: FlaskClient, number: str) -> None:
    with app.app_context():
        add_note(actor=cast.viewer(cast.ORN), number=number, text="โทรนัดแล้ว", public=False)
        db.session.commit()
    paper = cast.sign_in(client, cast.ORN).get(path(number))
    assert paper.mimetype == "application/pdf"
    said = letters(by_pypdf(paper.data))
    for words in (number, "นางคำใจดี", "หลังคา", "โทรนัดแล้ว", "บ้านสมมติ"):
        assert letters(words) in said
    assert len(pypdf.PdfReader(io.BytesIO(paper.data)).pages) >= 1


def test_the_dead_are_no_heads_and_papers_are_named(app: Flask) -> None:
    with app.test_request_context():
        assert relation_on_paper(Relation.HEAD, dead=False) == "หัวหน้าครัวเรือน"
        assert relation_on_paper(Relation.HEAD, dead=True) == "อดีตหัวหน้าครัวเรือน เสียชีวิตแล้ว"
    told = {"verb": "withdrawn", "kind": "memo", "number": "ลพ 7/2570"}
    line = Line(clock.now(), EventKind.PAPER, "", False, "", told)
    with app.test_request_context():
        assert happened(line).startswith("ยกเลิก")
        assert happened(line).endswith("เลขที่ ลพ ๗/๒๕๗๐")


def test_its_name_says_nothing_of_anybody(client: FlaskClient, number: str) -> None:
    paper = cast.sign_in(client, cast.ORN).get(path(number))
    assert paper.headers["Content-Disposition"] == f'inline; filename="case-report-{number}.pdf"'


def test_it_is_noted_that_it_was_printed(app: Flask, client: FlaskClient, number: str) -> None:
    cast.sign_in(client, cast.ORN).get(path(number))
    with app.app_context():
        notes = db.session.execute(
            select(AuditEntry.actor, AuditEntry.object_type).where(
                AuditEntry.action.endswith(".printed")
            )
        ).all()
    assert [tuple(note) for note in notes] == [("orn", "case"), ("orn", "household")]


@pytest.mark.parametrize(
    ("who", "status"), [(cast.MALEE, 200), (cast.KAN, 404), (cast.ANAN, 403), (cast.WAN, 403)]
)
def test_only_who_may_open_the_case_gets_it(
    client: FlaskClient, number: str, who: str, status: int
) -> None:
    assert cast.sign_in(client, who).get(path(number)).status_code == status


@pytest.mark.parametrize("wrong", ["C70-000001-0", "x", "C99-999999-9"])
def test_a_number_that_is_none_is_not_found(client: FlaskClient, stage: None, wrong: str) -> None:
    assert cast.sign_in(client, cast.ORN).get(path(wrong)).status_code == 404


def test_the_button_stands_on_the_page_of_the_case(client: FlaskClient, number: str) -> None:
    page = cast.sign_in(client, cast.ORN).get(f"/desk/cases/{number}")
    assert f"/desk/papers/make/case_report/{number}" in page.text


def test_without_a_household_it_says_where_the_request_points(
    app: Flask, stage: None, client: FlaskClient
) -> None:
    with app.app_context():
        filed = cast.complaint(house_no="77/3", landmark="ข้างศาลาแดง", subject_name="ตาสี มีสุข")
        number = cast.case()
        case_id = db.session.scalar(select(Case.id).where(Case.number == number))
        db.session.execute(
            update(Complaint).where(Complaint.reference == filed.reference).values(case_id=case_id)
        )
        db.session.commit()
    said = letters(by_pypdf(cast.sign_in(client, cast.ORN).get(path(number)).data))
    for words in ("ตาสีมีสุข", "ข้างศาลาแดง", "๗๗/๓"):
        assert letters(words) in said
