"""Whom an event concerns among the people who filed, and where they can be reached."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from welfare.cases.models import Case
from welfare.core.db import db
from welfare.intake.models import Complaint, Reporter


@dataclass(frozen=True, slots=True)
class Concerned:
    """A filer who is to hear of an event; ``email`` only where they left one and agreed."""

    reference: str
    email: str | None
    language: str


def citizens_concerned(payload: dict[str, Any]) -> list[Concerned]:
    """The filers of the complaint that an event's payload names, or of all of its case.

    Anonymous filers and those who did not agree to be contacted are not reached by anybody.
    """
    statement = (
        select(Complaint.reference, Complaint.language, Reporter.email)
        .join(Reporter, Reporter.complaint_id == Complaint.id)
        .where(Complaint.anonymous.is_(False), Complaint.consent)
    )
    if "reference" in payload:
        statement = statement.where(Complaint.reference == payload["reference"])
    elif "number" in payload:
        statement = statement.join(Case, Case.id == Complaint.case_id).where(
            Case.number == payload["number"]
        )
    else:
        return []
    rows = db.session.execute(statement)
    return [Concerned(row.reference, row.email, row.language) for row in rows]


def workers_concerned(payload: dict[str, Any]) -> list[tuple[str, int]]:
    """The case that the complaint of an event belongs to, and the worker who has it, if any."""
    rows = db.session.execute(
        select(Case.number, Case.assignee_id)
        .join(Complaint, Complaint.case_id == Case.id)
        .where(Complaint.reference == payload["reference"], Case.assignee_id.is_not(None))
    )
    return [(row.number, row.assignee_id) for row in rows]
