"""Forms of batches."""

from __future__ import annotations

from wtforms import RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, Optional

from welfare.core.i18n import lazy_gettext as _l
from welfare.core.web.choices import offered_words
from welfare.core.web.forms import CreateForm, EditForm, short_enough
from welfare.papers.facts import LetterFacts
from welfare.papers.forms.desk import MOST_BODY
from welfare.papers.kinds import PackageForm
from welfare.papers.labels import PACKAGES


class BatchForm(CreateForm):
    """Which paper for which cases."""

    kind = SelectField(_l("Kind of paper"), [DataRequired(_l("Please choose what is to be made."))])
    cases = TextAreaField(
        _l("Numbers of the cases"),
        [DataRequired(_l("Please enter at least one number.")), short_enough(20_000)],
    )
    title = StringField(_l("Subject of the letter"), [Optional(), short_enough(200)])
    body = TextAreaField(_l("Text of the letter"), [Optional(), short_enough(MOST_BODY)])
    closing = StringField(_l("Closing words"), [Optional(), short_enough(120)])
    signer = StringField(_l("Who signs the letter"), [Optional(), short_enough(120)])
    signer_position = StringField(_l("Position of who signs"), [Optional(), short_enough(160)])

    def numbers(self) -> list[str]:
        """The numbers, however they were separated."""
        return (self.cases.data or "").replace(",", " ").replace(";", " ").split()

    def common(self) -> LetterFacts:
        """What all of them have in common."""
        return LetterFacts(
            title=self.title.data or "",
            recipient="",
            body=self.body.data or "",
            closing=self.closing.data or "",
            signer=self.signer.data or "",
            signer_position=self.signer_position.data or "",
        )


class PackForm(CreateForm):
    """All papers of a batch in one file; the button says which."""

    package = RadioField(
        _l("As what"),
        [DataRequired(_l("Please choose as what."))],
        choices=offered_words(PACKAGES),
        default=PackageForm.PDF.value,
    )


class StopForm(EditForm):
    """No more of it."""


class AgainForm(EditForm):
    """Going on, and trying again what failed."""
