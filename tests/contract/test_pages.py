"""All pages of everybody: what they carry, what they say, and what they must not show."""

import html
import re
from collections import Counter
from io import BytesIO

import pytest
from pypdf import PdfReader
from werkzeug.test import TestResponse

from tests import cast
from tests.contract import words
from tests.contract.conftest import Shown
from tests.contract.known import ILLNESS_SECRET
from tests.contract.town import (
    CASE_LATIN,
    CASE_SECRET,
    COMPLAINT_SECRET,
    EMAIL,
    FAR_HOUSE,
    FAR_SECRET,
    HEALTH_SECRET,
    NATIONAL_ID,
    NOI,
    PHONE_TYPED,
    PIM,
)
from tests.html import JAR, problems

HEADERS = {
    "Content-Security-Policy": "default-src 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "geolocation=(self)",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
STRANGERS = ("", "follower", cast.ANAN, cast.AEK, cast.WAN)

HIDDEN: dict[str, tuple[str, ...]] = {
    CASE_SECRET: (*STRANGERS, cast.KAN, cast.TON, NOI),
    CASE_LATIN: (*STRANGERS, cast.KAN, cast.TON, NOI),
    COMPLAINT_SECRET: (*STRANGERS, cast.KAN, cast.TON, PIM, NOI),
    FAR_SECRET: (*STRANGERS, cast.KAN, cast.TON, PIM, NOI),
    FAR_HOUSE: (*STRANGERS, cast.TON, NOI),
    HEALTH_SECRET: (*STRANGERS, cast.KAN, cast.TON, PIM, NOI),
    ILLNESS_SECRET: (*STRANGERS, cast.KAN, cast.TON, PIM, NOI),
    EMAIL: (*STRANGERS, cast.KAN, cast.TON, PIM, NOI),
}
"""A planted text, and who must meet it nowhere."""


def test_opening_pages_writes_nothing_but_that_they_were_read(shown: Shown) -> None:
    assert {who: tables for who, tables in shown.written.items() if tables} == {}


def test_there_is_something_to_see(shown: Shown) -> None:
    """Or the tests below would hold of nothing."""
    assert len(shown.walks[cast.ORN].html) > 25
    assert len(shown.walks[cast.KAN].html) > 20
    assert len(shown.walks["follower"].html) > 5
    assert any(CASE_SECRET in page for page in shown.walks[cast.ORN].html.values())
    assert any(CASE_SECRET in page for page in shown.walks[PIM].html.values())
    assert any(FAR_SECRET in page for page in shown.walks[cast.MALEE].html.values())


def test_no_address_in_a_page_leads_nowhere(shown: Shown) -> None:
    """A page offers only what its reader may open (the routes' own addresses are asked as well:
    those answer 403 and 404 as the access tests say)."""
    dead = []
    for who, walk in shown.walks.items():
        offered = {link for page in walk.html.values() for link in _links(page)}
        dead += [
            f"{who} {path}: {answer.status_code}"
            for path, answer in walk.pages.items()
            if path in offered and answer.status_code >= 400
        ]
    assert not dead, "\n".join(dead)


def test_every_answer_carries_the_security_headers(shown: Shown) -> None:
    for who, walk in shown.walks.items():
        for path, answer in walk.pages.items():
            for name, value in HEADERS.items():
                assert value in answer.headers.get(name, ""), f"{who} {path} {name}"
            assert "unsafe" not in answer.headers["Content-Security-Policy"], f"{who} {path}"


@pytest.mark.parametrize(
    "planted",
    HIDDEN,
    ids=["case", "case-latin", "complaint", "far", "house", "health", "illness", "e-mail"],
)
def test_nobody_meets_what_is_hidden_from_them(shown: Shown, planted: str) -> None:
    met = [
        f"{who or 'a stranger'} on {path}"
        for who in HIDDEN[planted]
        for path, answer in shown.walks[who].pages.items()
        if planted in _text(answer)
    ]
    assert met == []


def test_no_page_shows_whole_numbers_unasked(shown: Shown) -> None:
    """But for the telephone on the page of a visit: whoever goes there must be able to call."""
    met = [
        name
        for name, page in shown.pages().items()
        if _digits(page, NATIONAL_ID)
        or ("/field/visits" not in name and _digits(page, PHONE_TYPED))
    ]
    assert met == []


def test_who_may_not_see_a_case_does_not_meet_its_number(shown: Shown) -> None:
    for who in (cast.KAN, cast.TON, NOI):
        for path, page in shown.walks[who].html.items():
            assert shown.town.restricted not in page, f"{who} {path}"


def test_nothing_is_written_into_a_page_that_the_policy_would_drop(shown: Shown) -> None:
    wrong = []
    for name, page in shown.pages().items():
        if re.search(r"<[^>]+\s(style|on[a-z]+)=", page) or "<style" in page:
            wrong.append(f"{name}: inline style or handler")
        for script in re.findall(r"<script\b[^>]*>", page):
            if "src=" not in script and "nonce=" not in script and "type=" not in script:
                wrong.append(f"{name}: {script}")
    assert wrong == []


def test_every_page_has_one_heading_a_title_and_its_language(shown: Shown) -> None:
    wrong = []
    for name, page in shown.pages().items():
        language = "en" if "in English" in name else "th"
        found = {
            "h1": len(re.findall(r"<h1\b", page)),
            "title": len(re.findall(r"<title>[^<]+</title>", page)),
            "lang": len(re.findall(rf'<html[^>]*\blang="{language}"', page)),
        }
        if set(found.values()) != {1}:
            wrong.append(f"{name}: {found}")
    assert wrong == []


def test_every_id_of_a_page_is_its_own(shown: Shown) -> None:
    wrong = {}
    for name, page in shown.pages().items():
        seen = Counter(re.findall(r'\sid="([^"]*)"', page))
        doubled = [each for each, count in seen.items() if count > 1]
        if doubled:
            wrong[name] = doubled
    assert wrong == {}


CODES = ("/admin/audit", "/admin/categories")
"""Pages that show the program's own codes, or the words of both languages side by side."""


def test_thai_pages_speak_thai(shown: Shown) -> None:
    left = {}
    for name, page in shown.pages().items():
        if any(path in name for path in CODES):
            continue
        if "in English" not in name and (found := words.english_in(page)):
            left[name] = found
    assert not left, "\n".join(map(str, left.items()))


def test_english_pages_speak_english(shown: Shown) -> None:
    left = {}
    for path, page in shown.walks["orn in English"].html.items():
        if found := words.thai_in(page, shown.typed):
            left[path] = found
    assert not left, "\n".join(map(str, left.items()))


@pytest.mark.skipif(not JAR.exists(), reason="the checker is installed by scripts/bootstrap test")
@pytest.mark.parametrize("database", ["sqlite"])
def test_every_page_is_valid_html(shown: Shown) -> None:
    pages = shown.pages()
    kinds = {_shape(page): name for name, page in pages.items()}
    found = problems({name: pages[name] for name in kinds.values()})
    assert [each for each in found if "lacks heading" not in each] == []


def _shape(page: str) -> int:
    """Pages made of the same elements need checking once."""
    return hash(frozenset(re.findall(r'<[a-z]+\b|class="[^"]*"|name="[^"]*"', page)))


def _text(answer: TestResponse) -> str:
    if answer.mimetype == "application/pdf":
        return " ".join(page.extract_text() for page in PdfReader(BytesIO(answer.data)).pages)
    return html.unescape(answer.data.decode("utf-8", "replace"))


def _digits(page: str, *planted: str) -> list[str]:
    text = re.sub(r"<[^>]+>", " ", page)
    plain = re.sub(r"(?<=\d)[- ](?=\d)", "", html.unescape(text))
    return [number for number in planted if number in plain]


def _links(page: str) -> list[str]:
    return [
        html.unescape(link).split("#")[0] for link in re.findall(r'<a\b[^>]*\shref="([^"]+)"', page)
    ]
