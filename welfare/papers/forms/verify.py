"""Forms of strangers who verify."""

from __future__ import annotations

from flask_wtf.file import FileField
from wtforms import StringField
from wtforms.validators import DataRequired

from welfare.core.i18n import lazy_gettext as _l
from welfare.core.thai.digits import to_arabic
from welfare.core.web.forms import Form


def plain_digits(text: str) -> str:
    """The digits of a code however it was typed: Thai digits, spaces and dashes."""
    return "".join(letter for letter in to_arabic(text) if letter in "0123456789")


class CodeForm(Form):
    """The code that stands on a paper."""

    code = StringField(
        _l("Code on the paper"), [DataRequired(_l("Please enter the code that is on the paper."))]
    )


class FileForm(Form):
    """A file to be compared."""

    paper_file = FileField(_l("File you received (PDF)"))
