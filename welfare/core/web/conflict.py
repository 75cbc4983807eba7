"""What two people entered into one form, line by line, in the words of that form."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from flask import g
from wtforms import BooleanField, Field, Form, RadioField, SelectField, SelectMultipleField

from welfare.core.i18n import gettext as _
from welfare.core.thai.dateinput import from_parts
from welfare.core.thai.dates import format_long
from welfare.core.thai.faults import InputFault
from welfare.core.web.datefield import ThaiDateField
from welfare.core.web.held import TypedField
from welfare.core.web.labels import label_of
from welfare.core.web.templating import language

_SENT = "sent_form"
LONG = 40
"""From this many characters on, a text may also be kept beside the other one."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the versions of a field: what the form sends, what people read, whose it is."""

    value: str
    text: str
    checked: bool
    whose: str


@dataclass(frozen=True, slots=True)
class Clash:
    """A field that two people filled in differently; ``several`` choices may be ticked or one."""

    name: str
    label: str
    choices: tuple[Choice, ...]
    several: bool = False


@dataclass(frozen=True, slots=True)
class Conflict:
    """The fields to choose for, and ``(name, value)`` of all that goes along unseen."""

    clashes: tuple[Clash, ...]
    along: tuple[tuple[str, str], ...]


def note_sent(form: Form) -> None:
    """Remember the form that this request has sent: it knows its labels and choices."""
    setattr(g, _SENT, form)


def conflict_of(typed: Iterable[TypedField], current: Mapping[str, str]) -> Conflict:
    """Compare what was typed with what stands there now.

    Both by field name; a date has three names. Fields of ``current`` that the form does not
    have are left out.
    """
    sent: dict[str, list[str]] = {}
    for one in typed:
        if not one.technical:
            sent.setdefault(one.name, []).append(one.value)
    form = g.get(_SENT)
    fields = {field.name: field for field in form} if form is not None else {}
    clashes: list[Clash] = []
    for name in [*fields, *(name for name in sent if _whole(name) not in fields)]:
        clash = _clash(name, fields.get(name), sent, current)
        if clash is not None:
            clashes.append(clash)
    chosen = {clash.name for clash in clashes}
    along = [
        (name, value)
        for name, values in sent.items()
        for value in values
        if not chosen & {name, _whole(name)}
    ]
    return Conflict(tuple(clashes), tuple(along))


def _whole(name: str) -> str:
    """The name of the date that a part such as ``given_on-day`` belongs to."""
    start, dash, part = name.rpartition("-")
    return start if dash and part in ThaiDateField.PARTS else name


def _clash(
    name: str, field: Field | None, sent: Mapping[str, list[str]], current: Mapping[str, str]
) -> Clash | None:
    if isinstance(field, ThaiDateField):
        return _dates(name, field, sent, current)
    if name not in current:
        return None
    yours, theirs = sent.get(name, []), current[name]
    if isinstance(field, SelectMultipleField):
        return _ticks(name, field, yours, theirs)
    if isinstance(field, BooleanField):
        return _one(name, field, "y" if yours else "", "y" if theirs else "")
    if not yours:
        return None
    return _one(name, field, _plain(yours[0]), _plain(theirs))


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n").strip()


def _label(name: str, field: Field | None) -> str:
    return str(field.label.text) if field is not None else label_of(name)


def _one(name: str, field: Field | None, yours: str, theirs: str) -> Clash | None:
    if yours == theirs:
        return None
    closed = isinstance(field, SelectField | RadioField | BooleanField)
    mine = yours != "" or closed
    choices = [
        Choice(yours, _words(field, yours), mine, _("Yours")),
        Choice(theirs, _words(field, theirs), not mine, _("Saved before yours")),
    ]
    if not closed and yours and theirs and max(len(yours), len(theirs)) > LONG:
        both = f"{theirs}\n\n{yours}"
        choices.append(Choice(both, both, False, _("Both, one after the other")))
    return Clash(name, _label(name, field), tuple(choices))


def _words(field: Field | None, value: str) -> str:
    """What a value is called in its form."""
    if isinstance(field, BooleanField):
        return _("Yes") if value else _("No")
    return _offered(field).get(value, value)


def _offered(field: Any) -> dict[str, str]:
    """Values and words of a select, of radios or checkboxes."""
    if not isinstance(field, SelectField | SelectMultipleField):
        return {}
    return {str(choice[0]): str(choice[1]) for choice in field.iter_choices()}


def _ticks(name: str, field: Field, yours: list[str], theirs_text: str) -> Clash | None:
    """Checkboxes: everything that either has ticked, with who has; yours are ticked again."""
    theirs = [part.strip() for part in theirs_text.split(",") if part.strip()]
    if set(yours) == set(theirs):
        return None
    words = _offered(field)
    either = [value for value in words if value in yours or value in theirs]
    choices = []
    for value in either:
        whose = _("Yours") if value in yours else _("Saved before yours")
        if value in yours and value in theirs:
            whose = _("In both")
        choices.append(Choice(value, words[value], value in yours, whose))
    return Clash(name, _label(name, field), tuple(choices), several=True)


def _dates(
    name: str, field: ThaiDateField, sent: Mapping[str, list[str]], current: Mapping[str, str]
) -> Clash | None:
    names = [f"{name}-{part}" for part in ThaiDateField.PARTS]
    if not any(part in current for part in names):
        return None
    yours = [(sent.get(part) or [""])[0].strip() for part in names]
    theirs = [current.get(part, "") for part in names]
    if yours == theirs or _day(yours) == _day(theirs):
        return None
    mine = any(yours)
    choices = (
        Choice("/".join(yours), _day(yours), mine, _("Yours")),
        Choice("/".join(theirs), _day(theirs), not mine, _("Saved before yours")),
    )
    return Clash(name, _label(name, field), choices)


def _day(parts: list[str]) -> str:
    """A date in words, as far as it can be read."""
    if not any(parts):
        return ""
    try:
        parsed = from_parts(parts[0], parts[1], parts[2])
    except InputFault:
        return "/".join(parts)
    if parsed.precision != "day":
        return "/".join(part for part in parts if part)
    return format_long(parsed.date, lang=language())
