"""Forms about the workers themselves."""

from __future__ import annotations

from typing import Any

from wtforms import BooleanField, RadioField, StringField
from wtforms.validators import DataRequired, Optional

from welfare.core.i18n import lazy_gettext as _l
from welfare.core.web.choices import offered
from welfare.core.web.datefield import ThaiDateField
from welfare.core.web.forms import CreateForm, EditForm, Form, short_enough
from welfare.dispatch.facts import ProfileFacts
from welfare.dispatch.forms.fields import HourField, NumberField, SeveralField
from welfare.dispatch.queries.crew import Member
from welfare.dispatch.workflow import AbsenceKind, Language, Vehicle
from welfare.households.kinds import Sex

HOUR = _l("Please enter an hour.")

LANGUAGES: list[tuple[str, Any]] = [
    (Language.NORTHERN.value, _l("Northern Thai")),
    (Language.SHAN.value, _l("Shan")),
    (Language.KAREN.value, _l("Karen")),
    (Language.HMONG.value, _l("Hmong")),
    (Language.LAHU.value, _l("Lahu")),
    (Language.BURMESE.value, _l("Burmese")),
    (Language.ENGLISH.value, _l("English")),
    (Language.SIGN.value, _l("Thai sign language")),
]
SEXES: list[tuple[str, Any]] = [
    (Sex.FEMALE.value, _l("Woman")),
    (Sex.MALE.value, _l("Man")),
    (Sex.UNKNOWN.value, _l("Not said")),
]
ABSENCES: list[tuple[str, Any]] = [
    (AbsenceKind.LEAVE.value, _l("Leave")),
    (AbsenceKind.SICK.value, _l("Sick leave")),
    (AbsenceKind.TRAINING.value, _l("Training or meeting")),
    (AbsenceKind.OFFICE.value, _l("Other work at the office")),
]


VEHICLES: list[tuple[str, Any]] = [
    (Vehicle.NONE.value, _l("None of their own")),
    (Vehicle.MOTORCYCLE.value, _l("Motorcycle")),
    (Vehicle.CAR.value, _l("Car")),
    (Vehicle.OFFICE.value, _l("The office's car")),
]


class ProfileForm(EditForm):
    """What a worker can do, and when."""

    skills = SeveralField(_l("Skills"))
    languages = SeveralField(_l("Languages besides Thai"), choices=offered(LANGUAGES))
    villages = SeveralField(_l("Villages they are at home in"))
    sex = RadioField(_l("Sex"), choices=offered(SEXES), default=Sex.UNKNOWN.value)
    vehicle = RadioField(_l("Goes with"), choices=offered(VEHICLES), default=Vehicle.NONE.value)
    starts = HourField(_l("Leaves the office from"), validators=[DataRequired(HOUR)])
    ends = HourField(_l("Back at the office by"), validators=[DataRequired(HOUR)])
    max_visits = NumberField(_l("Visits a day at most"), least=1, most=40)
    alone = BooleanField(_l("May visit a house alone"))
    person = StringField(
        _l("Own record in the registry"), validators=[Optional(), short_enough(20)]
    )

    @classmethod
    def of(cls, who: Member) -> dict[str, Any]:
        """What the form begins with."""
        return {
            "version": str(who.version),
            "skills": sorted(who.skills),
            "languages": sorted(who.languages),
            "villages": [str(no) for no in sorted(who.villages)],
            "sex": who.sex.value,
            "vehicle": who.vehicle.value,
            "starts": who.starts,
            "ends": who.ends,
            "max_visits": str(who.max_visits),
            "alone": who.alone,
            "person": who.person_number,
        }

    @property
    def facts(self) -> ProfileFacts:
        """What was entered."""
        return ProfileFacts(
            skills=self.skills.chosen,
            languages=self.languages.chosen,
            villages=tuple(int(no) for no in self.villages.chosen),
            sex=Sex(self.sex.data),
            starts=self.starts.data or "",
            ends=self.ends.data or "",
            max_visits=self.max_visits.whole,
            alone=bool(self.alone.data),
            vehicle=Vehicle(self.vehicle.data),
            person=(self.person.data or "").strip(),
        )


class AbsenceForm(CreateForm):
    """Days on which a worker is not there."""

    first_day = ThaiDateField(_l("From"), needed=_l("Please enter the day."))
    last_day = ThaiDateField(_l("To (that day included)"), needed=_l("Please enter the day."))
    kind = RadioField(
        _l("Why"), choices=offered(ABSENCES), validators=[DataRequired(_l("Please choose one."))]
    )
    note = StringField(_l("Note"), validators=[Optional(), short_enough(200)])


class CalendarForm(Form):
    """One button."""
