"""Whether a search looks through more of the newest cases or asks trigrams."""

import pytest

from welfare.cases.queries.searching import FURTHEST, NEWEST, further

MILLION, FEW = 1_000_000, 50_000


@pytest.mark.parametrize(
    ("found", "newest_id", "why"),
    [
        (0, MILLION, "nothing among the newest: rare"),
        (4, FEW, "a hundred hits in all: trigrams bring them up at once"),
        (1, MILLION, "some hundred hits"),
        (2, MILLION, "a thousand hits cost less than a walk through 26,000 cases"),
    ],
)
def test_rare_words_are_for_trigrams(found: int, newest_id: int, why: str) -> None:
    assert further(found, newest_id, 25) == 0, why


@pytest.mark.parametrize("found", [5, 18, 25])
def test_common_words_are_looked_for_further_down(found: int) -> None:
    reach = further(found, MILLION, 25)
    assert NEWEST * 26 // found <= reach <= FURTHEST


def test_never_further_than_the_furthest() -> None:
    assert further(1, 10**9, 25) == FURTHEST
