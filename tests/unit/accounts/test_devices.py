"""Browsers in words."""

import pytest

from welfare.accounts.labels import device_words

AGENTS = [
    (
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)"
        " Chrome/149.0.0.0 Safari/537.36 Edg/149.0.0.0",
        "Edge, Windows",
    ),
    (
        "Mozilla/5.0 (Linux; Android 13; SM-A135F) AppleWebKit/537.36 (KHTML, like Gecko)"
        " Chrome/148.0.0.0 Mobile Safari/537.36",
        "Chrome, Android",
    ),
    (
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15"
        " (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1",
        "Safari, iPhone",
    ),
    ("curl/8.0", "curl/8.0"),
    ("", ""),
]


@pytest.mark.parametrize(("agent", "words"), AGENTS)
def test_words(agent: str, words: str) -> None:
    assert device_words(agent) == words
