"""What domains above add to the registry's pages, filled in ``blueprints.py``.

The registry knows neither cases nor benefits. Each offers a part: a loader that asks its own
queries what this viewer may see, and a template that is included with ``part`` as its variable.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any, Protocol

from welfare.core.security.permissions import Viewer


class Loader(Protocol):
    """Plain values for a part; ``None`` or nothing for nothing to show. Either id is given."""

    def __call__(self, *, household_id: int | None, person_id: int | None, viewer: Viewer) -> Any:
        """What the part's template shows."""


@dataclass(frozen=True, slots=True)
class Part:
    """One slot of a page, loaded."""

    name: str
    template: str
    values: Any


class NewWords(Protocol):
    """What follows when a person or a house is found by other words from now on."""

    def __call__(
        self,
        *,
        person_id: int | None = None,
        household_id: int | None = None,
        before: str,
        after: str,
    ) -> None:
        """Runs in the transaction of the edit; ``before`` and ``after`` are search keys."""


LooksAfter = Callable[[Viewer, Collection[int]], set[int]]

_parts: dict[str, tuple[Loader, str]] = {}
_looks_after: list[LooksAfter] = []
_new_words: list[NewWords] = []


def register_part(name: str, loader: Loader, template: str) -> None:
    """Add a part to the pages of a household and a person, in the order of registering.

    Registering a name again replaces it, so that an application may be made twice.
    """
    _parts[name] = (loader, template)


def forget_part(name: str) -> None:
    """Take a part away again (tests)."""
    _parts.pop(name, None)


def load_parts(
    *, viewer: Viewer, household_id: int | None = None, person_id: int | None = None
) -> list[Part]:
    """Every part that has something to show."""
    loaded = [
        Part(name, template, loader(household_id=household_id, person_id=person_id, viewer=viewer))
        for name, (loader, template) in _parts.items()
    ]
    return [part for part in loaded if part.values]


def register_new_words(follower: NewWords) -> None:
    """Follow the renaming of people and the changed addresses of houses."""
    if follower not in _new_words:
        _new_words.append(follower)


def tell_new_words(
    before: str, after: str, *, person_id: int | None = None, household_id: int | None = None
) -> None:
    """Let them follow, where the words have changed; the edit is flushed."""
    if before != after:
        for follower in _new_words:
            follower(person_id=person_id, household_id=household_id, before=before, after=after)


def register_looks_after(asked: LooksAfter) -> None:
    """Say how to learn for which of some people the viewer is working (assignee of a case)."""
    if asked not in _looks_after:
        _looks_after.append(asked)


def forget_looks_after(asked: LooksAfter) -> None:
    """Take it away again (tests)."""
    if asked in _looks_after:
        _looks_after.remove(asked)


def looked_after(viewer: Viewer, person_ids: Collection[int]) -> set[int]:
    """Those of these people for whom the viewer is working now."""
    if not person_ids:
        return set()
    return set().union(*(asked(viewer, person_ids) for asked in _looks_after))
