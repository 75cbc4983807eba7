"""Forms of the directory and of the rules of chasing."""

from __future__ import annotations

from email_validator import EmailNotValidError, validate_email
from wtforms import BooleanField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, Optional, ValidationError

from welfare.core.i18n import gettext as _
from welfare.core.i18n import lazy_gettext as _l
from welfare.core.thai.digits import to_arabic, whole
from welfare.core.web.choices import offered_words
from welfare.core.web.datefield import ThaiDateField
from welfare.core.web.forms import CreateForm, EditForm, Form, short_enough
from welfare.referrals.facts import AgencyFacts
from welfare.referrals.labels import AGENCY_KINDS
from welfare.referrals.workflow import AgencyKind

_DAYS = _l("Please enter a number of days from 1 to 365.")


class _AgencyFields(Form):
    kind = SelectField(_l("Kind"), choices=offered_words(AGENCY_KINDS))
    name_th = StringField(
        _l("Thai name"), [DataRequired(_l("Please enter the Thai name.")), short_enough(160)]
    )
    name_en = StringField(_l("English name"), [Optional(), short_enough(160)])
    head = StringField(_l("To whom letters are addressed"), [Optional(), short_enough(120)])
    address = TextAreaField(_l("Address"), [Optional(), short_enough(300)])
    phone = StringField(_l("Telephone"), [Optional(), short_enough(60)])
    email = StringField(_l("E-mail"), [Optional(), short_enough(120)])
    contact = StringField(_l("Contact person"), [Optional(), short_enough(120)])
    active = BooleanField(_l("In use"), default=True)

    def validate_email(self, field: StringField) -> None:
        """An address that mail can be sent to."""
        if field.data:
            try:
                validate_email(field.data, check_deliverability=False)
            except EmailNotValidError:
                message = _("This e-mail address is not complete. For example: name@example.go.th")
                raise ValidationError(message) from None

    def facts(self) -> AgencyFacts:
        """What was entered; only after the form was checked."""
        return AgencyFacts(
            kind=AgencyKind(self.kind.data),
            name_th=self.name_th.data or "",
            name_en=self.name_en.data or "",
            head=self.head.data or "",
            address=self.address.data or "",
            phone=self.phone.data or "",
            email=self.email.data or "",
            contact=self.contact.data or "",
            active=bool(self.active.data),
        )


class NewAgencyForm(_AgencyFields, CreateForm):
    """A new agency."""


class AgencyForm(_AgencyFields, EditForm):
    """An agency to be changed."""


def _days(text: str | None) -> int:
    days = whole(to_arabic(text or "").strip(), digits=3)
    if days is None or not 1 <= days <= 365:
        raise ValidationError(str(_DAYS))
    return days


class ChaseRuleForm(CreateForm):
    """From when, after how many days, how often again."""

    valid_from = ThaiDateField(_l("Holds from"), needed=_l("Please enter the day."))
    first_days = StringField(_l("First reminder after days"), [DataRequired(_DAYS)])
    again_days = StringField(_l("Again every so many days"), [DataRequired(_DAYS)])
    first: int = 0
    again: int = 0

    def validate_first_days(self, field: StringField) -> None:
        """A number of days."""
        self.first = _days(field.data)

    def validate_again_days(self, field: StringField) -> None:
        """A number of days."""
        self.again = _days(field.data)
