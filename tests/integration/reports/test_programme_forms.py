"""Forms of the programmes: begun with what their reader may know, the rest left to the hand."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests import cast
from tests.pages import submit
from tests.papers.reading import by_poppler, letters
from welfare.core.errors import NotFound
from welfare.core.thai.identity import IdKind
from welfare.households.kinds import MaritalStatus
from welfare.reports.documents.programme_forms import form_of, form_on_paper, form_pdf, forms_for
from welfare.reports.queries.form_values import FormSubject, of_case, of_person

ID = "3999912345670"


def _build() -> tuple[str, str, str]:
    home = cast.household()
    granny = cast.person(
        home, birth_date=date(1950, 3, 4), identifier=ID, id_kind=IdKind.NATIONAL,
        marital_status=MaritalStatus.WIDOWED, monthly_income=Decimal(1200),
    )  # fmt: skip
    about = cast.case(household_id=home.id, person_id=granny.id)
    return granny.number, about, cast.case(village_no=3)


@pytest.fixture
def town(kept: Callable[[str, Any], Any], stage: None) -> tuple[str, str, str]:
    made: tuple[str, str, str] = kept("a widow and her case", _build)
    return made


def test_every_form_draws_blank_and_begun(app: Flask, town: tuple[str, str, str]) -> None:
    with app.app_context():
        orn = cast.viewer(cast.ORN)
        subject = of_person(town[0], viewer=orn)
        offered = forms_for(orn)
        assert len({one.code for one in offered}) == len(offered) >= 10
        for form in offered:
            for who in (None, subject, FormSubject()):
                lines = form_on_paper(form, who).lines
                assert all(line.kind for line in lines) and form.legal_basis and form.source
        said = letters("".join(by_poppler(form_pdf(form_of("oaa", orn), subject))))
        for words in ("นางคำ ใจดี", "๔ มีนาคม ๒๔๙๓", "๑,๒๐๐", "พ.ศ. ๒๕๖๖", "นายกเทศมนตรี"):
            assert letters(words) in said
        assert "None" not in said and letters("๓-๙๙๙๙") not in said
        ticked = [
            box.label
            for line in form_on_paper(form_of("oaa", orn), subject).lines
            for box in line.choices
            if box.ticked
        ]
        assert ticked == ["หม้าย"]
        whole = of_person(town[0], viewer=orn, whole_numbers=True)
        assert whole.values["id_number"] == "3-9999-12345-67-0"


def test_what_is_sensitive_is_not_for_everybody(app: Flask, town: tuple[str, str, str]) -> None:
    with app.app_context():
        kan = cast.viewer(cast.KAN)
        assert "subsistence" not in {one.code for one in forms_for(kan)}
        with pytest.raises(NotFound):
            form_of("subsistence", kan)
        with pytest.raises(NotFound):
            of_case(town[1], viewer=kan)
        assert not of_case(town[2], viewer=cast.viewer(cast.ORN)).number


def test_printed_from_the_case_and_whole_numbers_by_right(
    town: tuple[str, str, str], client: FlaskClient
) -> None:
    page = f"/desk/cases/{town[1]}/forms"
    cast.sign_in(client, cast.MALEE)
    paper = submit(client, page, {"form": "disability"}, action=page)
    assert paper.mimetype == "application/pdf"
    assert submit(client, page, {"form": "oaa", "whole": "1"}, action=page).status_code == 403
    assert submit(client, page, {"form": "no-such"}, action=page).status_code == 404
