"""A rule that speaks late says that the deadline has passed, not that it is today."""

import pytest

from welfare.cases.views.story import _when


@pytest.fixture(autouse=True)
def plain(monkeypatch: pytest.MonkeyPatch) -> None:
    """Words as they stand in the code."""

    def as_written(text: str, **values: object) -> str:
        return text % values if values else text

    monkeypatch.setattr("welfare.cases.views.story._", as_written)


@pytest.mark.parametrize(
    ("offset", "due", "words"),
    [
        (0, "2026-11-23", "Deadline today"),
        (0, "2026-11-20", "Deadline passed"),
        (-2, "2026-11-25", "Deadline in 2 working days"),
        (-2, "2026-11-23", "Deadline today"),
        (3, "2026-11-18", "Deadline passed 3 working days ago"),
    ],
)
def test_words_follow_the_day_on_which_they_are_said(offset: int, due: str, words: str) -> None:
    assert _when(offset, due, "2026-11-23") == words
