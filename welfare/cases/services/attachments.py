"""Files of a case: added and taken out of sight, both on the timeline."""

from __future__ import annotations

from sqlalchemy import select

from welfare.cases.models import Case, CaseAttachment
from welfare.cases.models.case import EventKind
from welfare.cases.policies import can_edit
from welfare.cases.queries.loading import load_case
from welfare.cases.services.events import add_event
from welfare.core import audit, clock
from welfare.core.db import db
from welfare.core.errors import Forbidden, NotFound, Refused
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Viewer
from welfare.core.storage import StoredFile


def add_attachment(*, actor: Viewer, number: str, file: StoredFile, caption: str = "") -> int:
    """Attach a stored file to a case; returns the id of the attachment."""
    case = _editable(actor, number)
    file.claimed = True
    attachment = CaseAttachment(
        case_id=case.id,
        file_id=file.id,
        caption=caption,
        added_by_id=actor.user_id or None,
        added_at=clock.now(),
    )
    db.session.add(attachment)
    db.session.flush()
    _tell(actor, case, attachment, "added", caption)
    return attachment.id


def remove_attachment(*, actor: Viewer, number: str, attachment_id: int) -> None:
    """Take an attachment out of sight; the file is kept for the audit until retention ends it."""
    case = _editable(actor, number)
    attachment = db.session.scalar(
        select(CaseAttachment)
        .where(CaseAttachment.id == attachment_id, CaseAttachment.case_id == case.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if attachment is None:
        raise NotFound
    if attachment.removed_at is not None:
        raise Refused(_("This file was already removed."))
    attachment.removed_at = clock.now()
    _tell(actor, case, attachment, "removed", attachment.caption)


def _editable(actor: Viewer, number: str) -> Case:
    case = load_case(number, viewer=actor)
    if not can_edit(actor, case):
        raise Forbidden
    return case


def _tell(actor: Viewer, case: Case, attachment: CaseAttachment, verb: str, caption: str) -> None:
    audit.record(actor, f"attachment.{verb}", "case", case.number, {"attachment": attachment.id})
    data = {"attachment": attachment.id, "verb": verb}
    add_event(actor=actor, case=case, kind=EventKind.ATTACHMENT, text=caption, data=data)
    db.session.flush()
