"""Whatever is typed, the search answers, and with what looking at everybody finds."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.integration.households.conftest import OFFICER, WORKER_3
from tests.integration.households.search import oracle
from tests.integration.households.search.test_queries import fault_of
from tests.integration.households.search.town import FIRST, LAST, PLANTED, Town, make_town, settle
from welfare.households.queries import search_households, search_people
from welfare.households.queries.asking import read_query
from welfare.households.queries.people_meant import people_meant
from welfare.households.queries.search import LIMIT

LETTERS = [*map(chr, range(0x0E01, 0x0E5C)), *" /.-ม123๑๒"]
THAI = st.text(alphabet=LETTERS, max_size=14)
WORDS = [*FIRST, *LAST, *(one.first for one in PLANTED), *(one.last for one in PLANTED)]
PARTS = st.builds(
    lambda word, start, size: word[start : start + size],
    st.sampled_from(WORDS), st.integers(0, 5), st.integers(1, 6),
)  # fmt: skip
LIKELY = st.lists(PARTS, min_size=1, max_size=3).map(" ".join)


@pytest.fixture
def settled(app: Flask) -> Any:
    with app.app_context():
        town = make_town()
        settle(town)
        yield town
        app.extensions["sqlalchemy"].session.rollback()


QUIET = settings(
    max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)


@QUIET
@given(typed=st.one_of(st.text(max_size=30), THAI))
def test_any_text_is_answered(settled: Town, typed: str) -> None:
    for viewer in (OFFICER, WORKER_3):
        search_people(typed, viewer)
        search_households(typed, viewer)


@QUIET
@given(typed=LIKELY)
def test_parts_of_names_find_whom_the_oracle_finds(settled: Town, typed: str) -> None:
    asked = read_query(typed)
    expected = oracle.people(asked, settled, None)
    hits = [(hit.id, hit.reason) for hit in people_meant(asked, OFFICER, LIMIT + 1)]
    assert fault_of(hits, expected) is None
