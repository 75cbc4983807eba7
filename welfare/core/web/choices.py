"""What selects, radios and checkboxes offer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

# The stubs of WTForms end before SelectChoice; tuples in its place are on their way out.
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]

__all__ = ["SelectChoice", "offered", "offered_words"]


def offered(pairs: Iterable[tuple[str, Any]]) -> list[SelectChoice]:
    """Values and their labels, in this order."""
    return [SelectChoice(value, label) for value, label in pairs]


def offered_words(words: Mapping[Any, Any]) -> list[SelectChoice]:
    """A closed list by its words."""
    return offered((kind.value, label) for kind, label in words.items())
