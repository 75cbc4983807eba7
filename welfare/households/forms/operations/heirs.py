"""Who becomes head where somebody leaves or dies: the one question that several forms ask."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from welfare.core.i18n import gettext as _
from welfare.core.i18n import lazy_gettext as _l
from welfare.core.web.forms import Form
from welfare.households import labels
from welfare.households.forms import checks
from welfare.households.kinds import NOBODY
from welfare.households.queries import Member

Choice = tuple[str, Any]


class HeirForm(Form):
    """``new_head`` is asked only where there is anybody to choose."""

    new_head = checks.ChoiceField(_l("Who becomes head where somebody leaves"))

    def offer_heirs(self, choices: list[Choice]) -> None:
        """Fill the list; call it before validation."""
        self["new_head"].choices = choices
        self["new_head"].data = self["new_head"].data or ""
        if not choices:
            del self["new_head"]

    @property
    def heir(self) -> str:
        """Who becomes head: a number, ``NOBODY``, or nothing said."""
        return (self["new_head"].data or "") if "new_head" in self else ""


def people_choices(members: Sequence[Member]) -> list[Choice]:
    """Members as choices: the name, and what they are to the head."""
    return [
        (member.number, f"{member.name} ({labels.word(labels.RELATION, member.relation)})")
        for member in members
        if member.number
    ]


def living(members: Sequence[Member]) -> list[Member]:
    """Those who live there."""
    return [member for member in members if member.de_facto]


def heir_choices(members: Sequence[Member], without: Sequence[str] = ()) -> list[Choice]:
    """Who can become head, first of all nobody new; nothing where there is nobody to choose."""
    found = people_choices([one for one in living(members) if one.number not in without])
    if not found:
        return []
    return [("", _("Stays as it is")), *found, (NOBODY, _("Nobody is head for now"))]


def heirs_of(choice: str, households: Mapping[str, Sequence[Member]]) -> dict[str, str]:
    """The answer to "who becomes head" for the household it is about; nobody: for all of them."""
    if choice == NOBODY:
        return dict.fromkeys(households, NOBODY)
    return {
        number: choice
        for number, members in households.items()
        if choice and any(member.number == choice for member in members)
    }
