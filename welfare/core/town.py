"""Changing what the municipality says of itself."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, fields

from sqlalchemy import select

from welfare.core import audit
from welfare.core.db import db
from welfare.core.errors import Forbidden, NotFound, Refused, StaleRecord
from welfare.core.i18n import gettext as _
from welfare.core.municipality import Municipality
from welfare.core.security.permissions import Permission, Viewer

MOST_HOTLINES = 12


@dataclass(frozen=True, slots=True)
class Hotline:
    """A number to call, and whose it is."""

    number: str
    label_th: str
    label_en: str


@dataclass(frozen=True, slots=True)
class TownFacts:
    """Name, division, address, numbers. ``hotlines``: one a line, ``number | Thai | English``."""

    name_th: str
    name_en: str
    division_th: str
    division_en: str
    address_th: str
    address_en: str
    phone: str
    email: str
    letter_prefix: str
    hotlines: str


def read_hotlines(text: str) -> list[Hotline]:
    """Hotlines from their lines; ``Refused`` names the line that cannot be read."""
    found = []
    for line in filter(None, (line.strip() for line in text.splitlines())):
        parts = [part.strip() for part in line.split("|")]
        number = re.sub(r"[\s-]", "", parts[0])
        if len(parts) not in (2, 3) or not (number.isascii() and number.isdigit()):
            raise Refused(_("This line cannot be read: %(line)s", line=line[:60]), field="hotlines")
        found.append(Hotline(parts[0][:20], parts[1][:80], (parts[2:] or parts[1:])[0][:80]))
    if not found or len(found) > MOST_HOTLINES:
        raise Refused(
            _("Please enter between 1 and %(n)s numbers.", n=MOST_HOTLINES), field="hotlines"
        )
    return found


def hotline_lines(lines: Sequence[dict[str, str]]) -> str:
    """Hotlines as lines to edit."""
    return "\n".join(
        " | ".join([line["number"], line.get("label_th", ""), line.get("label_en", "")])
        for line in lines
    )


def town_facts(*, viewer: Viewer) -> tuple[int, TownFacts]:
    """Version and facts of the municipality, for editing; ``NotFound`` in an empty database."""
    town = _load(viewer)
    return town.version, _facts(town)


def edit_town(*, actor: Viewer, version: int, facts: TownFacts) -> None:
    """Change the facts. Other processes show them within a minute."""
    town = _load(actor, for_update=True)
    if town.version != version:
        now = _facts(town)
        current = {field.name: str(getattr(now, field.name)) for field in fields(now)}
        raise StaleRecord(version=town.version, current=current)
    hotlines = read_hotlines(facts.hotlines)
    for field in fields(facts):
        if field.name != "hotlines":
            setattr(town, field.name, getattr(facts, field.name))
    written = [
        {"number": line.number, "label_th": line.label_th, "label_en": line.label_en}
        for line in hotlines
    ]
    if written != town.hotlines:
        town.hotlines = written
    audit.record(actor, "municipality.edited", "municipality", str(town.id), audit.changes_of(town))
    db.session.flush()


def _load(viewer: Viewer, *, for_update: bool = False) -> Municipality:
    if not viewer.can(Permission.MANAGE_LISTS):
        raise Forbidden
    statement = select(Municipality).order_by(Municipality.id).limit(1)
    if for_update:
        statement = statement.with_for_update().execution_options(populate_existing=True)
    town = db.session.scalar(statement)
    if town is None:
        raise NotFound
    return town


def _facts(town: Municipality) -> TownFacts:
    return TownFacts(
        **{
            field.name: getattr(town, field.name)
            for field in fields(TownFacts)
            if field.name != "hotlines"
        },
        hotlines=hotline_lines(town.hotlines),
    )
