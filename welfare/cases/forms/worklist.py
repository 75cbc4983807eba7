"""Forms of the worklist: views that are kept, one step for many cases."""

from __future__ import annotations

from typing import Any

from wtforms import BooleanField, HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, Optional, ValidationError

from welfare.accounts.labels import ROLE_NAMES
from welfare.cases.kinds import Sharing
from welfare.cases.labels import PRIORITIES
from welfare.cases.workflow import Priority
from welfare.core.i18n import lazy_gettext as _l
from welfare.core.security.permissions import Role
from welfare.core.web.choices import offered, offered_words
from welfare.core.web.forms import CreateForm, EditForm, Form, short_enough

SHARING: dict[Sharing, Any] = {
    Sharing.PRIVATE: _l("Only me"),
    Sharing.ROLE: _l("Everybody with one role"),
    Sharing.EVERYBODY: _l("Everybody who sees cases"),
}
STEPS: dict[str, Any] = {
    "priority": _l("Change the urgency"),
    "note": _l("Write a note for staff"),
    "task": _l("Add a task for the worker"),
}


class _View(Form):
    """What is said of a view: its name, and who finds it."""

    name = StringField(
        _l("Name of the view"),
        validators=[DataRequired(_l("Please give the view a name.")), short_enough(60)],
    )
    sharing = RadioField(
        _l("Who finds it"), choices=offered_words(SHARING), default=Sharing.PRIVATE.value
    )
    role = SelectField(
        _l("Which role"),
        choices=[*offered([("", "–")]), *offered_words(ROLE_NAMES)],
        validators=[Optional()],
    )
    query = HiddenField(validators=[Optional(), short_enough(600)])

    @property
    def chosen_role(self) -> Role | None:
        """The role, where one was chosen."""
        return Role(self.role.data) if self.role.data else None


class SaveViewForm(_View, CreateForm):
    """A name for what is asked of the list, and who finds it."""

    default = BooleanField(_l("Open my list with this view"))


class ChangeViewForm(_View, EditForm):
    """Another name for a view, who finds it, and whether it asks what is asked now."""

    renew = BooleanField(_l("It shows the filters, order and columns of the list as it is now"))


class PutViewBackForm(Form):
    """One button."""


class RemoveViewForm(EditForm):
    """One button, for the version that was seen."""


class ChooseViewForm(Form):
    """One button."""


class BulkForm(CreateForm):
    """One step for all ticked cases."""

    step = RadioField(
        _l("What should be done?"),
        choices=offered(STEPS.items()),
        validators=[DataRequired(_l("Please choose what should be done."))],
    )
    priority = SelectField(
        _l("New urgency"), choices=offered_words(PRIORITIES), default=Priority.HIGH.value
    )
    words = TextAreaField(_l("Text of the note or the task"), validators=[short_enough(1000)])

    def validate_words(self, field: TextAreaField) -> None:
        """A note and a task need words; a task is short."""
        if self.step.data in {"note", "task"} and not (field.data or "").strip():
            raise ValidationError(str(_l("Please write what should stand there.")))
        if self.step.data == "task" and len(field.data or "") > 200:
            raise ValidationError(str(_l("A task has 200 letters at most.")))
