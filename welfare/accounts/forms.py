"""Forms of sign-in."""

from __future__ import annotations

from wtforms import PasswordField, StringField
from wtforms.validators import InputRequired

from welfare.core.i18n import lazy_gettext as _l
from welfare.core.web.forms import Form, short_enough


class SignInForm(Form):
    """User name and password."""

    username = StringField(
        _l("User name"),
        validators=[InputRequired(_l("Please enter your user name.")), short_enough(80)],
    )
    password = PasswordField(
        _l("Password"),
        validators=[InputRequired(_l("Please enter your password.")), short_enough(200)],
    )
