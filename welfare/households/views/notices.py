"""The part of a household's page that says what may stand twice."""

from __future__ import annotations

from welfare.core.security.permissions import Viewer
from welfare.households.queries.notices import PairNotice, pairs_of_house


def duplicates_part(
    *, household_id: int | None, person_id: int | None, viewer: Viewer
) -> tuple[PairNotice, ...]:
    """Pairs to be looked at, for the top of the page."""
    return pairs_of_house(household_id, viewer=viewer) if household_id and not person_id else ()
