"""Checks of single answers, and the plain values behind them."""

from __future__ import annotations

import math
from collections.abc import Callable
from decimal import Decimal
from typing import Any, TypeVar

from wtforms import HiddenField, SelectField, StringField
from wtforms.validators import StopValidation

from welfare.core.errors import Refused
from welfare.core.i18n import gettext as _
from welfare.core.thai.digits import to_arabic
from welfare.core.thai.faults import InputFault
from welfare.core.thai.identity import read_house_code
from welfare.core.thai.money import parse_baht
from welfare.core.thai.names import strange_signs
from welfare.core.thai.phones import normalise_phone
from welfare.core.web.faults import fault_words

Value = TypeVar("Value")
LARGEST_INCOME = Decimal("9999999999.99")


class ChoiceField(SelectField):
    """A select field that says in our words when something else than its choices is sent."""

    def pre_validate(self, form: Any) -> None:
        """Only what is in the list."""
        if not any(str(value) == str(self.data) for value, *_rest in self.iter_choices()):
            raise StopValidation(_("Please choose one of the list."))


class AnswerField(HiddenField):
    """The answer to a question asked back: a button beside the hidden field of the same name says
    it, and comes after it in what is sent."""

    def process_formdata(self, valuelist: Any) -> None:
        """The last that says something."""
        if valuelist:
            self.data = next((value for value in reversed(valuelist) if value), "")


def _checked(read: Callable[[str], object]) -> Callable[[Any, Any], None]:
    def check(_form: Any, field: Any) -> None:
        if field.data:
            try:
                read(field.data)
            except InputFault as fault:
                raise StopValidation(fault_words(fault)) from None

    return check


def baht(text: str) -> Decimal:
    """An amount that the column can hold."""
    amount = parse_baht(text)
    if amount > LARGEST_INCOME:
        raise InputFault("money_too_large")
    return amount


house_code = _checked(read_house_code)
phone = _checked(normalise_phone)
money = _checked(baht)


def name(_form: Any, field: Any) -> None:
    """Letters with their marks, and what stands between them in names (a hyphen, a full stop)."""
    signs = strange_signs(field.data or "")
    if not signs:
        return
    if signs[0].isdigit():
        raise StopValidation(
            _("A name is written in letters: please take out “%(sign)s”.", sign=signs[0])
        )
    raise StopValidation(
        _("“%(sign)s” does not belong in a name. Please take it out.", sign=signs[0])
    )


def kept(read: Callable[[str], Value], text: str | None) -> Value | None:
    """A checked answer as it is kept; ``None`` for an empty one."""
    return read(text) if text else None


def postcode(_form: Any, field: StringField) -> None:
    """Five digits."""
    digits = to_arabic(field.data or "")
    if digits and not (len(digits) == 5 and digits.isascii() and digits.isdecimal()):
        raise StopValidation(_("A postcode has 5 digits."))
    field.data = digits


def between(low: float, high: float) -> Callable[[Any, Any], None]:
    """A number from ``low`` to ``high``, in Thai or Arabic digits."""

    def check(_form: Any, field: Any) -> None:
        if field.data and number(field.data, low, high) is None:
            raise StopValidation(
                _(
                    "Please enter a number from %(low)s to %(high)s.",
                    low=f"{low:g}",
                    high=f"{high:g}",
                )
            )

    return check


def whole(low: int, high: int) -> Callable[[Any, Any], None]:
    """A whole number from ``low`` to ``high``: a fraction is refused, not rounded."""

    def check(_form: Any, field: Any) -> None:
        value = number(field.data, low, high) if field.data else low
        if value is None or value != int(value):
            raise StopValidation(
                _("Please enter a whole number from %(low)s to %(high)s.", low=low, high=high)
            )

    return check


def number(text: str | None, low: float, high: float) -> float | None:
    """The number, or ``None`` for nothing or for anything that is none."""
    plain = to_arabic(text or "").strip()
    if not plain or len(plain) > 30 or not plain.isascii() or "_" in plain:
        return None
    try:
        value = float(plain)
    except ValueError:
        return None
    return value if math.isfinite(value) and low <= value <= high else None


def put_on(form: Any, refused: Refused) -> None:
    """Show a refusal of the service beside the field it is about, or on top of the form."""
    field = form[refused.field] if refused.field and refused.field in form else None
    if field is None:
        form.form_errors.append(refused.message)
    else:
        field.errors = [*field.errors, refused.message]
