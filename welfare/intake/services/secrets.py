"""A new secret for somebody who lost theirs and showed who they are."""

from __future__ import annotations

from sqlalchemy import select

from welfare.core import audit
from welfare.core.db import db
from welfare.core.errors import Forbidden, NotFound
from welfare.core.security.permissions import Viewer
from welfare.core.thai.references import new_secret
from welfare.intake.models import Complaint
from welfare.intake.policies import can_triage, visible
from welfare.intake.queries.tracking import secret_hash


def renew_secret(*, actor: Viewer, reference: str) -> str:
    """Give a complaint a new secret and return it, to be handed over and never shown again.

    The old one ends at once. ``NotFound`` and ``Forbidden`` as for triage. The caller commits.
    """
    complaint = db.session.scalar(
        select(Complaint).where(Complaint.reference == reference, visible(actor)).with_for_update()
    )
    if complaint is None:
        raise NotFound
    if not can_triage(actor, complaint):
        raise Forbidden
    secret = new_secret()
    complaint.secret_hash = secret_hash(reference, secret)
    audit.record(actor, "complaint.secret_renewed", "complaint", reference)
    db.session.flush()
    return secret
