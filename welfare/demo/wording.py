"""Turns a written pattern into one sentence: `[a|b|]` picks a part, `{slot}` is filled."""

from __future__ import annotations

import random
import re
from collections.abc import Mapping, Sequence
from typing import Any

CHOICE = re.compile(r"\[([^\[\]]*)\]")
TYPOS = (
    ("เบี้ยยังชีพ", "เบี้ยยังชีบ"),
    ("ค่ะ", "คะ"),
    ("นะคะ", "น่ะค่ะ"),
    ("ผู้สูงอายุ", "ผุ้สูงอายุ"),
    ("ไม่ได้", "ไม่ไดั"),
    ("โทรศัพท์", "โทรสับ"),
    ("เงิน", "เงิ่น"),
    ("เดือน", "เดิอน"),
    ("บาท", "บาด"),
    ("ช่วย", "ช่ว"),
    ("อนุญาต", "อนุญาติ"),
    ("ด้วย", "ด้วน"),
    ("หลังคา", "หลังค่า"),
    ("ไหม", "มั้ย"),
    ("อย่างไร", "ยังไง"),
)


def render(pattern: str, slots: Mapping[str, str], rng: random.Random) -> str:
    """Return one sentence of `pattern`. An unknown slot raises KeyError: the text is wrong."""
    text = pattern
    while match := CHOICE.search(text):
        picked = rng.choice(match.group(1).split("|"))
        text = text[: match.start()] + picked + text[match.end() :]
    filled = text.format_map(slots)
    return re.sub(r" {2,}", " ", filled).strip()


def pick(patterns: Sequence[str], slots: Mapping[str, str], rng: random.Random) -> str:
    """Choose a pattern and render it; an empty list gives an empty text."""
    return render(rng.choice(patterns), slots, rng) if patterns else ""


def pick_for(
    life: Mapping[str, Any], key: str, category: str, slots: Mapping[str, str], rng: random.Random
) -> str:
    """Choose among the general patterns of `key` and, twice as likely, the category's own."""
    own = life.get(f"{key.split('_')[0]}_for", {}).get(category, [])
    if own and rng.random() < 0.67:
        return pick(own, slots, rng)
    return pick(life[key], slots, rng)


def misspell(text: str, rng: random.Random) -> str:
    """Make one slip of the pen that people really make, if the text has a place for it."""
    possible = [pair for pair in TYPOS if pair[0] in text]
    if not possible:
        return text
    right, wrong = rng.choice(possible)
    return text.replace(right, wrong, 1)


def round_sum(bounds: str, rng: random.Random) -> int | None:
    """Draw whole baht from "a-b", rounded to 100 (to 50 under a thousand); None if empty."""
    if not bounds:
        return None
    low, high = (int(part) for part in bounds.split("-"))
    step = 50 if high < 1000 else 100
    value = rng.randint(low, high) // step * step
    return max(low, min(high, value))
