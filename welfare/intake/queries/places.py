"""The address that requests give of the cases they were joined to."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import or_, select

from welfare.cases.queries import ToldPlace
from welfare.core.db import db
from welfare.intake.models import Complaint
from welfare.intake.workflow import ComplaintStatus


def places_of_cases(case_ids: Collection[int]) -> dict[int, ToldPlace]:
    """By case id the place that its first request names, if any names one."""
    rows = db.session.execute(
        select(
            Complaint.case_id, Complaint.subject_name, Complaint.house_no, Complaint.village_no,
            Complaint.landmark, Complaint.lat, Complaint.lng,
        )
        .where(
            Complaint.case_id.in_(case_ids),
            Complaint.status != ComplaintStatus.WITHDRAWN,
            or_(Complaint.house_no != "", Complaint.landmark != "", Complaint.subject_name != ""),
        )
        .order_by(Complaint.house_no == "", Complaint.id)
    )  # fmt: skip
    found: dict[int, ToldPlace] = {}
    for row in rows:
        if row.case_id is not None:
            found.setdefault(
                row.case_id,
                ToldPlace(
                    row.subject_name, row.house_no, row.village_no, row.landmark, row.lat, row.lng
                ),
            )
    return found
