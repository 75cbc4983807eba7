"""Forms of equipment on loan."""

from __future__ import annotations

from wtforms import BooleanField, SelectField, StringField
from wtforms.validators import DataRequired, Optional, ValidationError

from welfare.cases.forms import NEEDS_REASON
from welfare.core.i18n import lazy_gettext as _l
from welfare.core.thai.digits import whole
from welfare.core.web.datefield import ThaiDateField
from welfare.core.web.forms import CreateForm, EditForm, short_enough


class LendForm(CreateForm):
    """Which piece, until when."""

    piece = SelectField(
        _l("Which piece"),
        validators=[DataRequired(_l("Please choose the piece."))],
        validate_choice=False,
    )
    """Whether it is still in stock is for the service to say: sent again, it is lent already."""
    due_on = ThaiDateField(_l("To be brought back by"), needed=_l("Please enter the day."))
    note = StringField(_l("Note"), validators=[Optional(), short_enough(300)])

    def validate_piece(self, field: SelectField) -> None:
        """An id, whatever was sent."""
        if whole(str(field.data or "")) is None:
            raise ValidationError(str(_l("Please choose the piece.")))


class ExtendForm(EditForm):
    """A later day."""

    due_on = ThaiDateField(_l("To be brought back by"), needed=_l("Please enter the day."))


class BackForm(EditForm):
    """In what condition it came back."""

    condition = StringField(
        _l("Condition"),
        validators=[DataRequired(_l("Please write in what condition it is.")), short_enough(200)],
    )
    repair = BooleanField(_l("It must be repaired before it is lent again"))


class LostForm(EditForm):
    """Why it does not come back."""

    reason = StringField(_l("Reason"), validators=[DataRequired(NEEDS_REASON), short_enough(200)])
