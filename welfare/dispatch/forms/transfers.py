"""Forms of cases that pass from one worker to another."""

from __future__ import annotations

from wtforms import RadioField, TextAreaField
from wtforms.validators import DataRequired, Optional

from welfare.core.i18n import lazy_gettext as _l
from welfare.core.thai.digits import whole
from welfare.core.web.forms import CreateForm, EditForm, Form, short_enough
from welfare.dispatch.forms.visits import NEEDS_REASON, SHORT_TEXT, SeenForm, TasksForm


class TransferForm(TasksForm, CreateForm, SeenForm):
    """Whom the case is to pass to, and what they should know."""

    worker = RadioField(
        _l("Who should take it over?"),
        validators=[DataRequired(_l("Please choose one of the workers."))],
        validate_choice=False,
    )
    note = TextAreaField(
        _l("What should they know?"),
        validators=[
            DataRequired(_l("Please write what the receiver should know.")),
            short_enough(SHORT_TEXT),
        ],
    )

    @property
    def worker_id(self) -> int:
        """The chosen worker; 0, who is nobody, when it was tampered with."""
        return whole(str(self.worker.data or "")) or 0


class AnswerForm(Form):
    """One button."""


class RefuseTransferForm(Form):
    """Why a worker does not take a case over."""

    reason = TextAreaField(
        _l("Why can you not take it over?"),
        validators=[DataRequired(NEEDS_REASON), short_enough(SHORT_TEXT)],
    )


class HandoverForm(TasksForm, CreateForm):
    """What all receivers should know; the rest stands in the page's own fields, case by case."""

    note = TextAreaField(
        _l("Note on every case"), validators=[Optional(), short_enough(SHORT_TEXT)]
    )


class UndoForm(EditForm):
    """One button, for the version that was seen."""
