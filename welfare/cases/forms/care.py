"""Forms of needs and plans."""

from __future__ import annotations

from typing import Any

from wtforms import (
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired, Optional, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from welfare.cases.facts import ActionFacts, Assessment, GoalFacts
from welfare.cases.forms import NEEDS_REASON
from welfare.cases.kinds import AgreedBy, GoalStatus, Responsible
from welfare.cases.labels import AGREED_BY, GOAL_STATES, NEED_LEVELS, RESPONSIBLE, RISKS
from welfare.core import clock
from welfare.core.i18n import lazy_gettext as _l
from welfare.core.web.choices import offered, offered_words
from welfare.core.web.datefield import ThaiDateField
from welfare.core.web.forms import LONG_TEXT, CreateForm, EditForm, Form, short_enough
from welfare.households.kinds import Dimension
from welfare.households.labels import DIMENSION

NEEDS_DAY = _l("Please enter the day.")
NOT_LOOKED_AT = _l("Not looked at")


class AssessFields(CreateForm):
    """The day and the whole; one level and some words a dimension are added below."""

    assessed_on = ThaiDateField(_l("Day of the assessment"), needed=NEEDS_DAY)
    overall = TextAreaField(_l("On the whole"), validators=[Optional(), short_enough(LONG_TEXT)])

    def found(self) -> Assessment:
        """What was entered, checked."""
        needs = {
            dimension: (
                int(self[f"level_{dimension}"].data),
                self[f"about_{dimension}"].data or "",
            )
            for dimension in Dimension
            if self[f"level_{dimension}"].data
        }
        return Assessment(
            assessed_on=self.assessed_on.data or clock.today(),
            needs=needs,
            note=self.overall.data or "",
        )

    def validate_overall(self, _field: Any) -> None:
        """One dimension at least was looked at."""
        if not any(self[f"level_{dimension}"].data for dimension in Dimension):
            first = self[f"level_{next(iter(Dimension))}"]
            first.errors = [
                str(_l("Please say of one dimension at least how much help is needed."))
            ]
            raise ValidationError(str(_l("No dimension has been looked at yet.")))


def _need_fields() -> dict[str, Any]:
    levels = offered(
        [("", NOT_LOOKED_AT), *((str(level), words) for level, words in enumerate(NEED_LEVELS))]
    )
    made: dict[str, Any] = {}
    for dimension in Dimension:
        made[f"level_{dimension}"] = RadioField(
            DIMENSION[dimension], choices=levels, default="", validators=[Optional()]
        )
        made[f"about_{dimension}"] = TextAreaField(
            _l("In words"), validators=[Optional(), short_enough(1000)]
        )
    return made


AssessForm: type[AssessFields] = type("AssessForm", (AssessFields,), _need_fields())
"""An assessment on the five dimensions."""


class TakeBackForm(EditForm):
    """Why an assessment should not be there."""

    why = TextAreaField(
        _l("Why is it taken back?"), validators=[DataRequired(NEEDS_REASON), short_enough(300)]
    )


class _Goal(Form):
    goal_title = StringField(
        _l("What is to be reached"),
        validators=[DataRequired(_l("Please say what is to be reached.")), short_enough(300)],
    )
    dimension = SelectField(
        _l("In which part of life"),
        choices=[*offered([("", _l("No part in particular"))]), *offered_words(dict(DIMENSION))],
        validators=[Optional()],
    )
    goal_due = ThaiDateField(_l("Until when"))

    def facts(self) -> GoalFacts:
        """What was entered, checked."""
        return GoalFacts(
            title=self.goal_title.data or "",
            dimension=Dimension(self.dimension.data) if self.dimension.data else None,
            due_on=self.goal_due.data,
        )


class AddGoalForm(_Goal, CreateForm):
    """A new goal."""


class EditGoalForm(_Goal, EditForm):
    """A goal that is there."""


class EndGoalForm(EditForm):
    """What became of a goal."""

    became = RadioField(
        _l("What became of it"),
        choices=[
            choice for choice in offered_words(GOAL_STATES) if choice.value != GoalStatus.OPEN.value
        ],
        validators=[DataRequired(_l("Please choose what became of it."))],
    )
    reason = TextAreaField(_l("Reason"), validators=[Optional(), short_enough(1000)])


class _Action(Form):
    action_title = StringField(
        _l("What is to be done"),
        validators=[DataRequired(_l("Please say what is to be done.")), short_enough(300)],
    )
    responsible = RadioField(
        _l("Who does it"), choices=offered_words(RESPONSIBLE), default=Responsible.WORKER.value
    )
    worker = SelectField(_l("Who of the office"), validators=[Optional()])
    who = StringField(
        _l("Which agency, or who of the family"), validators=[Optional(), short_enough(120)]
    )
    action_due = ThaiDateField(_l("Until when"))

    def facts(self, worker_id: int | None) -> ActionFacts:
        """What was entered, checked."""
        return ActionFacts(
            title=self.action_title.data or "",
            responsible=Responsible(self.responsible.data),
            worker_id=worker_id,
            who=self.who.data or "",
            due_on=self.action_due.data,
        )


class AddActionForm(_Action, CreateForm):
    """A new action."""


class EditActionForm(_Action, EditForm):
    """An action that is there."""


class PlanButtonForm(EditForm):
    """One button: done, or taken up again."""


class DropActionForm(EditForm):
    """Why an action is not done any more."""

    reason = TextAreaField(
        _l("Reason"), validators=[DataRequired(NEEDS_REASON), short_enough(1000)]
    )


class RiskForm(CreateForm):
    """How much danger there is, and why."""

    level = RadioField(
        _l("How much danger is there?"),
        choices=offered_words(RISKS),
        validators=[DataRequired(_l("Please choose how much danger there is."))],
    )
    reasons = SelectMultipleField(
        _l("Because of what?"),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
        validators=[Optional()],
    )
    words = TextAreaField(_l("In your own words"), validators=[Optional(), short_enough(LONG_TEXT)])

    @property
    def reason_ids(self) -> list[int]:
        """The chosen reasons."""
        return [int(value) for value in self.reasons.data or []]


class TickForm(Form):
    """An item is ticked by one button; one that does not apply needs a reason."""

    tick_note = StringField(_l("Why it does not apply"), validators=[short_enough(300)])


class AgreeForm(CreateForm):
    """Who agreed to the plan on which day."""

    agreed_on = ThaiDateField(_l("Agreed on"), needed=NEEDS_DAY)
    agreed_by = RadioField(
        _l("Who agreed"), choices=offered_words(AGREED_BY), default=AgreedBy.PERSON.value
    )
    agreed_name = StringField(_l("Name"), validators=[Optional(), short_enough(120)])
    wishes = TextAreaField(_l("What they wished for"), validators=[Optional(), short_enough(1000)])
