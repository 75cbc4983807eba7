"""Long lists: asked for by somebody, drawn by the worker with the rights that they have then.

A list writes nothing but itself: a worker that dies draws it again from the beginning.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import structlog
from sqlalchemy import select

from welfare.accounts.queries.people import viewer_by_id
from welfare.core import audit, clock
from welfare.core.db import begin_writing, db
from welfare.core.errors import Forbidden, Refused, StaleRecord
from welfare.core.i18n import gettext as _
from welfare.core.pdf.errors import PaperTooLarge
from welfare.core.security.crypto import seal
from welfare.core.security.permissions import Viewer
from welfare.core.storage import StoredFile, save_file
from welfare.core.storage.files import remove_file
from welfare.core.storage.progress import alone, forget_progress, note_progress
from welfare.papers.facts import Draw
from welfare.papers.services import Ahead, Overtaken, issue_ahead, issue_sheet
from welfare.reports.facts import DrawList, PrepareIssue
from welfare.reports.kinds import ListKind, ListStatus
from welfare.reports.models import DrawnList
from welfare.reports.queries.drawn import SEALED, job_of, load_list, waiting_lists

log = structlog.get_logger()

KEPT = timedelta(days=7)
"""How long a drawn list lies there for its maker."""
MOST_WAITING = 5
_SEALED_TYPE = "application/octet-stream"
_OPEN = (ListStatus.WAITING, ListStatus.WORKING)


def begin_list(
    *, actor: Viewer, kind: ListKind, asked: Mapping[str, Any], noted: Mapping[str, Any]
) -> str:
    """Have a list drawn; its public id. ``noted`` stands in the audit: how many, of what."""
    waiting = db.session.scalars(
        select(DrawnList.id).where(
            DrawnList.made_by_id == actor.user_id, DrawnList.status.in_(_OPEN)
        )
    ).all()
    if len(waiting) >= MOST_WAITING:
        raise Refused(_("Some of your lists are still being drawn. Please wait for those."))
    made = DrawnList(
        public_id=secrets.token_hex(10), kind=kind, asked=dict(asked),
        made_by_id=actor.user_id or None, made_at=clock.now(),
    )  # fmt: skip
    db.session.add(made)
    audit.record(actor, "list.begun", "drawn_list", made.public_id, dict(noted))
    db.session.flush()
    return made.public_id


def try_list_again(*, actor: Viewer, public_id: str, version: int) -> None:
    """Draw once more what failed."""
    found = load_list(public_id, viewer=actor)
    if found.version != version:
        raise StaleRecord(version=found.version, current={})
    if found.status is not ListStatus.FAILED:
        raise Refused(_("This list is drawn already, or is being drawn."))
    found.status, found.failure, found.ended_at = ListStatus.WAITING, "", None
    audit.record(actor, "list.again", "drawn_list", public_id)
    db.session.flush()


def work_on_lists(
    drawers: Mapping[ListKind, DrawList], issuers: Mapping[ListKind, PrepareIssue] | None = None
) -> int:
    """Draw what waits, one after the other, and issue what was asked for as a paper; how many were
    made."""
    made = 0
    waiting = waiting_lists()
    db.session.rollback()
    for public_id in waiting:
        with alone(job_of(public_id)) as mine:
            if mine:
                made += _work(public_id, drawers, issuers or {})
    return made


def _work(
    public_id: str,
    drawers: Mapping[ListKind, DrawList],
    issuers: Mapping[ListKind, PrepareIssue],
) -> int:
    begin_writing(db.session)
    found = db.session.scalar(select(DrawnList).where(DrawnList.public_id == public_id))
    if found is None or found.status not in _OPEN:
        db.session.rollback()
        return 0
    found.status = ListStatus.WORKING
    kind, asked, maker = found.kind, dict(found.asked), found.made_by_id
    db.session.commit()
    try:
        if asked.get("issue"):
            _issue(public_id, issuers[kind], asked, maker)
        else:
            _draw(public_id, drawers[kind], asked, maker)
    except Overtaken:  # the book moved on while it was drawn, again and again: at the next turn
        db.session.rollback()
        return 0
    except Exception as error:
        db.session.rollback()
        _fail(public_id, error)
        return 0
    finally:
        forget_progress(job_of(public_id))
    return 1


def _draw(public_id: str, draw: DrawList, asked: Mapping[str, Any], maker: int | None) -> None:
    actor = viewer_by_id(maker)
    if actor is None:
        raise Forbidden
    job = job_of(public_id)
    made = draw(asked, actor, lambda done, total: note_progress(job, "pages", done, total))
    sealed = seal(made.pdf, purpose=SEALED)
    db.session.rollback()
    begin_writing(db.session)
    found = db.session.scalars(select(DrawnList).where(DrawnList.public_id == public_id)).one()
    found.file_id = save_file(sealed, _SEALED_TYPE, claimed=True).id
    found.status, found.ended_at = ListStatus.DONE, clock.now()
    found.rows, found.pages = made.rows, made.pages
    db.session.commit()


def _issue(
    public_id: str, prepare: PrepareIssue, asked: Mapping[str, Any], maker: int | None
) -> None:
    actor = viewer_by_id(maker)
    if actor is None:
        raise Forbidden
    job = job_of(public_id)
    ready = prepare(asked, actor, lambda done, total: note_progress(job, "pages", done, total))

    def act(drawn: Draw | Ahead) -> None:
        found = db.session.scalars(select(DrawnList).where(DrawnList.public_id == public_id)).one()
        found.paper = issue_sheet(
            actor=actor, kind_code=ready.kind_code, number="", sheet=ready.sheet, draw=drawn
        )
        found.status, found.ended_at = ListStatus.DONE, clock.now()
        db.session.commit()

    issue_ahead(kind_code=ready.kind_code, draw=ready.draw, act=act, hold=False)


def _fail(public_id: str, error: Exception) -> None:
    why = "error"
    if isinstance(error, PaperTooLarge):
        why = "large"
    elif isinstance(error, Forbidden):
        why = "rights"
    else:
        log.error("list failed", kind=type(error).__name__)
    begin_writing(db.session)
    found = db.session.scalars(select(DrawnList).where(DrawnList.public_id == public_id)).one()
    found.status, found.failure, found.ended_at = ListStatus.FAILED, why, clock.now()
    db.session.commit()


def clear_old_lists() -> int:
    """Remove lists past their time, files and rows; how many. The caller commits."""
    old = db.session.execute(
        select(DrawnList, StoredFile.public_id)
        .outerjoin(StoredFile, StoredFile.id == DrawnList.file_id)
        .where(DrawnList.made_at < clock.now() - KEPT)
        .limit(500)
    ).all()
    for drawn, _file in old:
        db.session.delete(drawn)
    db.session.flush()
    for _drawn, file in old:
        if file is not None:
            remove_file(file)
    return len(old)
