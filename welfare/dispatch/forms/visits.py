"""Forms of assignment and visits."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, TypeVar

from wtforms import (
    BooleanField,
    HiddenField,
    MultipleFileField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired, Optional, ValidationError

from welfare.core import clock
from welfare.core.i18n import lazy_gettext as _l
from welfare.core.thai.digits import to_arabic, whole
from welfare.core.web.choices import offered, offered_words
from welfare.core.web.datefield import ThaiDateField
from welfare.core.web.forms import LONG_TEXT, CreateForm, EditForm, Form, short_enough
from welfare.dispatch.workflow import Conflict, VisitKind

NEEDS_REASON = _l("Please give a reason.")
SHORT_TEXT = 1000

AnyForm = TypeVar("AnyForm", bound=Form)


def placed(form: AnyForm, place: str) -> AnyForm:
    """The form with element ids of its own, so that several can stand on one page."""
    for field in form:
        field.id = f"{place}-{field.name}"
        field.label.field_id = field.id
    return form


def _reason(label: Any) -> TextAreaField:
    return TextAreaField(label, validators=[DataRequired(NEEDS_REASON), short_enough(SHORT_TEXT)])


class SeenForm(Form):
    """Carries which assignment the person saw, so that nothing is overwritten unseen."""

    seen = HiddenField(default="0")

    @property
    def seen_assignment(self) -> int:
        """The id of the assignment seen; 0 for none, -1 (which fits nothing) when tampered with."""
        seen = whole(str(self.seen.data or ""))
        return -1 if seen is None else seen


class AlongForm(Form):
    """Carries who goes along on a visit, where somebody is to choose."""

    companion = SelectField(_l("Who goes along"), validate_choice=False, default="")

    @property
    def companion_id(self) -> int | None:
        """The chosen worker; 0: nobody; ``None``: whom the program proposes."""
        return whole(str(self.companion.data or ""))

    def offer_companions(self, pairs: Iterable[tuple[str, Any]]) -> None:
        """Fill the list."""
        self.companion.choices = offered(pairs)


class SecondForm(EditForm):
    """Who goes along on a visit that is planned already."""

    companion = RadioField(
        _l("Who goes along"),
        validators=[DataRequired(_l("Please choose who goes along."))],
        validate_choice=False,
    )

    @property
    def companion_id(self) -> int:
        """The chosen worker; 0: nobody; -1, whom nobody is, when it was tampered with."""
        chosen = whole(str(self.companion.data or ""))
        return -1 if chosen is None else chosen


class TasksForm(Form):
    """Carries whether open tasks go along; without the tick they do."""

    leave_tasks = BooleanField(_l("Open tasks stay with whoever has them now"))

    @property
    def tasks(self) -> bool:
        """Whether they go along."""
        return not self.leave_tasks.data


class OfferForm(AlongForm, TasksForm, CreateForm, SeenForm):
    """To whom a case is offered."""

    worker = RadioField(
        _l("Who should go?"),
        validators=[DataRequired(_l("Please choose one of the workers."))],
        validate_choice=False,
    )
    note = TextAreaField(
        _l("Note to the worker"), validators=[Optional(), short_enough(SHORT_TEXT)]
    )

    @property
    def worker_id(self) -> int:
        """The chosen worker; 0, who is nobody, when it was tampered with."""
        return whole(str(self.worker.data or "")) or 0


class SuggestForm(CreateForm):
    """A note to all who are offered something; whom, stands in the page's own fields."""

    note = TextAreaField(
        _l("Note to the workers"), validators=[Optional(), short_enough(SHORT_TEXT)]
    )


class AcceptForm(Form):
    """One button."""


class DeclineForm(Form):
    """Why a worker cannot take a case."""

    because = RadioField(
        _l("Is it because of the people in the case?"),
        choices=offered(
            [
                ("", _l("No")),
                (Conflict.RELATIVE.value, _l("I am related to them")),
                (Conflict.CONFLICT.value, _l("I am too close to them, or in dispute with them")),
            ]
        ),
        default="",
    )
    reason = _reason(_l("Why can you not take this case?"))

    @property
    def conflict(self) -> Conflict | None:
        """What is told of oneself."""
        return Conflict(self.because.data) if self.because.data else None


class TakeBackForm(SeenForm):
    """Why a case is taken back."""

    reason = _reason(_l("Why is the case taken back?"))


VISIT_KINDS: dict[VisitKind, Any] = {
    VisitKind.HOME: _l("At home"),
    VisitKind.PLACE: _l("At a hospital, a school or elsewhere"),
    VisitKind.OFFICE: _l("At the office"),
    VisitKind.PHONE: _l("By telephone"),
}


class KindForm(Form):
    """How somebody is visited."""

    kind = RadioField(
        _l("Kind of visit"), choices=offered_words(VISIT_KINDS), default=VisitKind.HOME.value
    )

    @property
    def visit_kind(self) -> VisitKind:
        """What was chosen."""
        return VisitKind(self.kind.data)


class PlanForm(AlongForm, KindForm, CreateForm):
    """When to go and what for."""

    planned_on = ThaiDateField(_l("Day of the visit"), needed=_l("Please enter the day."))
    planned_time = StringField(_l("Time"), validators=[Optional(), short_enough(20)])
    purpose = StringField(_l("What for"), validators=[Optional(), short_enough(300)])

    def validate_planned_time(self, field: StringField) -> None:
        """Keep the time as ``HH:MM``."""
        if field.data:
            field.data = read_time(field.data)


class RecordForm(KindForm, EditForm):
    """What was found."""

    findings = TextAreaField(
        _l("What did you find?"),
        validators=[
            DataRequired(_l("Please write down what you found.")),
            short_enough(LONG_TEXT),
        ],
    )
    who_present = StringField(_l("Whom did you meet?"), validators=[Optional(), short_enough(300)])
    needs = TextAreaField(_l("What is needed?"), validators=[Optional(), short_enough(LONG_TEXT)])
    photos = MultipleFileField(_l("Photos"))
    next_visit_on = ThaiDateField(_l("Visit again on"))
    visited_on = ThaiDateField(_l("Day on which you went"))


class SettleForm(EditForm):
    """Why a visit did not take place."""

    reason = _reason(_l("What happened?"))


_TIME = re.compile(r"(\d{1,2})\s*[:.]?\s*(\d{2})?\s*(?:น\.?|นาฬิกา)?", re.ASCII)


def read_time(typed: str) -> str:
    """``HH:MM`` of ``9.30``, ``0930``, ``๑๓:๐๐ น.``; ``ValidationError`` otherwise."""
    plain = to_arabic(typed).strip()
    if plain.isdecimal() and len(plain) == 3:
        plain = f"0{plain}"
    found = _TIME.fullmatch(plain)
    hour, minute = (int(found[1]), int(found[2] or 0)) if found else (99, 0)
    if hour > 23 or minute > 59:
        raise ValidationError(str(_l("Please enter a time such as 09:30.")))
    return f"{hour:02d}:{minute:02d}"


def plan_form(**values: Any) -> PlanForm:
    """A fresh form for a visit, today unless said otherwise."""
    return PlanForm(formdata=None, data={"planned_on": clock.today(), **values})
