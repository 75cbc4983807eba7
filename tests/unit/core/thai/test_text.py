"""Cleaning mends what the eye cannot tell apart and nothing else."""

import time
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pythainlp.util import normalize

from welfare.core.thai.text import _WELL, clean, clean_line, mended, search_key

THAI = st.characters(min_codepoint=0x0E01, max_codepoint=0x0E5B)
TYPED = st.text(
    st.one_of(
        THAI,
        st.sampled_from(" \n\t\r\u00a0\u200b\u200d\ufe0f\u202eaA1-❤👨é\u0301\u094d\uf70a\x00\x85"),
        st.characters(),
    ),
    max_size=30,
)
MARKED = st.text(st.sampled_from("กนทพสฤเ ะาำๅัิีืฺุู็่้๊๋์ํ"), max_size=12)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("น\u0e49\u0e4d\u0e32", "น้ำ"),
        ("น\u0e4d\u0e49\u0e32", "น้ำ"),
        ("น\u0e4d\u0e32\u0e49", "น้ำ"),
        ("กา\u0e4d", "กำ"),
        ("\u0e40\u0e40ม่", "แม่"),
        ("ก\u0e48\u0e35", "ก\u0e35\u0e48"),
        ("ก\u0e49\u0e38ง", "กุ้ง"),
        ("ท\u0e35\u0e48\u0e35\u0e48", "ที่"),
        ("กา\u0e48", "ก่า"),
        ("คะ\u0e48", "ค่ะ"),
        ("ก\u0e49\u0e48า", "ก่า"),
        ("สิทธ\u0e4c\u0e34", "สิทธิ์"),
        ("น ้ำ", "น้ำ"),
        ("\u0e48ก", "ก"),
        ("มๅ", "มา"),
        ("ฤๅษี", "ฤๅษี"),
        ("ก\uf70aา", "ก่า"),
    ],
)
def test_looks_the_same_becomes_the_same(typed: str, kept: str) -> None:
    assert clean(typed) == kept


@pytest.mark.parametrize(
    "text",
    ["มากกกก", "ต่างๆ", "ต่างๆๆ", "ข้าาา", "เพราะเกาะ", "พันธุ์", "๑๒๓", "น้ำ", "a  b\n\nc", "กฺ",
     "👨‍👩‍👧 ❤️ 1️⃣", "“O'Brien” & <b>", "ภาษาไทย\tEnglish", "พุทฺธํ", "ก็", "กตัญญู", "ฯพณฯ"],
)  # fmt: skip
def test_what_was_meant_stays(text: str) -> None:
    assert clean(text) == text


@pytest.mark.parametrize(
    "hidden",
    ["\u200b", "\u200c", "\u200d", "\u200e", "\u200f", "\u202a", "\u202e", "\u2060", "\u2066",
     "\u2069", "\ufeff", "\x00", "\x07", "\x1f", "\x7f", "\x9f", "\u00ad", "\u3164", "\ufe0f",
     "\U000e0041", "\ud800", "\ufffe"],
)  # fmt: skip
def test_what_cannot_be_seen_goes(hidden: str) -> None:
    assert clean(f"ไทย{hidden}ไทย") == "ไทยไทย"
    assert clean(hidden * 3) == ""


def test_spaces_and_line_ends_are_plain() -> None:
    assert clean("\u00a0ก\u2003ข\r\nค\rง\u2028จ\x85ฉ \n") == "ก ข\nค\nง\nจ\nฉ"
    assert clean_line(" ก\u00a0 ข\r\n\tค ") == "ก ข ค"


def test_never_nfkc() -> None:
    assert clean("ทำ ①½ｆ") == "ทำ ①½ｆ"
    assert clean("cafe\u0301") == "café"
    assert clean("e\u200b\u0301") == "é"


@given(TYPED | MARKED)
def test_cleaning_twice_changes_nothing(text: str) -> None:
    once = clean(text)
    assert clean(once) == once
    assert clean_line(clean_line(text)) == clean_line(text)


@given(TYPED | MARKED)
def test_clean_text_can_be_stored(text: str) -> None:
    kept = clean(text)
    kept.encode("utf-8")
    assert unicodedata.is_normalized("NFC", kept)
    assert not any(unicodedata.category(c) in ("Cc", "Cs") and c not in "\n\t" for c in kept)


@given(st.text(st.sampled_from("กนทพส"), min_size=1, max_size=4), st.data())
def test_agrees_with_pythainlp_on_one_syllable(consonants: str, data: st.DataObject) -> None:
    vowel = data.draw(st.sampled_from(["", "\u0e34", "\u0e35", "\u0e36", "\u0e38", "\u0e39"]))
    tone = data.draw(st.sampled_from(["", "\u0e48", "\u0e49"]))
    after = data.draw(st.sampled_from(["", "า", "\u0e4d\u0e32"] if not vowel else [""]))
    typed = consonants + "".join(data.draw(st.permutations([vowel, tone]))) + after
    assert clean(typed) == normalize(typed)


@given(TYPED | MARKED)
def test_search_key_of_a_key_is_itself(text: str) -> None:
    assert search_key(search_key(text)) == search_key(text)
    assert search_key(clean(text)) == search_key(text)


@pytest.mark.parametrize(
    ("stored", "asked"),
    [
        ("บ้านเลขที่ ๑๒/๓", "12/3"),
        ("ซอยน้ำ\u200bพุ", "น\u0e4d\u0e49าพุ"),
        ("Somchai JAIDEE", "jaidee"),
        ("นานาาา ใจ\n\nดี", "นานา ใจ ดี"),
        ("❤️", "❤"),
    ],
)
def test_search_finds_it(stored: str, asked: str) -> None:
    assert search_key(asked) in search_key(stored)


@pytest.mark.parametrize("piece", ["ก่", "ุ", " ่", "า่", "\u200b", "\u0e40", "ก า", "\n่", "ๅ"])
def test_a_hundred_thousand_characters_are_quick(piece: str) -> None:
    text = piece * (100_000 // len(piece))
    start = time.process_time()
    search_key(text)
    assert time.process_time() - start < 1.5


@given(TYPED | MARKED | st.text(THAI, max_size=12))
@settings(max_examples=2000)
def test_the_glance_lets_nothing_pass_that_is_to_be_mended(text: str) -> None:
    assert clean(text) == mended(text)


@pytest.mark.parametrize(
    "text", ["นายสมชาย ใจดี", "น้ำ ปั๊ม กตัญญู ปี่ ฝั่ง ค่ำ ทุ่ง เกาะ ศูนย์", "12/3 ม.4", "3-1234-56789-01-2"]
)
def test_what_people_write_passes_at_a_glance(text: str) -> None:
    assert _WELL.fullmatch(text)
