"""The register of papers: search and filters over what the viewer may read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, case, select

from welfare.core.db import db
from welfare.core.errors import NotFound
from welfare.core.security.permissions import Viewer
from welfare.core.thai.digits import to_arabic
from welfare.core.thai.text import search_key
from welfare.papers.kinds import PaperStatus
from welfare.papers.models import Paper
from welfare.papers.parts import kinds, subject_of
from welfare.papers.queries.papers import PaperRow, row_of, rows
from welfare.papers.queries.rights import named_papers, visible_papers

MOST_WORDS, LONGEST_WORD = 6, 60
"""What is looked for of what was typed: a database refuses longer patterns than it likes."""
PAGE = 50
MOST_EXPORTED = 100_000


@dataclass(frozen=True, slots=True)
class RegisterFilters:
    """What the list is narrowed to."""

    status: PaperStatus | None = None
    kind: str = ""
    year: int = 0
    """Fiscal year, พ.ศ."""
    words: str = ""
    case: str = ""
    """Number of a case."""
    page: int = 1

    @property
    def leaves_out(self) -> bool:
        """Whether what is issued of course is left out: nothing was said that could mean it."""
        return not (self.kind or self.words or self.case)

    def used(self) -> dict[str, str]:
        """As the address says it, without the page."""
        year = str(self.year) if self.year else ""
        named = {"status": self.status or "", "kind": self.kind, "year": year, "q": self.words}
        return {name: str(value) for name, value in (named | {"case": self.case}).items() if value}


@dataclass(frozen=True, slots=True)
class RegisterPage:
    """A page of the list; ``more``: whether another follows."""

    rows: tuple[PaperRow, ...]
    more: bool
    years: tuple[int, ...]


def register(filters: RegisterFilters, *, viewer: Viewer) -> RegisterPage:
    """A page, the newest first. Nobody finds by a name what is masked to them. Two statements."""
    start = (max(filters.page, 1) - 1) * PAGE
    found = db.session.execute(_narrowed(filters, viewer).limit(PAGE + 1).offset(start)).all()
    years = db.session.scalars(
        select(Paper.fiscal_year).where(Paper.fiscal_year.is_not(None)).distinct()
    )
    shown = tuple(row_of(one, named=bool(one.named)) for one in found[:PAGE])
    return RegisterPage(shown, len(found) > PAGE, tuple(sorted(filter(None, years), reverse=True)))


def every_row(filters: RegisterFilters, *, viewer: Viewer) -> Iterator[PaperRow]:
    """All rows of the list, for an export."""
    found = db.session.execute(_narrowed(filters, viewer).limit(MOST_EXPORTED))
    for one in found.yield_per(500):
        yield row_of(one, named=bool(one.named))


def _narrowed(filters: RegisterFilters, viewer: Viewer) -> Select[Any]:
    named = named_papers(viewer)
    statement = (
        rows()
        .add_columns(case((named, 1), else_=0).label("named"))
        .where(visible_papers(viewer))
        .order_by(Paper.id.desc())
    )
    if filters.status is not None:
        statement = statement.where(Paper.status == filters.status)
    if filters.kind:
        statement = statement.where(Paper.kind == filters.kind)
    elif filters.leaves_out:
        statement = statement.where(Paper.kind.not_in(_of_course()))
    if filters.case:
        statement = statement.where(Paper.case_id == _case_id(filters.case, viewer))
    if filters.year:
        statement = statement.where(Paper.fiscal_year == filters.year)
    for word in search_key(to_arabic(filters.words)).split()[:MOST_WORDS]:
        sought = word[:LONGEST_WORD]
        statement = statement.where(Paper.search.contains(sought, autoescape=True), named)
    return statement


def _of_course() -> list[str]:
    return [kind.code for kind in kinds() if kind.of_course]


def _case_id(number: str, viewer: Viewer) -> int:
    """The case of this number; 0, which is none, where there is none that the viewer may see."""
    try:
        return subject_of("case").by_number(number, viewer).id
    except NotFound:
        return 0
