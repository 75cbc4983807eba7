"""A rule that speaks late says that the deadline has passed, not that it is today."""

import pytest
from flask import Flask
from flask_babel import force_locale

from welfare.cases.views.story import _when


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
def test_words_follow_the_day_on_which_they_are_said(
    app: Flask, offset: int, due: str, words: str
) -> None:
    with app.test_request_context("/"), force_locale("en"):
        assert _when(offset, due, "2026-11-23") == words
