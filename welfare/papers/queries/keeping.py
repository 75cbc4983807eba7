"""How long papers are kept, and whose time is over.

A period runs from the end of the calendar year of a paper's day (local date), so that all of one
year are due together, at the yearly survey (Regulation on Records 2526, item 66). Papers about what
is not settled are in use, however old they are.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select

from welfare.accounts.models import User
from welfare.core import clock
from welfare.core.db import db
from welfare.core.security.permissions import Viewer
from welfare.papers.kinds import BASIS, YEARS, Fate, Keep, PaperStatus
from welfare.papers.models import DestructionItem, Paper, PaperKeeping
from welfare.papers.parts import Kind, kind_of, kinds, subjects
from welfare.papers.queries.rights import COLUMNS, named_papers, visible_papers

MOST_LISTED = 300
"""Papers on one list: as many as can be drawn while one waits, and read by a committee."""


@dataclass(frozen=True, slots=True)
class Keeping:
    """How long papers of a kind are kept and why; ``since`` is ``None`` where nothing was set."""

    kind: Kind
    keep: Keep
    basis: str
    since: date | None
    coming: tuple[tuple[date, Keep, str], ...] = ()
    """What was set for later: from when, how long, why."""

    @property
    def years(self) -> int | None:
        """How many years; ``None``: for good."""
        return YEARS[self.keep]


@dataclass(frozen=True, slots=True)
class DuePaper:
    """A paper whose time is over; without its title where the viewer is not told of whom it is."""

    id: int
    public_id: str
    kind: Kind
    number: str
    dated: date
    title: str


@dataclass(frozen=True, slots=True)
class SetKeeping:
    """A rule as it was set, for the history."""

    kind: Kind
    since: date
    keep: Keep
    basis: str
    made_by: str


def keepings() -> list[Keeping]:
    """How long every kind is kept today. One statement."""
    today = clock.today()
    now: dict[str, PaperKeeping] = {}
    coming: dict[str, list[tuple[date, Keep, str]]] = {}
    for rule in db.session.scalars(
        select(PaperKeeping).order_by(PaperKeeping.since, PaperKeeping.id)
    ):
        if rule.since <= today:
            now[rule.kind] = rule
        else:
            coming.setdefault(rule.kind, []).append((rule.since, rule.keep, rule.basis))
    return [_keeping(kind, now.get(kind.code), coming.get(kind.code, [])) for kind in kinds()]


def _keeping(
    kind: Kind, rule: PaperKeeping | None, coming: list[tuple[date, Keep, str]]
) -> Keeping:
    if rule is None:
        return Keeping(kind, kind.keep, BASIS, None, tuple(coming))
    return Keeping(kind, rule.keep, rule.basis, rule.since, tuple(coming))


def set_keepings() -> list[SetKeeping]:
    """All that was ever set, the newest first."""
    rows = db.session.execute(
        select(
            PaperKeeping.kind, PaperKeeping.since, PaperKeeping.keep, PaperKeeping.basis,
            User.display_name,
        )
        .outerjoin(User, User.id == PaperKeeping.made_by_id)
        .order_by(PaperKeeping.id.desc())
        .limit(100)
    )  # fmt: skip
    return [
        SetKeeping(kind_of(row.kind), row.since, row.keep, row.basis, row.display_name or "")
        for row in rows
    ]


def due_papers(*, viewer: Viewer) -> list[DuePaper]:
    """The oldest of those that the viewer may see whose time is over and that wait on no list."""
    named = case((named_papers(viewer), 1), else_=0).label("named")
    statement = _due(viewer).add_columns(
        Paper.public_id, Paper.kind, Paper.number, Paper.dated, Paper.title, named
    )
    found = db.session.execute(statement.order_by(Paper.dated, Paper.id).limit(MOST_LISTED))
    return [
        DuePaper(
            row.id, row.public_id, kind_of(row.kind), row.number, row.dated,
            row.title if row.named else "",
        )
        for row in found
    ]  # fmt: skip


def due_number(*, viewer: Viewer) -> int:
    """How many those are."""
    return db.session.scalar(select(func.count()).select_from(_due(viewer).subquery())) or 0


def _due(viewer: Viewer) -> Select[Any]:
    waiting = select(DestructionItem.paper_id).where(DestructionItem.fate == Fate.WAITING)
    return select(Paper.id).where(
        visible_papers(viewer),
        over(clock.today()),
        not_in_use(),
        Paper.id.not_in(waiting),
    )


def over(today: date) -> ColumnElement[bool]:
    """Papers that were issued, are not destroyed, and need not be kept any longer on this day."""
    by_years: dict[int, list[str]] = {}
    for one in keepings():
        if one.years is not None:
            by_years.setdefault(one.years, []).append(one.kind.code)
    past = [
        and_(Paper.kind.in_(codes), Paper.dated < date(today.year - years, 1, 1))
        for years, codes in by_years.items()
    ]
    return and_(
        Paper.status != PaperStatus.DRAFT,
        Paper.destroyed_at.is_(None),
        or_(Paper.keep_until.is_(None), Paper.keep_until < today),
        or_(*past) if past else Paper.id.is_(None),
    )


def not_in_use() -> ColumnElement[bool]:
    """Papers about nothing that is still being worked on."""
    return and_(
        *(
            or_(COLUMNS[one.name].is_(None), COLUMNS[one.name].not_in(one.in_use()))
            for one in subjects()
            if one.in_use is not None
        ),
        Paper.id.is_not(None),
    )
