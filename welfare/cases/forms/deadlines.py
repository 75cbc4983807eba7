"""Forms of deadlines."""

from __future__ import annotations

from wtforms import SelectField, TextAreaField
from wtforms.validators import DataRequired

from welfare.core.i18n import lazy_gettext as _l
from welfare.core.web.datefield import ThaiDateField
from welfare.core.web.forms import CreateForm, EditForm, short_enough


class HandForm(EditForm):
    """A deadline set by hand."""

    stage = SelectField(_l("Which deadline"))
    due_on = ThaiDateField(_l("New last day"), needed=_l("Please enter the day."))
    reason = TextAreaField(
        _l("Reason"),
        validators=[DataRequired(_l("Please write the reason.")), short_enough(1000)],
    )


class DelayForm(CreateForm):
    """Why a case is late."""

    why_late = TextAreaField(
        _l("Why is it late, and what happens next"),
        validators=[DataRequired(_l("Please write the reason.")), short_enough(1000)],
    )
