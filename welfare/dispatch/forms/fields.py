"""Fields that several forms of dispatch need."""

from __future__ import annotations

from typing import Any

from wtforms import SelectMultipleField, StringField
from wtforms.validators import Optional, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from welfare.core.i18n import lazy_gettext as _l
from welfare.core.thai.digits import to_arabic
from welfare.core.web.forms import short_enough
from welfare.dispatch.forms.visits import read_time


class SeveralField(SelectMultipleField):
    """Checkboxes; ``data`` is a list. What a conflict page sends back joined by commas is
    taken apart again."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()

    def process_formdata(self, valuelist: list[str]) -> None:
        """Take the chosen values."""
        parts = [part.strip() for value in valuelist for part in value.split(",")]
        super().process_formdata([part for part in parts if part])

    @property
    def chosen(self) -> tuple[str, ...]:
        """What is ticked."""
        return tuple(self.data or ())


class NumberField(StringField):
    """A number between two bounds, in Thai or Arabic digits; ``number`` is ``None`` for nothing."""

    def __init__(
        self,
        label: Any = None,
        *,
        least: float,
        most: float,
        needed: bool = True,
        digits: int = 0,
        **kwargs: Any,
    ) -> None:
        super().__init__(label, **kwargs)
        self.least, self.most, self.needed, self.digits = least, most, needed, digits
        self.number: float | None = None
        if needed:
            self.flags.required = True

    def pre_validate(self, form: Any) -> None:
        """Read the number after the text was cleaned."""
        self.number = None
        text = to_arabic(self.data or "").replace(",", ".").strip()
        if not text and not self.needed:
            return
        try:
            found = round(float(text), self.digits) if len(text) < 20 else None
        except ValueError:
            found = None
        if found is None or not self.least <= found <= self.most:
            message = _l("Please enter a number from %(least)s to %(most)s.")
            raise ValidationError(str(message) % {"least": self.least, "most": self.most})
        self.number = found

    @property
    def whole(self) -> int:
        """The number without what stands behind the point; 0 for nothing."""
        return int(self.number or 0)


class HourField(StringField):
    """An hour, kept as ``HH:MM``; empty where it is not needed."""

    def __init__(self, label: Any = None, **kwargs: Any) -> None:
        validators = [*kwargs.pop("validators", [Optional()]), short_enough(20)]
        super().__init__(label, validators=validators, **kwargs)
        del self.flags.maxlength  # an input of hours knows none

    def post_validate(self, form: Any, validation_stopped: bool) -> None:
        """Read the hour."""
        if self.data and not self.errors:
            self.data = read_time(self.data)
