"""Staff file for somebody: the citizen's filing, linked to whom it is about in the registry."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from welfare.core import audit
from welfare.core.db import db
from welfare.core.security.permissions import Viewer
from welfare.intake.models import Complaint, ComplaintEventKind
from welfare.intake.services.accepting import household_named, person_named
from welfare.intake.services.annotating import set_links
from welfare.intake.services.filing import Filed, Filing, file_complaint
from welfare.intake.services.triage import append_line
from welfare.intake.workflow import Channel


def file_for_somebody(
    *,
    actor: Viewer,
    channel: Channel,
    language: str,
    answers: Filing,
    photo_ids: Sequence[str] = (),
    household: str = "",
    person: str = "",
    base_url: str = "",
) -> Filed:
    """File, and link to the household and person that the actor found in the registry.

    ``Forbidden`` as in ``file_complaint``; ``Refused`` for numbers that the actor may not see.
    The caller commits.
    """
    house, who = household_named(actor, household), person_named(actor, person)
    filed = file_complaint(
        actor=actor, channel=channel, language=language, answers=answers, photo_ids=photo_ids,
        base_url=base_url,
    )  # fmt: skip
    if house is None and who is None:
        return filed
    complaint = db.session.scalars(
        select(Complaint).where(Complaint.reference == filed.reference)
    ).one()
    set_links(complaint, house, who)
    changes = audit.changes_of(complaint)
    audit.record(actor, "complaint.linked", "complaint", filed.reference, changes)
    data = {"household": house.number if house else "", "person": who.number if who else ""}
    append_line(actor, complaint, ComplaintEventKind.LINKED, "", public=False, data=data)
    db.session.flush()
    return filed
