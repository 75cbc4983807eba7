"""The Barthel index at a visit: the ten questions of the registry's own list."""

from __future__ import annotations

from typing import Any

from wtforms import RadioField
from wtforms.validators import DataRequired

from welfare.core.i18n import lazy_gettext as _l
from welfare.core.web.choices import SelectChoice
from welfare.core.web.forms import CreateForm
from welfare.households.barthel import ITEMS

FIELDS = tuple(f"daily_{place}" for place in range(1, len(ITEMS) + 1))


class AdlFields(CreateForm):
    """The answers, as the registry keeps them; the questions are added below."""

    def items(self) -> str:
        """The ten scores as digits."""
        return "".join(str(self[name].data) for name in FIELDS)


def _questions() -> dict[str, Any]:
    return {
        name: RadioField(
            item.question,
            choices=[SelectChoice(str(score), words) for score, words in enumerate(item.answers)],
            validators=[DataRequired(_l("Please choose one of the answers."))],
        )
        for name, item in zip(FIELDS, ITEMS, strict=True)
    }


AdlForm: type[AdlFields] = type("AdlForm", (AdlFields,), _questions())
"""All ten questions."""
