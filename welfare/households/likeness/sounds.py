"""Thai names in the form in which slips of spelling vanish.

``plain`` is the name as it is searched; ``spoken`` drops what is not heard (tones, silenced
letters, doubled consonants) and writes each sound with one letter; ``skeleton`` keeps the
consonants alone, as a key under which records are gathered. Rules and their examples are written
here rather than taken from a soundex: udom83 and lk82 each miss some of the commonest slips.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from welfare.core.thai.text import search_key

_NOT_LETTERS: Final = re.compile(r"[\s.\-_ฯๆ'’()]+")
_SILENT_CLUSTER: Final = re.compile("[ทตด]ร์|ษมณ์|ษณ์")  # จันทร์, ลักษณ์
_SILENT: Final = re.compile("[ก-ฮ][\u0e34\u0e35\u0e38\u0e39]?\u0e4c")  # พงษ์, ศักดิ์, พันธุ์
_RO_HAN: Final = re.compile("รร(?=[ก-ฮ])")  # ธรรม
_TONES: Final = re.compile("[\u0e47-\u0e4e]")
_LED_BY_HO: Final = re.compile("ห(?=[งญณนมยรลว])")  # หนู, แหวน
_RO_UNHEARD: Final = re.compile("(?<=[ศษสซ])ร(?=[^า])")  # ศรี, สร้อย
_AI: Final = re.compile("[ไใ]([ก-ฮ])ย?")  # ไชย is ชัย
_DOUBLED: Final = re.compile(r"(.)\1+")
_VOWELS: Final = re.compile("[\u0e30-\u0e3a\u0e40-\u0e45]")
_LATIN_VOWELS: Final = re.compile("(?<=[a-z])[aeiouyh]")

_FOLD: Final = str.maketrans(
    {
        **dict.fromkeys("ศษซ", "ส"),
        **dict.fromkeys("ณ", "น"),
        **dict.fromkeys("ญ", "ย"),
        **dict.fromkeys("ภผ", "พ"),
        **dict.fromkeys("ฑฒถธฐ", "ท"),
        **dict.fromkeys("ฏ", "ต"),
        **dict.fromkeys("ฎ", "ด"),
        **dict.fromkeys("ขฃฅฆ", "ค"),
        **dict.fromkeys("ฉฌ", "ช"),
        **dict.fromkeys("ฬ", "ล"),
        **dict.fromkeys("ฮ", "ห"),
        **dict.fromkeys("ฝ", "ฟ"),
        **dict.fromkeys("ฤ", "ร"),
        "\u0e35": "\u0e34",
        "\u0e37": "\u0e36",
        "\u0e39": "\u0e38",
        "\u0e30": "",
        "\u0e33": "\u0e31ม",
    }
)


@lru_cache(maxsize=60_000)
def plain(name: str) -> str:
    """The name without spaces and dots, marks in order, digits Arabic."""
    return _NOT_LETTERS.sub("", search_key(name))


@lru_cache(maxsize=60_000)
def spoken(name: str) -> str:
    """The name as it is heard: ณัฐพงษ์ and ณัฐพงศ์, ศรีสุข and สีสุข are the same."""
    text = _SILENT.sub("", _SILENT_CLUSTER.sub("", plain(name)))
    text = _RO_HAN.sub("\u0e31", text).replace("รร", "\u0e31น")
    text = _RO_UNHEARD.sub("", _LED_BY_HO.sub("", _TONES.sub("", text)))
    text = _AI.sub("\\1\u0e31ย", text).translate(_FOLD)
    return _DOUBLED.sub(r"\1", text)


@lru_cache(maxsize=60_000)
def skeleton(name: str) -> str:
    """The consonants of the spoken name, ร and ล as one; the spoken name where hardly any is
    left (คำ, อุ้ย)."""
    heard = spoken(name)
    bones = _LATIN_VOWELS.sub("", _VOWELS.sub("", heard)).replace("ร", "ล")
    bones = _DOUBLED.sub(r"\1", bones)
    return bones if len(bones) > 1 else heard
