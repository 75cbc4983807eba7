"""Fields that the forms of referrals share."""

from __future__ import annotations

from flask_wtf.file import MultipleFileField
from wtforms import SelectMultipleField
from wtforms.widgets import CheckboxInput, ListWidget

__all__ = ["MultipleFileField", "SeveralField"]


class SeveralField(SelectMultipleField):
    """Checkboxes; what a page of two versions sends back joined by commas is taken apart again."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()

    def process_formdata(self, valuelist: list[str]) -> None:
        """Take the chosen values."""
        parts = [part.strip() for value in valuelist for part in value.split(",")]
        super().process_formdata([part for part in parts if part])
