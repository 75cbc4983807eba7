"""The books of running numbers: what each was used for, and whether all are explained."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from welfare.accounts.models import User
from welfare.core.db import db
from welfare.core.municipality import the_municipality
from welfare.core.numbers import RunningNumber
from welfare.papers.kinds import PREFIXES, SERIES
from welfare.papers.models import Paper, PaperGap, PaperSeries


@dataclass(frozen=True, slots=True)
class Left:
    """Numbers left out, and why."""

    first: int
    last: int
    reason: str
    made_by: str
    made_at: datetime


@dataclass(frozen=True, slots=True)
class Book:
    """One series in one fiscal year. ``unexplained`` is empty unless rows were taken away."""

    series: str
    fiscal_year: int
    last: int
    used: int
    withdrawn: int
    left: tuple[Left, ...]
    unexplained: tuple[int, ...]
    taken_back: tuple[int, ...] = ()
    """Numbers of papers that were taken back; they stay used."""

    @property
    def first_unexplained(self) -> tuple[int, int] | None:
        """The first run of numbers that nobody has explained."""
        if not self.unexplained:
            return None
        first = last = self.unexplained[0]
        for number in self.unexplained[1:]:
            if number != last + 1:
                break
            last = number
        return first, last


def prefix_of(series: str) -> str:
    """What stands before the numbers of a book."""
    own = db.session.scalar(select(PaperSeries.prefix).where(PaperSeries.code == series))
    return (own or PREFIXES.get(series) or the_municipality().letter_prefix).strip()


def taken_marks(series: str) -> frozenset[str]:
    """What stands before the numbers of all other books."""
    own = {row.code: row.prefix for row in db.session.execute(
        select(PaperSeries.code, PaperSeries.prefix)
    )}  # fmt: skip
    town = the_municipality().letter_prefix
    return frozenset(
        (own.get(one) or PREFIXES.get(one) or town).strip() for one in SERIES if one != series
    )


def prefix_row(series: str) -> tuple[int, str]:
    """Version and own prefix of a book, for editing; 0 and nothing before it was set."""
    row = db.session.execute(
        select(PaperSeries.version, PaperSeries.prefix).where(PaperSeries.code == series)
    ).first()
    return (row.version, row.prefix) if row else (0, "")


def number_words(prefix: str, running: int, year: int) -> str:
    """``ลพ 52001/123`` after a prefix with a code of the office, else ``ลพ 123/2570``."""
    if prefix[-1:].isdigit():
        return f"{prefix}/{running}"
    return f"{prefix} {running}/{year}".strip()


def books() -> list[tuple[str, int, int]]:
    """Series, fiscal year and last number of every book there is, the newest first."""
    found = db.session.execute(
        select(RunningNumber.kind, RunningNumber.fiscal_year, RunningNumber.last)
        .where(RunningNumber.kind.in_([kept_as(series) for series in SERIES]))
        .order_by(RunningNumber.fiscal_year.desc(), RunningNumber.kind)
    )
    return [(kind.removeprefix("paper:"), year, last) for kind, year, last in found]


def kept_as(series: str) -> str:
    """Under what name the running number of a book is kept."""
    return f"paper:{series}"


def book(series: str, year: int) -> Book:
    """All of one book. Three statements."""
    last = db.session.scalar(
        select(RunningNumber.last).where(
            RunningNumber.kind == kept_as(series), RunningNumber.fiscal_year == year
        )
    )
    used = db.session.execute(
        select(Paper.running, Paper.withdrawn_at).where(
            Paper.series == series, Paper.fiscal_year == year
        )
    ).all()
    left = [
        Left(*row)
        for row in db.session.execute(
            select(
                PaperGap.first, PaperGap.last, PaperGap.reason, User.display_name, PaperGap.made_at
            )
            .outerjoin(User, User.id == PaperGap.made_by_id)
            .where(PaperGap.series == series, PaperGap.fiscal_year == year)
            .order_by(PaperGap.first)
        )
    ]
    known = {row.running for row in used}
    known.update(number for one in left for number in range(one.first, one.last + 1))
    missing = tuple(number for number in range(1, (last or 0) + 1) if number not in known)
    back = tuple(sorted(row.running for row in used if row.withdrawn_at is not None))
    return Book(series, year, last or 0, len(used), len(back), tuple(left), missing, back)
