"""Forms by which papers are written, issued and taken back."""

from __future__ import annotations

from wtforms import BooleanField, StringField, TextAreaField
from wtforms.validators import DataRequired, Optional

from welfare.core.i18n import lazy_gettext as _l
from welfare.core.web.forms import CreateForm, EditForm, Form, short_enough
from welfare.papers.facts import LetterFacts

MOST_BODY = 20_000


class _LetterFields(Form):
    """What stands in a letter or memo."""

    recipient = StringField(
        _l("To whom"), [DataRequired(_l("Please write to whom it goes.")), short_enough(200)]
    )
    title = StringField(
        _l("Subject of the letter"),
        [DataRequired(_l("Please write the subject of the letter.")), short_enough(200)],
    )
    refers = TextAreaField(_l("Referring to"), [Optional(), short_enough(600)])
    enclosures = TextAreaField(_l("Enclosed"), [Optional(), short_enough(1000)])
    body = TextAreaField(
        _l("Text of the letter"),
        [DataRequired(_l("Please write the text.")), short_enough(MOST_BODY)],
    )
    closing = StringField(_l("Closing words"), [Optional(), short_enough(120)])
    signer = StringField(_l("Who signs the letter"), [Optional(), short_enough(120)])
    signer_position = StringField(_l("Position of who signs"), [Optional(), short_enough(160)])

    def facts(self) -> LetterFacts:
        """What was entered; only after the form was checked."""
        return LetterFacts(
            title=self.title.data or "",
            recipient=self.recipient.data or "",
            body=self.body.data or "",
            refers=self.refers.data or "",
            enclosures=self.enclosures.data or "",
            closing=self.closing.data or "",
            signer=self.signer.data or "",
            signer_position=self.signer_position.data or "",
        )


class NewLetterForm(_LetterFields, CreateForm):
    """A paper to be prepared."""


class LetterForm(_LetterFields, EditForm):
    """A draft to be changed."""


class IssueForm(CreateForm, EditForm):
    """Issuing: one deed, done once."""

    aware = BooleanField(_l("I know, and issue it all the same"))


class IssueSheetForm(CreateForm):
    """Issuing what was filled from what is known."""


class DiscardForm(EditForm):
    """Throwing a draft away."""


class ReplaceForm(EditForm):
    """Beginning another in its place."""


class PrintForm(Form):
    """Printing."""


class WithdrawForm(EditForm):
    """Why it is taken back."""

    reason = StringField(
        _l("Reason"), [DataRequired(_l("Please write the reason.")), short_enough(300)]
    )
