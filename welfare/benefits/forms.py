"""Forms of funds, their budgets and rules, and of equipment."""

from __future__ import annotations

from decimal import Decimal

from wtforms import BooleanField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, Optional, Regexp, ValidationError

from welfare.benefits.facts import FundFacts, PieceFacts, RuleFacts
from welfare.benefits.kinds import Per, PieceState, RuleKind
from welfare.benefits.labels import PERS, RULES, STATES
from welfare.benefits.wording import DECIDERS
from welfare.core import clock
from welfare.core.i18n import lazy_gettext as _l
from welfare.core.security.permissions import ROLE_PERMISSIONS, Permission, Role
from welfare.core.thai.dates import fiscal_year
from welfare.core.thai.digits import to_arabic, whole
from welfare.core.thai.faults import InputFault
from welfare.core.thai.money import parse_baht
from welfare.core.web.choices import SelectChoice, offered_words
from welfare.core.web.datefield import ThaiDateField
from welfare.core.web.faults import fault_words
from welfare.core.web.forms import CreateForm, EditForm, short_enough

NEEDS_NAME = _l("Please enter the name.")
CODE = Regexp(
    r"[a-z][a-z0-9-]{1,38}\Z",
    message=_l("Please use 2 to 39 small Latin letters, digits or hyphens."),
)
DECIDING = [role for role in Role if Permission.DECIDE_ASSISTANCE in ROLE_PERMISSIONS[role]]
"""Roles that decide on help at all; up to what amount is said by the rules."""


def _baht(text: str | None) -> Decimal | None:
    if not text:
        return None
    try:
        return parse_baht(text)
    except InputFault as fault:
        raise ValidationError(fault_words(fault)) from fault


def _whole(text: str | None, least: int, most: int) -> int | None:
    if not text:
        return None
    number = whole(to_arabic(text.strip()), digits=5)
    if number is None:
        raise ValidationError(str(_l("Please enter a whole number.")))
    if not least <= number <= most:
        words = _l("Please enter a number from %(least)s to %(most)s.", least=least, most=most)
        raise ValidationError(str(words))
    return number


class _Fund:
    """Fields that new and old funds share."""

    name_th = StringField(
        _l("Name in Thai"), validators=[DataRequired(NEEDS_NAME), short_enough(120)]
    )
    name_en = StringField(_l("Name in English"), validators=[Optional(), short_enough(120)])
    purpose = TextAreaField(_l("What it is for"), validators=[Optional(), short_enough(2000)])
    legal_basis = TextAreaField(_l("Legal basis"), validators=[Optional(), short_enough(2000)])
    active = BooleanField(_l("In use"), default=True)

    def facts(self) -> FundFacts:
        """What was entered."""
        return FundFacts(
            name_th=self.name_th.data or "",
            name_en=self.name_en.data or "",
            purpose=self.purpose.data or "",
            legal_basis=self.legal_basis.data or "",
            active=bool(self.active.data),
        )


class NewFundForm(_Fund, CreateForm):
    """A new fund."""

    code = StringField(_l("Code"), validators=[DataRequired(_l("Please enter a code.")), CODE])


class FundForm(_Fund, EditForm):
    """A fund that is there."""


class BudgetForm(EditForm):
    """What a fund may spend in a year; ``year`` and ``baht`` once it is valid."""

    year = 0
    baht = Decimal(0)
    fiscal_year = StringField(
        _l("Fiscal year (B.E.)"),
        validators=[DataRequired(_l("Please enter the fiscal year.")), short_enough(10)],
    )
    amount = StringField(
        _l("Budget in baht"),
        validators=[DataRequired(_l("Please enter the amount.")), short_enough(40)],
    )

    def validate_fiscal_year(self, field: StringField) -> None:
        """A year in พ.ศ. near this one."""
        this_year = fiscal_year(clock.today())
        self.year = _whole(field.data, this_year - 20, this_year + 5) or 0

    def validate_amount(self, field: StringField) -> None:
        """An amount that can be read."""
        self.baht = _baht(field.data) or Decimal(0)


class _Rule:
    """Fields of a rule; which are needed depends on its kind."""

    baht: Decimal | None = None
    how_often: int | None = None
    votes: int | None = None
    kind = SelectField(_l("Rule"), choices=offered_words(RULES))
    amount = StringField(_l("Baht"), validators=[Optional(), short_enough(40)])
    times = StringField(_l("Times"), validators=[Optional(), short_enough(10)])
    per = SelectField(_l("Counted for"), choices=offered_words(PERS))
    role = SelectField(
        _l("Role"),
        choices=[
            SelectChoice("", "–"),
            *(SelectChoice(role.value, DECIDERS[role]) for role in DECIDING),
        ],
        validators=[Optional()],
    )
    members = StringField(_l("Least number of votes"), validators=[Optional(), short_enough(10)])
    effective_from = ThaiDateField(_l("In force from"), needed=_l("Please enter the day."))
    effective_to = ThaiDateField(_l("Last day in force"))
    legal_basis = StringField(_l("Legal basis"), validators=[Optional(), short_enough(300)])
    source = StringField(_l("Where it is written"), validators=[Optional(), short_enough(300)])

    def validate_amount(self, field: StringField) -> None:
        """An amount that can be read."""
        self.baht = _baht(field.data)

    def validate_times(self, field: StringField) -> None:
        """A number."""
        self.how_often = _whole(field.data, 1, 366)

    def validate_members(self, field: StringField) -> None:
        """A number."""
        self.votes = _whole(field.data, 1, 99)

    def facts(self) -> RuleFacts:
        """What was entered."""
        return RuleFacts(
            kind=RuleKind(self.kind.data),
            effective_from=self.effective_from.data,
            effective_to=self.effective_to.data,
            amount=self.baht,
            times=self.how_often,
            per=Per(self.per.data),
            role=Role(self.role.data) if self.role.data else None,
            members=self.votes,
            legal_basis=self.legal_basis.data or "",
            source=self.source.data or "",
        )


class NewRuleForm(_Rule, CreateForm):
    """A new rule."""


class RuleForm(_Rule, EditForm):
    """A rule that is there."""


class MemberForm(CreateForm):
    """Somebody joins the committee."""

    member_name = StringField(_l("Name"), validators=[DataRequired(NEEDS_NAME), short_enough(120)])
    position = StringField(_l("Position"), validators=[Optional(), short_enough(120)])
    account = StringField(_l("User name"), validators=[Optional(), short_enough(80)])


class KindForm(CreateForm):
    """A new kind of equipment."""

    days = 0
    code = StringField(_l("Code"), validators=[DataRequired(_l("Please enter a code.")), CODE])
    name_th = StringField(
        _l("Name in Thai"), validators=[DataRequired(NEEDS_NAME), short_enough(120)]
    )
    name_en = StringField(_l("Name in English"), validators=[Optional(), short_enough(120)])
    loan_days = StringField(
        _l("Usually lent for (days)"), default="180", validators=[short_enough(10)]
    )

    def validate_loan_days(self, field: StringField) -> None:
        """A number."""
        self.days = _whole(field.data, 1, 1095) or 180


class _Piece:
    """Fields that new and old pieces share."""

    baht: Decimal | None = None
    number = StringField(
        _l("Number on the piece"),
        validators=[DataRequired(_l("Please enter the number.")), short_enough(40)],
    )
    state = SelectField(_l("Where the piece is"), choices=offered_words(STATES))
    condition = StringField(_l("Condition"), validators=[Optional(), short_enough(200)])
    value = StringField(_l("Value in baht"), validators=[Optional(), short_enough(40)])
    acquired_on = ThaiDateField(_l("Got on"))

    def validate_value(self, field: StringField) -> None:
        """An amount that can be read."""
        self.baht = _baht(field.data)

    def facts(self) -> PieceFacts:
        """What was entered."""
        return PieceFacts(
            number=self.number.data or "",
            state=PieceState(self.state.data),
            condition=self.condition.data or "",
            value=self.baht,
            acquired_on=self.acquired_on.data,
        )


class NewPieceForm(_Piece, CreateForm):
    """A new piece of a kind."""

    kind_id = SelectField(_l("Kind"), validators=[DataRequired(_l("Please choose the kind."))])


class PieceForm(_Piece, EditForm):
    """A piece that is there."""
