"""How a Thai word sounds, roughly: one key for spellings that are easily taken for each other.

For the search alone, as the last thing it tries: ณัฐพงษ์ and ณัฐพงศ์, ศรีสุข and สีสุข, กตัญญู and
กตัญู, สมชัย and สมชาย have one key. It is coarse on purpose and never proof that two are one.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from welfare.core.thai.text import search_key

_SILENCED: Final = re.compile("(?:[ทตด]ร|[ก-ฮ])[\u0e34\u0e38]?\u0e4c")  # จันทร์, พงษ์, สิทธิ์, พันธุ์
_TONES: Final = re.compile("[\u0e47-\u0e4e\u0e3a]")
_RO_HAN_INSIDE: Final = re.compile("รร(?=[ก-ฮ])")  # ธรรม
_LEADING_HO: Final = re.compile("ห(?=[งญณนมยรลว])")  # หนู, แหวน
_TRUE_SO: Final = re.compile("(?<=[ศษสซ])ร(?=.)|^ทร(?=[ก-ฮาัเ])")  # ศรี, สร้อย, ทราย
_AI: Final = re.compile("[ไใ]([ก-ฮ])ย?")  # ไชย, ใจ
_SHUT: Final = re.compile("ั([จชซฎฏดตฐฑฒถทธสศษ]{1,2})(?=[ก-ฮเแโไใ]|$)")  # ณัฐ, ณัฏฐ, ณัด
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
def sound_key(word: str) -> str:
    """The key of one word; empty where nothing of it is heard."""
    text = _SILENCED.sub("", search_key(word))
    text = _TONES.sub("", text)
    text = _RO_HAN_INSIDE.sub("ั", text).replace("รร", "ัน")
    text = _TRUE_SO.sub(_only_so, _LEADING_HO.sub("", text))
    text = _AI.sub(r"\1าย", text)
    text = _SHUT.sub("ัด", text).translate(_ONE)
    text = _TWICE.sub(r"\1", text)
    return text[:-1] + text[-1:].translate(_LAST)


def _only_so(found: re.Match[str]) -> str:
    return "ส" if found[0] == "ทร" else ""
