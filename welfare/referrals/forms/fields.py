"""Fields that the forms of referrals share."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask_wtf.file import MultipleFileField
from wtforms import SelectMultipleField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.widgets import CheckboxInput, ListWidget

__all__ = ["MultipleFileField", "SeveralField", "listed", "words"]


def listed(pairs: Iterable[tuple[str, Any]]) -> list[SelectChoice]:
    """Values and labels for a select, radios or checkboxes."""
    return [SelectChoice(value, label) for value, label in pairs]


def words(closed: dict[Any, Any]) -> list[SelectChoice]:
    """A closed list."""
    return listed((member.value, label) for member, label in closed.items())


class SeveralField(SelectMultipleField):
    """Checkboxes; what a page of two versions sends back joined by commas is taken apart again."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()

    def process_formdata(self, valuelist: list[str]) -> None:
        """Take the chosen values."""
        parts = [part.strip() for value in valuelist for part in value.split(",")]
        super().process_formdata([part for part in parts if part])
