"""What of the register is asked for; a form that is sent by GET, and with the export."""

from __future__ import annotations

from wtforms.validators import ValidationError

from welfare.core.i18n import gettext as _
from welfare.core.i18n import lazy_gettext as _l
from welfare.core.web.datefield import ThaiDateField
from welfare.core.web.forms import Form


class PeriodForm(Form):
    """From a day to a day, both included."""

    class Meta(Form.Meta):
        """Reading needs no token."""

        csrf = False

    since = ThaiDateField(_l("From the day"))
    until = ThaiDateField(_l("To the day"))

    def validate_until(self, field: ThaiDateField) -> None:
        """Not before it begins."""
        if field.data and self.since.data and field.data < self.since.data:
            raise ValidationError(_("The last day lies before the first."))
