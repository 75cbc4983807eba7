"""The form by which an agency opens what it was sent."""

from __future__ import annotations

import re

from wtforms import Field, StringField
from wtforms.validators import DataRequired, StopValidation

from welfare.core.i18n import gettext as _
from welfare.core.i18n import lazy_gettext as _l
from welfare.core.thai.digits import to_arabic
from welfare.core.thai.faults import InputFault
from welfare.core.thai.references import REFERRAL, parse_reference
from welfare.core.web.forms import Form, short_enough
from welfare.referrals.queries.opening import DIGITS

_NEEDED = _l("Please enter the number as on the letter, such as R70-000012-9.")
_CODE = _l("The code has 12 digits. Please compare it with the letter.")


def _readable(_form: Form, field: Field) -> None:
    try:
        parse_reference(field.data, prefix=REFERRAL)
    except InputFault:
        raise StopValidation(
            _("There is a typing mistake in the number. Please compare it with the letter.")
        ) from None


def plain_code(text: str) -> str:
    """The digits of a code as it was typed."""
    return re.sub(r"[\s\-‐‑–—.]+", "", to_arabic(text))


def _whole(_form: Form, field: Field) -> None:
    code = plain_code(field.data)
    if not (code.isascii() and code.isdecimal() and len(code) == DIGITS):
        raise StopValidation(str(_CODE))


class DoorForm(Form):
    """Number and code, as they stand on the letter."""

    letter = StringField(
        _l("Number of the referral"), [DataRequired(_NEEDED), short_enough(60), _readable]
    )
    code = StringField(_l("Code"), [DataRequired(_CODE), short_enough(60), _whole])

    @property
    def reference(self) -> str:
        """The number in its proper form; only after the form was checked."""
        return parse_reference(self.letter.data or "", prefix=REFERRAL)
