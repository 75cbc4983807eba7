"""Forms of the figures, the skills, and what visits need."""

from __future__ import annotations

from typing import Any

from wtforms import BooleanField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, Optional, Regexp

from welfare.core.i18n import lazy_gettext as _l
from welfare.core.web.choices import offered
from welfare.core.web.forms import CreateForm, EditForm, short_enough
from welfare.dispatch.facts import Wishes
from welfare.dispatch.forms.crew import LANGUAGES
from welfare.dispatch.forms.fields import HourField, NumberField, SeveralField
from welfare.dispatch.queries.rules import Figures
from welfare.dispatch.workflow import Weight
from welfare.households.kinds import Sex

ASKED_SEX: list[tuple[str, Any]] = [
    (Sex.UNKNOWN.value, _l("No matter")),
    (Sex.FEMALE.value, _l("A woman")),
    (Sex.MALE.value, _l("A man")),
]


def _points(label: Any) -> NumberField:
    return NumberField(label, least=0, most=200)


class FiguresForm(EditForm):
    """Road factor, speed, lunch, office, points."""

    road_factor = NumberField(_l("Road factor"), least=1, most=3, digits=2)
    speed_kmh = NumberField(_l("Speed (kilometres an hour)"), least=5, most=90)
    lunch_minutes = NumberField(_l("Lunch (minutes)"), least=30, most=90)
    office_lat = NumberField(_l("Office: latitude"), least=-90, most=90, needed=False, digits=6)
    office_lng = NumberField(_l("Office: longitude"), least=-180, most=180, needed=False, digits=6)
    village = _points(_l("At home in the village"))
    skill = _points(_l("Has, or lacks, the skills"))
    continuity = _points(_l("Knows the person or the household"))
    language = _points(_l("Speaks, or not, the language asked for"))
    sex = _points(_l("Is, or is not, of the sex asked for"))
    load = _points(_l("Each point of what they carry"))
    slack = _points(_l("Has late cases, and this one is due within 3 days"))
    leave = _points(_l("Is away today"))
    declined = _points(_l("Has declined this case before"))

    @classmethod
    def of(cls, now: Figures) -> dict[str, str]:
        """What the form begins with."""
        return {
            "version": str(now.version),
            "road_factor": str(now.road_factor),
            "speed_kmh": str(now.speed_kmh),
            "lunch_minutes": str(now.lunch_minutes),
            "office_lat": "" if now.office_lat is None else str(now.office_lat),
            "office_lng": "" if now.office_lng is None else str(now.office_lng),
            **{weight.value: str(points) for weight, points in now.weights.items()},
        }

    @property
    def facts(self) -> Figures:
        """What was entered."""
        return Figures(
            road_factor=self.road_factor.number or 1.0,
            speed_kmh=self.speed_kmh.whole,
            lunch_minutes=self.lunch_minutes.whole,
            office_lat=self.office_lat.number,
            office_lng=self.office_lng.number,
            weights={weight: self[weight.value].whole for weight in Weight},
        )


class SkillForm(CreateForm):
    """A skill to add."""

    code = StringField(
        _l("Short name"),
        validators=[
            DataRequired(_l("Please enter a short name.")),
            Regexp(r"[a-z][a-z0-9_]{1,39}$", message=_l("Small Latin letters and digits only.")),
        ],
    )
    name_th = StringField(
        _l("Name in Thai"),
        validators=[DataRequired(_l("Please enter a name.")), short_enough(120)],
    )
    name_en = StringField(
        _l("Name in English"),
        validators=[DataRequired(_l("Please enter a name.")), short_enough(120)],
    )


class KindForm(EditForm):
    """What a visit of one kind of trouble takes."""

    skills = SeveralField(_l("Skills that the visit needs"))
    minutes = NumberField(_l("How long it takes (minutes)"), least=10, most=90)
    pair = BooleanField(_l("Two go, because a lone visit is unsafe"))


class WishForm(EditForm):
    """What is asked for of the visits of one case."""

    language = SelectField(_l("Language asked for"))
    sex = RadioField(_l("Who should come"), choices=offered(ASKED_SEX), default=Sex.UNKNOWN.value)
    skills = SeveralField(_l("Skills needed besides those of its kind"))
    pair = BooleanField(_l("Two go, because a lone visit is unsafe"))
    minutes = NumberField(_l("How long it takes (minutes)"), least=10, most=90, needed=False)
    earliest = HourField(_l("Not before"))
    latest = HourField(_l("Not after"))
    never = SeveralField(_l("Who must not go"))
    why_never = TextAreaField(
        _l("Why they must not go"), validators=[Optional(), short_enough(1000)]
    )

    def offer_languages(self) -> None:
        """Fill the list of languages."""
        self.language.choices = offered([("", _l("No matter")), *LANGUAGES])

    @property
    def facts(self) -> Wishes:
        """What was entered."""
        return Wishes(
            language=self.language.data or "",
            sex=Sex(self.sex.data),
            skills=self.skills.chosen,
            pair=bool(self.pair.data),
            minutes=self.minutes.whole or None,
            earliest=self.earliest.data or "",
            latest=self.latest.data or "",
            never=tuple(int(one) for one in self.never.chosen),
            why_never=self.why_never.data or "",
        )
