"""Files of a case: added and taken out of sight, both on the timeline."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from welfare.cases.models import Case, CaseAttachment
from welfare.cases.policies import can_edit
from welfare.cases.queries.loading import load_case
from welfare.cases.services.events import add_event
from welfare.cases.workflow import EventKind
from welfare.core import audit, clock
from welfare.core.db import begin_writing, db, hold
from welfare.core.errors import Forbidden, Refused
from welfare.core.i18n import gettext as _
from welfare.core.images import Picture, PictureFault, reencode
from welfare.core.papers import PaperFault, clean_pdf, is_pdf
from welfare.core.security.permissions import Viewer
from welfare.core.storage import StoredFile, save_file
from welfare.core.storage.uploads import MAX_BYTES, MAX_PIXELS, save_picture

PAPER_TYPE = "application/pdf"


@dataclass(frozen=True, slots=True)
class Paper:
    """A PDF with nothing but its pages."""

    data: bytes


Upload = Picture | Paper
"""An upload as it may be kept."""


def made_harmless(content: bytes) -> Picture | Paper | str:
    """An upload as it may be kept: a picture drawn anew, a PDF cleaned; or the code of what is
    wrong with it.

    Ends the transaction at hand: nobody waits for a lock while a file is decoded.
    """
    begin_writing(db.session)
    try:
        if is_pdf(content):
            return Paper(clean_pdf(content))
        return reencode(content, max_bytes=MAX_BYTES, max_pixels=MAX_PIXELS)
    except (PictureFault, PaperFault) as fault:
        return fault.code


def add_attachment(
    *, actor: Viewer, number: str, upload: Picture | Paper, caption: str = ""
) -> int:
    """Store a picture or a PDF and attach it to a case; returns the id of the attachment."""
    case = _editable(actor, number)
    file = _stored(upload)
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


def _stored(upload: Picture | Paper) -> StoredFile:
    if isinstance(upload, Paper):
        return save_file(upload.data, PAPER_TYPE, claimed=True)
    return save_picture(upload, claimed=True)


def store_upload(upload: Upload) -> int:
    """Keep an upload for a record of another domain; the id of its file. The caller commits."""
    return _stored(upload).id


def remove_attachment(*, actor: Viewer, number: str, attachment_id: int) -> None:
    """Take an attachment out of sight; the file is kept for the audit until retention ends it."""
    case = _editable(actor, number)
    attachment = hold(
        select(CaseAttachment).where(
            CaseAttachment.id == attachment_id, CaseAttachment.case_id == case.id
        )
    )
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
