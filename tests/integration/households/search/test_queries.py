"""Two hundred queries over one town: what is found is what looking at everybody finds, and the
same on both databases to the last row."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from tests.conftest import Kept
from tests.integration.households.conftest import OFFICER, WORKER_3
from tests.integration.households.search import oracle
from tests.integration.households.search.town import Town, make_town, settle
from welfare.core.security.permissions import Viewer
from welfare.households.kinds import Reason
from welfare.households.queries.asking import Asked, read_query
from welfare.households.queries.houses_meant import houses_meant
from welfare.households.queries.people_meant import people_meant
from welfare.households.queries.search import LIMIT, search_households, search_people

Oracle = Callable[[Asked, Town, set[int] | None], dict[int, Reason]]
LIST = Path(__file__).with_name("queries.tsv")
ORDER = list(Reason)


@dataclass
class Query:
    """A line of the list."""

    text: str
    yes: list[str]
    no: list[str]


@pytest.fixture(scope="module")
def town() -> Town:
    return make_town()


@pytest.fixture
def settled(app: Flask, kept: Kept, town: Town) -> Any:
    kept("town of the search", lambda: settle(town))
    with app.app_context():
        yield town
        app.extensions["sqlalchemy"].session.rollback()


def queries(town: Town) -> list[Query]:
    """The list, numbers filled in."""
    kham, house_5 = town.person("kham").number, town.house("house_5").number
    found = []
    for line in LIST.read_text("utf-8").splitlines():
        if not line or line.startswith("# "):
            continue
        text, _tab, marks = line.partition("\t")
        text = text.encode("latin-1", "backslashreplace").decode("unicode_escape")
        for name, number in (
            ("{kham}", kham), ("{kham_plain}", kham.lower().replace("-", "")),
            ("{house_5}", house_5),
        ):  # fmt: skip
            text = text.replace(name, number)
        words = marks.split()
        found.append(
            Query(
                text,
                [word[1:] for word in words if word[0] == "+"],
                [word[1:] for word in words if word[0] == "-"],
            )
        )
    return found


def test_there_are_two_hundred(town: Town) -> None:
    assert len({query.text for query in queries(town)}) >= 200


@pytest.mark.parametrize("viewer", [OFFICER, WORKER_3], ids=["everywhere", "village 3"])
def test_people_are_those_whom_looking_at_everybody_finds(settled: Town, viewer: Viewer) -> None:
    villages = set(viewer.villages) if viewer.villages else None
    wrong = {}
    for query in queries(settled):
        asked = read_query(query.text)
        expected = told(oracle.people, query.text, settled, villages)
        hits = [(hit.id, hit.reason) for hit in people_meant(asked, viewer, LIMIT + 1)]
        if fault := fault_of(hits, expected):
            wrong[query.text] = fault
    assert wrong == {}


@pytest.mark.parametrize("viewer", [OFFICER, WORKER_3], ids=["everywhere", "village 3"])
def test_houses_are_those_that_looking_at_each_finds(settled: Town, viewer: Viewer) -> None:
    villages = set(viewer.villages) if viewer.villages else None
    wrong = {}
    for query in queries(settled):
        asked = read_query(query.text)
        expected = told(oracle.houses, query.text, settled, villages)
        hits = [
            (hit.id, hit.reason)
            for hit in houses_meant(asked, viewer, LIMIT + 1)
            if villages is None or settled.houses[hit.id - 1].village_no in {None, *villages}
        ]
        if fault := fault_of(hits, expected):
            wrong[query.text] = fault
    assert wrong == {}


_told: dict[tuple[str, str, bool], dict[int, Reason]] = {}


def told(oracle: Oracle, text: str, town: Town, villages: set[int] | None) -> dict[int, Reason]:
    """What looking at everybody finds: the same for both databases, so looked for once."""
    key = oracle.__name__, text, villages is None
    if key not in _told:
        _told[key] = oracle(read_query(text), town, villages)
    return _told[key]


def fault_of(hits: list[tuple[int, Reason]], expected: dict[int, Reason]) -> Any:
    """What is wrong: too few, wrong reasons, or the less sure before the surer."""
    found = dict(hits)
    if len(found) != len(hits):
        return "twice"
    if len(hits) < min(len(expected), LIMIT + 1):
        return "missing", sorted(set(expected) - set(found))[:5]
    if other := {key: (why, expected.get(key)) for key, why in found.items()
                 if expected.get(key) != why}:  # fmt: skip
        return "other", dict(list(other.items())[:5])
    places = [ORDER.index(reason) for _id, reason in hits]
    surest = sorted(ORDER.index(reason) for reason in expected.values())[: len(hits)]
    return None if places == sorted(places) == surest else ("order", places, surest)


def test_whom_the_list_names_is_found(settled: Town) -> None:
    wrong = []
    for query in queries(settled):
        people = {row.id for row in search_people(query.text, OFFICER, 10_000).rows}
        houses = {row.id for row in search_households(query.text, OFFICER, 10_000).rows}
        for keys, wanted in ((query.yes, True), (query.no, False)):
            for key in keys:
                kind, _colon, house = key.partition(":")
                there = (
                    settled.house(house).id in houses if kind == "h"
                    else settled.person(key).id in people
                )  # fmt: skip
                if there is not wanted:
                    wrong.append((query.text, key, wanted))
    assert not wrong, wrong


_answers: dict[str, list[Any]] = {}


def test_both_databases_answer_alike(settled: Town, database: str) -> None:
    answers = []
    for viewer in (OFFICER, WORKER_3):
        for query in queries(settled):
            people = search_people(query.text, viewer)
            houses = search_households(query.text, viewer)
            answers.append(
                (query.text, people.more, houses.more,
                 [(row.number, row.why) for row in people.rows],
                 [(row.number, row.why, row.found) for row in houses.rows])
            )  # fmt: skip
    _answers[database] = answers
    if len(_answers) == 2:
        one, other = _answers.values()
        assert [a for a, b in zip(one, other, strict=True) if a != b] == []
