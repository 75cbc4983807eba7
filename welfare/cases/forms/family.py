"""Forms of cases that belong together."""

from __future__ import annotations

from wtforms import BooleanField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, Optional

from welfare.cases.labels import PRIORITIES
from welfare.core.i18n import lazy_gettext as _l
from welfare.core.web.choices import offered_words
from welfare.core.web.forms import LONG_TEXT, CreateForm, EditForm, short_enough


class ParentForm(EditForm):
    """Of which larger case it is a part."""

    parent = StringField(
        _l("Number of the larger case"),
        validators=[DataRequired(_l("Please enter the number of the larger case.")),
                    short_enough(20)],
    )  # fmt: skip


class RelateForm(CreateForm):
    """With which case it has to do, and why."""

    other = StringField(
        _l("Number of the other case"),
        validators=[DataRequired(_l("Please enter the number of the other case.")),
                    short_enough(20)],
    )  # fmt: skip
    why = StringField(
        _l("What do they have to do with each other?"),
        validators=[DataRequired(_l("Please say why they belong beside each other.")),
                    short_enough(300)],
    )  # fmt: skip


class LeaveParentForm(EditForm):
    """No longer a part."""


class PartForm(CreateForm):
    """A case that is opened as part of a larger one."""

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
    same_person = BooleanField(_l("About the same person and household"))
