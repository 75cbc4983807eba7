"""One paper, and the papers of one thing."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import aliased

from welfare.accounts.models import User
from welfare.core.db import db, hold
from welfare.core.errors import NotFound
from welfare.core.security.crypto import unseal
from welfare.core.security.permissions import SYSTEM, Permission, Viewer
from welfare.core.storage import StoredFile, open_file
from welfare.papers.facts import LetterFacts, letter_from, needs_in
from welfare.papers.kinds import PaperStatus, Secrecy
from welfare.papers.models import Paper
from welfare.papers.parts import (
    About,
    Kind,
    Words,
    hindrance_of,
    kind_of,
    kinds_drawn_later,
    may_open,
    warning_of,
)
from welfare.papers.policies import can_issue, can_write, meets
from welfare.papers.queries.discarded import absent
from welfare.papers.queries.rights import COLUMNS, about_of, loose

SEALED = "papers.file"
"""The purpose under which the bytes of papers are sealed."""


@dataclass(frozen=True, slots=True)
class PaperRow:
    """A line of a list."""

    public_id: str
    kind: Kind
    status: PaperStatus
    secrecy: Secrecy
    number: str
    title: str
    recipient: str
    dated: date | None
    made_at: datetime
    issued_at: datetime | None
    issued_by: str
    made_by: str
    withdraw_reason: str
    fiscal_year: int | None
    running: int | None
    series: str | None


_Issuer, _Maker = aliased(User), aliased(User)


_COLUMNS: tuple[Any, ...] = (
    Paper.public_id, Paper.kind, Paper.status, Paper.secrecy, Paper.number, Paper.title,
    Paper.recipient, Paper.dated, Paper.made_at, Paper.issued_at,
    _Issuer.display_name.label("issued_by"), _Maker.display_name.label("made_by"),
    Paper.withdraw_reason, Paper.fiscal_year, Paper.running, Paper.series,
)  # fmt: skip


def rows() -> Select[Any]:
    """What a line needs."""
    return (
        select(*_COLUMNS)
        .outerjoin(_Issuer, _Issuer.id == Paper.issued_by_id)
        .outerjoin(_Maker, _Maker.id == Paper.made_by_id)
    )


def row_of(found: Any, *, named: bool = True) -> PaperRow:
    """A line; without title and recipient where the viewer is not told whom it concerns."""
    return PaperRow(
        found.public_id, kind_of(found.kind), found.status, found.secrecy, found.number,
        found.title if named else "", found.recipient if named else "", found.dated,
        found.made_at, found.issued_at, found.issued_by or "", found.made_by or "",
        found.withdraw_reason if named else "", found.fiscal_year, found.running, found.series,
    )  # fmt: skip


def papers_of(subject: str, subject_id: int) -> list[PaperRow]:
    """The papers of one thing that whoever asks may see, the newest first."""
    statement = rows().where(COLUMNS[subject] == subject_id).order_by(Paper.id.desc()).limit(50)
    return [row_of(found) for found in db.session.execute(statement)]


def papers_from(kind: Kind, about: About | None, source: str) -> list[PaperRow]:
    """What was issued of a kind about a thing that whoever asks may see (or about nobody in
    particular), the newest first; of one ``source`` where the kind holds once."""
    which = COLUMNS[about.subject] == about.id if about is not None else loose()
    statement = rows().where(which, Paper.kind == kind.code)
    if kind.once:
        statement = statement.where(Paper.source == source)
    found = db.session.execute(statement.order_by(Paper.id.desc()).limit(20))
    return [row_of(one) for one in found]


def in_force(kind_code: str, source: str) -> str:
    """The number of the paper of a kind that holds of something it came from; empty: none does."""
    found = db.session.scalar(
        select(Paper.number).where(
            Paper.kind == kind_code, Paper.source == source, Paper.status == PaperStatus.ISSUED
        )
    )
    return found or ""


@dataclass(frozen=True, slots=True)
class PaperPage:
    """One paper with all that its page shows."""

    row: PaperRow
    id: int
    version: int
    about: About | None
    facts: LetterFacts
    verify_code: str
    sha256: bytes | None
    size: int
    pages: int
    prints: int
    withdrawn_at: datetime | None
    replaced_by: Mapping[str, str] | None
    replaces: Mapping[str, str] | None
    may_edit: bool
    may_issue: bool
    destroyed_at: datetime | None = None
    destroyed_by_order: str = ""
    may_open: bool = True
    """Whether there is a file, and the viewer may read all that stands in it."""
    hindrance: Words = ""
    """Why the draft cannot be issued."""
    warning: Words = ""
    """What whoever issues the draft must know first."""

    @property
    def is_draft(self) -> bool:
        """Not issued yet."""
        return self.row.status is PaperStatus.DRAFT

    @property
    def sensitive(self) -> bool:
        """Whether whoever reads it is named on it."""
        return self.row.secrecy is Secrecy.SENSITIVE


def paper_page(public_id: str, *, viewer: Viewer) -> PaperPage:
    """One paper; ``NotFound`` when there is none that the viewer may read (``DraftGone`` where it
    was a draft that was thrown away)."""
    if viewer is not SYSTEM and not viewer.can(Permission.WRITE_PAPERS):
        raise NotFound
    found = db.session.execute(
        rows().add_columns(Paper).where(Paper.public_id == public_id)
    ).first()
    if found is None:
        raise absent(public_id, viewer)
    one: Paper = found.Paper
    about, kind = about_of(one, viewer), kind_of(one.kind)
    draft = one.status is PaperStatus.DRAFT
    own = kind.writer_reads and one.issued_by_id == viewer.user_id
    reads = own or (may_open(kind, one.source, viewer) and _meets(one, kind, viewer))
    facts = letter_from(one.words) if kind.composed else LetterFacts("", "", "")
    issues = can_issue(viewer, kind, about)
    asked = kind, about, facts.written, viewer
    return PaperPage(
        row=row_of(found),
        id=one.id,
        version=one.version,
        about=about,
        facts=facts,
        verify_code=one.verify_code or "",
        sha256=one.sha256,
        size=one.size or 0,
        pages=one.pages or 0,
        prints=one.prints,
        withdrawn_at=one.withdrawn_at,
        replaced_by=_named(Paper.id == one.replaced_by_id) if one.replaced_by_id else None,
        replaces=_named(Paper.replaced_by_id == one.id) if kind.composed else None,
        may_edit=draft and kind.composed and can_write(viewer, kind, about),
        may_issue=issues,
        hindrance=hindrance_of(*asked) if draft else "",
        warning=warning_of(*asked) if draft and issues else "",
        destroyed_at=one.destroyed_at,
        destroyed_by_order=one.destroyed_by_order,
        may_open=one.file_id is not None and reads,
    )


def _meets(one: Paper, kind: Kind, viewer: Viewer) -> bool:
    return kind.composed or meets(needs_in(one.words), viewer)


def _named(which: Any) -> Mapping[str, str] | None:
    found = db.session.execute(select(Paper.public_id, Paper.number).where(which)).first()
    return {"public_id": found.public_id, "number": found.number} if found else None


def load_paper(public_id: str, *, viewer: Viewer) -> tuple[Paper, Kind, About | None]:
    """The record itself, held, with its kind and what it is about; ``NotFound`` as above."""
    try:
        paper = hold(select(Paper).where(Paper.public_id == public_id))
    except NotFound as error:
        raise absent(public_id, viewer) from error
    return paper, kind_of(paper.kind), about_of(paper, viewer)


@dataclass(frozen=True, slots=True)
class Undrawn:
    """A paper that was issued and has no file yet."""

    id: int
    public_id: str
    kind: Kind
    language: str
    number: str
    dated: date
    code: str
    words: str


def undrawn(paper_id: int) -> Undrawn | None:
    """What is to be drawn of a paper that was issued; ``None`` where it has its file."""
    found = db.session.execute(
        select(
            Paper.public_id, Paper.kind, Paper.language, Paper.number, Paper.dated,
            Paper.verify_code, Paper.words,
        ).where(Paper.id == paper_id, *_undrawn())
    ).first()  # fmt: skip
    if found is None or found.dated is None:
        return None
    return Undrawn(
        paper_id, found.public_id, kind_of(found.kind), found.language, found.number, found.dated,
        found.verify_code or "", found.words or "",
    )  # fmt: skip


def undrawn_papers(limit: int, *, but: Collection[int] = ()) -> list[int]:
    """The oldest of those that are drawn after they were issued, and are not yet."""
    waiting = select(Paper.id).where(Paper.kind.in_(kinds_drawn_later()), *_undrawn())
    found = db.session.scalars(waiting.order_by(Paper.id).limit(limit + len(but)))
    return [one for one in found if one not in but][:limit]


def _undrawn() -> tuple[ColumnElement[bool], ...]:
    drawable = Paper.file_id.is_(None), Paper.destroyed_at.is_(None)
    return (*drawable, Paper.status != PaperStatus.DRAFT)


def paper_of_source(kind_code: str, source: str) -> tuple[int, str] | None:
    """Id and public id of the paper of a kind that came from something; ``None``: there is none."""
    found = db.session.execute(
        select(Paper.id, Paper.public_id)
        .where(Paper.kind == kind_code, Paper.source == source)
        .order_by(Paper.id.desc())
        .limit(1)
    ).first()
    return (found.id, found.public_id) if found else None


def stored_bytes(paper_id: int) -> bytes:
    """The file as it was issued, byte by byte; ``NotFound`` where none is kept."""
    found = db.session.scalar(
        select(StoredFile.public_id)
        .join(Paper, Paper.file_id == StoredFile.id)
        .where(Paper.id == paper_id)
    )
    if found is None:
        raise NotFound
    return unseal(open_file(found), purpose=SEALED)
