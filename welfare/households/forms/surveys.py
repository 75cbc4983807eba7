"""A round of a survey, a problem or strength, pictures of a house, words of an edition."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from wtforms import BooleanField, MultipleFileField, RadioField, StringField, TextAreaField
from wtforms.validators import DataRequired, StopValidation

from welfare.core.i18n import gettext as _
from welfare.core.i18n import lazy_gettext as _l
from welfare.core.thai.digits import to_arabic
from welfare.core.web.datefield import ThaiDateField
from welfare.core.web.forms import LONG_TEXT, CreateForm, EditForm, Form, short_enough
from welfare.households import labels
from welfare.households.facts import KEEP, Keep, NeedEntry, SurveyEntry
from welfare.households.forms import checks
from welfare.households.kinds import Answer, Dimension, FactSource, NeedKind

SOURCES = (FactSource.TOLD, FactSource.VISIT, FactSource.DOCUMENT, FactSource.SURVEY)
EDITION_YEARS = (2500, 2700)
"""Buddhist years in which a survey may be in force."""
MOST_INDICATORS = 200


class RoundFields(Form):
    """What every round has; the answers are added by :func:`round_form`."""

    surveyed_on = ThaiDateField(_l("Day of the survey"), needed=_l("Please enter the day."))
    surveyed_by = StringField(_l("Surveyed by"), validators=[short_enough(120)])
    monthly_income = StringField(
        _l("Income of the household a month (baht)"), validators=[short_enough(40), checks.money]
    )
    debts = StringField(_l("Debts (baht)"), validators=[short_enough(40), checks.money])
    note = TextAreaField(_l("Notes"), validators=[short_enough(LONG_TEXT)])
    numbers: tuple[int, ...] = ()

    def offer(self, *, without_notes: frozenset[int] = frozenset()) -> None:
        """Fill the choices; take out the notes of indicators whose notes the writer may not see.
        Call it before validation."""
        self.without_notes = without_notes
        for number in self.numbers:
            field = self[f"answer_{number}"]
            field.choices = [("", _("Not asked")), *labels.choices(labels.ANSWER)]
            field.data = field.data or ""
        for number in without_notes:
            del self[f"note_{number}"]

    def entry(self) -> SurveyEntry:
        """What was entered, checked."""
        answers: list[tuple[int, Answer, str | Keep]] = []
        for number in self.numbers:
            if not self[f"answer_{number}"].data:
                continue
            note: str | Keep = KEEP
            if number not in self.without_notes:
                note = self[f"note_{number}"].data or ""
            answers.append((number, Answer(self[f"answer_{number}"].data), note))
        return SurveyEntry(
            surveyed_on=self.surveyed_on.data,
            surveyed_by=self.surveyed_by.data or "",
            monthly_income=checks.kept(checks.baht, self.monthly_income.data),
            debts=checks.kept(checks.baht, self.debts.data),
            note=self.note.data or "",
            answers=tuple(answers),
        )


def _one_of(_form: Any, field: Any) -> None:
    if field.data and field.data not in set(Answer):
        raise StopValidation(_("Please choose one of the list."))


@lru_cache(maxsize=32)
def round_form(numbers: tuple[int, ...], *, edit: bool) -> type[Any]:
    """The form of an edition with these indicators; made once for each."""
    fields: dict[str, Any] = {"numbers": numbers}
    for number in numbers:
        fields[f"answer_{number}"] = RadioField(
            _l("Indicator"), validators=[_one_of], validate_choice=False
        )
        fields[f"note_{number}"] = StringField(_l("Remark"), validators=[short_enough(300)])
    bases = (RoundFields, EditForm if edit else CreateForm)
    return type("EditRoundForm" if edit else "AddRoundForm", bases, fields)


class NeedFields(Form):
    """A problem or a strength."""

    kind = RadioField(_l("What is it"), validate_choice=False)
    dimension = checks.ChoiceField(_l("In which part of life"))
    text = TextAreaField(
        _l("In words"),
        validators=[DataRequired(_l("Please write what is known.")), short_enough(2000)],
    )
    from_day = ThaiDateField(_l("Since"))
    to_day = ThaiDateField(_l("Until"))
    source = RadioField(_l("How the office knows"), validate_choice=False)
    source_note = StringField(_l("Who said it, or which paper"), validators=[short_enough(200)])

    def offer(self) -> None:
        """Fill the lists; call it before validation."""
        self.kind.choices = labels.choices(labels.NEED_KIND)
        self.dimension.choices = labels.choices(labels.DIMENSION, first=_("Please choose"))
        self.dimension.data = self.dimension.data or ""
        self.source.choices = [(one.value, labels.FACT_SOURCE[one]) for one in SOURCES]

    def validate_kind(self, field: Any) -> None:
        """One of the list."""
        if field.data not in set(NeedKind):
            raise StopValidation(_("Please choose one of the list."))

    def validate_dimension(self, field: Any) -> None:
        """One of the list, not its empty first line."""
        if field.data not in set(Dimension):
            raise StopValidation(_("Please choose one of the list."))

    def validate_source(self, field: Any) -> None:
        """One of the list."""
        if field.data not in set(SOURCES):
            raise StopValidation(_("Please choose how the office knows."))

    def entry(self) -> NeedEntry:
        """What was entered, checked."""
        return NeedEntry(
            kind=NeedKind(self.kind.data),
            dimension=Dimension(self.dimension.data),
            text=self.text.data or "",
            from_day=self.from_day.data,
            to_day=self.to_day.data,
            source=FactSource(self.source.data),
            source_note=self.source_note.data or "",
        )


class AddNeedForm(NeedFields, CreateForm):
    """A new one."""


class EditNeedForm(NeedFields, EditForm):
    """One that is there."""


class PhotosForm(CreateForm):
    """Pictures of a house."""

    photos = MultipleFileField(_l("Photos"))
    caption = StringField(_l("What they show"), validators=[short_enough(200)])
    taken_on = ThaiDateField(_l("Taken on"))


_LINE = re.compile(r"(?:ตัวชี้วัดที่|ข้อที่|ข้อ)?\s*(\d{1,3})\s*[.):\-]?\s+(\S.*)")
_GROUP = re.compile(r"(?:หมวดที่|หมวด|ด้าน)\s*(.+)")


def read_list(text: str) -> tuple[dict[int, tuple[str, str]], list[str]]:
    """Group and words by number, and the lines that are neither: of a list as questionnaires print
    it, one indicator a line with its number first, under lines that begin with หมวด."""
    found: dict[int, tuple[str, str]] = {}
    strange: list[str] = []
    group = ""
    for line in filter(None, (line.strip() for line in text.splitlines())):
        if match := _LINE.fullmatch(to_arabic(line[:8]) + line[8:]):
            found[int(match[1])] = (group[:120], match[2][:400])
        elif match := _GROUP.fullmatch(line):
            group = re.sub(r"^[\d๐-๙]+\s*[.:]?\s*", "", match[1])
        else:
            strange.append(line[:40])
    return found, strange


class NewEditionForm(CreateForm):
    """A survey of other years: its name, when it is in force, what it starts from."""

    edition_name = StringField(
        _l("Name of the survey"),
        validators=[DataRequired(_l("Please enter a name.")), short_enough(200)],
    )
    from_year = StringField(
        _l("In force from the year"),
        validators=[DataRequired(_l("Please enter the year.")), checks.whole(*EDITION_YEARS)],
    )
    to_year = StringField(_l("Until the year"), validators=[checks.whole(*EDITION_YEARS)])
    like = checks.ChoiceField(_l("Begin with the indicators of"))
    count = StringField(_l("Number of indicators"), validators=[checks.whole(1, MOST_INDICATORS)])

    def offer(self, editions: Sequence[tuple[str, str]]) -> None:
        """Fill the list with the editions there are; call it before validation."""
        self.like.choices = [("", _("None of these: empty indicators")), *editions]
        self.like.data = self.like.data or ""

    def validate_count(self, field: Any) -> None:
        """Needed where nothing is taken over."""
        if not self.like.data and not field.data:
            raise StopValidation(_("Please say how many indicators there are."))

    @property
    def years(self) -> tuple[int, int | None]:
        """The first Buddhist year, and the last one where there is one."""
        first = checks.number(self.from_year.data, *EDITION_YEARS) or 0
        last = checks.number(self.to_year.data, *EDITION_YEARS)
        return int(first), int(last) if last else None

    @property
    def how_many(self) -> int:
        """Empty indicators to begin with; none where those of another edition are taken over."""
        return 0 if self.like.data else int(checks.number(self.count.data, 1, MOST_INDICATORS) or 0)


class EditionFields(EditForm):
    """Words of an edition; the indicators are added by :func:`edition_form`."""

    name_th = StringField(
        _l("Name of the survey"),
        validators=[DataRequired(_l("Please enter a name.")), short_enough(200)],
    )
    words_from = TextAreaField(_l("Where the words come from"), validators=[short_enough(2000)])
    active = BooleanField(_l("Offered for new rounds"))
    pasted = TextAreaField(
        _l("The official list, pasted in one piece"), validators=[short_enough(40_000)]
    )
    numbers: tuple[int, ...] = ()

    def fill(self) -> bool:
        """Put a pasted list into the fields, to be looked over before it is saved. Whether one was
        pasted; what its lines do not fit is said beside it."""
        if not self.pasted.data:
            return False
        found, strange = read_list(self.pasted.data)
        strange += [str(number) for number in found if number not in self.numbers]
        if strange:
            self.pasted.errors = [
                *self.pasted.errors,
                _("These lines fit no indicator: %(lines)s", lines=", ".join(strange[:5])),
            ]
        for number, (group, text) in found.items():
            if number in self.numbers:
                self[f"group_{number}"].data = group or self[f"group_{number}"].data
                self[f"text_{number}"].data = text
        self.pasted.data = "" if not strange else self.pasted.data
        return True

    def texts(self) -> dict[int, tuple[str, str]]:
        """Group and text by number of the indicator."""
        return {
            number: (self[f"group_{number}"].data or "", self[f"text_{number}"].data or "")
            for number in self.numbers
        }


@lru_cache(maxsize=32)
def edition_form(numbers: tuple[int, ...]) -> type[Any]:
    """The form of the words of an edition with these indicators."""
    fields: dict[str, Any] = {"numbers": numbers}
    for number in numbers:
        fields[f"group_{number}"] = StringField(_l("Group"), validators=[short_enough(120)])
        fields[f"text_{number}"] = StringField(_l("Indicator"), validators=[short_enough(400)])
    return type("EditionForm", (EditionFields,), fields)
