"""Checks of single answers, with messages that say what to do."""

from __future__ import annotations

import math
from typing import Any

from wtforms import Field, Form
from wtforms.validators import StopValidation

from welfare.core.i18n import gettext as _
from welfare.core.thai.digits import to_arabic
from welfare.core.thai.faults import InputFault
from welfare.core.thai.phones import normalise_phone

SHORT_CODE = 4
"""Digits of the longest short code that can be dialled, such as 1669."""


def phone_number(_form: Form, field: Field) -> None:
    """A person's telephone number, or nothing; short codes such as 1669 are nobody's own."""
    if not field.data:
        return
    too_short = _("Please enter a telephone number of 9 or 10 digits, such as 081-234-5678.")
    try:
        number, _x, _extension = normalise_phone(field.data).partition("x")
    except InputFault as fault:
        if fault.code == "phone_two_numbers":
            raise StopValidation(_("Please enter one telephone number only.")) from None
        raise StopValidation(too_short) from None
    if len(number) <= SHORT_CODE:
        raise StopValidation(too_short)


def one_of_the_list(_form: Any, field: Any) -> None:
    """Whatever was sent must be one of the choices; nothing at all is another check's affair."""
    if field.data and field.data not in {choice.value for choice in field.choices}:
        raise StopValidation(_("Please choose one of the list."))


def kept_phone(text: str | None) -> str:
    """A checked telephone number in the form in which it is kept."""
    return normalise_phone(text) if text else ""


def number_between(text: str | None, low: float, high: float) -> float | None:
    """A decimal number within bounds, or ``None`` for nothing; ``ValueError`` for anything else."""
    if not text or not text.strip():
        return None
    if len(text) > 40:
        raise ValueError("too long for a number")
    value = float(to_arabic(text.strip()))
    if math.isnan(value) or not low <= value <= high:
        raise ValueError("out of bounds")
    return value
