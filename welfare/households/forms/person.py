"""Add or change a person."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from wtforms import BooleanField, StringField, TelField, TextAreaField
from wtforms.validators import DataRequired, StopValidation

from welfare.core.i18n import gettext as _
from welfare.core.i18n import lazy_gettext as _l
from welfare.core.thai.faults import InputFault
from welfare.core.thai.identity import IdKind, IdNumber, read_id, read_national_id
from welfare.core.thai.phones import normalise_phone
from welfare.core.web.datefield import ThaiDateField
from welfare.core.web.faults import fault_words
from welfare.core.web.forms import LONG_TEXT, CreateForm, EditForm, Form, short_enough
from welfare.households import labels
from welfare.households.facts import KEEP, HealthFacts, Keep, PersonFacts
from welfare.households.forms import checks
from welfare.households.kinds import DatePrecision, Disability, MaritalStatus, Sex, YesNo

DATED_HEALTH = (
    "disability", "disability_card_issued", "disability_card_expires", "adl_score", "adl_on",
)  # fmt: skip
HEALTH = (*DATED_HEALTH, "health_notes")
COLUMNS_ASKED = (
    "marital_status", "occupation", "monthly_income", "welfare_card", "welfare_card_on",
)  # fmt: skip
DATED = (*COLUMNS_ASKED, *DATED_HEALTH)
"""What is kept as dated facts: asked of somebody new, later noted as facts in one place only."""


class PersonFields(Form):
    """All that is known of a person."""

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
    sex = checks.ChoiceField(_l("Sex"))
    birth_date = ThaiDateField(_l("Date of birth"), partial=True)
    nationality = StringField(_l("Nationality"), validators=[short_enough(60)])
    id_kind = checks.ChoiceField(_l("Kind of identification number"))
    identifier = StringField(_l("Identification number"), validators=[short_enough(40)])
    phone = TelField(_l("Telephone"), validators=[short_enough(40), checks.phone])
    registered_address = StringField(
        _l("Address in the house register, where it is another one"),
        validators=[short_enough(300)],
    )
    marital_status = checks.ChoiceField(_l("Marital status"))
    occupation = StringField(_l("Occupation"), validators=[short_enough(120)])
    monthly_income = StringField(
        _l("Income a month (baht)"), validators=[short_enough(40), checks.money]
    )
    welfare_card = checks.ChoiceField(_l("State welfare card"))
    welfare_card_on = ThaiDateField(_l("Known of the card since"))
    notes = TextAreaField(_l("Notes"), validators=[short_enough(LONG_TEXT)])
    disability = checks.ChoiceField(_l("Disability by the card"))
    disability_card_issued = ThaiDateField(_l("Disability card issued"))
    disability_card_expires = ThaiDateField(_l("Disability card expires"))
    adl_score = StringField(
        _l("ADL score (0 to 20)"), validators=[short_enough(20), checks.whole(0, 20)]
    )
    adl_on = ThaiDateField(_l("ADL assessed on"))
    health_notes = TextAreaField(_l("Health notes"), validators=[short_enough(LONG_TEXT)])

    title_sure = checks.AnswerField()
    """Sent with title and sex that were asked about and are right."""
    read: IdNumber | None = None

    def offer(self, *, health: bool = True) -> None:
        """Fill the lists; without ``health`` take those fields out. Call it before validation."""
        self.sex.choices = labels.choices(labels.SEX)
        self.id_kind.choices = labels.choices(labels.ID_KIND)
        self.id_kind.data = self.id_kind.data or IdKind.NATIONAL.value
        self.sex.data = self.sex.data or "unknown"
        for name in HEALTH:
            if not health and name in self:
                del self[name]
        self._offer_dated()

    def _offer_dated(self) -> None:
        """The lists of what is kept as dated facts, where it is asked."""
        lists = (("marital_status", labels.MARITAL), ("welfare_card", labels.YES_NO))
        for name, words in lists:
            if name in self:
                self[name].choices = labels.choices(words)
                self[name].data = self[name].data or "unknown"
        if "disability" in self:
            self.disability.choices = labels.choices(labels.DISABILITY, first=_("None known"))
            self.disability.data = self.disability.data or ""

    def validate_identifier(self, field: Any) -> None:
        """The number by the rules of its kind; 13 digits tell their kind themselves."""
        if not field.data or self.id_kind.data not in set(IdKind):
            return
        kind = IdKind(self.id_kind.data)
        try:
            self.read = (
                read_national_id(field.data) if kind == IdKind.NONE else read_id(field.data, kind)
            )
        except InputFault as fault:
            raise StopValidation(fault_words(fault)) from None

    def secrets(self) -> tuple[IdKind | Keep, str | Keep | None, str | Keep | None]:
        """Kind, identifier and telephone as entered."""
        phone = checks.kept(normalise_phone, self.phone.data)
        if self.read is None:
            return IdKind.NONE, None, phone
        return self.read.kind, self.read.digits, phone

    def facts(self) -> PersonFacts:
        """What was entered, checked."""
        kind, identifier, phone = self.secrets()
        words: dict[str, Any] = {
            name: self[name].data or ""
            for name in (
                "first_name", "last_name", "title", "middle_name", "nationality",
                "registered_address", "notes",
            )
        }  # fmt: skip
        return PersonFacts(
            **words,
            **self.dated(),
            sex=Sex(self.sex.data),
            birth_date=self.birth_date.data,
            birth_precision=DatePrecision(self.birth_date.precision),
            id_kind=kind,
            identifier=identifier,
            phone=phone,
        )

    def dated(self) -> dict[str, Any]:
        """What becomes the first dated facts of somebody new."""
        return {
            "marital_status": MaritalStatus(self.marital_status.data),
            "occupation": self.occupation.data or "",
            "monthly_income": checks.kept(checks.baht, self.monthly_income.data),
            "welfare_card": YesNo(self.welfare_card.data),
            "welfare_card_on": self.welfare_card_on.data,
        }

    def health(self) -> HealthFacts | None:
        """What was entered of health; ``None`` where the fields were not offered."""
        if "disability" not in self:
            return None
        score = checks.number(self.adl_score.data, 0, 20)
        return HealthFacts(
            disability=Disability(self.disability.data) if self.disability.data else None,
            disability_card_issued=self.disability_card_issued.data,
            disability_card_expires=self.disability_card_expires.data,
            adl_score=None if score is None else int(score),
            adl_on=self.adl_on.data,
            health_notes=self.health_notes.data or None,
        )


class AddPersonForm(PersonFields, CreateForm):
    """A new person; ``sure`` is sent once the ones that look the same were seen."""

    sure = checks.AnswerField()


class EditPersonForm(PersonFields, EditForm):
    """A person that is there. ID and telephone are not shown: left empty, they stay."""

    phone_gone = BooleanField(_l("The telephone number is no longer theirs: remove it"))
    name_reason = StringField(_l("Why the name changed, if it did"), validators=[short_enough(120)])

    def offer(self, *, health: bool = True) -> None:
        """The same without what is kept as dated facts: that is added to, not written over."""
        for name in DATED:
            del self[name]
        super().offer(health=health)

    def dated(self) -> dict[str, Any]:
        """They stay as they are."""
        return dict.fromkeys(COLUMNS_ASKED, KEEP)

    def health(self) -> HealthFacts | None:
        """The notes alone; the rest stays."""
        if "health_notes" not in self:
            return None
        kept = {field.name: KEEP for field in fields(HealthFacts)}
        return HealthFacts(**{**kept, "health_notes": self.health_notes.data or None})  # type: ignore[arg-type]

    def validate_id_kind(self, field: Any) -> None:
        """Another kind of number needs the number."""
        changed = field.data not in (field.object_data, IdKind.NONE.value)
        if changed and not self.identifier.data:
            raise StopValidation(_("Please enter the number of this kind, too."))

    def secrets(self) -> tuple[IdKind | Keep, str | Keep | None, str | Keep | None]:
        """As entered; what was left empty stays."""
        kind, identifier, phone = super().secrets()
        if self.read is None and self.id_kind.data != IdKind.NONE.value:
            kind = identifier = KEEP
        if phone is None and not self.phone_gone.data:
            phone = KEEP
        return kind, identifier, phone
