"""Amounts in baht, exact to the satang (1/100 baht)."""

import re
from decimal import Decimal
from typing import Final

from welfare.core.thai.digits import to_arabic, to_thai
from welfare.core.thai.faults import InputFault
from welfare.core.thai.text import clean_line

SATANG: Final = Decimal("0.01")
LARGEST: Final = Decimal("999999999999.99")

_AMOUNT = re.compile(r"(?:[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)(?:\.([0-9]*))?")
_WORDS: Final = ("", "หนึ่ง", "สอง", "สาม", "สี่", "ห้า", "หก", "เจ็ด", "แปด", "เก้า")
_PLACES: Final = ("", "สิบ", "ร้อย", "พัน", "หมื่น", "แสน")


def parse_baht(text: str) -> Decimal:
    """The amount typed, with two decimals: ``1,500.50``, ``๑๕๐๐``, ``฿500``, ``500 บาท``."""
    plain = to_arabic(clean_line(text)).removeprefix("฿").removesuffix("บาท").removesuffix(".-")
    plain = plain.strip()
    if plain.startswith(("-", "−")):
        raise InputFault("money_negative")
    found = _AMOUNT.fullmatch(plain)
    if found is None:
        raise InputFault("money_unreadable")
    if found[1] and len(found[1].rstrip("0")) > 2:
        raise InputFault("money_satang")
    if len(plain) > 64 or (amount := Decimal(plain.replace(",", ""))) > LARGEST:
        raise InputFault("money_too_large")
    return amount.quantize(SATANG)


def format_baht(
    amount: Decimal | int, *, satang: bool | None = None, thai_digits: bool = False
) -> str:
    """``1,500`` or ``1,500.50``; ``satang`` forces the decimals on or off (None: if any)."""
    exact = Decimal(amount).quantize(SATANG)
    shown = exact != exact.to_integral_value() if satang is None else satang
    text = f"{exact:,.2f}" if shown else f"{exact:,.0f}"
    return to_thai(text) if thai_digits else text


def baht_text(amount: Decimal | int) -> str:
    """The amount in words, as cheques and orders have it: ``หนึ่งพันห้าร้อยบาทถ้วน``."""
    exact = Decimal(amount).quantize(SATANG)
    if exact < 0:
        return "ลบ" + baht_text(-exact)
    baht, satang = divmod(int(exact * 100), 100)
    if not satang:
        return f"{number_text(baht)}บาทถ้วน"
    return (f"{number_text(baht)}บาท" if baht else "") + f"{number_text(satang)}สตางค์"


def number_text(number: int) -> str:
    """A whole number in Thai words (``ยี่สิบเอ็ด``); zero is ``ศูนย์``."""
    if number == 0:
        return _ZERO
    millions, rest = divmod(number, 1_000_000)
    head = f"{number_text(millions)}ล้าน" if millions else ""
    return head + _below_million(rest, after_more=bool(millions))


_ZERO: Final = "ศูนย์"


def _below_million(number: int, *, after_more: bool) -> str:
    words = []
    for place in range(5, -1, -1):
        digit = number // 10**place % 10
        if digit == 0:
            continue
        if place == 1 and digit in (1, 2):
            words.append("สิบ" if digit == 1 else "ยี่สิบ")
        elif place == 0 and digit == 1 and (after_more or number > 1):
            words.append("เอ็ด")
        else:
            words.append(_WORDS[digit] + _PLACES[place])
    return "".join(words)
