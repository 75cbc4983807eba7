"""The form of a rule of who is proposed first."""

from __future__ import annotations

from typing import Any

from wtforms import BooleanField, RadioField, SelectField, StringField
from wtforms.validators import DataRequired, Optional, ValidationError

from welfare.accounts.labels import ROLE_NAMES
from welfare.cases.labels import PRIORITIES
from welfare.cases.workflow import Priority
from welfare.core import clock
from welfare.core.i18n import gettext as _
from welfare.core.i18n import lazy_gettext as _l
from welfare.core.security.permissions import ROLE_PERMISSIONS, Permission, Role
from welfare.core.web.choices import SelectChoice, offered, offered_words
from welfare.core.web.datefield import ThaiDateField
from welfare.core.web.forms import CreateForm, EditForm, short_enough
from welfare.dispatch.services import RoutingFacts
from welfare.dispatch.workflow import Target

TARGETS: dict[Target, Any] = {
    Target.WORKER: _l("One worker"),
    Target.SKILL: _l("Whoever has a skill"),
    Target.ROLE: _l("Whoever has a role"),
}
WORKING = [
    (role.value, name)
    for role, name in ROLE_NAMES.items()
    if Permission.WORK_CASES in ROLE_PERMISSIONS[role]
]


def choices(pairs: list[tuple[str, Any]], nothing: Any) -> list[SelectChoice]:
    """What a list offers, with a first line for none of it."""
    return offered([("", nothing), *pairs])


class _Routing:
    """Fields that new and old rules share."""

    name = StringField(
        _l("Name of the rule"),
        validators=[DataRequired(_l("Please give the rule a name.")), short_enough(120)],
    )
    category = SelectField(_l("Category"), validators=[Optional()])
    village = SelectField(_l("Village"), validators=[Optional()])
    urgency = SelectField(
        _l("Urgency"),
        choices=choices([(one.value, PRIORITIES[one]) for one in Priority], _l("Any")),
        validators=[Optional()],
    )
    target = RadioField(
        _l("To whom first"),
        choices=offered_words(TARGETS),
        default=Target.WORKER.value,
    )
    worker = SelectField(_l("Which worker"), validators=[Optional()])
    skill = SelectField(_l("Which skill"), validators=[Optional()])
    role = SelectField(_l("Which role"), choices=choices(WORKING, "–"), validators=[Optional()])
    reason = StringField(
        _l("Why, for whoever dispatches"),
        validators=[DataRequired(_l("Please say why.")), short_enough(300)],
    )
    starts = ThaiDateField(_l("In force from"), needed=_l("Please enter the day."))
    until = ThaiDateField(_l("Last day"))
    active = BooleanField(_l("In use"), default=True)

    def validate_target(self, field: RadioField) -> None:
        """What it is proposed to must be named."""
        named = {Target.WORKER: self.worker, Target.SKILL: self.skill, Target.ROLE: self.role}
        if field.data in TARGETS and not named[Target(field.data)].data:
            raise ValidationError(_("Please choose which, in the list beneath."))

    def facts(self) -> RoutingFacts:
        """What was entered."""
        target = Target(self.target.data)
        return RoutingFacts(
            name=self.name.data or "",
            target=target,
            reason=self.reason.data or "",
            effective_from=self.starts.data or clock.today(),
            effective_to=self.until.data,
            category_id=int(self.category.data) if self.category.data else None,
            village_no=int(self.village.data) if self.village.data else None,
            priority=Priority(self.urgency.data) if self.urgency.data else None,
            worker_id=int(self.worker.data) if self.worker.data else None,
            skill=self.skill.data or None,
            role=Role(self.role.data) if self.role.data else None,
            active=bool(self.active.data),
        )


class NewRoutingForm(_Routing, CreateForm):
    """A new rule."""


class RoutingForm(_Routing, EditForm):
    """A rule that is there."""
