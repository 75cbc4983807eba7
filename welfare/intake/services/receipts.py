"""The receipt of a complaint as a paper that was issued."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from welfare.cases.workflow import Sensitivity
from welfare.core import clock
from welfare.core.db import begin_writing, db
from welfare.core.errors import NotFound
from welfare.core.security.permissions import SYSTEM, Viewer
from welfare.intake.facts import ReceiptFacts
from welfare.intake.kinds import RECEIPT
from welfare.intake.models import Complaint
from welfare.intake.queries.tracking import receipt_facts
from welfare.papers.queries.papers import paper_of_source
from welfare.papers.services import Frozen, file_of, issue_for_later


def issue_receipt(
    *,
    actor: Viewer,
    complaint_id: int,
    facts: ReceiptFacts,
    language: str,
    at: datetime,
    base_url: str,
    sensitive: bool,
) -> None:
    """Issue the receipt in the transaction of the filing, whose right was checked there. What
    stands on it is frozen here: nothing that becomes of the complaint changes it."""
    new = Frozen(
        kind=RECEIPT.code,
        subject="complaint",
        subject_id=complaint_id,
        number=facts.reference,
        title=RECEIPT.name_th,
        words=facts.as_text(base_url=base_url),
        language=language,
        at=at,
        sensitive=sensitive,
    )
    issue_for_later(actor=actor, new=new)


def receipt_file(*, reference: str, base_url: str) -> bytes:
    """The signed receipt of a complaint, byte by byte as it was issued, for whoever the caller lets
    have it. A complaint that came in before receipts were kept is given its receipt now; that says
    the day of today as its own, and the day of the filing as what it attests."""
    found = paper_of_source(RECEIPT.code, reference)
    if found is None:
        found = _issued_now(reference, base_url)
    return file_of(found[0], base_url=base_url)


def _issued_now(reference: str, base_url: str) -> tuple[int, str]:
    begin_writing(db.session)
    row = db.session.execute(
        select(Complaint.id, Complaint.language, Complaint.sensitivity).where(
            Complaint.reference == reference
        )
    ).first()
    if row is None:
        raise NotFound
    try:
        issue_receipt(
            actor=SYSTEM, complaint_id=row.id, facts=receipt_facts(reference),
            language=row.language, at=clock.now(), base_url=base_url,
            sensitive=row.sensitivity is not Sensitivity.NORMAL,
        )  # fmt: skip
        db.session.commit()
    except IntegrityError:  # somebody was quicker
        db.session.rollback()
    found = paper_of_source(RECEIPT.code, reference)
    if found is None:
        raise NotFound
    return found
