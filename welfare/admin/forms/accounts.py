"""Forms of staff accounts."""

from __future__ import annotations

from typing import Any

from wtforms import BooleanField, EmailField, StringField
from wtforms.validators import DataRequired, InputRequired, Optional, Regexp

from welfare.accounts.facts import AccountFacts
from welfare.accounts.labels import ROLE_NAMES
from welfare.admin.forms.fields import SeveralField
from welfare.core.i18n import gettext as _
from welfare.core.i18n import lazy_gettext as _l
from welfare.core.security.permissions import Role
from welfare.core.web.addresses import email_address
from welfare.core.web.choices import SelectChoice
from welfare.core.web.forms import CreateForm, EditForm, short_enough

ROLE_HINTS = {
    Role.VOLUNTEER.value: _l("Files for neighbours and follows what they filed."),
    Role.OFFICER.value: _l("Reads requests, opens cases, gives them to workers."),
    Role.CASEWORKER.value: _l("Visits and helps; sees the cases given to them."),
    Role.MANAGER.value: _l("Sees all cases and figures, decides on help."),
    Role.ADMIN.value: _l("Accounts, lists and audit; no cases."),
    Role.AUDITOR.value: _l("The audit only."),
}


def role_hints() -> dict[str, str]:
    """A line beneath each role, in the language of the request."""
    return {role: str(hint) for role, hint in ROLE_HINTS.items()}


class _Facts:
    """Fields that new and old accounts share."""

    display_name = StringField(
        _l("Full name"), validators=[DataRequired(_l("Please enter the name.")), short_enough(120)]
    )
    position = StringField(_l("Position"), validators=[Optional(), short_enough(120)])
    email = EmailField(
        _l("E-mail"), filters=[lambda text: (text or "").strip()],
        validators=[short_enough(200), email_address],
    )  # fmt: skip
    roles = SeveralField(
        _l("Roles"),
        choices=[SelectChoice(role.value, ROLE_NAMES[role]) for role in Role],
        validators=[InputRequired(_l("Please choose at least one role."))],
    )
    villages = SeveralField(_l("Only these villages"), validators=[Optional()])

    def offer_villages(self, numbers: list[int]) -> None:
        """Which villages there are to choose from."""
        self.villages.choices = [
            SelectChoice(str(no), _("Village %(no)s", no=no)) for no in numbers
        ]

    def facts(self, *, active: bool) -> AccountFacts:
        """What was entered."""
        form: Any = self
        return AccountFacts(
            display_name=form.display_name.data or "",
            position=form.position.data or "",
            email=form.email.data or "",
            roles=frozenset(Role(value) for value in form.roles.data or ()),
            villages=frozenset(int(value) for value in form.villages.data or ()),
            active=active,
        )


class NewAccountForm(_Facts, CreateForm):
    """A new account."""

    username = StringField(
        _l("User name"),
        filters=[lambda text: text.casefold() if text else text],
        validators=[
            DataRequired(_l("Please enter a user name.")),
            Regexp(
                r"[a-z][a-z0-9._-]{2,39}\Z",
                message=_l("Please use 3 to 40 small Latin letters, digits, dots or dashes."),
            ),
        ],
    )


class AccountForm(_Facts, EditForm):
    """An account that is there."""

    active = BooleanField(_l("May sign in"))


class NewPasswordForm(CreateForm):
    """A new password for somebody: one button."""


class RightForm(CreateForm):
    """A right by name, and why."""

    reason = StringField(
        _l("Why this person"),
        validators=[DataRequired(_l("Please write the reason.")), short_enough(300)],
    )
