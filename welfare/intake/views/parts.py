"""Loaders of intake's parts on other domains' pages, with the words that they need."""

from __future__ import annotations

from typing import Any

from welfare.cases.queries.categories import category_words
from welfare.core.errors import NotFound
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Viewer
from welfare.core.web.templating import language
from welfare.households.parts import Happened, Told
from welfare.intake.forms.words import RELATIONSHIP
from welfare.intake.labels import CHANNEL, KIND, STATUS
from welfare.intake.queries.complaint_file import complaint_file
from welfare.intake.queries.parts import complaints_of_case, complaints_of_home
from welfare.intake.workflow import Channel

EXCERPT = 200
"""Characters of a request that a timeline shows."""


def case_part(case_id: int, viewer: Viewer) -> dict[str, Any]:
    """The complaints joined to a case."""
    return {"rows": complaints_of_case(case_id, viewer=viewer), **_words()}


def home_part(
    *, household_id: int | None, person_id: int | None, viewer: Viewer
) -> dict[str, Any] | None:
    """The complaints about a house or a person; ``None`` when there is nothing to show."""
    rows = complaints_of_home(household_id=household_id, person_id=person_id, viewer=viewer)
    return {"rows": rows, **_words()} if rows else None


def _words() -> dict[str, Any]:
    english = language() == "en"
    return {
        "names": {key: en if english else th for key, (th, en) in category_words().items()},
        "status": STATUS,
        "kind": KIND,
        "channel": CHANNEL,
        "relationship": RELATIONSHIP,
    }


def request_words(found: Happened) -> Told:
    """A request on a timeline: how it came in, and how it begins."""
    channel = str(CHANNEL[Channel(found.what)])
    return Told(
        _("Request %(reference)s came in", reference=found.ref),
        f"{channel} · {' '.join(found.text.split())[:EXCERPT]}",
        f"/desk/complaints/{found.ref}",
        "inbox",
    )


def address_of_request(reference: str, viewer: Viewer) -> str | None:
    """Where a request is shown, when the viewer may see it."""
    try:
        return f"/desk/complaints/{complaint_file(reference, viewer=viewer).reference}"
    except NotFound:
        return None
