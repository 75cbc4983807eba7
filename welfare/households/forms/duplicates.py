"""What is decided about two records that may be one."""

from __future__ import annotations

from wtforms import StringField

from welfare.core.i18n import lazy_gettext as _l
from welfare.core.web.forms import EditForm, Form, short_enough


class ApartForm(EditForm):
    """These are two."""

    note = StringField(_l("Why, for who asks again"), validators=[short_enough(300)])


class AskAgainForm(EditForm):
    """Perhaps they are one after all."""


class MergeForm(EditForm):
    """They are one. ``version`` is that of both records."""

    reason = StringField(_l("How this is known"), validators=[short_enough(300)])
    new_head = StringField()
    """Carries nothing: where the choice of a new head is refused, the page says it here."""


class UndoMergeForm(Form):
    """They are two after all."""

    reason = StringField(_l("Why the merge is taken back"), validators=[short_enough(300)])
    new_head = StringField()
    """As in ``MergeForm``."""
