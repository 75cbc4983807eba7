"""Telephone numbers: Thai mobile and fixed lines, short codes, and numbers abroad.

Kept as E.164 digits without the plus (``66812345678``), an extension behind an ``x``
(``6653983234x101``); short codes as they are (``1669``).
"""

import re

from welfare.core.thai.digits import to_arabic
from welfare.core.thai.faults import InputFault
from welfare.core.thai.text import clean_line

_EXTENSION = re.compile(r"\s*(?:ต่อ|ext\.?|x|#)\s*([0-9]{1,6})$", re.I)
_SEPARATORS = re.compile(r"[\s\-‐‑‒–—−.()]+")
_SEVERAL = re.compile(r"[,;/]|หรือ|และ")
_THAI = re.compile(r"0(?:[689][0-9]{8}|2[0-9]{7}|[3457][0-9]{7})")


def normalise_phone(text: str) -> str:
    """The number as it is kept. Raises :class:`InputFault` for what cannot be dialled.

    Accepts Thai digits, spaces, dashes, brackets, ``+66`` and ``0066``, an extension (``ต่อ 101``),
    short codes of 3 or 4 digits, and foreign numbers written with ``+`` or ``00``.
    """
    plain = to_arabic(clean_line(text))
    if _SEVERAL.search(plain):
        raise InputFault("phone_two_numbers")
    extension = ""
    if found := _EXTENSION.search(plain):
        extension, plain = f"x{found[1]}", plain[: found.start()]
    digits = _SEPARATORS.sub("", plain.removeprefix("โทร"))
    abroad = digits.startswith(("+", "00"))
    digits = digits.removeprefix("+").removeprefix("00") if abroad else digits
    if not (digits.isascii() and digits.isdecimal()):
        raise InputFault("phone_characters" if digits else "phone_length")
    return _dialled(digits, abroad=abroad) + extension


def _dialled(digits: str, *, abroad: bool) -> str:
    if digits.startswith("66") and (abroad or len(digits) in (10, 11)):
        return "66" + _thai("0" + digits[2:].removeprefix("0"))[1:]
    if abroad:
        if not 8 <= len(digits) <= 15:
            raise InputFault("phone_length")
        return digits
    if len(digits) in (3, 4) and digits.startswith("1"):
        return digits
    return "66" + _thai(digits)[1:]


def _thai(national: str) -> str:
    if _THAI.fullmatch(national):
        return national
    if not re.match(r"0[2-9]", national):
        raise InputFault("phone_prefix" if len(national) in (9, 10) else "phone_length")
    raise InputFault("phone_length")


def is_mobile(stored: str) -> bool:
    """Whether a kept number is a Thai mobile one, to which a text message can go."""
    return re.fullmatch(r"66[689][0-9]{8}", stored) is not None


def format_phone(stored: str) -> str:
    """``081-234-5678``, ``053-983-234``, ``02-123-4567``, ``1669``, ``+856 20…``."""
    number, _, extension = stored.partition("x")
    shown = _format_number(number)
    return f"{shown} ต่อ {extension}" if extension else shown


def mask_phone(stored: str) -> str:
    """The same shape with only the last three digits to be read: ``xxx-xxx-x678``."""
    number = stored.partition("x")[0]
    if len(number) <= 4:
        return number
    shown = _format_number(number)
    return re.sub("[0-9]", "x", shown[:-3]) + shown[-3:]


def _format_number(number: str) -> str:
    if len(number) <= 4:
        return number
    national = "0" + number[2:]
    if not (number.startswith("66") and _THAI.fullmatch(national)):
        return f"+{number}"
    if national.startswith("02"):
        return f"{national[:2]}-{national[2:5]}-{national[5:]}"
    return f"{national[:3]}-{national[3:6]}-{national[6:]}"
