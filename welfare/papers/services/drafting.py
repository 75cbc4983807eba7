"""Preparing a letter or memo."""

from __future__ import annotations

import secrets
from dataclasses import asdict

from sqlalchemy import update

from welfare.core import audit, clock
from welfare.core.db import db
from welfare.core.errors import Forbidden, Refused, StaleRecord
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Viewer
from welfare.core.thai.text import search_key
from welfare.papers.facts import LetterFacts, letter_from
from welfare.papers.kinds import PaperStatus, Secrecy
from welfare.papers.models import Paper
from welfare.papers.parts import About, Kind, kind_of
from welfare.papers.policies import can_write
from welfare.papers.queries.discarded import DISCARDED, noted_of
from welfare.papers.queries.papers import load_paper
from welfare.papers.queries.rights import COLUMNS, about_by_number
from welfare.papers.queries.texts import text_now


def write_draft(
    *, actor: Viewer, kind_code: str, subject: str, number: str, facts: LetterFacts
) -> str:
    """Prepare one about a thing (``subject`` and its number; both empty: about nobody in
    particular). Returns its public id."""
    kind = kind_of(kind_code)
    about = about_by_number(subject, number, actor)
    if not kind.composed or not can_write(actor, kind, about):
        raise Forbidden
    paper = new_paper(actor, kind, about)
    paper.text_id = text_now(kind).id
    _assign(paper, facts)
    db.session.add(paper)
    db.session.flush()
    audit.record(actor, "paper.drafted", "paper", paper.public_id, {"kind": kind.code})
    return paper.public_id


def new_paper(actor: Viewer, kind: Kind, about: About | None) -> Paper:
    """A row for a paper that is about something; not added yet."""
    secret = Secrecy.SENSITIVE in (kind.secrecy, about.secrecy if about else None)
    paper = Paper(
        public_id=secrets.token_hex(10),
        kind=kind.code,
        status=PaperStatus.DRAFT,
        secrecy=Secrecy.SENSITIVE if secret else Secrecy.NORMAL,
        made_by_id=actor.user_id or None,
        made_at=clock.now(),
        title="",
    )
    if about is not None:
        setattr(paper, COLUMNS[about.subject].key, about.id)
    return paper


def edit_draft(*, actor: Viewer, public_id: str, version: int, facts: LetterFacts) -> None:
    """Change what is prepared."""
    paper, kind, about = load_paper(public_id, viewer=actor)
    if not can_write(actor, kind, about):
        raise Forbidden
    still_draft(paper)
    if paper.version != version:
        raise StaleRecord(version=paper.version, current=_current(paper))
    _assign(paper, facts)
    audit.record(actor, "paper.edited", "paper", public_id, changed(paper))
    db.session.flush()


def _current(paper: Paper) -> dict[str, str]:
    return {name: str(value) for name, value in asdict(letter_from(paper.words)).items()}


def discard_draft(*, actor: Viewer, public_id: str, version: int) -> None:
    """Throw a draft away; it never had a number."""
    paper, kind, about = load_paper(public_id, viewer=actor)
    if not can_write(actor, kind, about):
        raise Forbidden
    still_draft(paper)
    if paper.version != version:
        raise StaleRecord(version=paper.version, current={})
    db.session.execute(
        update(Paper).where(Paper.replaced_by_id == paper.id).values(replaced_by_id=None),
        execution_options={"synchronize_session": False},
    )
    db.session.delete(paper)
    audit.record(actor, DISCARDED, "paper", public_id, noted_of(paper, about))
    db.session.flush()


def still_draft(paper: Paper) -> None:
    """``Refused`` once it was issued: what was issued stays as it was."""
    if paper.status is not PaperStatus.DRAFT:
        raise Refused(_("A paper that was issued stays as it was. Take it back and replace it."))


def _assign(paper: Paper, facts: LetterFacts) -> None:
    paper.title, paper.recipient = facts.title, facts.recipient
    paper.words = facts.as_text()
    paper.search = search_key(f"{facts.title} {facts.recipient}")


def changed(paper: Paper) -> dict[str, object]:
    """What changed, for the audit, without the words."""
    found = audit.changes_of(paper)
    return {name: value for name, value in found.items() if name not in {"words", "search"}}
