"""What happens to a paper after it was issued: printed again, taken back, replaced."""

from __future__ import annotations

from sqlalchemy import select, update

from welfare.core import audit, clock
from welfare.core.db import db
from welfare.core.errors import Forbidden, Refused, StaleRecord
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Viewer
from welfare.papers.facts import letter_from
from welfare.papers.kinds import PaperStatus
from welfare.papers.models import Paper
from welfare.papers.parts import kind_of
from welfare.papers.policies import can_issue, can_write
from welfare.papers.queries.papers import load_paper
from welfare.papers.services.drafting import new_paper
from welfare.papers.services.issuing import _tell


def note_print(*, actor: Viewer, public_id: str) -> int:
    """Count a print; returns which it is. The first is the paper, all later ones are copies."""
    paper, kind, about = load_paper(public_id, viewer=actor)
    if paper.status is PaperStatus.DRAFT:
        raise Refused(_("This paper was not issued yet."))
    if paper.prints == 0 and not can_issue(actor, kind, about):
        raise Forbidden
    db.session.execute(
        update(Paper).where(Paper.id == paper.id).values(prints=Paper.prints + 1),
        execution_options={"synchronize_session": False},
    )
    audit.record(actor, "paper.printed", "paper", public_id, {"print": paper.prints + 1})
    db.session.flush()
    return paper.prints + 1


def withdraw_paper(*, actor: Viewer, public_id: str, version: int, reason: str) -> None:
    """Take an issued paper back. Its number stays used; whoever verifies it reads so at once."""
    paper, kind, about = load_paper(public_id, viewer=actor)
    if not can_issue(actor, kind, about):
        raise Forbidden
    mine = paper.withdrawn_by_id == actor.user_id and paper.version == version + 1
    if mine and paper.status is PaperStatus.WITHDRAWN:
        return  # the same button twice
    if paper.version != version:
        raise StaleRecord(version=paper.version, current={})
    if paper.status is not PaperStatus.ISSUED:
        raise Refused(_("Only a paper that is in force can be taken back."))
    if not reason:
        raise Refused(_("Please write the reason."), field="reason")
    paper.status, paper.withdrawn_at = PaperStatus.WITHDRAWN, clock.now()
    paper.withdrawn_by_id, paper.withdraw_reason = actor.user_id or None, reason
    audit.record(actor, "paper.withdrawn", "paper", public_id, {"number": paper.number})
    _tell(actor, paper, kind, about, "withdrawn")
    db.session.flush()


def take_back_source(*, actor: Viewer, kind_code: str, source: str, reason: str) -> None:
    """Take back what a domain issued and takes back itself; the right is the caller's to check."""
    paper = db.session.scalar(
        select(Paper)
        .where(Paper.kind == kind_code, Paper.source == source, Paper.status == PaperStatus.ISSUED)
        .with_for_update()
    )
    if paper is None:
        return
    paper.status, paper.withdrawn_at = PaperStatus.WITHDRAWN, clock.now()
    paper.withdrawn_by_id, paper.withdraw_reason = actor.user_id or None, reason
    audit.record(actor, "paper.withdrawn", "paper", paper.public_id, {"number": paper.number})
    db.session.flush()


def _begun_by(actor: Viewer, paper: Paper) -> str | None:
    """The draft that the actor began in the place of a paper."""
    return db.session.scalar(
        select(Paper.public_id).where(
            Paper.id == paper.replaced_by_id,
            Paper.made_by_id == actor.user_id,
            Paper.status == PaperStatus.DRAFT,
        )
    )


def replace_paper(*, actor: Viewer, public_id: str, version: int) -> str:
    """Begin another in the place of an issued one; its public id. The old one holds until the new
    one is issued, and is taken back by that."""
    paper, kind, about = load_paper(public_id, viewer=actor)
    if not kind.composed or not can_write(actor, kind, about):
        raise Forbidden
    begun = _begun_by(actor, paper) if paper.version == version + 1 else None
    if begun is not None:
        return begun  # the same button twice
    if paper.version != version:
        raise StaleRecord(version=paper.version, current={})
    if paper.status is not PaperStatus.ISSUED or paper.replaced_by_id is not None:
        raise Refused(_("This paper is being replaced already, or does not hold any more."))
    other = new_paper(actor, kind_of(paper.kind), about)
    facts = letter_from(paper.words)
    other.title, other.recipient, other.words = facts.title, facts.recipient, facts.as_text()
    other.search = paper.search
    db.session.add(other)
    db.session.flush()
    paper.replaced_by_id = other.id
    audit.record(actor, "paper.replacing", "paper", public_id, {"by": other.public_id})
    db.session.flush()
    return other.public_id
