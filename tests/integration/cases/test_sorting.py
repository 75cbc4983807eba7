"""The heads of the worklist sort it, and say how it is sorted."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests import cast

pytestmark = pytest.mark.usefixtures("stage")


def test_heads_sort_and_say_so(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        first, second = cast.case(), cast.case("emergency_aid")
    orn = cast.sign_in(client, cast.ORN)
    page = orn.get("/desk/cases").text
    assert 'aria-sort="ascending"' in page and "sort=last_due" in page
    down = orn.get("/desk/cases?sort=last_due").text
    assert 'aria-sort="descending"' in down
    assert (page.index(first) < page.index(second)) != (down.index(first) < down.index(second))
    old = orn.get("/desk/cases?sort=oldest").text
    assert old.index(first) < old.index(second)
