"""Nobody is found by a house of before that lies outside the area of who searches."""

from datetime import date

import pytest
from flask import Flask

from tests import cast
from welfare.core.db import db
from welfare.households import services
from welfare.households.kinds import Reason, Relation
from welfare.households.queries import search_people

pytestmark = pytest.mark.usefixtures("stage")


def _moved(*homes: tuple[str, int]) -> None:
    """A person who lived in these houses (number, village) one after the other."""
    orn, number = cast.viewer(cast.ORN), cast.person(first_name="สายใจ").number
    for year, (house_no, village_no) in enumerate(homes, start=2015):
        home = cast.household(house_no=house_no, village_no=village_no)
        services.add_member(
            actor=orn, household_number=home.number, person_number=number,
            relation=Relation.HEAD, from_day=date(year, 1, 1), move=True,
        )  # fmt: skip
        db.session.commit()


def test_a_house_outside_the_area_neither_finds_nor_is_named(app: Flask) -> None:
    with app.app_context():
        _moved(("77/7", 3), ("55/5", 1), ("12/9", 2))

        def found(who: str, query: str) -> list[Reason]:
            rows = search_people(query, cast.viewer(who)).rows
            assert all("77/7" not in str(row) for row in rows)
            return [reason for row in rows for reason in row.reasons]

        assert found(cast.ORN, "สายใจ 77/7") == [Reason.EARLIER_HOME]
        assert found(cast.TON, "สายใจ 55/5") == [Reason.EARLIER_HOME]
        assert found(cast.TON, "สายใจ 77/7") == []
        assert found(cast.TON, "สายใจ ม.3") == []
