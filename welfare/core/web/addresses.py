"""A check that forms of several domains share: an e-mail address, or nothing."""

from __future__ import annotations

from email_validator import EmailNotValidError, validate_email
from wtforms import Field, Form
from wtforms.validators import StopValidation

from welfare.core.i18n import gettext as _


def email_address(_form: Form, field: Field) -> None:
    """An e-mail address, or nothing."""
    if not field.data:
        return
    try:
        validate_email(field.data, check_deliverability=False)
    except EmailNotValidError:
        raise StopValidation(
            _("Please enter an e-mail address such as name@example.com, or leave this empty.")
        ) from None
