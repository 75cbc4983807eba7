"""Forms of imports: the file, what its columns mean, a decision, a step."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import request
from flask_wtf.file import FileField
from wtforms import BooleanField, HiddenField, RadioField, SelectMultipleField, StringField
from wtforms.validators import StopValidation
from wtforms.widgets import CheckboxInput, ListWidget

from welfare.core.i18n import gettext as _
from welfare.core.i18n import lazy_gettext as _l
from welfare.core.thai.digits import whole
from welfare.core.web.forms import CreateForm, EditForm, Form, short_enough
from welfare.households.forms.checks import ChoiceField, between, number
from welfare.households.imports.fields import Field
from welfare.households.imports.headers import Header
from welfare.households.imports.wording import FIELDS


class UploadForm(CreateForm):
    """A list to import."""

    file = FileField(_l("File"))

    def validate_file(self, field: Any) -> None:
        """There must be one."""
        if not field.data or not field.data.filename:
            raise StopValidation(_("Please choose a file."))


class SheetForm(Form):
    """Which sheet is looked at, and in which row its headings stand (a GET form)."""

    class Meta(Form.Meta):
        """Nothing is changed by it."""

        csrf = False

    sheet = ChoiceField(_l("Sheet"))
    row = StringField(_l("Row of the headings"), validators=[short_enough(6)])


class ColumnsForm(EditForm):
    """What the columns mean; one choice for each is added by :func:`columns_form`."""

    sheet = HiddenField()
    row = HiddenField()
    also = SelectMultipleField(
        _l("Other sheets with the same headings"),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
        validate_choice=False,
    )
    village_no = ChoiceField(_l("Village of rows that name none"))
    fill_down = BooleanField(_l("An empty house cell means the same house as in the row above"))

    def meanings(self, header: Header) -> dict[str, str]:
        """What was chosen, by the heading of the column."""
        return {
            column.name: str(self[f"c{column.index}"].data or Field.EXTRA.value)
            for column in header.columns
        }


def columns_form(header: Header, **values: Any) -> ColumnsForm:
    """The form for the columns of this header."""
    words = [(field.value, label) for field, label in FIELDS.items()]
    own = {f"c{column.index}": ChoiceField(column.name) for column in header.columns}
    kind = type("ColumnsForm", (ColumnsForm,), {**own, "__module__": __name__})
    form: ColumnsForm = kind(data=values)
    for name in own:
        form[name].choices = words
    return form


class StepForm(EditForm):
    """A step with an import: only the version that was seen."""


class UndoForm(EditForm):
    """Taking an import back, with the reason."""

    reason = StringField(_l("Why is it taken back?"), validators=[short_enough(300)])

    def validate_reason(self, field: Any) -> None:
        """It stands in the history of everybody concerned."""
        if not field.data:
            raise StopValidation(_("Please say why."))


class SendBackForm(EditForm):
    """Not approved, with the reason."""

    reason = StringField(_l("What has to be mended first?"), validators=[short_enough(300)])

    def validate_reason(self, field: Any) -> None:
        """Who prepared the import reads it."""
        if not field.data:
            raise StopValidation(_("Please say why."))


class RulesForm(EditForm):
    """For how long files and rows are kept."""

    keep_days = StringField(
        _l("Days for which they are kept"), validators=[short_enough(4), between(1, 365)]
    )

    @property
    def days(self) -> int:
        """The number; 0, which is not allowed, for none."""
        return int(number(self.keep_days.data, 1, 365) or 0)


class DecisionForm(Form):
    """What becomes of a doubtful row."""

    row = HiddenField()
    choice = RadioField(_l("What becomes of this row?"), choices=[], validate_choice=False)

    @property
    def row_id(self) -> int:
        """The row; 0, which there is none of, when it was tampered with."""
        return whole(str(self.row.data or "")) or 0


class DecideAllForm(Form):
    """The same decision for all rows with one doubt."""

    doubt = HiddenField()
    choice = HiddenField()


def asked_page() -> int:
    """The page of rows that the address asks for."""
    asked = whole(request.args.get("page", ""), digits=6)
    return 1 if asked is None else asked


def sheet_choices(names: Sequence[str]) -> list[tuple[str, str]]:
    """Sheets as choices."""
    return [(name, name) for name in names]
