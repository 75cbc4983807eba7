"""Where to go for a case that no household is linked to: as the requests joined to it say.

Requests belong to a domain above; it registers how to ask it, see ``blueprints.py``.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ToldPlace:
    """Whom and which house somebody spoke of; not checked by the office."""

    subject: str = ""
    house_no: str = ""
    village_no: int | None = None
    landmark: str = ""
    lat: float | None = None
    lng: float | None = None


NOWHERE = ToldPlace()
Ask = Callable[[Collection[int]], dict[int, ToldPlace]]
_asked: list[Ask] = []


def register_told_places(ask: Ask) -> None:
    """Say how to learn the places of cases by their ids; once, at the start."""
    _asked[:] = [ask]


def told_places(case_ids: Iterable[int]) -> dict[int, ToldPlace]:
    """The places of those cases that have one, in one statement.

    Rights are the caller's: ask only for cases that the viewer may see and may see named.
    """
    wanted = sorted(set(case_ids))
    return _asked[0](wanted) if wanted and _asked else {}
