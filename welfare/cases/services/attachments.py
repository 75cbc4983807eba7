"""Files of a case: added and taken out of sight, both on the timeline."""

from __future__ import annotations

from sqlalchemy import select

from welfare.cases.models import Case, CaseAttachment
from welfare.cases.policies import can_edit
from welfare.cases.queries.loading import load_case
from welfare.cases.services.events import add_event
from welfare.cases.workflow import EventKind
from welfare.core import audit, clock
from welfare.core.db import begin_writing, db
from welfare.core.errors import Forbidden, NotFound, Refused
from welfare.core.i18n import gettext as _
from welfare.core.images import Picture, PictureFault, reencode
from welfare.core.security.permissions import Viewer
from welfare.core.storage import save_file

MAX_BYTES = 15 * 1024 * 1024
MAX_PIXELS = 48_000_000
MEDIA_TYPE = "image/jpeg"


def draw_picture(content: bytes) -> Picture | str:
    """An upload drawn anew, or the code of what is wrong with it.

    Ends the transaction at hand: nobody waits for a lock while a picture is decoded.
    """
    begin_writing(db.session)
    try:
        return reencode(content, max_bytes=MAX_BYTES, max_pixels=MAX_PIXELS)
    except PictureFault as fault:
        return fault.code


def add_attachment(*, actor: Viewer, number: str, picture: Picture, caption: str = "") -> int:
    """Store a picture and attach it to a case; returns the id of the attachment."""
    case = _editable(actor, number)
    small = save_file(picture.thumbnail, MEDIA_TYPE, claimed=True)
    file = save_file(
        picture.data,
        MEDIA_TYPE,
        width=picture.width,
        height=picture.height,
        thumbnail=small,
        claimed=True,
    )
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
