"""Whether a search looks through more of the newest cases or asks trigrams."""

import pytest

from welfare.cases.queries.searching import FURTHEST, NEWEST, further

MILLION, FEW = 1_000_000, 50_000


@pytest.mark.parametrize(
    ("found", "newest_id", "word", "why"),
    [
        (0, MILLION, "เสาไฟฟ้าเอน", "nothing among the newest: rare"),
        (4, FEW, "เสาไฟฟ้าเอน", "a hundred hits in all: trigrams bring them up at once"),
        (4, FEW, "รั่ว", "a short word, but few cases"),
        (1, MILLION, "เสาไฟฟ้าเอน", "some hundred hits, a long word"),
    ],
)
def test_rare_words_are_for_trigrams(found: int, newest_id: int, word: str, why: str) -> None:
    assert further(found, newest_id, [word], 25) == 0, why


@pytest.mark.parametrize(("found", "word"), [(18, "ผู้สูงอายุ"), (18, "รั่ว"), (4, "ผู้สูงอายุ"), (2, "รั่ว")])
def test_common_words_are_looked_for_further_down(found: int, word: str) -> None:
    reach = further(found, MILLION, [word], 25)
    assert NEWEST * 26 // found <= reach <= FURTHEST


def test_never_further_than_the_furthest() -> None:
    assert further(1, 10**9, ["รั่ว"], 25) == FURTHEST
