"""Drafts that were thrown away: who has one open still is told so, and by whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from welfare.accounts.models import User
from welfare.core import audit
from welfare.core.db import db
from welfare.core.errors import NotFound
from welfare.core.security.permissions import Viewer
from welfare.papers.models import Paper
from welfare.papers.parts import About, subject_of
from welfare.papers.policies import sees_loose

DISCARDED = "paper.discarded"


@dataclass(frozen=True, slots=True)
class Discarded:
    """Who threw a draft away, when, and what it was about; ``own``: the viewer themselves."""

    who: str
    at: datetime
    own: bool
    about: About | None


class DraftGone(NotFound):
    """There was a draft, which the viewer could read, and it was thrown away."""

    def __init__(self, found: Discarded) -> None:
        super().__init__("a draft that was thrown away")
        self.found = found


def absent(public_id: str, viewer: Viewer) -> NotFound:
    """What to raise where there is no paper: ``DraftGone`` where the viewer may know of it."""
    try:
        found = _discarded(public_id, viewer)
    except NotFound as error:
        return error
    return DraftGone(found) if found is not None else NotFound()


def _discarded(public_id: str, viewer: Viewer) -> Discarded | None:
    noted = audit.noted(DISCARDED, public_id)
    if noted is None:
        return None
    subject, number, about = noted.details.get("subject"), noted.details.get("subject_id"), None
    own = noted.actor_id == viewer.user_id
    if subject and number:
        about = subject_of(subject).by_id(number, viewer)
    elif not (own or sees_loose(viewer) or noted.details.get("made_by") == viewer.user_id):
        return None
    who = db.session.scalar(select(User.display_name).where(User.id == noted.actor_id))
    return Discarded(who or noted.actor, noted.at, own, about)


def noted_of(paper: Paper, about: About | None) -> dict[str, object]:
    """What is noted of a draft as it is thrown away."""
    found: dict[str, object] = {"kind": paper.kind, "made_by": paper.made_by_id}
    return found | ({"subject": about.subject, "subject_id": about.id} if about else {})
