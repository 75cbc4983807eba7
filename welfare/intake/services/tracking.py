"""What a filer does with a complaint afterwards: open it, add to it, withdraw it, say if it helped.

Whoever calls has been let in by the secret or filed it as a volunteer; the views see to that.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from welfare.cases.queries.categories import category_by_id
from welfare.cases.services.events import citizen_text, note_whether_it_helped
from welfare.core import audit, clock, outbox
from welfare.core.db import db
from welfare.core.deadlines import deadline
from welfare.core.errors import NotFound, Refused
from welfare.core.i18n import gettext as _
from welfare.core.security import throttle
from welfare.core.security.permissions import PUBLIC, Viewer
from welfare.core.thai.text import search_key
from welfare.intake.models import Complaint, ComplaintEvent, ComplaintEventKind
from welfare.intake.queries.tracking import opens
from welfare.intake.queries.waits import waits_of
from welfare.intake.services.photos import attach_photos
from welfare.intake.workflow import ComplaintStatus, may_follow

SEARCH_AT_MOST = 20_000


def open_with_secret(*, reference: str, secret: str, address: str) -> bool:
    """Whether the secret opens the complaint. Wrong ones count against the reference and the
    address, whether the reference is known or not; ``Throttled`` beyond. The caller commits."""
    throttle.check(throttle.TRACK_ADDRESS, address)
    throttle.check(throttle.TRACK_REFERENCE, reference)
    if opens(reference, secret):
        return True
    throttle.count(throttle.TRACK_ADDRESS, address)
    throttle.count(throttle.TRACK_REFERENCE, reference)
    audit.record(PUBLIC, "complaint.secret_refused", "complaint", reference)
    return False


def add_information(
    *, reference: str, text: str, photo_ids: Sequence[str] = (), actor: Viewer = PUBLIC
) -> None:
    """Add a filer's words and photos; an answer to the office's question ends the pause.

    ``Refused`` when the complaint was withdrawn or there is nothing to add. The caller commits.
    """
    complaint = _loaded(reference)
    if complaint.status is ComplaintStatus.WITHDRAWN:
        raise Refused(_("This request was withdrawn; nothing can be added to it."))
    if not text and not photo_ids:
        raise Refused(_("Please write something or add a photo."), field="text")
    answering = complaint.status is ComplaintStatus.NEEDS_INFO
    photos = attach_photos(complaint.id, photo_ids)
    complaint.search_text = f"{complaint.search_text} {search_key(text)}"[:SEARCH_AT_MOST]
    if answering:
        _resume(complaint)
    kind = ComplaintEventKind.ANSWERED if answering else ComplaintEventKind.ADDED
    _event(complaint, kind, text, actor, {"photos": photos})
    if complaint.case_id is not None:
        citizen_text(case_id=complaint.case_id, text=text or _("Photos were added."), actor=actor)
    verb = "answered" if answering else "added_to"
    _noted(complaint, f"complaint.{verb}", actor, {"photos": photos})
    db.session.flush()


def withdraw(*, reference: str, reason: str = "", actor: Viewer = PUBLIC) -> None:
    """Withdraw a complaint for good. ``Refused`` when it is over already. The caller commits."""
    complaint = _loaded(reference)
    if complaint.status is ComplaintStatus.WITHDRAWN:
        return
    if not may_follow(complaint.status, ComplaintStatus.WITHDRAWN):
        raise Refused(_("The office has already decided on this request; it cannot be withdrawn."))
    complaint.status = ComplaintStatus.WITHDRAWN
    complaint.decided_at = clock.now()
    complaint.paused_at = None
    _event(complaint, ComplaintEventKind.WITHDRAWN, reason, actor, {})
    if complaint.case_id is not None:
        told = _("The filer withdraws the request %(reference)s.", reference=reference)
        citizen_text(case_id=complaint.case_id, text=f"{told}\n{reason}".strip(), actor=actor)
    _noted(complaint, "complaint.withdrawn", actor, {})
    db.session.flush()


def say_whether_it_helped(
    *, reference: str, helped: str, text: str = "", actor: Viewer = PUBLIC
) -> None:
    """Keep the filer's answer to "did it help?" (``yes``, ``partly``, ``no``).

    Staff see it on the case; one with a ``no`` stands on their desk until somebody reopens it or
    the filer says otherwise. The caller commits.
    """
    complaint = _loaded(reference)
    if helped not in {"yes", "partly", "no"}:
        raise Refused(_("Please choose one of the answers."), field="helped")
    if complaint.case_id is None:
        raise Refused(_("This request is not finished yet."))
    _event(complaint, ComplaintEventKind.FEEDBACK, text, actor, {"helped": helped})
    words = {
        "yes": _("The filer says: it helped."),
        "partly": _("The filer says: it helped in part."),
        "no": _("The filer says: it did not help."),
    }
    citizen_text(case_id=complaint.case_id, text=f"{words[helped]}\n{text}".strip(), actor=actor)
    note_whether_it_helped(case_id=complaint.case_id, helped=helped != "no")
    name = "complaint.not_helped" if helped == "no" else "complaint.feedback"
    _noted(complaint, name, actor, {"helped": helped})
    db.session.flush()


def _loaded(reference: str) -> Complaint:
    complaint = db.session.scalar(
        select(Complaint).where(Complaint.reference == reference).with_for_update()
    )
    if complaint is None:
        raise NotFound
    return complaint


def _resume(complaint: Complaint) -> None:
    """The question is answered: back to the queue, and the wait comes off the deadline."""
    complaint.status = ComplaintStatus.SUBMITTED
    complaint.paused_at = None
    category = category_by_id(complaint.category_id)
    if category is not None:
        pauses = waits_of(complaint.id)
        days = deadline(complaint.filed_at, category.due_working_days, pauses)
        complaint.due_at = days.due_at


def _event(
    complaint: Complaint,
    kind: ComplaintEventKind,
    text: str,
    actor: Viewer,
    data: dict[str, Any],
) -> None:
    db.session.add(
        ComplaintEvent(
            complaint_id=complaint.id,
            at=clock.now(),
            kind=kind,
            actor_id=actor.user_id or None,
            public=True,
            text=text,
            data=data,
        )
    )


def _noted(complaint: Complaint, name: str, actor: Viewer, details: dict[str, Any]) -> None:
    changes = {**audit.changes_of(complaint), **details}
    audit.record(actor, name, "complaint", complaint.reference, changes)
    outbox.publish(name, {"reference": complaint.reference})
