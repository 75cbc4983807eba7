"""Forms of casework."""

from __future__ import annotations

from decimal import Decimal

from flask_wtf.file import FileField
from wtforms import BooleanField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, Optional, ValidationError

from welfare.cases.kinds import WaitingFor
from welfare.cases.labels import KINDS_OF_HELP, OUTCOMES, PRIORITIES, WAITED_FOR
from welfare.core.i18n import lazy_gettext as _l
from welfare.core.thai.faults import InputFault
from welfare.core.thai.money import parse_baht
from welfare.core.web.choices import offered, offered_words
from welfare.core.web.datefield import ThaiDateField
from welfare.core.web.faults import fault_words
from welfare.core.web.forms import LONG_TEXT, CreateForm, EditForm, Form, short_enough

NEEDS_REASON = _l("Please write the reason.")


class EditCaseForm(EditForm):
    """The facts of a case."""

    title = StringField(
        _l("What it is about"),
        validators=[
            DataRequired(_l("Please say in a few words what it is about.")),
            short_enough(200),
        ],
    )
    summary = TextAreaField(_l("What is known"), validators=[Optional(), short_enough(LONG_TEXT)])
    category = SelectField(_l("Category"))
    priority = SelectField(_l("Priority"), choices=offered_words(PRIORITIES))
    sensitivity = SelectField(_l("Who may know"))
    village = SelectField(_l("Village"), validators=[Optional()])


class LinkForm(EditForm):
    """Which household and person a case is about, by their numbers."""

    household = StringField(_l("Household"), validators=[Optional(), short_enough(20)])
    person = StringField(_l("Person helped"), validators=[Optional(), short_enough(20)])


class _Standard(Form):
    """A standard text that can be put into the form before it is sent."""

    standard = SelectField(
        _l("Standard text to begin with"), validators=[Optional()], validate_choice=False
    )


class NoteForm(_Standard, CreateForm):
    """A note on the timeline; internal unless it is said to be for the citizen."""

    text = TextAreaField(
        _l("Note"),
        validators=[DataRequired(_l("Please write the note.")), short_enough(LONG_TEXT)],
    )
    audience = RadioField(
        _l("Who reads it"),
        choices=offered(
            [
                ("internal", _l("Only staff who may see this case")),
                ("citizen", _l("The citizen too: they read these very words")),
            ]
        ),
        default="internal",
    )


class TaskForm(CreateForm):
    """Something to be done."""

    title = StringField(
        _l("What is to be done"),
        validators=[DataRequired(_l("Please say what is to be done.")), short_enough(200)],
    )
    who = SelectField(_l("Who does it"), validators=[Optional()])
    due_on = ThaiDateField(_l("Until when"))


class AssistanceForm(CreateForm):
    """Help that was given. ``baht`` is the amount once the form is valid."""

    baht: Decimal | None = None
    kind = SelectField(_l("Kind of help"), choices=offered_words(KINDS_OF_HELP))
    description = StringField(
        _l("What was given"),
        validators=[DataRequired(_l("Please say what was given.")), short_enough(300)],
    )
    amount = StringField(_l("Amount in baht"), validators=[short_enough(40)])
    fund = StringField(_l("From which fund"), validators=[Optional(), short_enough(120)])
    given_on = ThaiDateField(
        _l("Given on"), needed=_l("Please enter the day on which it was given.")
    )
    decided_by = StringField(
        _l("Who decided"),
        validators=[DataRequired(_l("Please enter who decided it.")), short_enough(120)],
    )

    def validate_amount(self, field: StringField) -> None:
        """An amount that can be read; money needs one."""
        if not field.data:
            if self.kind.data == "money":
                raise ValidationError(str(_l("Please enter the amount.")))
            return
        try:
            self.baht = parse_baht(field.data)
        except InputFault as fault:
            raise ValidationError(fault_words(fault)) from fault


class WithdrawForm(EditForm):
    """Why a record of help is taken back."""

    reason = StringField(_l("Reason"), validators=[DataRequired(NEEDS_REASON), short_enough(300)])


class SettleTaskForm(EditForm):
    """A task is settled by one button."""


class AttachmentForm(CreateForm):
    """A picture or a PDF for the case."""

    picture = FileField(_l("Picture or PDF"))
    caption = StringField(_l("What it shows"), validators=[Optional(), short_enough(200)])


class RemoveForm(Form):
    """A file is taken out of sight by one button."""


class WaitForm(_Standard, EditForm):
    """For whom or what the case waits."""

    reason = TextAreaField(
        _l("What are we waiting for"),
        validators=[
            DataRequired(_l("Please write what the case is waiting for.")),
            short_enough(1000),
        ],
    )
    whom = SelectField(
        _l("Waiting for whom"), choices=offered_words(WAITED_FOR), default=WaitingFor.CITIZEN.value
    )
    wait_until = ThaiDateField(
        _l("Look again on"), needed=_l("Please say when somebody looks again.")
    )
    tell = BooleanField(_l("The citizen may read this"))


class ResumeForm(EditForm):
    """Going on."""


class CloseForm(_Standard, EditForm):
    """How it ended, and what the citizen is told."""

    outcome = RadioField(
        _l("What became of it"),
        choices=offered_words(OUTCOMES),
        validators=[DataRequired(_l("Please choose what became of it."))],
    )
    outcome_note = TextAreaField(
        _l("What the citizen is told"),
        validators=[
            DataRequired(_l("Please write what the citizen is to know about the result.")),
            short_enough(LONG_TEXT),
        ],
    )
    open_known = BooleanField(_l("I know that this stays open"))


class SendBackForm(EditForm):
    """Why a closing is not approved."""

    still = TextAreaField(
        _l("What is still to be done"), validators=[DataRequired(NEEDS_REASON), short_enough(1000)]
    )


class ReopenForm(EditForm):
    """Why a closed case is taken up again."""

    reason = TextAreaField(
        _l("Reason"), validators=[DataRequired(NEEDS_REASON), short_enough(1000)]
    )
