"""The report of a month or a year, and the statistics of complaints: the numbers of the pages."""

import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from tests import cast
from tests.issued import row
from tests.pages import submit
from tests.papers.reading import by_poppler, letters
from welfare.cases import services as cases
from welfare.cases.queries import forget_kept
from welfare.cases.workflow import Outcome
from welfare.core.db import db
from welfare.core.thai.digits import to_thai
from welfare.papers.facts import needs_in, sheet_words
from welfare.papers.policies import meets
from welfare.reports.documents.issuing import statistics_sheet
from welfare.reports.queries.complaints import complaint_statistics
from welfare.reports.queries.figures import figures, period_figures
from welfare.reports.queries.months import present_month
from welfare.reports.queries.outcomes import outcomes
from welfare.reports.queries.overview import report_numbers
from welfare.reports.queries.periods import of_month, of_year, present_year

PAPER, STATISTICS = "/desk/reports/paper", "/desk/reports/complaints"


def _build() -> None:
    forget_kept()
    orn = cast.viewer(cast.ORN)
    for village in (2, 2, 3):
        cast.complaint(village=village)
    cast.case(village_no=2)
    done = cast.case(village_no=3)
    cases.close_case(
        actor=orn, number=done, version=1, outcome=Outcome.SOLVED, outcome_note="ซ่อมแล้ว"
    )
    db.session.commit()


@pytest.fixture
def month(kept: Callable[[str, Any], Any], stage: None) -> None:
    kept("a month with numbers", _build)


def test_a_report_has_the_numbers_of_the_managers_page(app: Flask, month: None) -> None:
    with app.app_context():
        malee = cast.viewer(cast.MALEE)
        page = figures(malee, present_month())
        for period in (of_month(present_month()), of_year(present_year())):
            found = period_figures(malee, period)
            assert found.total.new.n == page.total.new.n == 2
            assert found.total.closed.n == page.total.closed.n == 1
            by_village = [(line.key, line.new.n, line.open.n) for line in page.villages]
            assert by_village == [(x.key, x.new.n, x.open.n) for x in found.villages]
            assert sum(outcomes(malee, period).values()) == found.total.closed.n
            assert [line for line in found.trend if line.month == present_month()]
        empty = period_figures(malee, of_year(present_year() - 1))
        assert empty.total.new.n == 0 and empty.total.open.n == page.total.open.n
        numbers = report_numbers(malee, of_year(present_year()))
        assert numbers.received == complaint_statistics(malee, of_year(present_year())).received


def test_the_report_prints_what_was_written_beside_the_numbers(
    month: None, client: FlaskClient
) -> None:
    cast.sign_in(client, cast.MALEE)
    paper = submit(client, PAPER, {"explanation": "น้ำท่วมซ้ำ ปั๊มน้ำเสีย", "unmet": ""})
    assert paper.mimetype == "application/pdf"
    said = letters("".join(by_poppler(paper.data)))
    for words in ("น้ำท่วมซ้ำปั๊มน้ำเสีย", "นางมาลี ศรีสมมติ", "รายงานผลการดำเนินงาน", "กรณีรับใหม่"):
        assert letters(words) in said
    assert "None" not in said


def test_a_running_span_is_compared_with_as_much_of_the_one_before() -> None:
    with time_machine.travel(datetime(2026, 11, 23, 5, tzinfo=UTC), tick=False):
        assert of_year(2570).as_far_before.first == date(2025, 10, 1)
        assert of_year(2570).as_far_before.last == date(2025, 11, 23)
        assert of_year(2569).as_far_before == of_year(2568)
        assert of_month("2026-11").as_far_before.last == date(2026, 10, 23)


def test_statistics_tell_all_and_betray_no_house(
    app: Flask, month: None, client: FlaskClient
) -> None:
    with app.app_context():
        found = complaint_statistics(cast.viewer(cast.MALEE), of_year(present_year()))
        assert (found.received, found.settled, found.open) == (3, 0, 3)
        assert found.by_village == {2: 2, 3: 1} and sum(found.by_month.values()) == 3
        ours = complaint_statistics(cast.viewer(cast.MALEE), of_year(present_year() - 1))
        assert ours.received == 0 and ours.answered.days is None
        assert found.before is None  # nothing was kept then, which is not "none"
    cast.sign_in(client, cast.MALEE)
    assert client.get(STATISTICS).status_code == 200
    paper = client.get(f"{STATISTICS}.pdf")
    said = letters("".join(by_poppler(paper.data)))
    assert letters("น้อยกว่า ๕") in said
    sheet = client.get(f"{STATISTICS}.xlsx")
    with zipfile.ZipFile(io.BytesIO(sheet.data)) as packed:
        assert "<v>3</v>" in packed.read("xl/worksheets/sheet1.xml").decode()


def test_a_report_is_issued_once_for_a_period_and_kept(
    app: Flask, month: None, client: FlaskClient
) -> None:
    cast.sign_in(client, cast.MALEE)
    draft = submit(client, PAPER, {"proposals": "เร่งรัดงาน"})
    assert "ร่าง" in "".join(by_poppler(draft.data))
    answer = submit(client, PAPER, {"proposals": "เร่งรัดงาน", "do": "issue"})
    assert answer.status_code == 303
    public_id = answer.location.rsplit("/", 1)[1]
    said = letters("".join(by_poppler(client.get(f"/documents/{public_id}.pdf").data)))
    with app.app_context():
        paper = row(public_id)
        assert (paper.series, paper.running, paper.kind) == ("report", 1, "management_report")
        assert paper.number.startswith("รง. 1/") and (paper.verify_code or "-")[:4] in said
    assert letters(to_thai(paper.number)) in said and "ร่าง" not in said
    page = client.get(PAPER).text
    assert public_id in page and 'value="issue"' not in page
    again = submit(client, PAPER, {"do": "issue"}, having="proposals")
    assert again.status_code == 422 and paper.number not in again.text
    other = submit(client, STATISTICS, {}, action=f"{STATISTICS}/issue")
    assert other.status_code == 303
    orn = cast.sign_in(app.test_client(), cast.ORN)
    for path in (f"/documents/{public_id}.pdf", f"/documents/{public_id}/copy.pdf"):
        assert orn.get(path).status_code == 403
    assert orn.post(f"{STATISTICS}/issue").status_code in (400, 403)


def test_who_sees_some_villages_cannot_speak_for_the_municipality(app: Flask, month: None) -> None:
    with app.app_context():
        malee = cast.viewer(cast.MALEE)
        some = replace(malee, villages=frozenset({2}))
        found = complaint_statistics(some, of_year(present_year()))
        assert statistics_sheet(found, some).hindrance
        sheet = statistics_sheet(found, malee)
        assert not sheet.hindrance and sheet.needs is not None
        assert meets(sheet.needs, malee) and not meets(sheet.needs, some)
        assert not meets(sheet.needs, cast.viewer(cast.ORN))
        assert needs_in(sheet_words(sheet)) == sheet.needs


@pytest.mark.parametrize("path", [PAPER, STATISTICS, f"{STATISTICS}.pdf", f"{STATISTICS}.xlsx"])
def test_numbers_are_the_managers_alone(month: None, client: FlaskClient, path: str) -> None:
    assert cast.sign_in(client, cast.ORN).get(path).status_code == 403
