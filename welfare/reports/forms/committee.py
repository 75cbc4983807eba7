"""What is given of a meeting for its agenda or minutes."""

from __future__ import annotations

import re
from datetime import time

from wtforms import Field, StringField
from wtforms.validators import Optional, ValidationError

from welfare.core.i18n import lazy_gettext as _l
from welfare.core.thai.digits import to_arabic
from welfare.core.web.datefield import ThaiDateField
from welfare.core.web.forms import Form, short_enough

_HOUR = re.compile(r"(?P<hour>[01]?[0-9]|2[0-3])[.:](?P<minute>[0-5][0-9])")
_SHORT = [Optional(), short_enough(160)]


class MeetingForm(Form):
    """Day, hour, number and place; who writes and who looks it over."""

    met_on = ThaiDateField(_l("Day of the meeting"), needed=_l("Please enter the day."))
    hour = StringField(_l("Hour it begins"), [Optional()])
    meeting_no = StringField(_l("Number of the meeting"), _SHORT)
    place = StringField(_l("Place of the meeting"), _SHORT)
    secretary = StringField(_l("Secretary"), _SHORT)
    chair = StringField(_l("Who chairs it"), _SHORT)

    def validate_hour(self, field: Field) -> None:
        """Hours and minutes, as 9.30 or 13:00."""
        if field.data and not _HOUR.fullmatch(to_arabic(field.data)):
            raise ValidationError(_l("Please write the hour like 9.30."))

    def begins(self) -> time:
        """The hour; nine o'clock where none is given."""
        found = _HOUR.fullmatch(to_arabic(self.hour.data or ""))
        if found is None:
            return time(9, 0)
        return time.fromisoformat(f"{found['hour']:0>2}:{found['minute']}")
