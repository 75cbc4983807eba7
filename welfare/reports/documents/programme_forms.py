"""Forms of the programmes: which there are, on what regulation, and how one is drawn.

What stands in them is data (``data/programme_forms.toml``), each with the day from which it holds
and where it was found; of several editions the one in force on the day is used.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from welfare.core import clock, pdf
from welfare.core.errors import NotFound
from welfare.core.pdf.layouts.choices import Choice
from welfare.core.pdf.layouts.forms import TEMPLATE, FormLine, FormOnPaper, Piece
from welfare.core.security.permissions import Permission, Viewer
from welfare.papers.queries.office import the_office
from welfare.reports.queries.form_values import FormSubject

DATA = Path(__file__).resolve().parents[1] / "data" / "programme_forms.toml"
_PLACE = re.compile(r"\{(?P<key>[a-z_]+):(?P<dots>[0-9]+)\}")


@dataclass(frozen=True, slots=True)
class ProgrammeForm:
    """A form as it holds from a day on. ``sensitive``: that somebody asks for it is itself not for
    everybody; ``for_deceased``: it is about somebody who has died."""

    code: str
    title: str
    name_en: str
    since: date
    legal_basis: str
    source: str
    sensitive: bool
    for_deceased: bool
    lines: tuple[Mapping[str, Any], ...]

    def name(self, lang: str) -> str:
        """What it is called."""
        return self.name_en if lang == "en" else self.title


@lru_cache(maxsize=1)
def _all() -> tuple[ProgrammeForm, ...]:
    data = tomllib.loads(DATA.read_text(encoding="utf-8"))
    parts: Mapping[str, Sequence[Mapping[str, Any]]] = data["parts"]
    return tuple(_form(one, parts) for one in data["form"])


def _form(
    one: Mapping[str, Any], parts: Mapping[str, Sequence[Mapping[str, Any]]]
) -> ProgrammeForm:
    given = [*({"part": name} for name in one["use"]), *one["lines"]]
    lines: list[Mapping[str, Any]] = []
    for line in given:
        lines.extend(parts[line["part"]] if "part" in line else [line])
    return ProgrammeForm(
        code=one["code"],
        title=one["title"],
        name_en=one["name_en"],
        since=one["from"],
        legal_basis=one["legal_basis"],
        source=one["source"],
        sensitive=one.get("sensitive", False),
        for_deceased=one.get("about") == "deceased",
        lines=tuple(lines),
    )


def forms_for(viewer: Viewer, on: date | None = None) -> list[ProgrammeForm]:
    """Those in force on a day (today) that the viewer may print, one a code."""
    day = on or clock.today()
    found: dict[str, ProgrammeForm] = {}
    for one in _all():
        if one.since <= day and (one.code not in found or found[one.code].since < one.since):
            found[one.code] = one
    return [one for one in found.values() if may_print(viewer, one)]


def may_print(viewer: Viewer, form: ProgrammeForm) -> bool:
    """Whether the viewer may have this form."""
    return not form.sensitive or viewer.can(Permission.VIEW_RESTRICTED)


def form_of(code: str, viewer: Viewer) -> ProgrammeForm:
    """The one of this code in force today; ``NotFound`` where there is none for the viewer."""
    for one in forms_for(viewer):
        if one.code == code:
            return one
    raise NotFound


def form_pdf(form: ProgrammeForm, subject: FormSubject | None) -> bytes:
    """The form as PDF, begun with what is known of somebody; without them the blank form."""
    return pdf.render(TEMPLATE, form_on_paper(form, subject))


def form_on_paper(form: ProgrammeForm, subject: FormSubject | None) -> FormOnPaper:
    """The form as plain values."""
    who = subject or FormSubject()
    return FormOnPaper(
        office=the_office(),
        title=form.title,
        legal_basis=form.legal_basis,
        lines=tuple(_line(one, who) for one in form.lines),
        reference=who.case_number,
    )


def _line(one: Mapping[str, Any], who: FormSubject) -> FormLine:
    if "text" in one:
        pieces = tuple(_pieces(one["text"], who.values))
        return FormLine("text", pieces=pieces, right=one.get("right", False))
    if "choose" in one:
        chosen = who.ticked.get(one.get("ticked", ""), "")
        boxes = tuple(Choice(label, bool(chosen) and label == chosen) for label in one["of"])
        return FormLine("choose", words=one["choose"], choices=boxes)
    if "write" in one:
        return FormLine("write", lines=one["write"])
    if "head" in one:
        return FormLine("head", words=one["head"])
    if "declare" in one:
        return FormLine("declare", words=one["declare"])
    return FormLine("sign", parts=tuple(one["sign"]))


def _pieces(text: str, values: Mapping[str, str]) -> Iterable[Piece]:
    end = 0
    for found in _PLACE.finditer(text):
        yield Piece(words=text[end : found.start()])
        yield Piece(value=values.get(found["key"], ""), dots=int(found["dots"]))
        end = found.end()
    yield Piece(words=text[end:])
