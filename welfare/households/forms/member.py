"""Who lives where: coming, changing, leaving, dying."""

from __future__ import annotations

from typing import Any

from wtforms import BooleanField, HiddenField, RadioField, StringField
from wtforms.validators import StopValidation

from welfare.core.i18n import gettext as _
from welfare.core.i18n import lazy_gettext as _l
from welfare.core.web.datefield import ThaiDateField
from welfare.core.web.forms import CreateForm, EditForm, Form, short_enough
from welfare.households import labels
from welfare.households.forms import checks
from welfare.households.forms.operations.base import WithReason
from welfare.households.forms.operations.heirs import HeirForm
from welfare.households.forms.operations.reasons import DEATH
from welfare.households.kinds import EndReason


class MembershipFields(Form):
    """How somebody belongs to a household."""

    relation = checks.ChoiceField(_l("Relation to the head of the household"))
    from_day = ThaiDateField(_l("Since"))
    de_facto = BooleanField(_l("Lives in this house"), default=True)
    on_register = BooleanField(_l("Stands in its house register"), default=True)

    def offer(self) -> None:
        """Fill the list; call it before validation."""
        self.relation.choices = labels.choices(labels.RELATION, first=_("Please choose"))
        self.relation.data = self.relation.data or ""

    def validate_relation(self, field: Any) -> None:
        """One of the list, not its empty first line."""
        if not field.data:
            raise StopValidation(_("Please choose the relation."))


class MemberForm(MembershipFields, CreateForm):
    """A new member, found by search."""

    person = HiddenField()
    move = BooleanField(_l("They have moved: end where they lived until now"))


class MembershipForm(MembershipFields, EditForm):
    """A membership that is there."""


class EndMembershipForm(HeirForm, EditForm):
    """Somebody left."""

    reason = RadioField(_l("Why"), validate_choice=False)
    to_day = ThaiDateField(_l("On which day"), needed=_l("Please enter the day."))
    note = StringField(_l("More about it"), validators=[short_enough(90)])

    def offer(self) -> None:
        """Fill the list; call it before validation."""
        self.reason.choices = labels.choices(labels.END_REASON)

    def validate_reason(self, field: Any) -> None:
        """One of the list."""
        if field.data not in labels.END_REASON:
            raise StopValidation(_("Please choose why."))

    def validate_note(self, field: Any) -> None:
        """Moving out says enough; the others do not."""
        says_little = set(labels.END_REASON) - {EndReason.MOVED_OUT}
        if self["reason"].data in says_little and not field.data:
            raise StopValidation(_("Please say why."))


class DeathForm(WithReason, HeirForm, EditForm):
    """Somebody died."""

    REASONS = DEATH
    USUAL_FIRST = True

    deceased_on = ThaiDateField(_l("Day of death"), needed=_l("Please enter the day of death."))
