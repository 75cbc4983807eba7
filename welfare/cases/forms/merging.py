"""Forms of making one case of two, and two again."""

from __future__ import annotations

from wtforms import HiddenField, RadioField, StringField
from wtforms.validators import Optional

from welfare.core.i18n import lazy_gettext as _l
from welfare.core.web.choices import offered
from welfare.core.web.forms import EditForm, Form, short_enough

OURS, THEIRS, BOTH = "ours", "theirs", "both"
_TWO = [(OURS, _l("Of the case that stays")), (THEIRS, _l("Of the other case"))]
_THREE = [*_TWO, (BOTH, _l("Both texts, one below the other"))]


class MergeCasesForm(EditForm):
    """Whose words stay where two cases differ; the versions of both that were seen."""

    other = HiddenField()
    other_version = HiddenField(default="0")
    title = RadioField(_l("What it is about"), choices=offered(_TWO), default=OURS)
    summary = RadioField(_l("What is known"), choices=offered(_THREE), default=BOTH)
    category = RadioField(_l("Category"), choices=offered(_TWO), default=OURS)
    priority = RadioField(_l("Priority"), choices=offered(_TWO), default=OURS)
    subject = RadioField(_l("Whom it is about, and where"), choices=offered(_TWO), default=OURS)
    worker = RadioField(_l("Who works on it"), choices=offered(_TWO), default=OURS)
    reason = StringField(
        _l("How it is known that they are one"), validators=[Optional(), short_enough(300)]
    )

    @property
    def seen_other(self) -> int:
        """The version of the other case that was seen; 0, which fits nothing, if it is none."""
        data = str(self.other_version.data or "")
        return int(data) if data.isascii() and data.isdigit() and len(data) < 10 else 0


class UndoCaseMergeForm(EditForm):
    """Why they are two after all."""

    why = StringField(_l("Why they are two"), validators=[Optional(), short_enough(300)])


class ApartForm(Form):
    """Two cases that look like one and are two."""

    other = HiddenField()
