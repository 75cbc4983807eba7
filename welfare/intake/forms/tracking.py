"""Forms of following a request."""

from __future__ import annotations

from flask_wtf.file import MultipleFileField
from wtforms import Field, RadioField, StringField, TextAreaField
from wtforms.validators import DataRequired, StopValidation

from welfare.core.i18n import gettext as _
from welfare.core.i18n import lazy_gettext as _l
from welfare.core.thai.faults import InputFault
from welfare.core.thai.references import COMPLAINT, normalise_secret, parse_reference
from welfare.core.web.choices import offered
from welfare.core.web.forms import LONG_TEXT, CreateForm, Form, short_enough
from welfare.intake.forms.checks import one_of_the_list

HELPED = [("yes", _l("Yes")), ("partly", _l("In part")), ("no", _l("No"))]


def _readable_reference(_form: Form, field: Field) -> None:
    try:
        parse_reference(field.data, prefix=COMPLAINT)
    except InputFault as fault:
        if fault.code == "reference_check_digit":
            message = _("There is a typing mistake in the request number. Please compare it again.")
        else:
            message = _("Please enter the request number as on the slip, such as UM70-000123-8.")
        raise StopValidation(message) from None


def _readable_secret(_form: Form, field: Field) -> None:
    try:
        normalise_secret(field.data)
    except InputFault:
        raise StopValidation(
            _("The secret has 9 digits, such as 123-456-789. Please compare it with the slip.")
        ) from None


class TrackForm(Form):
    """Number and secret, as they stand on the slip."""

    reference = StringField(
        _l("Request number"),
        [
            DataRequired(
                _l("Please enter the request number as on the slip, such as UM70-000123-8.")
            ),
            short_enough(60),
            _readable_reference,
        ],
    )
    secret = StringField(
        _l("Secret"),
        [
            DataRequired(
                _l("The secret has 9 digits, such as 123-456-789. Please compare it with the slip.")
            ),
            short_enough(60),
            _readable_secret,
        ],
    )

    @property
    def opened_reference(self) -> str:
        """The request number in its proper form; only after the form was checked."""
        return parse_reference(self.reference.data or "", prefix=COMPLAINT)

    @property
    def opened_secret(self) -> str:
        """The nine digits; only after the form was checked."""
        return normalise_secret(self.secret.data or "")


class InformationForm(CreateForm):
    """Words and photos that a filer adds."""

    text = TextAreaField(_l("What would you like to add?"), [short_enough(LONG_TEXT)])
    photos = MultipleFileField(_l("Photos"))


class WithdrawForm(CreateForm):
    """Withdrawing for good."""

    reason = TextAreaField(_l("Why do you withdraw it?"), [short_enough(1000)])


class HelpedForm(CreateForm):
    """Did it help?"""

    helped = RadioField(
        _l("Did it help?"),
        choices=offered(HELPED),
        validate_choice=False,
        validators=[DataRequired(_l("Please choose one of the answers.")), one_of_the_list],
    )
    text = TextAreaField(_l("What would you like to tell the office?"), [short_enough(2000)])
