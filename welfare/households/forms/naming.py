"""Earlier names and further numbers of people."""

from __future__ import annotations

from typing import Any

from wtforms import BooleanField, StringField
from wtforms.validators import DataRequired, StopValidation

from welfare.core.i18n import gettext as _
from welfare.core.i18n import lazy_gettext as _l
from welfare.core.thai.faults import InputFault
from welfare.core.thai.identity import IdKind, IdNumber, read_id
from welfare.core.web.datefield import ThaiDateField
from welfare.core.web.faults import fault_words
from welfare.core.web.forms import CreateForm, EditForm, Form, short_enough
from welfare.households import labels
from welfare.households.facts import KEEP, NameEntry, NumberEntry
from welfare.households.forms import checks
from welfare.households.kinds import DatePrecision


class NameFields(Form):
    """A name that somebody bore."""

    title = StringField(_l("Title"), validators=[short_enough(40), checks.name])
    first_name = StringField(
        _l("First name"),
        validators=[
            DataRequired(_l("Please enter the first name.")),
            short_enough(100),
            checks.name,
        ],
    )
    middle_name = StringField(_l("Middle name"), validators=[short_enough(100), checks.name])
    last_name = StringField(_l("Surname"), validators=[short_enough(100), checks.name])
    from_day = ThaiDateField(_l("Since"), partial=True)
    to_day = ThaiDateField(_l("Until"), partial=True)
    end_unknown = BooleanField(_l("An earlier name, but until when is not known"))
    reason = StringField(_l("Why it changed"), validators=[short_enough(120)])

    def entry(self) -> NameEntry:
        """What was entered, checked."""
        return NameEntry(
            title=self.title.data or "",
            first_name=self.first_name.data or "",
            middle_name=self.middle_name.data or "",
            last_name=self.last_name.data or "",
            from_day=self.from_day.data,
            to_day=self.to_day.data,
            reason=self.reason.data or "",
            from_precision=DatePrecision(self.from_day.precision),
            to_precision=DatePrecision(self.to_day.precision),
            end_unknown=bool(self.end_unknown.data),
        )


class AddNameForm(NameFields, CreateForm):
    """An earlier name that the registry did not know."""


class CorrectNameForm(NameFields, EditForm):
    """A name of the history put right."""


class NumberFields(Form):
    """From when to when a number was theirs."""

    from_day = ThaiDateField(_l("Since"))
    to_day = ThaiDateField(_l("Until"))
    note = StringField(_l("Remark"), validators=[short_enough(200)])


class AddNumberForm(NumberFields, CreateForm):
    """A further or an earlier number."""

    id_kind = checks.ChoiceField(_l("Kind of identification number"))
    identifier = StringField(
        _l("Identification number"),
        validators=[DataRequired(_l("Please enter the number.")), short_enough(40)],
    )
    read: IdNumber | None = None

    def offer(self) -> None:
        """Fill the list; call it before validation."""
        self.id_kind.choices = [
            (str(code), words) for code, words in labels.ID_KIND.items() if code != IdKind.NONE
        ]
        self.id_kind.data = self.id_kind.data or IdKind.NATIONAL.value

    def validate_identifier(self, field: Any) -> None:
        """The number by the rules of its kind."""
        if not field.data or self.id_kind.data not in set(IdKind) - {IdKind.NONE}:
            return
        try:
            self.read = read_id(field.data, IdKind(self.id_kind.data))
        except InputFault as fault:
            raise StopValidation(fault_words(fault)) from None

    def entry(self) -> NumberEntry:
        """What was entered, checked."""
        if self.read is None:
            raise ValueError(_("Please enter the number."))
        return NumberEntry(
            self.read.kind, self.read.digits, self.from_day.data, self.to_day.data,
            self.note.data or "",
        )  # fmt: skip


class EditNumberForm(NumberFields, EditForm):
    """Its days and remark put right."""

    def entry(self, kind: IdKind) -> NumberEntry:
        """What was entered, checked; the number itself stays."""
        return NumberEntry(kind, KEEP, self.from_day.data, self.to_day.data, self.note.data or "")
