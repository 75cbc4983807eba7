"""One timeline of a household or a person: all strands in one statement, a page at a time."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import desc, select, union_all

from welfare.core.db import db
from welfare.core.i18n import lazy_gettext as _l
from welfare.core.security.permissions import Viewer
from welfare.households.parts import Happened, Strand, Told, strands
from welfare.households.queries.strands import OWN_STRANDS

PAGE = 20
HAPPENINGS: Mapping[str, Any] = {
    "members": _l("Members coming and going"),
    "facts": _l("What became known"),
    "cases": _l("Cases"),
    "requests": _l("Requests"),
    "visits": _l("Visits"),
    "help": _l("Help"),
    "benefits": _l("Benefits"),
    "surveys": _l("Surveys"),
    "needs": _l("Needs"),
    "edits": _l("Changes of the record"),
}
"""The kinds that a timeline is filtered by, in the order of the filter."""
_BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Cursor:
    """Lines from ``at`` backwards, but for the first ``skip`` of that very moment."""

    at: datetime
    skip: int

    def as_text(self) -> str:
        """As it stands in an address."""
        return f"{(self.at - _BEGINNING) // timedelta(microseconds=1)}.{self.skip}"


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that happened, in words."""

    kind: str
    at: datetime
    whole_day: bool
    who: str
    told: Told


@dataclass(frozen=True, slots=True)
class Timeline:
    """A page of it, newest first; ``older`` is the cursor of the next page, if there is one."""

    lines: tuple[Line, ...]
    older: str
    kinds: tuple[str, ...]
    """What it can be filtered by, in the order of ``HAPPENINGS``."""


def read_cursor(text: str) -> Cursor | None:
    """The cursor that an address names; ``None`` for none and for what means nothing."""
    match = re.fullmatch(r"([0-9]{1,17})\.([0-9]{1,4})", text.strip())
    if match is None:
        return None
    return Cursor(_BEGINNING + timedelta(microseconds=int(match[1])), int(match[2]))


def timeline(
    *,
    viewer: Viewer,
    household_id: int | None = None,
    person_id: int | None = None,
    kinds: Collection[str] = (),
    cursor: Cursor | None = None,
    limit: int = PAGE,
) -> Timeline:
    """What happened, as this viewer may know it, in one statement; either id is given.

    ``kinds``: of those alone.
    """
    known = OWN_STRANDS | strands()
    asked_all = {
        name: statement
        for name, one in known.items()
        if (
            statement := one.statement(
                household_id=household_id, person_id=person_id, viewer=viewer
            )
        )
        is not None
    }
    there = {known[name].kind for name in asked_all}
    offered = tuple(kind for kind in HAPPENINGS if kind in there)
    wanted = {name: known[name] for name in asked_all if not kinds or known[name].kind in kinds}
    statements = [asked_all[name] for name in wanted]
    if not statements:
        return Timeline((), "", offered)
    every = union_all(*statements).subquery()
    asked = select(every).order_by(desc(every.c.at), every.c.strand, desc(every.c.id))
    skip = cursor.skip if cursor else 0
    if cursor is not None:
        asked = asked.where(every.c.at <= cursor.at)
    rows = db.session.execute(asked.offset(skip).limit(limit + 1)).all()
    found = [Happened(*row) for row in rows[:limit]]
    told = _told(found, wanted, household_id, viewer)
    lines = [_line(one, wanted, words) for one, words in zip(found, told, strict=True)]
    older = _after(lines, cursor).as_text() if len(rows) > limit else ""
    return Timeline(tuple(lines), older, offered)


def _told(
    rows: Sequence[Happened], known: Mapping[str, Strand], household_id: int | None, viewer: Viewer
) -> list[Told]:
    told: dict[int, Told] = {}
    for name, strand in known.items():
        if strand.tell is not None:
            own = [place for place, row in enumerate(rows) if row.strand == name]
            if own:
                words = strand.tell(
                    [rows[place] for place in own], household_id=household_id, viewer=viewer
                )
                told |= dict(zip(own, words, strict=True))
    return [told.get(place) or known[row.strand].words(row) for place, row in enumerate(rows)]


def _line(found: Happened, known: Mapping[str, Strand], told: Told) -> Line:
    return Line(known[found.strand].kind, found.at, bool(found.whole_day), found.who, told)


def _after(lines: list[Line], cursor: Cursor | None) -> Cursor:
    last = lines[-1].at
    shown = sum(1 for line in lines if line.at == last)
    before = cursor.skip if cursor is not None and cursor.at == last else 0
    return Cursor(last, shown + before)
