"""A place far outside the villages is asked about in a list as on the form of a house."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import update

from tests.integration.households.imports.conftest import Upload
from tests.integration.households.imports.lists import pid
from welfare.core.db import db
from welfare.households.models import Village
from welfare.households.queries.imports.pages import ImportFile

HEADERS = ("เลขบัตร ปชช.", "ชื่อ", "นามสกุล", "บ้านเลขที่", "หมู่ที่", "ละติจูด", "ลองจิจูด")


@pytest.mark.parametrize(
    ("place", "counts"),
    [
        ((18.641, 99.041), {"new": 1}),
        ((13.75, 100.5), {"doubtful": 1}),
        ((99.041, 18.641), {"new": 1}),
    ],
)
def test_a_far_place_is_doubtful(
    app: Flask, upload: Upload, check: Callable[..., ImportFile], place: tuple[float, float],
    counts: dict[str, int],
) -> None:  # fmt: skip
    """What cannot be a latitude is no place at all, and is kept as it is written."""
    with app.app_context():
        db.session.execute(update(Village).values(lat=18.64, lng=99.04))
        db.session.commit()
    number = upload([HEADERS, [pid(1), "คำ", "ใจดี", "12/1", 2, *place]])
    assert check(number).counts == counts
