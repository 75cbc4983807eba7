"""Who takes no part in a request."""

from __future__ import annotations

from welfare.cases import services as cases
from welfare.core.security.permissions import Viewer
from welfare.meetings.services.holding import changing, note, row_of


def recuse(
    *, actor: Viewer, reference: str, version: int, item_id: int, member_id: int, reason: str
) -> None:
    """A member of the committee does not vote on this request."""
    meeting = changing(actor, reference, version)
    row = row_of(meeting, actor, item_id)
    cases.recuse_member(
        actor=actor, number=row.case_number, request_id=row.request_id, member_id=member_id,
        reason=reason,
    )  # fmt: skip
    note(actor, meeting, "meeting.recused", {"member": member_id})


def take_part(
    *, actor: Viewer, reference: str, version: int, item_id: int, member_id: int, reason: str
) -> None:
    """A member of whom it was noted otherwise votes on this request after all."""
    meeting = changing(actor, reference, version)
    row = row_of(meeting, actor, item_id)
    cases.lift_recusal(
        actor=actor, number=row.case_number, request_id=row.request_id, member_id=member_id,
        reason=reason,
    )  # fmt: skip
    note(actor, meeting, "meeting.rejoined", {"member": member_id})
