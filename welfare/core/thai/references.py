"""Numbers by which people ask after a complaint, case, household or person, and the secret to one.

``UM70-000123-8``: kind, fiscal year (last two digits of พ.ศ.), running number, check digit. The
check digit is Damm's over year and number: it catches every single wrong digit and every swap of
two neighbours, so that a number read out over the telephone is right or refused.
"""

import random as _random
import re
import secrets
from dataclasses import dataclass
from typing import Final

from stdnum import damm

from welfare.core.thai.digits import to_arabic
from welfare.core.thai.faults import InputFault
from welfare.core.thai.text import clean_line

COMPLAINT: Final = "UM"
CASE: Final = "C"
HOUSEHOLD: Final = "H"
PERSON: Final = "P"
REFERRAL: Final = "R"
_WITH_YEAR: Final = frozenset({COMPLAINT, CASE, REFERRAL})
_WITHOUT_YEAR: Final = frozenset({HOUSEHOLD, PERSON})

_SEPARATORS = re.compile(r"[\s\-‐‑‒–—−./_#]+")
_SHAPE = re.compile(r"([A-Z]+?)([0-9OIL]{7,13})")
_SPOKEN = re.compile(
    f"(?P<yearly>{COMPLAINT}|{CASE})(?P<year>[0-9]{{2}})(?P<running>[0-9]{{1,6}})"
    f"|(?P<plain>{HOUSEHOLD}|{PERSON})(?P<number>[0-9]{{1,6}})"
)
_LOOKALIKES = str.maketrans("OIL", "011")
_SECRET_LENGTH: Final = 9


@dataclass(frozen=True, slots=True)
class Reference:
    """A public number taken apart; ``fiscal_year`` is พ.ศ. and None where the kind has none."""

    prefix: str
    fiscal_year: int | None
    running: int

    def __str__(self) -> str:
        return format_reference(self.prefix, fiscal_year=self.fiscal_year, running=self.running)


def format_reference(prefix: str, *, fiscal_year: int | None = None, running: int) -> str:
    """The public number: ``UM70-000123-8`` with a fiscal year (พ.ศ.), ``H-000123-4`` without."""
    if running < 1:
        raise ValueError("running numbers begin at 1")
    year = "" if fiscal_year is None else f"{fiscal_year % 100:02d}"
    number = f"{running:06d}"
    return f"{prefix}{year}-{number}-{damm.calc_check_digit(year + number)}"


def parse_reference(text: str, *, prefix: str | None = None) -> str:
    """The number in its one proper form, however it was typed.

    Lower case, Thai digits, missing dashes, spaces, and O, I or L for 0 and 1 are forgiven.
    ``prefix`` asks for one kind. Raises :class:`InputFault` (a ``ValueError``), which says when
    the check digit does not fit.
    """
    return str(read_reference(text, prefix=prefix))


def read_reference(text: str, *, prefix: str | None = None) -> Reference:
    """Like :func:`parse_reference`, taken apart."""
    plain = _SEPARATORS.sub("", to_arabic(clean_line(text))).upper()
    found = _SHAPE.fullmatch(plain)
    if found is None:
        raise InputFault("reference_unreadable")
    kind, digits = found[1], found[2].translate(_LOOKALIKES)
    if kind not in (_WITH_YEAR | _WITHOUT_YEAR) or (prefix is not None and kind != prefix):
        raise InputFault("reference_prefix")
    if not damm.is_valid(digits):
        raise InputFault("reference_check_digit")
    return _take_apart(kind, digits)


def read_spoken_reference(text: str) -> Reference:
    """Like :func:`read_reference`, and also as people say it: ``C70-152`` or ``c70152`` for
    ``C70-000152-9``, ``H-12`` for ``H-000012-3``, without the noughts and the check digit.

    For looking something up and seeing what it is; never where a wrong digit must be noticed.
    """
    try:
        return read_reference(text)
    except InputFault as fault:
        plain = _SEPARATORS.sub("", to_arabic(clean_line(text))).upper()
        found = _SPOKEN.fullmatch(plain)
        if found is None:
            raise
        kind = found["yearly"] or found["plain"]
        year = _full_year(found["year"]) if found["year"] else None
        running = int(found["running"] or found["number"])
        if running == 0:
            raise InputFault("reference_unreadable") from fault
        return Reference(kind, year, running)


def new_secret(random: _random.Random | None = None) -> str:
    """Nine digits that open one complaint; unguessable unless a test gives its own generator."""
    generator = random if random is not None else secrets.SystemRandom()
    return f"{generator.randrange(10**_SECRET_LENGTH):0{_SECRET_LENGTH}d}"


def format_secret(secret: str) -> str:
    """``123-456-789``, as printed on the slip."""
    return f"{secret[:3]}-{secret[3:6]}-{secret[6:]}"


def normalise_secret(text: str) -> str:
    """The nine digits of a typed secret. Raises :class:`InputFault`."""
    digits = _SEPARATORS.sub("", to_arabic(clean_line(text)))
    if len(digits) != _SECRET_LENGTH or not (digits.isascii() and digits.isdecimal()):
        raise InputFault("secret_length")
    return digits


def _take_apart(kind: str, digits: str) -> Reference:
    year, number = (digits[:2], digits[2:-1]) if kind in _WITH_YEAR else ("", digits[:-1])
    padded = len(number) > 6 and number.startswith("0")
    if len(number) < 6 or len(number) > 9 or padded or int(number) == 0:
        raise InputFault("reference_unreadable")
    return Reference(kind, _full_year(year) if year else None, int(number))


def _full_year(two_digits: str) -> int:
    """70 is 2570; from 2600 on 00 to 49 are meant to be that century."""
    year = int(two_digits)
    return 2500 + year if year >= 50 else 2600 + year
