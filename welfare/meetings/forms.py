"""Forms of meetings."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, time

from wtforms import BooleanField, Field, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, Optional, ValidationError

from welfare.core import clock
from welfare.core.i18n import lazy_gettext as _l
from welfare.core.thai.digits import to_arabic
from welfare.core.web.datefield import ThaiDateField
from welfare.core.web.forms import LONG_TEXT, CreateForm, EditForm, Form, short_enough
from welfare.meetings.facts import Approval, MeetingFacts

_HOUR = re.compile(r"(?P<hour>[01]?[0-9]|2[0-3])[.:](?P<minute>[0-5][0-9])")
_SHORT = [Optional(), short_enough(160)]
_LONG = [Optional(), short_enough(LONG_TEXT)]
MEETING = ("place", "chair", "secretary", "announced", "earlier_minutes", "other", "attending")


def _hour(text: str | None) -> time | None:
    found = _HOUR.fullmatch(to_arabic(text or ""))
    return time(int(found["hour"]), int(found["minute"])) if found else None


class _MeetingFields(Form):
    """What is said of a meeting, before it and after."""

    met_on = ThaiDateField(_l("Day of the meeting"), needed=_l("Please enter the day."))
    hour = StringField(_l("Hour it begins"), [DataRequired(_l("Please write the hour like 9.30."))])
    place = StringField(_l("Place of the meeting"), _SHORT)
    chair = StringField(_l("Who chairs it"), _SHORT)
    secretary = StringField(_l("Secretary"), _SHORT)
    announced = TextAreaField(_l("Item 1: what the chair announces"), _LONG)
    earlier_minutes = TextAreaField(
        _l("Item 2: resolution on the minutes of the meeting before"), _LONG
    )
    other = TextAreaField(_l("Item 4: other matters"), _LONG)
    attending = TextAreaField(_l("Who came besides the members (one a line)"), _LONG)
    ended = StringField(_l("Hour it ended"), [Optional()])

    def validate_hour(self, field: Field) -> None:
        """Hours and minutes, as 9.30 or 13:00."""
        if _hour(field.data) is None:
            raise ValidationError(_l("Please write the hour like 9.30."))

    def validate_ended(self, field: Field) -> None:
        """After it began."""
        ended, begun = _hour(field.data), _hour(self.hour.data)
        if ended is None:
            raise ValidationError(_l("Please write the hour like 9.30."))
        if begun is not None and ended <= begun:
            raise ValidationError(_l("It ends after it begins."))

    def facts(self) -> MeetingFacts:
        """What was entered."""
        ended = _hour(self.ended.data)
        words = {name: self[name].data or "" for name in MEETING}
        return MeetingFacts(
            begins_at=_moment(self.met_on.data, _hour(self.hour.data) or time(9, 30)),
            ended_at=_moment(self.met_on.data, ended) if ended else None,
            **words,
        )


def _moment(day: date, hour: time) -> datetime:
    return datetime.combine(day, hour, clock.BANGKOK)


def shown(record: Mapping[str, object]) -> dict[str, object]:
    """A meeting that is kept, as the form shows it."""
    values: dict[str, object] = {name: record[name] for name in MEETING}
    begins, ended = record["begins_at"], record["ended_at"]
    if isinstance(begins, datetime):
        local = clock.local(begins)
        values |= {"met_on": local.date(), "hour": f"{local:%H.%M}"}
    if isinstance(ended, datetime):
        values["ended"] = f"{clock.local(ended):%H.%M}"
    return values


class NewMeetingForm(_MeetingFields, CreateForm):
    """A meeting to be called."""

    fund = SelectField(_l("Fund"), validators=[DataRequired(_l("Please choose the fund."))])


class MeetingForm(_MeetingFields, EditForm):
    """A meeting that was called."""


class AgendaForm(EditForm):
    """Requests put on the agenda; each a tick beside it."""


class AttendanceForm(EditForm):
    """Who came; a choice beside each member."""


class ResolveAllForm(EditForm):
    """What was said to each request, where all said the same."""


class ItemForm(EditForm):
    """What was said to one request; the votes are choices beside each member."""

    words = TextAreaField(_l("Words of the resolution, with its grounds"), _LONG)
    deferred = BooleanField(_l("Put off to another meeting"))


class RecuseForm(EditForm):
    """Who takes no part, and why."""

    member = SelectField(_l("Member"), validators=[DataRequired(_l("Please choose the member."))])
    why = StringField(
        _l("Why they take no part"),
        [DataRequired(_l("Please write the reason.")), short_enough(300)],
    )


class TakePartForm(EditForm):
    """Who takes part after all, and why."""

    back = SelectField(
        _l("Who takes part after all"), validators=[DataRequired(_l("Please choose the member."))]
    )
    back_why = StringField(
        _l("Why they take part"),
        [DataRequired(_l("Please write the reason.")), short_enough(300)],
    )


class ReasonForm(EditForm):
    """A step that needs a reason."""

    reason = StringField(
        _l("Reason"), [DataRequired(_l("Please write the reason.")), short_enough(300)]
    )


class DeedForm(EditForm):
    """A step that needs nothing but the will."""


class ApproveForm(EditForm):
    """That the committee approved the minutes."""

    approved_on = ThaiDateField(
        _l("Day the committee approved them"), needed=_l("Please enter the day.")
    )
    approved_note = StringField(_l("Corrections, if any"), [Optional(), short_enough(300)])

    def approval(self) -> Approval:
        """What was entered."""
        return Approval(self.approved_on.data, self.approved_note.data or "")
