"""Labels and envelopes: to whom a letter can go, once each, and to nobody whom lists hide."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests import cast
from tests.pages import submit
from tests.papers.reading import by_poppler, letters
from welfare.cases.workflow import Sensitivity
from welfare.core.pdf.registers import AtOnce
from welfare.core.security.permissions import Permission
from welfare.reports.documents.addressees import LabelLook, draw_addressees, label_look
from welfare.reports.kinds import ListKind, Why
from welfare.reports.queries.addressees import of_cases

PAGE = "/desk/lists/labels"


def _build() -> list[str]:
    home = cast.household(subdistrict="สมมติ", province="ลำพูน", postcode="51150")
    granny = cast.person(home)
    hidden = cast.person(cast.household(house_no="99/9"), first_name="ปกปิด")
    nobody = cast.person(None, first_name="ไร้บ้าน")
    return [
        cast.case(household_id=home.id, person_id=granny.id),
        cast.case(household_id=home.id, person_id=granny.id),
        cast.case(person_id=hidden.id, sensitivity=Sensitivity.SENSITIVE),
        cast.case(person_id=nobody.id),
        cast.case(),
    ]


@pytest.fixture
def numbers(kept: Callable[[str, Any], Any], stage: None) -> list[str]:
    made: list[str] = kept("cases to write to", _build)
    return made


def test_once_each_and_nobody_who_is_hidden(app: Flask, numbers: list[str]) -> None:
    with app.app_context():
        orn = cast.viewer(cast.ORN)
        found = of_cases(numbers, viewer=orn)
        assert [one.name for one in found.found] == ["นางคำ ใจดี", "นางปกปิด ใจดี"]
        assert found.found[0].address == "12/1 หมู่ที่ 2\nตำบลสมมติ\nจังหวัดลำพูน 51150"
        assert [(one.called, one.why) for one in found.missed] == [
            ("นางไร้บ้าน ใจดี", Why.NO_ADDRESS), (numbers[-1], Why.NOBODY),
        ]  # fmt: skip
        blind = replace(orn, permissions=orn.permissions - {Permission.VIEW_RESTRICTED})
        assert [one.name for one in of_cases(numbers, viewer=blind).found] == ["นางคำ ใจดี"]
        assert of_cases(numbers, viewer=cast.viewer(cast.KAN)).found == ()
        many = found.found * 150
        for kind, pages in ((ListKind.LABELS, 13), (ListKind.ENVELOPES, 300)):
            if kind is ListKind.ENVELOPES:
                many, pages = many[:42], 42
            made = draw_addressees(many, kind, LabelLook(skip=3), presses=AtOnce())
            said = letters("".join(by_poppler(made.pdf)))
            assert made.pages == pages and said.count(letters("นางคำ")) == len(many) // 2


def test_ticked_cases_come_to_the_page_and_are_drawn(
    numbers: list[str], client: FlaskClient
) -> None:
    cast.sign_in(client, cast.ORN)
    assert submit(client, PAGE, {"cases": "nonsense"}, action=PAGE).status_code == 400
    assert submit(client, PAGE, {"cases": numbers[-1]}, action=PAGE).status_code == 422
    given = {"cases": ", ".join(numbers), "skip": "99", "kind_of_paper": "envelopes"}
    on_labels = submit(client, PAGE, given | {"kind_of_paper": "labels"}, action=PAGE)
    assert on_labels.status_code == 400 and 'value="99"' in on_labels.text
    page = client.get(f"{PAGE}?cases={','.join(numbers)}").text
    missed = "นางไร้บ้าน ใจดี: ไม่มีที่อยู่ในทะเบียน"
    assert missed in page
    # Typed by hand, nobody has been shown who gets none: that is shown, and asked, first.
    asked = submit(client, PAGE, given, action=PAGE)
    assert asked.status_code == 422 and missed in asked.text and "(PDF)" in asked.text
    seen = asked.text.split('name="seen" value="')[1].split('"')[0]
    fewer = given | {"cases": ", ".join(numbers[1:4]), "seen": seen}
    assert submit(client, PAGE, fewer, action=PAGE).status_code == 422
    assert submit(client, PAGE, {"cases": numbers[0]}, action=PAGE).mimetype == "application/pdf"
    paper = submit(client, PAGE, given | {"seen": seen}, action=PAGE)
    assert paper.mimetype == "application/pdf"
    assert "๕๑๑๕๐" in letters("".join(by_poppler(paper.data)))
    assert label_look({"skip": "99", "salutation": "x"}) == LabelLook(skip=23)
