"""Dated facts of people: one form, of which each kind keeps the fields that it needs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wtforms import RadioField, StringField
from wtforms.validators import DataRequired, StopValidation

from welfare.core.i18n import gettext as _
from welfare.core.i18n import lazy_gettext as _l
from welfare.core.web.datefield import ThaiDateField
from welfare.core.web.forms import CreateForm, EditForm, Form, short_enough
from welfare.households import labels
from welfare.households.barthel import ITEMS
from welfare.households.facts import FactEntry
from welfare.households.forms import checks
from welfare.households.kinds import DatePrecision, FactKind, FactSource

ADL_FIELDS = tuple(f"adl_{place}" for place in range(1, len(ITEMS) + 1))
FIELDS: dict[FactKind, tuple[str, ...]] = {
    FactKind.DISABILITY: ("code", "issued_on", "expires_on"),
    FactKind.ADL: ADL_FIELDS,
    FactKind.WELFARE_CARD: ("code",),
    FactKind.ILLNESS: ("text",),
    FactKind.PREGNANCY: ("due_on",),
    FactKind.SCHOOL: ("text",),
    FactKind.MARITAL: ("code",),
    FactKind.OCCUPATION: ("text",),
    FactKind.INCOME: ("amount",),
    FactKind.CARER: ("other", "text"),
}
"""What is asked of each kind besides days and source."""

WHAT: dict[FactKind, Any] = {
    FactKind.ILLNESS: _l("Which illness"),
    FactKind.SCHOOL: _l("School and class"),
    FactKind.OCCUPATION: _l("What they work as"),
    FactKind.CARER: _l("Name of the carer, if nobody of the list"),
}
SOURCES = (FactSource.TOLD, FactSource.DOCUMENT, FactSource.VISIT, FactSource.SURVEY)
"""What a person who fills in a form may choose."""


class FactFields(Form):
    """All fields of all kinds; :meth:`keep` leaves those of one."""

    code = checks.ChoiceField(_l("What is known"))
    other = checks.ChoiceField(_l("Who cares for them"))
    text = StringField(_l("What is known"), validators=[short_enough(200)])
    amount = StringField(_l("Income a month (baht)"), validators=[short_enough(40), checks.money])
    issued_on = ThaiDateField(_l("Card issued"))
    expires_on = ThaiDateField(_l("Card expires"))
    due_on = ThaiDateField(_l("Baby is due"))
    from_day = ThaiDateField(_l("Since"), partial=True)
    source = RadioField(_l("How the office knows"), validate_choice=False)
    source_note = StringField(_l("Who said it, or which paper"), validators=[short_enough(200)])

    def keep(self, kind: FactKind, carers: Sequence[tuple[str, str]] = ()) -> None:
        """Leave the fields of this kind and fill their lists; call it before validation."""
        self.kind = kind
        for name in {name for names in FIELDS.values() for name in names} - set(FIELDS[kind]):
            del self[name]
        self.source.choices = [(one.value, labels.FACT_SOURCE[one]) for one in SOURCES]
        if kind == FactKind.ADL:
            self._offer_adl()
        if kind == FactKind.DISABILITY:
            self.code.choices = labels.choices(labels.DISABILITY, first=_("Please choose"))
        if kind == FactKind.WELFARE_CARD:
            self.code.choices = labels.choices(labels.YES_NO)
        if kind == FactKind.MARITAL:
            known = {code: word for code, word in labels.MARITAL.items() if code != "unknown"}
            self.code.choices = labels.choices(known, first=_("Please choose"))
        if "code" in self:
            self.code.data = self.code.data or ("unknown" if kind == FactKind.WELFARE_CARD else "")
        if "other" in self:
            self.other.choices = [("", _("Somebody else")), *carers]
            self.other.data = self.other.data or ""
        if kind in WHAT:
            self["text"].label.text = str(WHAT[kind])

    def _offer_adl(self) -> None:
        for name, item in zip(ADL_FIELDS, ITEMS, strict=True):
            field = self[name]
            field.label.text = str(item.question)
            field.choices = [(str(score), words) for score, words in enumerate(item.answers)]

    def validate_source(self, field: Any) -> None:
        """One of the list."""
        if field.data not in set(SOURCES):
            raise StopValidation(_("Please choose how the office knows."))

    @property
    def adl_so_far(self) -> int:
        """The points of the items that are answered, and sound."""
        total = 0
        for name, item in zip(ADL_FIELDS, ITEMS, strict=True):
            data = str(self[name].data or "")
            if data.isascii() and data.isdecimal() and len(data) == 1:
                total += min(int(data), item.highest)
        return total

    def entry(self) -> FactEntry:
        """What was entered, checked."""
        values: dict[str, Any] = {
            name: self[name].data for name in ("issued_on", "expires_on", "due_on") if name in self
        }
        for name in ("code", "text", "other"):
            if name in self:
                values[name] = self[name].data or ""
        if "amount" in self:
            values["amount"] = checks.kept(checks.baht, self.amount.data)
        if self.kind == FactKind.ADL:
            values["items"] = "".join(str(self[name].data) for name in ADL_FIELDS)
        return FactEntry(
            kind=self.kind,
            from_day=self.from_day.data,
            from_precision=DatePrecision(self.from_day.precision),
            source=FactSource(self.source.data),
            source_note=self.source_note.data or "",
            **values,
        )


def _answered(_form: Any, field: Any) -> None:
    item = ITEMS[ADL_FIELDS.index(field.name)]
    data = str(field.data or "")
    if not (data.isascii() and data.isdecimal() and len(data) == 1 and int(data) <= item.highest):
        raise StopValidation(_("%(item)s: please choose an answer.", item=item.question))


for _name in ADL_FIELDS:
    setattr(
        FactFields,
        _name,
        RadioField(
            _l("Daily living (Barthel index)"), validators=[_answered], validate_choice=False
        ),
    )


class AddFactForm(FactFields, CreateForm):
    """Something new is known."""


class CorrectFactForm(FactFields, EditForm):
    """What was entered was wrong."""


class EndFactForm(EditForm):
    """It no longer holds."""

    to_day = ThaiDateField(_l("Until"), needed=_l("Please enter the day."))


class TakeBackForm(EditForm):
    """It should not be there."""

    reason = StringField(
        _l("Why is it taken back"),
        validators=[DataRequired(_l("Please say why it is taken back.")), short_enough(200)],
    )
