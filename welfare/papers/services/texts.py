"""Changing the texts of papers: every version is kept, one with an error never comes in force."""

from __future__ import annotations

from sqlalchemy import func, select

from welfare.core import audit, clock
from welfare.core.db import db
from welfare.core.errors import Forbidden, NotFound, StaleRecord
from welfare.core.security.permissions import Viewer
from welfare.papers.models import PaperText
from welfare.papers.parts import Kind, kind_of
from welfare.papers.policies import can_manage
from welfare.papers.queries.texts import examples, names_of, text_now
from welfare.papers.texts import check, fill


def save_text(
    *, actor: Viewer, kind_code: str, seen: int, title: str, body: str, note: str = ""
) -> int:
    """Put a text in force; its edition. ``TextFault`` where it says what it may not: the last one
    stays in force then. ``seen``: the edition that was changed."""
    kind = _allowed(actor, kind_code, seen)
    check_text(kind, title, body)
    return _add(actor, kind, title, body, note)


def reset_text(*, actor: Viewer, kind_code: str, seen: int) -> int:
    """Put the text of the program in force again."""
    return _add(actor, _allowed(actor, kind_code, seen), "", "", "")


def check_text(kind: Kind, title: str, body: str) -> None:
    """``TextFault`` unless title and body can be filled in; tried with the examples."""
    names, lists = names_of(kind)
    for source in (title, body):
        check(source, names=names, lists=lists)
        fill(source, examples(kind))


def _allowed(actor: Viewer, kind_code: str, seen: int) -> Kind:
    if not can_manage(actor):
        raise Forbidden
    kind = kind_of(kind_code)
    if not kind.composed:
        raise NotFound
    now = text_now(kind)
    if now.edition != seen:
        raise StaleRecord(version=now.edition, current={"title": now.title, "body": now.body})
    return kind


def _add(actor: Viewer, kind: Kind, title: str, body: str, note: str) -> int:
    last = db.session.scalar(select(func.max(PaperText.edition)).where(PaperText.kind == kind.code))
    row = PaperText(
        kind=kind.code, edition=(last or 0) + 1, title=title, body=body, note=note,
        made_by_id=actor.user_id or None, made_at=clock.now(),
    )  # fmt: skip
    db.session.add(row)
    details = {"edition": row.edition, "reset": not body}
    audit.record(actor, "paper.text_saved", "paper_text", kind.code, details)
    db.session.flush()
    return row.edition
