"""The part that cases add to the registry's pages, with the words it needs."""

from __future__ import annotations

from typing import Any

from welfare.cases.errors import MergedAway
from welfare.cases.labels import EVENTS, ICONS, KINDS_OF_HELP, OUTCOMES, STATUSES
from welfare.cases.queries import category_words, load_case
from welfare.cases.queries.homes import work_for_home
from welfare.cases.workflow import AssistanceKind, EventKind, Outcome
from welfare.core.errors import NotFound
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Viewer
from welfare.core.thai.money import format_baht
from welfare.core.web.templating import language
from welfare.households.parts import Happened, Told


def home_part(
    *, household_id: int | None, person_id: int | None, viewer: Viewer
) -> dict[str, Any] | None:
    """The cases of a house or a person; ``None`` when there is nothing to show."""
    work = work_for_home(household_id=household_id, person_id=person_id, viewer=viewer)
    if not work.cases:
        return None
    english = language() == "en"
    return {
        "work": work,
        "most": max((year.baht for year in work.years), default=0),
        "names": {key: en if english else th for key, (th, en) in category_words().items()},
        "status": STATUSES,
        "outcome": OUTCOMES,
        "kinds": KINDS_OF_HELP,
    }


def case_words(found: Happened) -> Told:
    """A step of a case in words."""
    title = f"{EVENTS[EventKind(found.what)]} {found.ref}"
    outcome = str(OUTCOMES[Outcome(found.more)]) if found.more else ""
    body = " · ".join(part for part in (found.text, outcome) if part)
    return Told(title, body, f"/desk/cases/{found.ref}", ICONS[EventKind(found.what)])


def help_words(found: Happened) -> Told:
    """Help that was given, in words."""
    what = found.text or str(KINDS_OF_HELP[AssistanceKind(found.what)])
    baht = _("%(baht)s baht", baht=format_baht(found.amount)) if found.amount is not None else ""
    body = " · ".join(part for part in (baht, found.more) if part)
    return Told(_("Help: %(what)s", what=what), body, f"/desk/cases/{found.ref}", "gift")


def address_of_case(number: str, viewer: Viewer) -> str | None:
    """Where a case is shown, when the viewer may see it."""
    try:
        return f"/desk/cases/{load_case(number, viewer=viewer).number}"
    except NotFound:
        return None
    except MergedAway as merged:
        return f"/desk/cases/{merged.survivor}" if merged.survivor else None
