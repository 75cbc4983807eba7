"""Numbers by which people and houses are known: national ID, G-code, passport, house code."""

import re
from dataclasses import dataclass
from enum import StrEnum

from welfare.core.thai.digits import to_arabic
from welfare.core.thai.faults import InputFault
from welfare.core.thai.text import clean_line

_SEPARATORS = re.compile(r"[\s\-‐‑‒–—−._/]+")


class IdKind(StrEnum):
    """What sort of number a person has; having none is a fact too."""

    NATIONAL = "national"
    NON_THAI = "non_thai"
    G_CODE = "g_code"
    PASSPORT = "passport"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class IdNumber:
    """A number fit to be kept: no separators; ``warnings`` are codes, shown but not blocking."""

    digits: str
    kind: IdKind
    warnings: tuple[str, ...] = ()


def normalise(text: str) -> str:
    """The number without spaces and dashes, in Arabic digits and capitals."""
    return _SEPARATORS.sub("", to_arabic(clean_line(text))).upper()


def check_digit(first_twelve: str) -> str:
    """The 13th digit of a national ID: (11 - sum of d_i * (14 - i) mod 11) mod 10."""
    total = sum(int(digit) * (13 - place) for place, digit in enumerate(first_twelve))
    return str((11 - total % 11) % 10)


def read_national_id(text: str) -> IdNumber:
    """A 13-digit number of the civil register, Thai or not.

    First digits 1-5 and 8 are Thai nationals or entered as such; 0, 6 and 7 are people without
    Thai nationality or civil status. A wrong last digit refuses the number, but for those that
    begin with 0 (issued by several offices) it is only a warning. Raises :class:`InputFault`.
    """
    digits = normalise(text)
    if not (digits.isascii() and digits.isdecimal()):
        raise InputFault("id_characters" if digits else "id_length")
    if len(digits) != 13:
        raise InputFault("id_length")
    if len(set(digits)) == 1:
        raise InputFault("id_placeholder")
    if digits[0] == "9":
        raise InputFault("id_first_digit")
    kind = IdKind.NON_THAI if digits[0] in "067" else IdKind.NATIONAL
    if digits[12] == check_digit(digits[:12]):
        return IdNumber(digits, kind)
    if digits[0] != "0":
        raise InputFault("id_checksum")
    return IdNumber(digits, kind, ("id_checksum_unverified",))


def read_g_code(text: str) -> IdNumber:
    """The letter G and 12 digits, given by schools to pupils without civil status."""
    code = normalise(text)
    if not re.fullmatch(r"G[0-9]{12}", code):
        raise InputFault("g_code")
    return IdNumber(code, IdKind.G_CODE)


def read_passport(text: str) -> IdNumber:
    """A passport number of any country: 5 to 15 letters and digits, at least one digit."""
    code = normalise(text)
    if not re.fullmatch(r"(?=.*[0-9])[A-Z0-9]{5,15}", code):
        raise InputFault("passport")
    return IdNumber(code, IdKind.PASSPORT)


def read_id(text: str, kind: IdKind) -> IdNumber:
    """A number of the kind that was chosen; ``NONE`` takes no number."""
    match kind:
        case IdKind.NATIONAL | IdKind.NON_THAI:
            return read_national_id(text)
        case IdKind.G_CODE:
            return read_g_code(text)
        case IdKind.PASSPORT:
            return read_passport(text)
        case IdKind.NONE:
            return IdNumber("", IdKind.NONE)


def read_house_code(text: str) -> str:
    """รหัสประจำบ้าน: 11 digits. Its check digit is not published, so length and digits only."""
    digits = normalise(text)
    if not (digits.isascii() and digits.isdecimal()):
        raise InputFault("id_characters" if digits else "house_code_length")
    if len(digits) != 11:
        raise InputFault("house_code_length")
    return digits


def format_house_code(digits: str) -> str:
    """``5101-023456-7``."""
    return f"{digits[:4]}-{digits[4:10]}-{digits[10:]}"


def format_id(digits: str) -> str:
    """``1-5101-00123-45-6`` for 13 digits; other numbers as they are."""
    if len(digits) != 13 or not digits.isdecimal():
        return digits
    return f"{digits[0]}-{digits[1:5]}-{digits[5:10]}-{digits[10:12]}-{digits[12]}"


def mask_id(digits: str) -> str:
    """The same with all but the last three digits hidden: ``x-xxxx-xxxxx-45-6``."""
    if len(digits) == 13 and digits.isdecimal():
        return f"x-xxxx-xxxxx-{digits[10:12]}-{digits[12]}"
    return _hide(digits)


def _hide(number: str) -> str:
    return "x" * max(len(number) - 3, 0) + number[-3:] if len(number) > 4 else "x" * len(number)
