"""The form of a request or complaint: all its fields, checked step by step or all at once."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask_babel import get_locale
from flask_wtf.file import MultipleFileField
from wtforms import (
    BooleanField,
    EmailField,
    Field,
    HiddenField,
    RadioField,
    SelectField,
    StringField,
    TelField,
    TextAreaField,
)
from wtforms.validators import DataRequired, StopValidation

from welfare.cases.queries.categories import CategoryRow
from welfare.core.i18n import gettext as _
from welfare.core.i18n import lazy_gettext as _l
from welfare.core.thai.digits import to_arabic, whole
from welfare.core.web.addresses import email_address
from welfare.core.web.choices import offered
from welfare.core.web.forms import LONG_TEXT, CreateForm, short_enough
from welfare.intake.forms.checks import number_between, one_of_the_list, phone_number
from welfare.intake.labels import KINDS
from welfare.intake.queries.filing import VillageChoice, filing_lists
from welfare.intake.workflow import Relationship

RELATIONSHIPS = [
    (Relationship.SELF.value, _l("It is about myself")),
    (Relationship.FAMILY.value, _l("Family or relative")),
    (Relationship.NEIGHBOUR.value, _l("Neighbour or friend")),
    (Relationship.VOLUNTEER.value, _l("Volunteer")),
    (Relationship.VILLAGE_HEAD.value, _l("Village head or assistant")),
    (Relationship.OTHER.value, _l("Somebody else")),
]
STEP_FIELDS: dict[int, tuple[str, ...]] = {
    1: ("kind", "category"),
    2: ("description",),
    3: ("subject_name", "subject_phone", "house_no", "village", "landmark", "lat", "lng"),
    4: (
        "anonymous",
        "reporter_name",
        "reporter_phone",
        "reporter_email",
        "relationship",
        "consent",
    ),
}
LAST_STEP = 4
_ABOUT_REPORTER = frozenset({"reporter_name", "reporter_phone", "reporter_email", "relationship"})


def _village_number(value: Any) -> str:
    """A village number as its choice has it, Thai digits and zeros in front forgiven."""
    text = to_arabic(str(value or "")).strip()
    number = whole(text, digits=3)
    return text if number is None else str(number)


def _coordinate(low: float, high: float) -> Any:
    def check(_form: Any, field: Field) -> None:
        try:
            number_between(field.data, low, high)
        except ValueError:
            raise StopValidation(
                _("The place on the map cannot be read. Please describe the place in words.")
            ) from None

    return check


class FilingForm(CreateForm):
    """Everything that can be told when filing. Fields keep the names given in the issue."""

    wants_contact = True
    """Whether a filer who is not anonymous must leave a name, a phone or an e-mail address."""

    kind = RadioField(
        _l("What would you like to do?"),
        choices=offered(KINDS),
        validate_choice=False,
        validators=[DataRequired(_l("Please choose what you would like to do.")), one_of_the_list],
    )
    category = RadioField(
        _l("What is it about?"),
        validate_choice=False,
        validators=[DataRequired(_l("Please choose what it is about.")), one_of_the_list],
    )
    description = TextAreaField(
        _l("What happened, and what is needed?"),
        validators=[
            DataRequired(_l("Please tell us in a few words what happened and what is needed.")),
            short_enough(LONG_TEXT),
        ],
    )
    photos = MultipleFileField(_l("Photos"))
    subject_name = StringField(_l("Name of the person who needs help"), [short_enough(200)])
    subject_phone = TelField(_l("Telephone of that person"), [short_enough(60), phone_number])
    house_no = StringField(_l("House number"), [short_enough(60)])
    village = SelectField(
        _l("Village"), coerce=_village_number, validate_choice=False, validators=[one_of_the_list]
    )
    landmark = StringField(_l("Landmark or directions"), [short_enough(300)])
    lat = HiddenField(_l("Latitude"), [_coordinate(-90, 90)])
    lng = HiddenField(_l("Longitude"), [_coordinate(-180, 180)])
    anonymous = BooleanField(_l("I want to stay anonymous"))
    reporter_name = StringField(_l("Your name"), [short_enough(200)])
    reporter_phone = TelField(_l("Your telephone"), [short_enough(60), phone_number])
    reporter_email = EmailField(_l("Your e-mail"), [short_enough(200), email_address])
    relationship = SelectField(
        _l("Who are you to the person who needs help?"),
        choices=offered([("", _l("Please choose")), *RELATIONSHIPS]),
        validate_choice=False,
        validators=[one_of_the_list],
    )
    consent = BooleanField(
        _l("The office may contact me and check the facts with other agencies about this matter")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lists, english = filing_lists(), str(get_locale() or "th").startswith("en")
        lang = "en" if english else "th"
        self.offered: dict[str, CategoryRow] = lists.categories
        self.category.choices = offered(
            (code, row.name(lang)) for code, row in lists.categories.items()
        )
        self.category_hints = {code: row.hint(lang) for code, row in lists.categories.items()}
        villages = [
            ("", _("Not sure, or outside the municipality")),
            *((str(row.village_no), _village_words(row, lang)) for row in lists.villages.values()),
        ]
        self.village.choices = offered(villages)

    @property
    def chosen(self) -> CategoryRow | None:
        """The kind of trouble that was chosen, if there is such a one."""
        return self.offered.get(self.category.data or "")

    def validate(self, extra_validators: Any = None) -> bool:
        """Check every answer."""
        return self.faulty_step(LAST_STEP) is None

    def faulty_step(self, upto: int) -> int | None:
        """Check the answers of the steps up to one; the first step with a fault, if any."""
        first = None
        for step in range(1, upto + 1):
            if not self._sound(step) and first is None:
                first = step
        self.speak()
        return first

    def _sound(self, step: int) -> bool:
        skipped = _ABOUT_REPORTER if self.anonymous.data else frozenset[str]()
        asked = [self[name] for name in STEP_FIELDS[step] if name not in skipped]
        faulty = [field for field in asked if not field.validate(self)]
        sound = not faulty
        if step == 3:
            return self._says_where_or_who() and sound
        if step == LAST_STEP:
            return self._says_how_to_reach() and sound
        return sound

    def _says_where_or_who(self) -> bool:
        if _any_filled(self, ("subject_name", "house_no", "village", "landmark", "lat")):
            return True
        self.subject_name.errors = [
            _("Please tell us who needs help or where: a name, a house, a village or a landmark.")
        ]
        return False

    def _says_how_to_reach(self) -> bool:
        if self.anonymous.data or not self.wants_contact:
            return True
        if _any_filled(self, ("reporter_name", "reporter_phone", "reporter_email")):
            return True
        self.reporter_name.errors = [
            _("Please leave your name, telephone or e-mail, or choose to stay anonymous.")
        ]
        return False


def _any_filled(form: FilingForm, names: Iterable[str]) -> bool:
    return any(form[name].data for name in names)


def _village_words(row: VillageChoice, lang: str) -> str:
    """``หมู่ที่ 3 บ้านป่าเส้า``; the name is left out where it says no more than the number."""
    number, name_th, name_en = row.village_no, row.name_th, row.name_en
    if lang == "en":
        name = name_en if name_en and name_en != f"Village {number}" else ""
        return f"Village {number} {name}".strip()
    name = name_th if name_th != f"หมู่ที่ {number}" else ""
    return f"หมู่ที่ {number} {name}".strip()
