"""What of the audit is asked for; a form that is sent by GET."""

from __future__ import annotations

from wtforms import SelectField, StringField
from wtforms.validators import Optional

from welfare.core.i18n import lazy_gettext as _l
from welfare.core.web.datefield import ThaiDateField
from welfare.core.web.forms import Form, short_enough


class AuditFilterForm(Form):
    """Person, kind of entry, number of a thing, day."""

    class Meta(Form.Meta):
        """Reading needs no token."""

        csrf = False

    person = StringField(_l("User name"), validators=[Optional(), short_enough(40)])
    action = SelectField(_l("What was done"), validators=[Optional()], validate_choice=False)
    ref = StringField(
        _l("Number of the case, request or person"), validators=[Optional(), short_enough(60)]
    )
    day = ThaiDateField(_l("On the day"))
