"""The words beside form fields by field name, for pages that show a form they do not know.

Several forms may call a field alike (``description``): the form of the domain that is asked for
speaks first, then whichever form was made first.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Noted:
    """What one form says of a field: the (lazy) label, and whether people write into it."""

    domain: str
    label: Any
    written: bool


_noted: dict[str, list[Noted]] = {}


def note_label(name: str, label: Any, *, module: str, written: bool) -> None:
    """Remember a field of a form; forms do it when their class is made."""
    _noted.setdefault(name, []).append(Noted(_domain(module), label, written))


def _domain(module: str) -> str:
    return ".".join(module.split(".")[:2])


def noted(name: str, *, module: str = "") -> Noted | None:
    """What is known of a field, preferring the forms of the domain that ``module`` lies in.

    One of a row of fields (``note-C70-000001-5``) is known by what they are called together.
    """
    found = _noted.get(name) or _noted.get(_together(name), [])
    own = [one for one in found if one.domain == _domain(module)]
    return next(iter([*own, *found]), None)


def label_of(name: str, *, module: str = "") -> str:
    """The label of a field in the language of the request, or its name."""
    found = noted(name, module=module)
    if found is None:
        return name
    row = "" if name in _noted else f" {name.partition('-')[2]}"
    return f"{found.label}{row}"


def _together(name: str) -> str:
    return name.partition("-")[0]
