"""Forms of deadlines: the days of a kind of trouble, who is told, how often reasons are asked."""

from __future__ import annotations

from typing import Any

from wtforms import BooleanField, RadioField, SelectField, StringField
from wtforms.validators import Optional, ValidationError

from welfare.admin.forms.fields import WholeNumberField
from welfare.cases.kinds import Channel, Stage, Told, Watched
from welfare.cases.labels import CHANNELS, STAGES, TOLD, WATCHED
from welfare.cases.services.deadlines.escalation_rules import RuleFacts
from welfare.cases.services.deadlines.rules import Days
from welfare.core import clock
from welfare.core.i18n import gettext as _
from welfare.core.i18n import lazy_gettext as _l
from welfare.core.web.choices import SelectChoice, offered_words
from welfare.core.web.datefield import ThaiDateField
from welfare.core.web.forms import CreateForm, EditForm, short_enough


class DaysField(WholeNumberField):
    """Working days, or nothing."""

    def __init__(self, label: Any = None, **kwargs: Any) -> None:
        super().__init__(label, least=1, most=250, **kwargs)
        self.flags.required = False

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the number, where one was entered."""
        if not valuelist or not valuelist[0].strip():
            self.data = None
            return
        super().process_formdata(valuelist)


class DaysForm(EditForm):
    """The days of every stage, for one kind of trouble and one urgency, from a day on."""

    acknowledge = DaysField(STAGES[Stage.ACKNOWLEDGE])
    first_visit = DaysField(STAGES[Stage.FIRST_VISIT])
    decision = DaysField(STAGES[Stage.DECISION])
    closure = DaysField(STAGES[Stage.CLOSURE])
    effective_from = ThaiDateField(_l("In force from"), needed=_l("Please enter the day."))
    legal_basis = StringField(_l("Legal basis"), validators=[Optional(), short_enough(300)])
    source = StringField(_l("Source"), validators=[Optional(), short_enough(200)])

    def facts(self) -> Days:
        """What was entered."""
        return Days(
            by_stage={stage: self[stage.value].data for stage in Stage},
            effective_from=self.effective_from.data or clock.today(),
            legal_basis=self.legal_basis.data or "",
            source=self.source.data or "",
        )


class _Rule:
    """Fields that new and old rules share."""

    stage = SelectField(_l("Which deadline"), choices=offered_words(WATCHED))
    timing = RadioField(
        _l("When"),
        choices=[
            SelectChoice("before", _l("Before the last day")),
            SelectChoice("after", _l("On the last day or after it")),
        ],
        default="after",
    )
    days = WholeNumberField(_l("Working days before or after"), least=0, most=60, default=0)
    told = SelectField(_l("Who is told"), choices=offered_words(TOLD))
    channel = SelectField(_l("By what way"), choices=offered_words(CHANNELS))
    category = SelectField(_l("Category"), validators=[Optional()])
    active = BooleanField(_l("In use"), default=True)

    def validate_told(self, field: SelectField) -> None:
        """A request has no worker yet."""
        if self.stage.data == Watched.ANSWER and field.data == Told.OWNER:
            raise ValidationError(_("A request has no worker yet. Please choose a role."))

    def facts(self) -> RuleFacts:
        """What was entered. None before the last day is on the last day."""
        days = self.days.data or 0
        return RuleFacts(
            stage=Watched(self.stage.data),
            offset_days=-days if self.timing.data == "before" else days,
            told=Told(self.told.data),
            channel=Channel(self.channel.data),
            category_id=int(self.category.data) if self.category.data else None,
            active=bool(self.active.data),
        )


class NewRuleForm(_Rule, CreateForm):
    """A new rule."""


class RuleForm(_Rule, EditForm):
    """A rule that is there."""


class AskingForm(EditForm):
    """How often a reason is asked for."""

    ask_every_days = WholeNumberField(
        _l("Days between two questions why a case is late"), least=1, most=90
    )
