"""Numbers of people and houses, and telephones, as spreadsheets leave them."""

from __future__ import annotations

import re
from typing import Final

from welfare.core.thai.digits import to_arabic
from welfare.core.thai.faults import InputFault
from welfare.core.thai.identity import (
    IdKind,
    IdNumber,
    check_digit,
    format_id,
    normalise,
    read_g_code,
    read_house_code,
    read_national_id,
    read_passport,
)
from welfare.core.thai.phones import normalise_phone
from welfare.core.thai.text import clean_line
from welfare.households.imports.findings import Read, Unreadable
from welfare.households.imports.reading import Cell

SHAPE: Final = "1-2345-67890-12-1"
_SCIENTIFIC: Final = re.compile(r"(\d)(?:[.,](\d+))?\s*e\s*\+?\s*(\d+)", re.I)
_SEVERAL: Final = re.compile(r"\s*(?:,|;|/|หรือ|และ|\n)\s*")


def digits_of(cell: Cell) -> str:
    """A cell as text, whole numbers without decimals; scientific notation only where whole."""
    if isinstance(cell, bool) or not isinstance(cell, int | float | str):
        raise Unreadable("id_characters", SHAPE)
    if isinstance(cell, str):
        text = to_arabic(clean_line(cell)).lstrip("'").strip()
        return text[:-2] if re.fullmatch(r"\d{6,}\.0", text) else text
    if cell != int(cell) or cell < 0:
        raise Unreadable("id_characters", SHAPE)
    return str(int(cell))


def whole(text: str, length: int) -> str:
    """Digits out of scientific notation. Raises where some of them were lost."""
    found = _SCIENTIFIC.fullmatch(text.strip())
    if found is None:
        return text
    digits, power = found[1] + (found[2] or ""), int(found[3])
    if power != length - 1:
        raise Unreadable("id_scientific", SHAPE)
    kept = digits.rstrip("0")
    if len(digits) < length or len(kept) < length - 1:
        known = kept + "x" * (length - len(kept))
        raise Unreadable("id_scientific", format_id_shape(known) if length == 13 else known)
    return digits


def format_id_shape(known: str) -> str:
    """Digits and x in the shape of a national ID."""
    return f"{known[0]}-{known[1:5]}-{known[5:10]}-{known[10:12]}-{known[12]}"


def read_identifier(cell: Cell) -> Read:
    """``Read.value`` is an :class:`IdNumber`: 13 digits, a G-code or a passport."""
    text = whole(digits_of(cell), 13)
    plain = normalise(text)
    if re.match(r"[A-Z]", plain):
        return Read(_lettered(plain))
    number = isinstance(cell, int | float)
    if number and len(plain) in (11, 12):
        return _leading_zero(plain)
    try:
        found = read_national_id(text)
    except InputFault as fault:
        raise _wrong_id(fault, plain) from None
    return Read(found, "id_unverified" if found.warnings else "")


def _lettered(plain: str) -> IdNumber:
    try:
        return (
            read_g_code(plain)
            if plain.startswith("G") and len(plain) == 13
            else read_passport(plain)
        )
    except InputFault as fault:
        raise Unreadable(fault.code, SHAPE) from None


def _leading_zero(plain: str) -> Read:
    """A number that began with 0 and lost it, if its last digit says so."""
    padded = plain.rjust(13, "0")
    if padded[12] != check_digit(padded[:12]):
        raise Unreadable("id_length", SHAPE)
    return Read(IdNumber(padded, IdKind.NON_THAI), "id_zero_restored", format_id(padded))


def _wrong_id(fault: InputFault, plain: str) -> Unreadable:
    if fault.code == "id_checksum":
        # The number that would fit may well be somebody else's: only the form is shown.
        return Unreadable("id_last_digit_lost" if plain.endswith("0") else "id_checksum", SHAPE)
    return Unreadable(fault.code, SHAPE)


def read_code_of_house(cell: Cell) -> Read:
    """รหัสประจำบ้าน, 11 digits; a lost zero in front is put back."""
    text = whole(digits_of(cell), 11)
    if isinstance(cell, int | float) and len(text) == 10:
        return Read(f"0{text}", "zero_restored", f"0{text}")
    try:
        return Read(read_house_code(text))
    except InputFault as fault:
        raise Unreadable(fault.code, "5101-023456-7") from None


def read_phone(cell: Cell) -> Read:
    """A telephone number; a lost zero in front is put back, of several the first is taken."""
    text = whole(digits_of(cell), 10)
    parts = [part for part in _SEVERAL.split(text) if part]
    if len(parts) > 1 and sum(char.isdigit() for char in parts[0]) >= 8:
        return Read(_dialled(parts[0]), "phone_first", parts[0])
    digits = re.sub(r"\D", "", text)
    if (len(digits) == 9 and digits[0] in "689") or (len(digits) == 8 and digits[0] in "2357"):
        return Read(_dialled(f"0{digits}"), "phone_zero", f"0{digits}")
    return Read(_dialled(text))


def _dialled(text: str) -> str:
    try:
        return normalise_phone(text)
    except InputFault as fault:
        raise Unreadable(fault.code, "081-234-5678") from None
