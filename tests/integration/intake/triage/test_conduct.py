"""A complaint about staff is the managers' alone, as its filer was told."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests import cast

pytestmark = pytest.mark.usefixtures("stage")

STORY = "เจ้าหน้าที่เรียกเงินค่าดำเนินเรื่อง ไม่ออกใบเสร็จให้"


def test_officers_neither_see_nor_find_nor_count_it(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        reference = cast.complaint(category="staff_conduct", description=STORY).reference
    cast.sign_in(client, cast.ORN)
    assert client.get(f"/desk/complaints/{reference}").status_code == 404
    for address in ("/desk/complaints", "/desk/complaints?q=เรียกเงิน", "/desk"):
        assert reference not in client.get(address).text
    with app.test_client() as manager:
        cast.sign_in(manager, cast.MALEE)
        assert STORY in manager.get(f"/desk/complaints/{reference}").text
        assert reference in manager.get("/desk/complaints").text


def test_the_case_of_it_is_hidden_from_officers_too(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        number = cast.case("staff_conduct", actor=cast.MALEE, title="เรื่องเรียกเงิน")
    cast.sign_in(client, cast.ORN)
    assert client.get(f"/desk/cases/{number}").status_code == 404
    assert number not in client.get("/desk/cases?q=เรียกเงิน").text
    assert number not in client.get("/desk/cases").text
    with app.test_client() as manager:
        cast.sign_in(manager, cast.MALEE)
        assert number in manager.get("/desk/cases?q=เรียกเงิน").text
