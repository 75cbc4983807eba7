"""Fields that only these forms need."""

from __future__ import annotations

from typing import Any

from wtforms import IntegerField, SelectMultipleField, StringField
from wtforms.validators import ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from welfare.core.i18n import lazy_gettext as _l
from welfare.core.thai.digits import to_arabic, whole


class SeveralField(SelectMultipleField):
    """Checkboxes; ``data`` is a list. What a conflict page sends back joined by commas is
    taken apart again."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()

    def process_formdata(self, valuelist: list[str]) -> None:
        """Take the chosen values."""
        parts = [part.strip() for value in valuelist for part in value.split(",")]
        super().process_formdata([part for part in parts if part])


class WholeNumberField(IntegerField):
    """A whole number from ``least`` to ``most``, in Thai or Arabic digits."""

    def __init__(self, label: Any = None, *, least: int, most: int, **kwargs: Any) -> None:
        super().__init__(label, **kwargs)
        self.least, self.most = least, most
        self.flags.required = True

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the number; a sentence says what is wrong."""
        text = to_arabic(valuelist[0]).strip() if valuelist else ""
        self.data = whole(text, digits=8)
        if self.data is None or not self.least <= self.data <= self.most:
            message = _l("Please enter a whole number from %(least)s to %(most)s.")
            raise ValueError(str(message) % {"least": self.least, "most": self.most})


class DegreesField(StringField):
    """Degrees of latitude or longitude between two bounds, or nothing; see ``degrees``."""

    def __init__(self, label: Any = None, *, least: float, most: float, **kwargs: Any) -> None:
        super().__init__(label, **kwargs)
        self.least, self.most = least, most
        self.degrees: float | None = None

    def pre_validate(self, form: Any) -> None:
        """Read the number after the text was cleaned."""
        text = to_arabic(self.data or "").replace(",", ".").strip()
        if not text:
            return
        try:
            self.degrees = round(float(text), 6)
        except ValueError:
            self.degrees = None
        if self.degrees is None or not self.least <= self.degrees <= self.most:
            message = _l("Please enter degrees between %(least)s and %(most)s, such as 18.6389.")
            raise ValidationError(str(message) % {"least": self.least, "most": self.most})
