"""What the forms of all operations share: the day, the reason, what was seen, who is head then."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from flask import request
from wtforms import Field, SelectMultipleField, StringField
from wtforms.validators import DataRequired, StopValidation
from wtforms.widgets import CheckboxInput, ListWidget

from welfare.core.i18n import gettext as _
from welfare.core.i18n import lazy_gettext as _l
from welfare.core.web.datefield import ThaiDateField
from welfare.core.web.forms import CreateForm, EditForm, short_enough
from welfare.households import labels
from welfare.households.forms import checks
from welfare.households.forms.operations.heirs import Choice
from welfare.households.kinds import Relation

REASON = 300


class OperationForm(CreateForm, EditForm):
    """Sent once; ``version`` is the state of the household that was seen."""

    ORDER: tuple[str, ...] = ("day", "reason")
    """The fields in the order of the page; what is not in here the page shows itself."""

    day = ThaiDateField(_l("On which day"), needed=_l("Please enter the day."))
    reason = StringField(_l("Reason"), validators=[short_enough(REASON)])

    def shown(self) -> Iterator[Field]:
        """The fields to show, in order; a list without choices is left out."""
        for name in self.ORDER:
            if name in self and getattr(self[name], "choices", True):
                yield self[name]


class ReasonedForm(OperationForm):
    """An operation that does not explain itself."""

    reason = StringField(
        _l("Reason"),
        validators=[DataRequired(_l("Please say why.")), short_enough(REASON)],
    )


class PeopleField(SelectMultipleField):
    """Members to tick."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()

    def pre_validate(self, form: Any) -> None:
        """At least one, and only those of the list."""
        known = {str(value) for value, *_rest in self.iter_choices()}
        if not self.data:
            raise StopValidation(_("Please choose at least one person."))
        if not set(self.data) <= known:
            raise StopValidation(_("Please choose among the members of the list."))


def relation_choices(*, head: bool = False) -> list[Choice]:
    """What somebody can be to the head; ``head`` itself only where there is none."""
    words = {code: word for code, word in labels.RELATION.items() if head or code != Relation.HEAD}
    return labels.choices(words, first=_("Please choose"))


class RelationField(checks.ChoiceField):
    """What somebody is to the head; one of the list must be chosen."""

    def pre_validate(self, form: Any) -> None:
        """Not the empty first line."""
        if not self.data:
            raise StopValidation(_("Please choose the relation."))
        super().pre_validate(form)


def add_field(form: Any, name: str, unbound: Any, start: Any = None) -> Field:
    """A field for this form alone: one a member, say, which no class can name beforehand."""
    options = {"name": name, "prefix": "", "translations": form.meta.get_translations(form)}
    bound: Field = form.meta.bind_field(form, unbound, options)
    form._fields[name] = bound
    bound.process(request.form if form.is_submitted() else None, start)
    return bound
