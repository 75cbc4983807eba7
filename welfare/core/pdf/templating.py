"""The Jinja environment of the papers: apart from the pages', with no request behind it.

A value that is missing prints as a dotted blank that can be filled in by pen, never as "None" and
never as a crash; what people wrote is always escaped and prints as they wrote it.
"""

import re
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from jinja2 import ChainableUndefined, Environment, FileSystemLoader
from markupsafe import Markup, escape

from welfare.core.pdf import wording
from welfare.core.thai.digits import on_paper

TEMPLATES = Path(__file__).resolve().parents[3] / "templates"

BLANK = Markup('<span class="blank">……………………</span>')
"""What stands on paper where something is not known."""

_LONGEST_KEPT = 50
_LONGEST_NAME_PART = 40
_COMPOUNDS = (
    "คำร้อง", "ผู้ร้อง", "ผู้ประสบภัย", "ผู้ประสบปัญหา", "ผู้สูงอายุ", "ผู้พิการ", "คนพิการ", "ผู้ป่วย", "ผู้แจ้ง",
    "ผู้ดูแล", "ผู้รับผิดชอบ", "ดำเนินการ", "เด็กแรกเกิด", "สวัสดิการ", "เทศบาล", "นายกเทศมนตรี", "เจ้าหน้าที่",
    "หมู่ที่", "เลขที่", "ครัวเรือน", "ความช่วยเหลือ", "เยี่ยมบ้าน", "เบี้ยยังชีพ", "ข้อเท็จจริง", "ติดเตียง", "วันที่",
    "จำนวนเงิน", "อุโมงค์", "ลำพูน", "กำหนดแล้วเสร็จ", "แผลกดทับ", "ยากลำบาก",
)  # fmt: skip
"""Words of this office that the line breaker (libthai) would cut in two. U+2060 does not hold them
together in Pango 1.50, a span that does not wrap does."""

_COMPOUND = re.compile("|".join(sorted(_COMPOUNDS, key=len, reverse=True)))
_TEXT = re.compile(r">([^<>]*[\u0e00-\u0e7f][^<>]*)<")
_NUMBERED = re.compile("(<[^<>]*>)([^<>]*[0-9][^<>]*)")
_TYPED = re.compile(r'class="[^"]*\b(?:typed|secret|reference)\b|lang="?en')
_ENTITY = re.compile("(&#?[0-9A-Za-z]+;)")


class _Missing(ChainableUndefined):
    """A name the values do not have: a blank on paper."""

    def __str__(self) -> str:
        return str(BLANK)

    def __html__(self) -> str:
        return str(BLANK)


def blank(value: object) -> object:
    """`value`, or the dotted blank when there is nothing to print (also for empty text)."""
    if value is None or isinstance(value, _Missing):
        return BLANK
    if isinstance(value, str) and not value.strip():
        return BLANK
    return value


def keep(value: object) -> object:
    """`value` on one line, never broken: for names, amounts, numbers and telephones.

    What is longer than a line may hold breaks between its words, rather than run off the paper.
    """
    shown = blank(value)
    if shown is not BLANK and len(str(shown)) > _LONGEST_KEPT:
        return name(value)
    return _kept(value, _LONGEST_KEPT)


def name(value: object) -> object:
    """A person's name in a table, which breaks between its words only."""
    shown = blank(value)
    if shown is BLANK:
        return BLANK
    return Markup(" ").join(escape(_kept(word, _LONGEST_NAME_PART)) for word in str(shown).split())


def _kept(value: object, longest: int) -> object:
    shown = blank(value)
    if shown is BLANK or len(str(shown)) > longest:
        return shown
    return Markup('<span class="keep">{}</span>').format(shown)


def paragraphs(value: object) -> Markup:
    """Long text as people wrote it: escaped, each line a paragraph, empty lines a gap.

    Not `<br>`: WeasyPrint's time grows with the square of the lines in one paragraph.
    """
    shown = blank(value)
    if shown is BLANK:
        return BLANK
    made: list[Markup] = []
    gap = False
    for line in str(shown).splitlines():
        if line.strip():
            opening = Markup('<p class="gap">') if gap and made else Markup("<p>")
            made.append(opening + line + Markup("</p>"))
        gap = not line.strip()
    return Markup("").join(made)


def keep_compounds(html: str) -> str:
    """The HTML with the office's own compound words kept on one line; only text in the body."""
    start = max(html.find("<body"), 0)
    return html[:start] + _TEXT.sub(_keep_in_text, html[start:])


def _keep_in_text(match: re.Match[str]) -> str:
    return ">" + _COMPOUND.sub(r'<span class="keep">\g<0></span>', match[1]) + "<"


def thai_numerals(html: str) -> str:
    """The HTML of a Thai paper with one kind of numerals in all that its body says, whoever wrote
    it; what is typed as it stands (`class="typed"`, a secret, a reference) keeps its own."""
    start = max(html.find("<body"), 0)
    return html[:start] + _NUMBERED.sub(_numbers_in_text, html[start:])


def _numbers_in_text(match: re.Match[str]) -> str:
    tag, text = match.groups()
    if _TYPED.search(tag):
        return match[0]
    pieces = _ENTITY.split(text)
    return tag + "".join(one if nr % 2 else on_paper(one) for nr, one in enumerate(pieces))


@lru_cache(maxsize=1)
def environment() -> Environment:
    """The environment of all papers, made once a process."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=_Missing,
        finalize=blank,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        cache_size=100,
    )
    filters: dict[str, Callable[..., object]] = {
        "blank": blank,
        "keep": keep,
        "name": name,
        "paragraphs": paragraphs,
        **wording.FILTERS,
    }
    made.filters.update(filters)
    return made


__all__ = [
    "BLANK", "TEMPLATES", "blank", "environment", "keep", "keep_compounds", "name",
    "paragraphs", "thai_numerals",
]  # fmt: skip
