"""How staff file for a caller, a visitor or a letter: the citizen's form on one page."""

from __future__ import annotations

from typing import Any

from wtforms import HiddenField, RadioField, SelectField, StringField
from wtforms.validators import DataRequired

from welfare.core.i18n import lazy_gettext as _l
from welfare.core.web.choices import offered
from welfare.core.web.forms import short_enough
from welfare.intake.forms.filing import RELATIONSHIPS, FilingForm
from welfare.intake.labels import CHANNEL
from welfare.intake.workflow import Channel, Relationship

BY_STAFF = (Channel.PHONE, Channel.WALK_IN, Channel.LETTER, Channel.LINE, Channel.OUTREACH)
"""How what staff file may have reached the office."""


class DeskFilingForm(FilingForm):
    """All fields of the citizen's form, with how it came and whom of the registry it is about."""

    wants_contact = False

    channel = RadioField(
        _l("How did it reach the office?"),
        choices=offered((channel.value, CHANNEL[channel]) for channel in BY_STAFF),
        validate_choice=False,
        validators=[DataRequired(_l("Please choose how it reached the office."))],
    )
    category = SelectField(  # type: ignore[assignment]
        _l("What is it about?"),
        validate_choice=False,
        validators=FilingForm.category.kwargs["validators"],
    )
    relationship = SelectField(
        _l("Who is the caller to the person who needs help?"),
        choices=offered(
            [
                ("", _l("Please choose")),
                *RELATIONSHIPS,
                (Relationship.STAFF.value, _l("A member of staff")),
            ]
        ),
        validate_choice=False,
        validators=FilingForm.relationship.kwargs["validators"],
    )
    person = HiddenField()
    household = HiddenField()
    find = StringField(_l("Name, house number, telephone or ID"), [short_enough(200)])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.category.choices = [
            *offered([("", _l("Please choose"))]),
            *(self.category.choices or ()),
        ]

    @property
    def chosen_channel(self) -> Channel:
        """How it came; only after the form was checked."""
        return Channel(self.channel.data)

    def validate(self, extra_validators: Any = None) -> bool:
        """Check every answer, and how it came."""
        sound = super().validate(extra_validators)
        known = self.channel.validate(self)
        if known and self.channel.data not in {channel.value for channel in BY_STAFF}:
            self.channel.errors = [str(_l("Please choose one of the list."))]
            known = False
        return known and sound
