"""What the forms of all operations share: the day, the reason, what was seen, who is head then."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from wtforms import Field, SelectMultipleField, StringField
from wtforms.validators import StopValidation
from wtforms.widgets import CheckboxInput, ListWidget

from welfare.core.i18n import gettext as _
from welfare.core.i18n import lazy_gettext as _l
from welfare.core.web.datefield import ThaiDateField
from welfare.core.web.forms import CreateForm, EditForm, Form, short_enough
from welfare.households.forms import checks
from welfare.households.forms.operations.reasons import Reasons

REASON = 300


class WithReason(Form):
    """Why: one of the usual reasons, or words of one's own, or both."""

    REASONS: Reasons = ()
    """The usual reasons; the first is chosen from the beginning where ``USUAL_FIRST``."""
    USUAL_FIRST = False

    usual = checks.ChoiceField(_l("Reason"))
    reason = StringField(_l("More about it, or another reason"), validators=[short_enough(REASON)])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        usual: Any = self["usual"]
        words = [str(one) for one in self.REASONS]
        usual.choices = [("", _("Another one, written below")), *((one, one) for one in words)]
        if not self.is_submitted() and self.USUAL_FIRST:
            usual.data = words[0]
        usual.data = usual.data or ""

    def validate_reason(self, field: StringField) -> None:
        """One of the usual ones or one's own words, or both; together no longer than is kept."""
        if not self.why:
            raise StopValidation(_("Please say why."))
        if len(self.why) > REASON:
            raise StopValidation(
                _("Please shorten this to %(max)d characters or fewer.", max=REASON)
            )

    @property
    def why(self) -> str:
        """The reason as it is kept."""
        parts = (self["usual"].data, self["reason"].data)
        return ": ".join(part for part in parts if part)


class OperationForm(WithReason, CreateForm, EditForm):
    """Sent once; ``version`` is the state of the household that was seen."""

    ORDER: tuple[str, ...] = ("day",)
    """The fields in the order of the page; what is not in here the page shows itself. The reason
    comes last in all of them."""

    day = ThaiDateField(_l("On which day"), needed=_l("Please enter the day."))

    def shown(self) -> Iterator[Field]:
        """The fields to show, in order; a list without choices is left out."""
        for name in (*self.ORDER, "usual", "reason"):
            if name in self and getattr(self[name], "choices", True):
                yield self[name]


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
