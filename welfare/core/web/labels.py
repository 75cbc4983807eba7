"""The words beside form fields by field name, for pages that show a form they do not know."""

from __future__ import annotations

from typing import Any

_labels: dict[str, Any] = {}


def note_label(name: str, label: Any) -> None:
    """Remember the (lazy) label of a field; forms do it when their class is made."""
    _labels.setdefault(name, label)


def label_of(name: str) -> str:
    """The label of a field in the language of the request, or its name."""
    return str(_labels.get(name, name))
