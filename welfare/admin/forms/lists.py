"""Forms of categories, villages, closed days and the municipality."""

from __future__ import annotations

from wtforms import BooleanField, HiddenField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, Email, Optional, Regexp

from welfare.admin.forms.fields import DegreesField, WholeNumberField
from welfare.cases.labels import PRIORITIES, SENSITIVITIES
from welfare.cases.queries.category_files import CategoryFacts
from welfare.cases.workflow import Priority, Sensitivity
from welfare.core.i18n import lazy_gettext as _l
from welfare.core.town import TownFacts
from welfare.core.web.choices import offered_words
from welfare.core.web.datefield import ThaiDateField
from welfare.core.web.forms import CreateForm, EditForm, short_enough
from welfare.households.queries.places import VillageFacts

NEEDS_NAME = _l("Please enter the name.")


class _Category:
    """Fields that new and old categories share."""

    name_th = StringField(
        _l("Name in Thai"), validators=[DataRequired(NEEDS_NAME), short_enough(120)]
    )
    name_en = StringField(
        _l("Name in English"), validators=[DataRequired(NEEDS_NAME), short_enough(120)]
    )
    hint_th = StringField(
        _l("Line beneath it, in Thai"), validators=[Optional(), short_enough(300)]
    )
    hint_en = StringField(
        _l("Line beneath it, in English"), validators=[Optional(), short_enough(300)]
    )
    due_working_days = WholeNumberField(_l("Done within (working days)"), least=1, most=250)
    acknowledge_days = WholeNumberField(_l("Answered within (working days)"), least=1, most=60)
    sensitivity = SelectField(
        _l("Who may know"),
        choices=offered_words(SENSITIVITIES),
    )
    default_priority = SelectField(
        _l("Priority"),
        choices=offered_words(PRIORITIES),
    )
    danger = BooleanField(_l("Danger to life: show the emergency numbers first"))
    position = WholeNumberField(_l("Place in the list"), least=0, most=9999)
    active = BooleanField(_l("In use"), default=True)
    review_closing = BooleanField(_l("A manager reviews each closing first"))

    def facts(self) -> CategoryFacts:
        """What was entered."""
        return CategoryFacts(
            name_th=self.name_th.data or "",
            name_en=self.name_en.data or "",
            hint_th=self.hint_th.data or "",
            hint_en=self.hint_en.data or "",
            due_working_days=self.due_working_days.data or 1,
            acknowledge_days=self.acknowledge_days.data or 1,
            sensitivity=Sensitivity(self.sensitivity.data),
            default_priority=Priority(self.default_priority.data),
            danger=self.danger.data,
            position=self.position.data or 0,
            active=self.active.data,
            review_closing=self.review_closing.data,
        )


class NewCategoryForm(_Category, CreateForm):
    """A new kind of trouble."""

    code = StringField(
        _l("Code"),
        validators=[
            DataRequired(_l("Please enter a code.")),
            Regexp(
                r"[a-z][a-z0-9_]{1,39}\Z",
                message=_l("Please use 2 to 40 small Latin letters, digits or underscores."),
            ),
        ],
    )


class CategoryForm(_Category, EditForm):
    """A kind of trouble that is there."""


class _Village:
    """Fields that new and old villages share."""

    name_th = StringField(
        _l("Name in Thai"), validators=[DataRequired(NEEDS_NAME), short_enough(120)]
    )
    name_en = StringField(_l("Name in English"), validators=[Optional(), short_enough(120)])
    lat = DegreesField(
        _l("Latitude of the centre"), least=5, most=21, validators=[short_enough(20)]
    )
    lng = DegreesField(
        _l("Longitude of the centre"), least=97, most=106, validators=[short_enough(20)]
    )

    def facts(self) -> VillageFacts:
        """What was entered."""
        return VillageFacts(
            self.name_th.data or "", self.name_en.data or "", self.lat.degrees, self.lng.degrees
        )


class NewVillageForm(_Village, CreateForm):
    """A new village."""

    village_no = WholeNumberField(_l("Village number"), least=1, most=99)


class VillageForm(_Village, EditForm):
    """A village that is there."""


class ClosureForm(CreateForm):
    """A day on which the office is closed."""

    day = ThaiDateField(_l("Closed day"), needed=_l("Please enter the day."))
    name_th = StringField(
        _l("Why it is closed, in Thai"), validators=[DataRequired(NEEDS_NAME), short_enough(300)]
    )
    name_en = StringField(
        _l("Why it is closed, in English"), validators=[Optional(), short_enough(300)]
    )


class ImportForm(CreateForm):
    """The public holidays of one year: one button."""

    year = HiddenField()


class TownForm(EditForm):
    """What the municipality says of itself."""

    name_th = StringField(
        _l("Name in Thai"), validators=[DataRequired(NEEDS_NAME), short_enough(120)]
    )
    name_en = StringField(
        _l("Name in English"), validators=[DataRequired(NEEDS_NAME), short_enough(120)]
    )
    division_th = StringField(
        _l("Division in Thai"), validators=[DataRequired(NEEDS_NAME), short_enough(120)]
    )
    division_en = StringField(
        _l("Division in English"), validators=[DataRequired(NEEDS_NAME), short_enough(120)]
    )
    address_th = StringField(_l("Address in Thai"), validators=[Optional(), short_enough(300)])
    address_en = StringField(_l("Address in English"), validators=[Optional(), short_enough(300)])
    phone = StringField(
        _l("Telephone"),
        validators=[
            Optional(),
            short_enough(20),
            Regexp(r"[0-9 -]+\Z", message=_l("Please enter digits only.")),
        ],
    )
    email = StringField(
        _l("E-mail"),
        validators=[
            Optional(),
            short_enough(120),
            Email(_l("Please enter an e-mail address such as office@example.go.th.")),
        ],
    )
    letter_prefix = StringField(
        _l("Letters of outgoing papers"), validators=[Optional(), short_enough(20)]
    )
    hotlines = TextAreaField(
        _l("Emergency numbers"),
        validators=[DataRequired(_l("Please enter at least one number.")), short_enough(2000)],
    )

    def facts(self) -> TownFacts:
        """What was entered."""
        names = TownFacts.__dataclass_fields__
        return TownFacts(**{name: self[name].data or "" for name in names})
