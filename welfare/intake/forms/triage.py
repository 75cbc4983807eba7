"""Forms of triage: one for each decision, each carrying the version that was seen."""

from __future__ import annotations

from typing import Any

from flask_babel import get_locale
from wtforms import Field, HiddenField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, StopValidation

from welfare.cases.labels import PRIORITIES, SENSITIVITIES
from welfare.cases.queries.categories import categories, category_by_code
from welfare.cases.workflow import Priority, Sensitivity
from welfare.core.i18n import gettext as _
from welfare.core.i18n import lazy_gettext as _l
from welfare.core.security.one_time import new_key
from welfare.core.thai.faults import InputFault
from welfare.core.thai.references import CASE, HOUSEHOLD, PERSON, parse_reference
from welfare.core.web.choices import offered
from welfare.core.web.forms import CreateForm, EditForm, Form, short_enough
from welfare.intake.queries.directory import agencies, standard_texts

CITIZEN_TEXT = 2000
"""The most characters of what a citizen is told at once."""


def _number(prefix: str, message: Any) -> Any:
    def check(_form: Form, field: Field) -> None:
        if not field.data:
            return
        try:
            field.data = parse_reference(field.data, prefix=prefix)
        except InputFault:
            raise StopValidation(str(message)) from None

    return check


def _offered(_form: Form, field: Any) -> None:
    if field.data not in {str(choice.value) for choice in field.choices}:
        raise StopValidation(_("Please choose one of the list."))


_HOUSEHOLD = _number(HOUSEHOLD, _l("Please enter the household's number, such as H-000123-4."))
_PERSON = _number(PERSON, _l("Please enter the person's number, such as P-000123-4."))
_CASE = _number(CASE, _l("Please enter the case number, such as C70-000123-8."))


class DecisionForm(EditForm):
    """What all decisions carry. ``then``: where to go afterwards (``next``, ``list``, ``case``)."""

    one_time_key = HiddenField(default=new_key)
    name = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lang = "en" if str(get_locale() or "th").startswith("en") else "th"
        for field in self:
            field.id = f"{self.name}-{field.name}"
            field.label.field_id = field.id

    once = CreateForm.once


class AcceptForm(DecisionForm):
    """Into a new case."""

    name = "accept"
    title = StringField(
        _l("Title of the case"),
        [DataRequired(_l("Please give the case a title.")), short_enough(200)],
    )
    category = SelectField(_l("Category"), validate_choice=False, validators=[_offered])
    priority = SelectField(
        _l("Priority"),
        choices=offered(PRIORITIES.items()),
        validate_choice=False,
        validators=[_offered],
    )
    sensitivity = SelectField(
        _l("Who may know"),
        choices=offered(SENSITIVITIES.items()),
        validate_choice=False,
        validators=[_offered],
    )
    household = StringField(_l("Household number"), [short_enough(40), _HOUSEHOLD])
    person = StringField(_l("Person number"), [short_enough(40), _PERSON])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.category.choices = offered((row.code, row.name(self.lang)) for row in categories())

    @property
    def category_id(self) -> int:
        """The id of the chosen category; only after the form was checked."""
        found = category_by_code(self.category.data or "")
        return found.id if found else 0

    @property
    def chosen_priority(self) -> Priority:
        """Only after the form was checked."""
        return Priority(self.priority.data)

    @property
    def chosen_sensitivity(self) -> Sensitivity:
        """Only after the form was checked."""
        return Sensitivity(self.sensitivity.data)


class JoinForm(DecisionForm):
    """Into an open case: chosen from the context, or its number typed."""

    name = "join"
    case = StringField(
        _l("Case number"),
        [DataRequired(_l("Please choose a case or enter its number.")), short_enough(40), _CASE],
    )


class _TellingForm(DecisionForm):
    """A decision with words that the citizen reads; ``standard`` is a text to start from."""

    purpose = ""
    standard = SelectField(
        _l("Start from a standard text"), validate_choice=False, validators=[_offered]
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.citizen_lang = kwargs.pop("citizen_lang", "th")
        super().__init__(*args, **kwargs)
        self.texts = standard_texts(self.purpose)
        self.standard.choices = offered(
            [
                ("", _("Write it myself")),
                *((code, text.label(self.lang)) for code, text in self.texts.items()),
            ]
        )

    def fill(self, field: Any) -> None:
        """Put the chosen standard text into a field that was left empty."""
        chosen = self.texts.get(self.standard.data or "")
        if chosen is not None and not field.data:
            field.data = chosen.text(self.citizen_lang)


class AskForm(_TellingForm):
    """Ask the citizen."""

    name, purpose = "ask", "ask"
    question = TextAreaField(
        _l("What the citizen is asked"),
        [DataRequired(_l("Please write what the citizen is asked.")), short_enough(CITIZEN_TEXT)],
    )


class DeclineForm(_TellingForm):
    """Do not take it up."""

    name, purpose = "decline", "decline"
    reason = TextAreaField(
        _l("Reason that the citizen reads"),
        [DataRequired(_l("Please write the reason for the citizen.")), short_enough(CITIZEN_TEXT)],
    )


class ReferForm(DecisionForm):
    """To another agency."""

    name = "refer"
    agency = SelectField(_l("Agency"), validate_choice=False, validators=[_offered])
    text = TextAreaField(
        _l("What the citizen reads about it"),
        [
            DataRequired(_l("Please write what the citizen should do or expect now.")),
            short_enough(CITIZEN_TEXT),
        ],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.agency.choices = offered(
            (code, row.name(self.lang)) for code, row in agencies().items()
        )


class TakeBackForm(DecisionForm):
    """Undo a decision."""

    name = "back"
    reason = TextAreaField(
        _l("Why is the decision taken back?"),
        [DataRequired(_l("Please write why the decision is taken back.")), short_enough(1000)],
    )


class LinkForm(DecisionForm):
    """Whom and which house it is about."""

    name = "link"
    household = StringField(_l("Household number"), [short_enough(40), _HOUSEHOLD])
    person = StringField(_l("Person number"), [short_enough(40), _PERSON])


class NoteForm(DecisionForm):
    """An internal note."""

    name = "note"
    text = TextAreaField(
        _l("Internal note"),
        [DataRequired(_l("Please write the note.")), short_enough(CITIZEN_TEXT)],
    )
