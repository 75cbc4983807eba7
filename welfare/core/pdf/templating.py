"""The Jinja environment of the papers: apart from the pages', with no request behind it.

A value that is missing prints as a dotted blank that can be filled in by pen, never as "None" and
never as a crash; what people wrote is always escaped and prints as they wrote it.
"""

from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from functools import lru_cache
from pathlib import Path

from jinja2 import ChainableUndefined, Environment, FileSystemLoader
from markupsafe import Markup, escape

from welfare.core.pdf import wording

TEMPLATES = Path(__file__).resolve().parents[3] / "templates"

BLANK = Markup('<span class="blank">……………………</span>')
"""What stands on paper where something is not known."""

_JOIN = "\u2060"
_COMPOUNDS = (
    "คำ|ร้อง", "ผู้|ร้อง", "ผู้|ประสบ", "ผู้|สูง|อายุ", "ผู้|พิการ", "คน|พิการ", "ผู้|รับ", "ผู้|แจ้ง",
    "ดำเนิน|การ", "แรก|เกิด", "สวัสดิ|การ", "เทศ|บาล", "เจ้า|หน้า|ที่", "หมู่|ที่", "เลข|ที่", "บ้าน|เลขที่",
    "ครัว|เรือน", "ความ|ช่วย|เหลือ", "เยี่ยม|บ้าน", "เบี้ย|ยังชีพ", "สงเคราะห์|ครอบครัว", "รับ|เรื่อง",
    "ใบ|รับ", "ข้อ|เท็จ|จริง", "นายก|เทศมนตรี", "ติด|เตียง", "ประเภท|เรื่อง", "วัน|ที่", "จำนวน|เงิน",
)  # fmt: skip


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


def keep(value: object) -> Markup:
    """`value` on one line, never broken: for names, amounts, numbers and telephones."""
    shown = blank(value)
    return BLANK if shown is BLANK else Markup('<span class="keep">{}</span>').format(shown)


def paragraphs(value: object) -> Markup:
    """Long text as people wrote it: escaped, its line breaks kept, empty lines as new paragraphs."""
    shown = blank(value)
    if shown is BLANK:
        return BLANK
    blocks = [part.strip("\n") for part in str(shown).replace("\r\n", "\n").split("\n\n")]
    joined = (Markup("<br>").join(part.split("\n")) for part in blocks if part.strip())
    return Markup("").join(Markup("<p>{}</p>").format(part) for part in joined)


def join_compounds(html: str) -> str:
    """The HTML with words that the line breaker cuts in two held together by U+2060.

    Only the body is touched; the joiner has no glyph, so it is not in the text of the PDF.
    """
    start = html.find("<body")
    head, body = html[: max(start, 0)], html[max(start, 0) :]
    for plain, joined in _joined_compounds():
        body = body.replace(plain, joined)
    return head + body


@lru_cache(maxsize=1)
def _joined_compounds() -> tuple[tuple[str, str], ...]:
    return tuple((word.replace("|", ""), word.replace("|", _JOIN)) for word in _COMPOUNDS)


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
        "paragraphs": paragraphs,
        **wording.FILTERS,
    }
    made.filters.update(filters)
    return made


def as_mapping(values: object) -> dict[str, object]:
    """The top-level names a template sees, from a mapping or a dataclass of plain values."""
    if isinstance(values, Mapping):
        return dict(values)
    if is_dataclass(values) and not isinstance(values, type):
        return {field.name: getattr(values, field.name) for field in fields(values)}
    raise TypeError("a paper needs a mapping or a dataclass")


__all__ = [
    "BLANK", "TEMPLATES", "as_mapping", "blank", "environment", "escape", "join_compounds", "keep",
    "paragraphs",
]  # fmt: skip
