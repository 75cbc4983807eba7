"""What is written into the report of a month or a year before it is drawn."""

from __future__ import annotations

from wtforms import StringField, TextAreaField
from wtforms.validators import Optional

from welfare.core.i18n import lazy_gettext as _l
from welfare.core.web.forms import LONG_TEXT, CreateForm, short_enough

_LONG = [Optional(), short_enough(LONG_TEXT)]
_SHORT = [Optional(), short_enough(160)]


class ManagementForm(CreateForm):
    """Words beside the numbers, and who signs."""

    explanation = TextAreaField(_l("What the numbers say"), _LONG)
    unmet = TextAreaField(_l("Whom help did not reach, and what is lacking"), _LONG)
    proposals = TextAreaField(_l("What is proposed"), _LONG)
    author = StringField(_l("Who made the report"), _SHORT)
    author_position = StringField(_l("Position of who made it"), _SHORT)
    head = StringField(_l("Who looks it over"), _SHORT)
    head_position = StringField(_l("Position of who looks it over"), _SHORT)
