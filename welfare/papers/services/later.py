"""Papers that are issued at once and drawn afterwards.

Filing must not wait for a drawing and a signature, and must not fail with them. So the paper is
issued in the transaction of what it attests: number, day, code, and all that stands on it, frozen.
The file follows from these alone: made by whoever comes first, the worker within seconds or the
first who opens it. Nobody sees another than the first that was kept.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import structlog
from sqlalchemy import update
from sqlalchemy.dialects import postgresql, sqlite

from welfare.core import audit
from welfare.core.db import Base, begin_writing, db, expect_writes
from welfare.core.pdf.errors import PaperError
from welfare.core.security.crypto import seal
from welfare.core.security.permissions import SYSTEM, Viewer
from welfare.core.storage import save_file
from welfare.core.storage.files import path_of
from welfare.core.thai.dates import local_date
from welfare.core.thai.text import search_key
from welfare.papers.kinds import PaperStatus, Secrecy
from welfare.papers.models import Paper
from welfare.papers.parts import Later, kind_of, later_of
from welfare.papers.queries.papers import (
    SEALED,
    Undrawn,
    stored_bytes,
    undrawn,
    undrawn_papers,
)
from welfare.papers.queries.rights import COLUMNS
from welfare.papers.queries.verifying import DIGITS
from welfare.papers.services.identity import identity_in_force
from welfare.papers.services.issuing import SEALED_TYPE
from welfare.papers.services.signatures import signed

log = structlog.get_logger()

AT_ONCE = 50
"""So many are drawn by the worker before it looks at its other work."""
_given_up: set[int] = set()
"""Papers that this process could not draw: said once in the log, tried again after a restart."""
_PAPERS: Any = Base.metadata.tables[Paper.__tablename__]
_ADD = {
    name: insert(_PAPERS)
    .on_conflict_do_nothing(index_elements=[_PAPERS.c.verify_code])
    .returning(_PAPERS.c.id)
    for name, insert in (("sqlite", sqlite.insert), ("postgresql", postgresql.insert))
}


@dataclass(frozen=True, slots=True)
class Frozen:
    """A paper that something else attests itself with. ``words``: all that stands on it."""

    kind: str
    subject: str
    subject_id: int
    number: str
    title: str
    words: str
    language: str
    at: datetime
    sensitive: bool = False


def issue_for_later(*, actor: Viewer, new: Frozen) -> None:
    """Issue it in the transaction of what it attests, whose right was checked there. One statement
    (another only where a code of twelve digits was given out before)."""
    kind = kind_of(new.kind)
    row = {
        "kind": kind.code,
        "status": PaperStatus.ISSUED,
        "secrecy": Secrecy.SENSITIVE if new.sensitive else kind.secrecy,
        "language": new.language,
        COLUMNS[new.subject].key: new.subject_id,
        "source": new.number,
        "title": new.title,
        "search": search_key(f"{new.number} {new.title}"),
        "words": new.words,
        "made_by_id": actor.user_id or None,
        "made_at": new.at,
        "number": new.number,
        "dated": local_date(new.at),
        "issued_by_id": actor.user_id or None,
        "issued_at": new.at,
        "version": 1,
    }
    add = _ADD[db.session.get_bind().dialect.name]
    public_id, added = secrets.token_hex(10), None
    while added is None:
        code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}d}"
        added = db.session.scalar(add, {**row, "public_id": public_id, "verify_code": code})
    audit.record(
        actor, "paper.issued", "paper", public_id, {"kind": kind.code, "number": new.number}
    )


def file_of(paper_id: int, *, base_url: str = "") -> bytes:
    """The file of an issued paper, drawn now where nobody has drawn it; ``NotFound`` where there
    is neither. Who may have it is the caller's to say. Ends the open transaction where it draws."""
    waiting = undrawn(paper_id)
    if waiting is not None:
        _draw(waiting, base_url)
    return stored_bytes(paper_id)


def draw_issued(*, base_url: str = "") -> int:
    """Draw what was issued and nobody has opened yet; how many were drawn. For the worker."""
    drawn = 0
    for paper_id in undrawn_papers(AT_ONCE, but=_given_up):
        waiting = undrawn(paper_id)
        try:
            if waiting is not None:
                _draw(waiting, base_url)
                drawn += 1
        except PaperError as error:
            _given_up.add(paper_id)
            log.warning("paper not drawn", paper=paper_id, kind=type(error).__name__)
    db.session.rollback()
    return drawn


def _draw(waiting: Undrawn, base_url: str) -> None:
    """Draw, sign and keep it, without a lock until there is something to keep."""
    key_id, identity = identity_in_force()
    expect_writes(False)
    drawn = later_of(waiting.kind.code)(
        Later(
            waiting.words, waiting.language, waiting.number, waiting.dated, waiting.code, base_url
        )
    )
    content = signed(drawn, identity, waiting.kind)
    begin_writing(db.session)
    _keep(waiting, content, key_id)


def _keep(waiting: Undrawn, content: bytes, key_id: int) -> None:
    from welfare.core.pdf.marking import pages_in

    file = save_file(seal(content, purpose=SEALED), SEALED_TYPE, claimed=True)
    digest = hashlib.sha256(content).digest()
    kept = db.session.execute(
        update(Paper)
        .where(Paper.id == waiting.id, Paper.file_id.is_(None))
        .values(
            file_id=file.id, sha256=digest, size=len(content), pages=pages_in(content),
            key_id=key_id,
        ),
        execution_options={"synchronize_session": False},
    )  # fmt: skip
    if not kept.rowcount:  # type: ignore[attr-defined]  # a result of UPDATE has it
        db.session.rollback()
        path_of(file.public_id).unlink(missing_ok=True)
        return
    audit.record(SYSTEM, "paper.drawn", "paper", waiting.public_id, {"sha256": digest.hex()})
    db.session.commit()
