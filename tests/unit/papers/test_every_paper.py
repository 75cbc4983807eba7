"""What holds for every paper, those of tomorrow included: see `tests/papers/samples.py`."""

import io
from dataclasses import fields, is_dataclass, replace
from difflib import SequenceMatcher
from functools import cache
from itertools import pairwise
from typing import Any

import lxml.html
import page
import pikepdf
import pytest

from tests.papers.hard_thai import HARD_THAI
from tests.papers.reading import (
    READERS,
    bases,
    by_poppler,
    letters,
    running_head,
    said_in,
    said_in_charts,
    table_heads,
    without_foot,
)
from tests.papers.samples import LONGEST, PAPERS, Paper, Words
from welfare.core.pdf.templating import TEMPLATES
from welfare.core.pdf.thai_text_layer import compose_sara_am
from welfare.core.thai.digits import on_paper

EVERY = pytest.mark.parametrize("name", PAPERS)
STANDARDS = (page.ValidationProfile.PDF_A_2A, page.ValidationProfile.PDF_UA_1)
HARD = Words(
    note="\n".join(" ".join(HARD_THAI[at : at + 10]) for at in range(0, len(HARD_THAI), 10))
)
NOT_PAPERS = {
    "base.html",
    "parts.html",
    "receipt_follow.html",
    "receipt_hotlines.html",
    "committee_items.html",
    "register.html",
    "verify.html",
}
"""Pieces that papers are put together of; registers have tests of their own."""


@cache
def made(name: str, words: Words) -> tuple[Paper, str, bytes]:
    paper = PAPERS[name](words)
    return paper, paper.html(), paper.pdf()


def test_there_are_two_hundred_hard_strings() -> None:
    assert len(HARD_THAI) >= 200


def test_every_template_has_a_sample() -> None:
    written = {path.name for path in (TEMPLATES / "documents").glob("*.html")} - NOT_PAPERS
    tried = {PAPERS[name](Words()).template.removeprefix("documents/") for name in PAPERS}
    assert written == tried


@EVERY
def test_it_keeps_to_pdf_a_and_pdf_ua(name: str) -> None:
    for standard in STANDARDS:
        report = page.validate_pdf_bytes(made(name, LONGEST)[2], profile=standard)
        assert [f"{one.rule_id} {one.message}" for one in report.failures] == []


@EVERY
def test_a_second_library_finds_no_fault_in_it(name: str) -> None:
    with pikepdf.open(io.BytesIO(made(name, LONGEST)[2])) as opened:
        assert opened.check_pdf_syntax() == []
        assert opened.docinfo["/Title"]
        assert opened.Root.ViewerPreferences.DisplayDocTitle


@EVERY
@pytest.mark.parametrize("reader", READERS)
def test_what_is_taken_out_is_what_was_put_in(name: str, reader: str) -> None:
    paper, html, pdf = made(name, HARD)
    said = said_in(html)
    read = without_foot(READERS[reader](pdf), running_head(html), table_heads(html))
    for chart in said_in_charts(paper.drawings):
        assert chart in read
        read = read.replace(chart, "", 1)
    if reader == "pdfium":
        # It puts a tone raised over ป ฝ ฟ at the end of its line once in a thousand letters.
        assert sorted(read) == sorted(said)
        assert SequenceMatcher(None, read, said, autojunk=False).ratio() > 0.998
    else:
        assert read == said


@EVERY
def test_a_thai_paper_has_one_kind_of_numerals(name: str) -> None:
    """Whoever wrote them; what is typed as it stands keeps its own."""
    note = "นัดวันที่ 5 เวลา 9.30 น. กรณี C70-000045-1 ได้ 1,200 บาท (ดู A4) โทร. 081-234-5678 ไม่มี &39;"
    paper, html, pdf = made(name, Words(address="บ้านเลขที่ 12/3 หมู่ที่ 11", note=note, short="2 ราย"))
    text = compose_sara_am("".join(by_poppler(pdf))).replace("1234-5678-9012", "")
    assert paper.lang == "en" or text == on_paper(text)
    assert "C๗๐" not in text and "A๔" not in html


@EVERY
def test_names_are_not_cut(name: str) -> None:
    """A name stays whole; in a narrow column the surname may go to the next line, never a part."""
    words = Words(name="นางสาวกตัญญุตาภรณ์ วุฒิปัญญารัตน์")
    _paper, html, pdf = made(name, words)
    lines = [letters(line) for one in by_poppler(pdf) for line in one.splitlines()]
    for part in words.name.split():
        assert sum(line.count(part) for line in lines) == said_in(html).count(part)


@EVERY
def test_nothing_runs_off_the_paper_or_over_another(name: str) -> None:
    """With the longest names and addresses: letters stand on the paper, and beside each other."""
    pdf = made(name, LONGEST)[2]
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        sizes = [[float(edge) for edge in one.mediabox] for one in opened.pages]
    for (_, _, wide, high), standing in zip(sizes, bases(pdf), strict=True):
        assert all(left > 8 and right < wide - 8 for left, _, right, _, _ in standing)
        assert all(foot > 8 and top < high - 8 for _, foot, _, top, _ in standing)
        lines: dict[int, list[tuple[float, float, str]]] = {}
        for left, foot, right, _, sign in standing:
            lines.setdefault(round(foot / 3), []).append((left, right, sign))
        for line in lines.values():
            line.sort()
            for one, other in pairwise(line):
                if one[:2] == other[:2]:
                    continue  # two letters of one ligature
                narrow = min(one[1] - one[0], other[1] - other[0])
                assert min(one[1], other[1]) - max(one[0], other[0]) <= 0.6 * narrow, (one, other)


@EVERY
def test_what_is_missing_is_left_blank_and_never_none(name: str) -> None:
    full = PAPERS[name](Words())
    bare = replace(full, values=emptied(full.values))
    html = bare.html()
    assert "None" not in said_in(html)
    title = lxml.html.document_fromstring(html).findtext("head/title")
    assert title
    assert not set(title) & {"<", "…"}
    assert "undefined" not in said_in(html)


@EVERY
def test_what_people_wrote_is_no_markup(name: str) -> None:
    sign = "<b onclick=x>&lt;</b>"
    html = PAPERS[name](Words(name=f"ก{sign}", address=f"ข{sign}", note=f"ค{sign}")).html()
    assert "<b onclick" not in html
    if html != PAPERS[name](Words()).html():
        assert letters(sign) in said_in(html)


def emptied(value: Any) -> Any:
    """The same with every word taken out, and nothing where the field allows nothing."""
    if isinstance(value, str):
        return ""
    if isinstance(value, dict):
        return {name: emptied(part) for name, part in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        changes: dict[str, Any] = {}
        for each in fields(value):
            optional = "None" in str(each.type)
            part = getattr(value, each.name)
            changes[each.name] = None if optional else emptied(part)
        return replace(value, **changes)
    if isinstance(value, tuple | list):
        return type(value)(emptied(part) for part in value)
    return value


@pytest.mark.parametrize("name", ["letter", "referral_letter"])
def test_the_number_of_a_letter_is_level_with_the_name_of_the_office(name: str) -> None:
    feet = [(one[0], one[1]) for one in bases(made(name, LONGEST)[2])[0] if one[4] == "ท"]
    number = next(foot for left, foot in feet if left < 150)
    office = next(foot for left, foot in feet if left > 350)
    assert abs(number - office) < 2


def test_a_letter_counts_its_pages_from_the_second_on() -> None:
    pages = [letters(one) for one in by_poppler(made("referral_letter", LONGEST)[2])]
    assert "-๑-" not in pages[0] and "-๒-" in pages[1] and "จาก๒" not in pages[0]
