"""Forms of help from funds."""

from __future__ import annotations

from decimal import Decimal

from wtforms import RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, Optional, ValidationError

from welfare.cases.forms import NEEDS_REASON
from welfare.cases.labels import KINDS_OF_HELP, VOTES
from welfare.cases.workflow import AssistanceKind
from welfare.core.i18n import lazy_gettext as _l
from welfare.core.thai.faults import InputFault
from welfare.core.thai.money import parse_baht
from welfare.core.web.choices import offered, offered_words
from welfare.core.web.datefield import ThaiDateField
from welfare.core.web.faults import fault_words
from welfare.core.web.forms import LONG_TEXT, CreateForm, EditForm, short_enough

NEEDS_AMOUNT = _l("Please enter the amount.")
FROM_FUNDS = {kind: KINDS_OF_HELP[kind] for kind in AssistanceKind if kind.value != "referral"}


def read_baht(text: str | None) -> Decimal:
    """An amount above zero; ``ValidationError`` in words otherwise."""
    try:
        amount = parse_baht(text or "")
    except InputFault as fault:
        raise ValidationError(fault_words(fault)) from fault
    if amount <= 0:
        raise ValidationError(str(_l("Please enter an amount above zero.")))
    return amount


class AskHelpForm(CreateForm):
    """Help of a kind and amount from a fund. ``baht`` is the amount once the form is valid."""

    baht = Decimal(0)
    fund_code = SelectField(
        _l("Fund"), validators=[DataRequired(_l("Please choose the fund."))], validate_choice=True
    )
    kind = SelectField(_l("Kind of help"), choices=offered_words(FROM_FUNDS))
    amount = StringField(
        _l("Amount in baht"), validators=[DataRequired(NEEDS_AMOUNT), short_enough(40)]
    )
    description = StringField(
        _l("What is to be given"),
        validators=[DataRequired(_l("Please say what is to be given.")), short_enough(300)],
    )
    reason = TextAreaField(_l("Why it is needed"), validators=[Optional(), short_enough(LONG_TEXT)])

    def validate_amount(self, field: StringField) -> None:
        """An amount that can be read."""
        self.baht = read_baht(field.data)


class DecideForm(EditForm):
    """Yes or no with grounds; ``baht``: what is granted, all of it when nothing is entered."""

    baht: Decimal | None = None
    decision = RadioField(
        _l("Decision"),
        choices=offered([("approve", _l("Approve")), ("refuse", _l("Refuse"))]),
        validators=[DataRequired(_l("Please choose the decision."))],
    )
    granted = StringField(_l("Baht granted"), validators=[Optional(), short_enough(40)])
    grounds = TextAreaField(
        _l("Grounds"),
        validators=[DataRequired(_l("Please write the grounds.")), short_enough(1000)],
    )

    def validate_granted(self, field: StringField) -> None:
        """An amount that can be read."""
        if field.data:
            self.baht = read_baht(field.data)


class VoteForm(EditForm):
    """The vote of one member."""

    member = SelectField(_l("Member"), validators=[DataRequired(_l("Please choose the member."))])
    vote = RadioField(
        _l("Vote"),
        choices=offered_words(VOTES),
        validators=[DataRequired(_l("Please choose the vote."))],
    )


class ResolveForm(EditForm):
    """What the committee resolved, in its words."""

    met_on = ThaiDateField(_l("Day of the meeting"), needed=_l("Please enter the day."))
    resolution = TextAreaField(
        _l("Resolution"),
        validators=[
            DataRequired(_l("Please write the words of the resolution.")),
            short_enough(1000),
        ],
    )


class AmountForm(EditForm):
    """So many baht."""

    baht = Decimal(0)
    amount = StringField(
        _l("Amount in baht"), validators=[DataRequired(NEEDS_AMOUNT), short_enough(40)]
    )

    def validate_amount(self, field: StringField) -> None:
        """An amount that can be read."""
        self.baht = read_baht(field.data)


class DeliverForm(AmountForm):
    """What was handed over."""

    given_on = ThaiDateField(
        _l("Given on"), needed=_l("Please enter the day on which it was given.")
    )


class ReturnForm(AmountForm):
    """What came back."""

    reason = StringField(_l("Reason"), validators=[DataRequired(NEEDS_REASON), short_enough(300)])


class GiveUpForm(EditForm):
    """Why a request is taken back, or the rest of an approval given up."""

    reason = StringField(_l("Reason"), validators=[DataRequired(NEEDS_REASON), short_enough(300)])
