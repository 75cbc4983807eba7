"""Forms of keeping and destroying papers."""

from __future__ import annotations

from wtforms import BooleanField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, ValidationError

from welfare.core.i18n import gettext as _
from welfare.core.i18n import lazy_gettext as _l
from welfare.core.thai.digits import to_arabic, whole
from welfare.core.web.choices import offered_words
from welfare.core.web.datefield import ThaiDateField
from welfare.core.web.forms import CreateForm, EditForm, short_enough
from welfare.papers.labels import ARCHIVES, KEEPS

REASON = _l("Please write the reason.")


class KeepingForm(CreateForm):
    """How long papers of a kind are kept from a day on."""

    paper_kind = SelectField(
        _l("Kind of paper"), [DataRequired(_l("Please choose the kind of paper."))]
    )
    keep = SelectField(
        _l("Kept for"),
        [DataRequired(_l("Please choose how long."))],
        choices=offered_words(KEEPS),
    )
    since = ThaiDateField(_l("From this day on"), needed=_l("Please enter the day."))
    basis = StringField(
        _l("Which rule says so"),
        [DataRequired(_l("Please write which rule says so.")), short_enough(300)],
    )


class DrawUpForm(CreateForm):
    """Putting what is due on a list."""


class KeepLongerForm(EditForm):
    """The committee wants one kept."""

    place = StringField(_l("Line of the list"), [DataRequired(_l("Please enter the line."))])
    keep_year = StringField(
        _l("Keep to the end of the year (B.E.)"), [DataRequired(_l("Please enter the year."))]
    )
    keep_reason = StringField(_l("Reason"), [DataRequired(REASON), short_enough(300)])
    line: int = 0
    year: int = 0

    def validate_place(self, field: StringField) -> None:
        """A whole number."""
        self.line = _whole(field, 4)

    def validate_keep_year(self, field: StringField) -> None:
        """A whole number."""
        self.year = _whole(field, 4)


def _whole(field: StringField, digits: int) -> int:
    found = whole(to_arabic(field.data or "").strip(), digits=digits)
    if not found:
        raise ValidationError(_("Please enter a whole number."))
    return found


class ApproveForm(EditForm):
    """What the head approves, and what it rests on."""

    order_no = StringField(
        _l("Number of the order that approves it"),
        [DataRequired(_l("Please enter the number of the order.")), short_enough(60)],
    )
    committee = TextAreaField(
        _l("Committee: chair and members, one a line"),
        [DataRequired(_l("Please write who was on the committee.")), short_enough(1000)],
    )
    archives = RadioField(
        _l("The National Archives"),
        [DataRequired(_l("Please say what the Archives answered."))],
        choices=offered_words(ARCHIVES),
    )
    archives_on = ThaiDateField(
        _l("Day of their letter, or of sending them the list"), needed=_l("Please enter the day.")
    )

    def names(self) -> list[str]:
        """Who was on the committee."""
        return [line.strip() for line in (self.committee.data or "").splitlines() if line.strip()]


class GiveUpForm(EditForm):
    """Destroying nothing of it."""

    drop_reason = StringField(_l("Reason"), [DataRequired(REASON), short_enough(300)])


class DestroyForm(EditForm):
    """Destroying what was approved."""

    sure = BooleanField(
        _l("I have read this, and want them destroyed for good."),
        [DataRequired(_l("Please tick that you have read it."))],
    )
