"""How a Thai word sounds, roughly: keys that spellings easily taken for each other share.

For the search alone, as the last thing it tries: ณัฐพงษ์ and ณัฐพงศ์, ศรีสุข and สีสุข, กตัญญู and
กตัญู, สมชัย and สมชาย have one key. It is coarse on purpose and never proof that two are one.

A letter under ์ may be left out, written with its ์, or written without it, and often nobody knows
which is meant: such a word has a key for each way (จักร์ยอง is จักยอง and จักรยอง). So has one whose
end is heard in two ways (สุริยะ, ธีระ; วุฒิ, ชาติ).

The rules are our own: ADR 0012 tells how the soundex variants of pythainlp did on the same slips.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import product
from typing import Final

from welfare.core.thai.text import search_key

_THANTHAKHAT: Final = "\u0e4c"
_SILENCED: Final = re.compile(  # จันทร์, ลักษมณ์, พงษ์, สิทธิ์, พันธุ์
    "(?:[ทตด]ร|ษม?ณ|[ก-ฮ])[\u0e34\u0e35\u0e38\u0e39]?\u0e4c"
)
_MOST_SILENCED: Final = 3
"""Silenced letters of one word that are read both ways: eight keys at most."""

_TONES: Final = re.compile("[\u0e47-\u0e4e\u0e3a]")
_RO_HAN_INSIDE: Final = re.compile("รร(?=[ก-ฮ])")  # ธรรม
_RO_HAN: Final = re.compile("รร(?![\u0e30-\u0e3a])")  # พรรษ, but not จันทรริน
_LEADING_HO: Final = re.compile("ห(?=[งญณนมยรลว])")  # หนู, แหวน
_TRUE_SO: Final = re.compile("(?<=[ศษสซ])ร(?=.)|^ทร(?=[ก-ฮาัเ])")  # ศรี, สร้อย, ทราย
_AI: Final = re.compile("[ไใ]([ก-ฮ])ย?")  # ไชย, ใจ
_SHUT: Final = re.compile("ั([จชซฎฏดตฐฑฒถทธสศษ]{1,2})(?=[ก-ฮเแโไใ]|$)")  # ณัฐ, ณัฏฐ, ณัด
_SHUT_BY_NO: Final = re.compile(  # ปัญญา is ปันยา, กัลยา is กันยา, บุญเรือง
    "(?<=ั)[รลญณฬ](?=[ก-ฮเแโไใ])|(?<=[\u0e34\u0e38])ญ(?=[ก-ฮเแโไใ])|ญ$"
)
_YO_OF_TWO: Final = re.compile("(?<=ั)ญ(?=[\u0e30-\u0e39])")  # กตัญู is กตันยู
_RO_UNHEARD: Final = re.compile(
    "(?<=[\u0e31\u0e34\u0e38][กชดตทธ])ร$|(?<=เ[ก-ฮ][ชตท])ร$"
)  # จิตร, เพชร
_RO_AS_ON: Final = re.compile("(?<=[ก-ฮ])ร$")  # สมพร, สุนทร
_LAST_A: Final = re.compile("(?<![เแโ].)(?<![เแโ]..)ะ$")  # สุริยะ is สุริยา; not เมะ
_LAST_MUTE: Final = re.compile("(?<=[ดตทธฒ])[\u0e34\u0e38]$")  # วุฒิ, ชาติ, ธาตุ
_TWICE: Final = re.compile(r"([ก-ฮ])\1+")

_ONE: Final = str.maketrans(
    {
        **dict.fromkeys("ศษซ", "ส"), **dict.fromkeys("ณ", "น"), **dict.fromkeys("ญ", "ย"),
        **dict.fromkeys("ผภ", "พ"), **dict.fromkeys("ฐฑฒถธ", "ท"), **dict.fromkeys("ฏ", "ต"),
        **dict.fromkeys("ฎ", "ด"), **dict.fromkeys("ขฃฅฆ", "ค"), **dict.fromkeys("ฉฌ", "ช"),
        **dict.fromkeys("ฬ", "ล"), **dict.fromkeys("ฮ", "ห"), **dict.fromkeys("ฝ", "ฟ"),
        "ะ": "", "ั": "า", "ำ": "าม", "ิ": "ี", "ึ": "ี", "ื": "ี", "ุ": "ู", "แ": "เ",
        "ฤ": "รี", "ฦ": "ลี",
    }
)  # fmt: skip
_LAST: Final = str.maketrans(
    {
        **dict.fromkeys("ยรลน", "น"), **dict.fromkeys("จชสดตท", "ด"), **dict.fromkeys("บปพฟ", "บ"),
        **dict.fromkeys("กค", "ก"), "ย": "ย",
    }
)  # fmt: skip


@lru_cache(maxsize=60_000)
def sound_keys(word: str) -> tuple[str, ...]:
    """The keys of one word, that of its proper reading first; none where nothing is heard."""
    text = search_key(word)
    silenced = [found.span() for found in _SILENCED.finditer(text)][:_MOST_SILENCED]
    readings = [
        _read(text, silenced, aloud) for aloud in product((False, True), repeat=len(silenced))
    ]
    for end, instead in ((_LAST_A, "า"), (_LAST_MUTE, "")):
        readings += [other for each in readings if (other := end.sub(instead, each)) != each]
    keys = dict.fromkeys(_heard(each) for each in readings)
    return tuple(key for key in keys if key)


def sound_key(word: str) -> str:
    """The key of the proper reading; empty where nothing of the word is heard."""
    return next(iter(sound_keys(word)), "")


def _read(text: str, silenced: list[tuple[int, int]], aloud: tuple[bool, ...]) -> str:
    """The word with its silenced letters left out or, where ``aloud``, as if there were no ์."""
    for (start, end), heard in reversed(list(zip(silenced, aloud, strict=True))):
        kept = text[start : end - 1] if heard else ""
        text = text[:start] + kept + text[end:]
    return text


def _heard(word: str) -> str:
    text = _TONES.sub("", _SILENCED.sub("", word))
    text = _RO_HAN.sub("ัน", _RO_HAN_INSIDE.sub("ั", text))
    text = _TRUE_SO.sub(_only_so, _LEADING_HO.sub("", text))
    text = _YO_OF_TWO.sub("นย", _SHUT_BY_NO.sub("น", _AI.sub(r"\1าย", text)))
    text = _RO_AS_ON.sub("อน", _RO_UNHEARD.sub("", text))
    text = _SHUT.sub("ัด", text).translate(_ONE)
    text = _TWICE.sub(r"\1", text)
    return text[:-1] + text[-1:].translate(_LAST)


def one_slip(sound: str) -> frozenset[str]:
    """The sound, and the sound with each one of its letters left out.

    Two sounds that are one slip apart (a letter more, less, another, or two swapped) share one of
    these. Not the other way round: who gathers by them measures the distance afterwards.
    """
    return frozenset({sound, *(sound[:at] + sound[at + 1 :] for at in range(len(sound)))})


def _only_so(found: re.Match[str]) -> str:
    return "ส" if found[0] == "ทร" else ""
