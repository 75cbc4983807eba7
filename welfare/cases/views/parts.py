"""The part that cases add to the registry's pages, with the words it needs."""

from __future__ import annotations

from typing import Any

from welfare.cases.labels import OUTCOMES, STATUSES
from welfare.cases.queries import category_words
from welfare.cases.queries.homes import cases_of_home
from welfare.core.security.permissions import Viewer
from welfare.core.web.templating import language


def home_part(
    *, household_id: int | None, person_id: int | None, viewer: Viewer
) -> dict[str, Any] | None:
    """The cases of a house or a person; ``None`` when there is nothing to show."""
    rows = cases_of_home(household_id=household_id, person_id=person_id, viewer=viewer)
    if not rows:
        return None
    english = language() == "en"
    return {
        "rows": rows,
        "names": {key: en if english else th for key, (th, en) in category_words().items()},
        "status": STATUSES,
        "outcome": OUTCOMES,
    }
