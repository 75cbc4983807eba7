"""Papers are made of plain values: words, numbers, days, and dataclasses or lists of them.

A template that is handed a record of the database could ask for what its reader may not see, write
by a lazy load, or print what nobody looked at; one handed ready-made HTML would print it unescaped.
So anything else is refused before the template runs, naming the place and never the value.
"""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, time
from decimal import Decimal

from markupsafe import Markup

_PLAIN = (str, int, float, Decimal, date, time, bytes, type(None))
_DEEPEST = 12


class NotPlain(TypeError):
    """A paper was handed something else than plain values; says where, never what."""


def plain_names(values: Mapping[str, object] | object) -> dict[str, object]:
    """The top-level names a template sees, from a mapping or a dataclass; `NotPlain` otherwise."""
    if isinstance(values, Mapping):
        names = dict(values)
    elif is_dataclass(values) and not isinstance(values, type):
        names = {field.name: getattr(values, field.name) for field in fields(values)}
    else:
        raise NotPlain("a paper needs a mapping or a dataclass")
    for name, value in names.items():
        _check(value, str(name), 0)
    return names


def _check(value: object, place: str, depth: int) -> None:
    if isinstance(value, Markup) or depth > _DEEPEST:
        raise NotPlain(f"{place} is not a plain value")
    if isinstance(value, _PLAIN):
        return
    if isinstance(value, Mapping):
        inside = [(f"{place}.{name}", part) for name, part in value.items()]
    elif isinstance(value, list | tuple | set | frozenset):
        inside = [(f"{place}[]", part) for part in value]
    elif is_dataclass(value) and not isinstance(value, type) and not _of_database(value):
        inside = [(f"{place}.{each.name}", getattr(value, each.name)) for each in fields(value)]
    else:
        raise NotPlain(f"{place} is not a plain value but a {type(value).__name__}")
    for where, part in inside:
        _check(part, where, depth + 1)


def _of_database(value: object) -> bool:
    return hasattr(value, "_sa_instance_state") or hasattr(type(value), "__mapper__")
