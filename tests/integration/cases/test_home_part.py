"""The registry's pages show the cases that their viewer may see."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests import cast
from welfare.cases.workflow import Sensitivity

pytestmark = pytest.mark.usefixtures("stage")


def test_a_house_shows_its_cases_and_no_restricted_one(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        home = cast.household()
        home_number, home_id = home.number, home.id
        open_number = cast.case(title="หลังคารั่ว", household_id=home_id, village_no=2)
        hidden = cast.case(
            title="เรื่องลับ", household_id=home_id, village_no=2, sensitivity=Sensitivity.RESTRICTED
        )
    cast.sign_in(client, cast.ORN)
    seen = client.get(f"/desk/households/{home_number}").text
    assert open_number in seen
    assert hidden in seen
    with app.test_client() as other:
        cast.sign_in(other, cast.KAN)
        worker_sees = other.get(f"/desk/households/{home_number}").text
        assert hidden not in worker_sees
        assert open_number not in worker_sees
