"""Forms of the lists of casework: checklists, standard texts, reasons of risk, numbers of days."""

from __future__ import annotations

from typing import Any

from wtforms import BooleanField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, Optional

from welfare.admin.forms.fields import WholeNumberField
from welfare.cases.kinds import CareDays, TextUse
from welfare.cases.labels import CARE_DAYS, STATUSES, TEXT_USES
from welfare.cases.queries.lists import ItemRow
from welfare.cases.services.care.lists import MOST_ITEMS, TextFacts
from welfare.cases.workflow import CaseStatus
from welfare.core.i18n import lazy_gettext as _l
from welfare.core.web.choices import SelectChoice, offered_words
from welfare.core.web.datefield import ThaiDateField
from welfare.core.web.forms import LONG_TEXT, CreateForm, EditForm, Form, short_enough

NEEDS_WORDS = _l("Please enter the words.")
NEEDS_DAY = _l("Please enter the day.")


class ChecklistFields(EditForm):
    """The items of a checklist; their rows are added below. An empty row is left out."""

    def move(self, place: int, by: int) -> None:
        """Let a row change places with the one above (-1) or below it (1), as far as there is one;
        what was typed is not judged yet."""
        other = place + by
        if not (1 <= place <= MOST_ITEMS and 1 <= other <= MOST_ITEMS):
            return
        for name in ("item", "english", "needed"):
            one, two = self[f"{name}_{place}"], self[f"{name}_{other}"]
            one.data, two.data = two.data, one.data

    def items(self) -> list[ItemRow]:
        """What was entered, without the empty rows."""
        return [
            ItemRow(
                name_th=self[f"item_{place}"].data,
                name_en=self[f"english_{place}"].data or "",
                required=bool(self[f"needed_{place}"].data),
            )
            for place in range(1, MOST_ITEMS + 1)
            if self[f"item_{place}"].data
        ]


def _item_fields() -> dict[str, Any]:
    made: dict[str, Any] = {}
    for place in range(1, MOST_ITEMS + 1):
        made[f"item_{place}"] = StringField(
            _l("What is to be looked at"), validators=[Optional(), short_enough(200)]
        )
        made[f"english_{place}"] = StringField(
            _l("In English"), validators=[Optional(), short_enough(200)]
        )
        made[f"needed_{place}"] = BooleanField(_l("Needed before a case is closed"))
    return made


ChecklistForm: type[ChecklistFields] = type("ChecklistForm", (ChecklistFields,), _item_fields())
"""The whole checklist of a category."""


class _Text(Form):
    text_name = StringField(_l("Name of the text"), validators=[
        DataRequired(_l("Please enter the name.")), short_enough(80),
    ])  # fmt: skip
    use = RadioField(
        _l("Where it is offered"),
        choices=offered_words(TEXT_USES),
        default=TextUse.CITIZEN.value,
    )
    of_category = SelectField(_l("For which category"), validators=[Optional()])
    in_state = SelectField(
        _l("In which state"),
        choices=[
            SelectChoice("", _l("Any state")),
            *(SelectChoice(state.value, words) for state, words in STATUSES.items()),
        ],
        validators=[Optional()],
    )
    body = TextAreaField(
        _l("The text"), validators=[DataRequired(NEEDS_WORDS), short_enough(LONG_TEXT)]
    )
    active = BooleanField(_l("In use"), default=True)

    def facts(self, category_id: int | None) -> TextFacts:
        """What was entered, checked."""
        return TextFacts(
            name=self.text_name.data or "",
            use=TextUse(self.use.data),
            body=self.body.data or "",
            category_id=category_id,
            status=CaseStatus(self.in_state.data) if self.in_state.data else None,
            active=bool(self.active.data),
        )


class NewTextForm(_Text, CreateForm):
    """A new standard text."""


class TextForm(_Text, EditForm):
    """A standard text that is there."""


class ReasonForm(CreateForm):
    """A further reason of a risk level."""

    reason_th = StringField(
        _l("Reason in Thai"), validators=[DataRequired(NEEDS_WORDS), short_enough(160)]
    )
    reason_en = StringField(_l("Reason in English"), validators=[Optional(), short_enough(160)])
    offered_from = ThaiDateField(_l("Offered from"), needed=NEEDS_DAY)


class EndReasonForm(EditForm):
    """Until when a reason is offered."""

    last_day = ThaiDateField(_l("Last day on which it is offered"), needed=NEEDS_DAY)


class CareDaysForm(CreateForm):
    """A number of days from a day on."""

    kind = SelectField(
        _l("Which days"),
        choices=offered_words(CARE_DAYS),
        default=CareDays.ASSESS_AGAIN.value,
    )
    days = WholeNumberField(_l("Number of days"), least=1, most=1000)
    effective_from = ThaiDateField(_l("In force from"), needed=NEEDS_DAY)
    care_source = StringField(_l("Who decided it"), validators=[Optional(), short_enough(200)])
