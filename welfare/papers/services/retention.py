"""How long papers of a kind are kept."""

from __future__ import annotations

from datetime import date

from welfare.core import audit, clock
from welfare.core.db import db
from welfare.core.errors import Forbidden, Refused
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Viewer
from welfare.papers.kinds import Keep
from welfare.papers.models import PaperKeeping
from welfare.papers.parts import kind_of
from welfare.papers.policies import can_manage


def set_keeping(*, actor: Viewer, kind_code: str, keep: Keep, since: date, basis: str) -> None:
    """From a day on, today at the earliest, papers of this kind are kept so long. What was set
    before stays in the books."""
    if not can_manage(actor):
        raise Forbidden
    kind = kind_of(kind_code)
    if since < clock.today():
        raise Refused(_("This can begin today at the earliest."), field="since")
    if not basis:
        raise Refused(_("Please write which rule says so."), field="basis")
    row = PaperKeeping(
        kind=kind.code, since=since, keep=keep, basis=basis, made_by_id=actor.user_id or None,
        made_at=clock.now(),
    )  # fmt: skip
    db.session.add(row)
    details = {"keep": keep.value, "since": since.isoformat()}
    audit.record(actor, "paper.keeping_set", "paper_keeping", kind.code, details)
    db.session.flush()
