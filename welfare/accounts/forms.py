"""Forms of sign-in."""

from __future__ import annotations

from wtforms import EmailField, PasswordField, StringField
from wtforms.validators import DataRequired, Length

from welfare.core.i18n import lazy_gettext as _l
from welfare.core.security.passwords import MINIMUM_LENGTH
from welfare.core.web.addresses import email_address
from welfare.core.web.forms import Form, short_enough


class SignInForm(Form):
    """User name and password."""

    username = StringField(
        _l("User name"),
        validators=[DataRequired(_l("Please enter your user name.")), short_enough(80)],
    )
    password = PasswordField(
        _l("Password"),
        validators=[DataRequired(_l("Please enter your password.")), short_enough(200)],
    )


class PasswordForm(Form):
    """A new password, with the present one."""

    current_password = PasswordField(
        _l("Present password"),
        validators=[DataRequired(_l("Please enter your present password.")), short_enough(200)],
    )
    new_password = PasswordField(
        _l("New password"),
        validators=[
            DataRequired(_l("Please enter a new password.")),
            Length(
                min=MINIMUM_LENGTH,
                max=200,
                message=_l("Please use between %(min)d and %(max)d characters."),
            ),
        ],
    )


class AddressForm(Form):
    """Where one is told by e-mail."""

    email = EmailField(
        _l("E-mail"),
        filters=[lambda text: (text or "").strip()],
        validators=[short_enough(200), email_address],
    )
