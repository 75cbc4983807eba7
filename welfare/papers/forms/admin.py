"""Forms of the administrator: texts, books of numbers, certificate, seal."""

from __future__ import annotations

from flask_wtf.file import FileField
from wtforms import BooleanField, HiddenField, PasswordField, StringField, TextAreaField
from wtforms.validators import DataRequired, Optional, ValidationError

from welfare.core.i18n import gettext as _
from welfare.core.i18n import lazy_gettext as _l
from welfare.core.thai.digits import to_arabic, whole
from welfare.core.web.forms import CreateForm, EditForm, Form, short_enough
from welfare.papers.texts import MOST_SOURCE, TextFault

_FAULTS = {
    "too_long": _l("The text is too long."),
    "too_deep": _l("Too many conditions stand inside one another."),
    "result_too_long": _l("Filled in, the text is too long for a letter."),
    "not_understood": _l(
        "Line %(line)s cannot be understood. Compare it with the examples beside: %(word)s"
    ),
    "unclosed": _l("Line %(line)s: braces are opened here and not closed in this line: %(word)s"),
    "no_end": _l("Line %(line)s: this “%(word)s” has no end (“end%(word)s”)."),
    "no_begin": _l("Line %(line)s: here “%(word)s” ends what was not begun."),
    "wrong_filter": _l("Line %(line)s: “%(word)s” does not fit what stands before it."),
    "not_allowed": _l("Line %(line)s holds something that a text may not hold: %(word)s"),
    "unknown_name": _l("Line %(line)s: there is no name “%(word)s”."),
    "unknown_list": _l("Line %(line)s: there is no list “%(word)s”."),
    "list_as_name": _l("Line %(line)s: “%(word)s” is a list; go through it with for."),
    "unknown_filter": _l("Line %(line)s: there is no way of writing called “%(word)s”."),
}


def text_fault_words(fault: TextFault) -> str:
    """What is wrong with a text, and in which line."""
    return str(_FAULTS[fault.code]) % {"line": fault.line, "word": fault.word[:80]}


class TextForm(EditForm):
    """A text; ``version`` is the edition that was seen."""

    title = StringField(_l("Subject of the letter"), [Optional(), short_enough(200)])
    body = TextAreaField(
        _l("Text of the letter"),
        [DataRequired(_l("Please write the text.")), short_enough(MOST_SOURCE)],
    )
    note = StringField(_l("What was changed"), [Optional(), short_enough(200)])
    trial = StringField(_l("Try it on this case"), [Optional(), short_enough(20)])

    sure = BooleanField(_l("I know, and put it in force all the same"))


class ResetForm(EditForm):
    """Our text again."""


class PrefixForm(EditForm):
    """What stands before the numbers of a book."""

    prefix = StringField(_l("Before the number"), [Optional(), short_enough(30)])


class LeaveOutForm(CreateForm):
    """Numbers that are not used."""

    up_to = StringField(
        _l("Leave out all numbers up to"), [DataRequired(_l("Please enter the last number."))]
    )
    reason = StringField(
        _l("Reason"), [DataRequired(_l("Please write the reason.")), short_enough(300)]
    )
    last: int = 0

    def validate_up_to(self, field: StringField) -> None:
        """A whole number."""
        found = whole(to_arabic(field.data or "").strip(), digits=6)
        if not found:
            raise ValidationError(_("Please enter the last number."))
        self.last = found


class ExplainForm(CreateForm):
    """Why numbers of a book carry no paper."""

    gap_year = HiddenField()
    gap_first = StringField(
        _l("From the number"), [DataRequired(_l("Please enter the first number."))]
    )
    gap_last = StringField(_l("To the number"), [DataRequired(_l("Please enter the last number."))])
    gap_reason = StringField(
        _l("Reason"), [DataRequired(_l("Please write the reason.")), short_enough(300)]
    )

    def whole_number(self, name: str) -> int:
        """What was entered; 0, which no book has, where it is no number."""
        return whole(to_arabic(self[name].data or "").strip(), digits=6) or 0


class CertificateForm(Form):
    """A certificate with its key, as PKCS#12."""

    certificate_file = FileField(_l("Certificate with key (.p12 or .pfx)"))
    p12_password = PasswordField(_l("Password of this file"))


class RenewForm(CreateForm):
    """Another certificate of our own."""


class SealForm(Form):
    """A picture in the place of ours."""

    asset = HiddenField()
    seal_file = FileField(_l("Picture (PNG or JPEG)"))
