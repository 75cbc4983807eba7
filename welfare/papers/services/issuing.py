"""Issuing: number, day and code, the paper drawn with them, signed, and kept as it is.

All of it is one transaction: a number is taken only with the paper that carries it. Drawing is
done before (``ahead``); what was drawn for another number than the one that is taken is refused.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from sqlalchemy import select

from welfare.core import audit, clock
from welfare.core.db import db
from welfare.core.errors import Forbidden, Refused, StaleRecord
from welfare.core.numbers import take_number
from welfare.core.pdf.errors import PaperError
from welfare.core.security.crypto import seal
from welfare.core.security.permissions import Viewer
from welfare.core.storage import save_file
from welfare.core.thai.dates import fiscal_year
from welfare.core.thai.text import search_key
from welfare.papers.facts import Draw, Stamp, letter_from
from welfare.papers.kinds import PaperStatus
from welfare.papers.models import Paper
from welfare.papers.parts import About, Kind, hindrance_of, kind_of, subject_of, warning_of
from welfare.papers.policies import can_issue
from welfare.papers.queries.numbers import kept_as, number_words, prefix_of
from welfare.papers.queries.papers import SEALED, load_paper
from welfare.papers.queries.rights import about_by_number
from welfare.papers.queries.signing import key_now
from welfare.papers.services.ahead import Ahead, Overtaken
from welfare.papers.services.drafting import new_paper, still_draft
from welfare.papers.services.identity import ensure_identity
from welfare.papers.services.signatures import fresh_code, signed

SEALED_TYPE = "application/octet-stream"


@dataclass(frozen=True, slots=True)
class NewPaper:
    """A paper that a domain issues without a draft. ``words``: JSON of what stands in it."""

    kind: str
    subject: str
    number: str
    title: str
    recipient: str = ""
    words: str = ""
    own_number: str = ""
    """For kinds that carry the number of what they are about."""
    source: str = ""
    code: str = ""
    """The code to verify it by, where it was given out before."""
    language: str = "th"
    text_id: int | None = None


@dataclass(frozen=True, slots=True)
class Issued:
    """What a paper was given."""

    id: int
    public_id: str
    number: str
    fiscal_year: int | None
    running: int | None


def issue_draft(
    *, actor: Viewer, public_id: str, version: int, draw: Draw | Ahead, aware: bool = False
) -> str:
    """Issue what is prepared; returns its number. What it replaces is taken back by it. ``aware``:
    the actor has seen what the domain warns of; ``Refused`` otherwise."""
    paper, kind, about = load_paper(public_id, viewer=actor)
    if not can_issue(actor, kind, about):
        raise Forbidden
    still_draft(paper)
    if paper.version != version:
        raise StaleRecord(version=paper.version, current={})
    _ask(actor, paper, kind, about, aware=aware)
    _issue(actor, paper, kind, about, draw, own_number="")
    _take_back_replaced(actor, paper, about)
    return paper.number


def issue_paper(*, actor: Viewer, new: NewPaper, draw: Draw | Ahead | None) -> Issued:
    """Issue a paper at once. The right is asked as of every other. Without ``draw`` it stands in
    the books and no file of it is kept. ``Overtaken`` where it was drawn ahead for another number:
    the caller gives the transaction up."""
    kind = kind_of(new.kind)
    about = about_by_number(new.subject, new.number, actor)
    if not can_issue(actor, kind, about):
        raise Forbidden
    paper = new_paper(actor, kind, about)
    paper.title, paper.recipient, paper.words = new.title[:200], new.recipient[:200], new.words
    paper.source, paper.language, paper.text_id = new.source, new.language, new.text_id
    _ask(actor, paper, kind, about)
    db.session.add(paper)
    _issue(actor, paper, kind, about, draw, own_number=new.own_number, code=new.code)
    return Issued(paper.id, paper.public_id, paper.number, paper.fiscal_year, paper.running)


def _ask(
    actor: Viewer, paper: Paper, kind: Kind, about: About | None, *, aware: bool = False
) -> None:
    """``Refused`` where the domain objects to what was written, or warns of it unheard."""
    if not kind.composed:
        return
    written = letter_from(paper.words).written
    against = hindrance_of(kind, about, written, actor)
    if not against and not aware:
        against = warning_of(kind, about, written, actor)
    if against:
        raise Refused(str(against))


def _issue(
    actor: Viewer,
    paper: Paper,
    kind: Kind,
    about: About | None,
    draw: Draw | Ahead | None,
    *,
    own_number: str,
    code: str = "",
) -> None:
    paper.dated = clock.today()
    paper.number = _take(paper, kind) if kind.series else own_number
    if isinstance(draw, Ahead):
        _keep_ahead(paper, draw, code)
    else:
        paper.verify_code = code or fresh_code()
        if draw is not None:
            content = draw(Stamp(paper.number, paper.dated, paper.verify_code))
            paper.key_id, identity = ensure_identity()
            _keep(paper, signed(content, identity, kind))
    paper.status = PaperStatus.ISSUED
    paper.issued_at, paper.issued_by_id = clock.now(), actor.user_id or None
    paper.search = search_key(f"{paper.number} {paper.title} {paper.recipient}")
    details = {"kind": kind.code, "number": paper.number, "sha256": (paper.sha256 or b"").hex()}
    audit.record(actor, "paper.issued", "paper", paper.public_id, details)
    if kind.composed:
        _tell(actor, paper, kind, about, "issued")
    db.session.flush()


def _keep_ahead(paper: Paper, ahead: Ahead, code: str) -> None:
    """Keep what was drawn beforehand; ``Overtaken`` unless all that stands on it is so."""
    stamp = ahead.stamp
    if (stamp.number, stamp.dated) != (paper.number, paper.dated) or code not in ("", stamp.code):
        raise Overtaken
    if ahead.key_id != key_now():
        raise Overtaken
    paper.verify_code, paper.key_id = stamp.code, ahead.key_id
    _keep(paper, ahead.content)


def _take(paper: Paper, kind: Kind) -> str:
    series = kind.series or ""
    year = fiscal_year(paper.dated or clock.today())
    running = take_number(kept_as(series), year)
    paper.series, paper.fiscal_year, paper.running = series, year, running
    return number_words(prefix_of(series), running, year)


def _keep(paper: Paper, content: bytes) -> None:
    from welfare.core.pdf.marking import pages_in

    if not content.startswith(b"%PDF-"):
        raise PaperError("not a PDF")
    paper.sha256, paper.size = hashlib.sha256(content).digest(), len(content)
    paper.pages = pages_in(content)
    sealed = seal(content, purpose=SEALED)
    paper.file_id = save_file(sealed, SEALED_TYPE, claimed=True).id


def _tell(actor: Viewer, paper: Paper, kind: Kind, about: About | None, verb: str) -> None:
    """A line in the history of what it is about, where that keeps one."""
    if about is not None:
        details = {"verb": verb, "kind": kind.code, "number": paper.number}
        subject_of(about.subject).tell(actor, about.id, details | {"paper": paper.public_id})


def _take_back_replaced(actor: Viewer, paper: Paper, about: About | None) -> None:
    old = db.session.scalar(
        select(Paper).where(
            Paper.replaced_by_id == paper.id, Paper.status == PaperStatus.ISSUED
        ).with_for_update()
    )  # fmt: skip
    if old is None:
        return
    old.status, old.withdrawn_at = PaperStatus.WITHDRAWN, clock.now()
    old.withdrawn_by_id = actor.user_id or None
    old.withdraw_reason = f"แทนที่ด้วยที่ {paper.number}"
    audit.record(actor, "paper.replaced", "paper", old.public_id, {"by": paper.number})
    _tell(actor, old, kind_of(old.kind), about, "replaced")
