"""Making the resolutions of a meeting the decisions on its requests, and taking that back."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from flask_babel import force_locale
from sqlalchemy.exc import IntegrityError

from welfare.cases import services as cases
from welfare.cases.workflow import HelpStatus, Vote
from welfare.core.db import db
from welfare.core.errors import Forbidden, NotFound, Refused
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Permission, Viewer
from welfare.core.thai.dates import local_date
from welfare.meetings.facts import quorum
from welfare.meetings.kinds import ItemState, Presence
from welfare.meetings.models import Meeting, MeetingItem
from welfare.meetings.queries import (
    ItemRow,
    items_of,
    seats_of,
)
from welfare.meetings.services.holding import changing, item_held, items_held, note, row_of

AGREED = "ที่ประชุมมีมติเห็นชอบ"
"""The resolution where nobody wrote more. Thai: it stands in papers of the office."""


@dataclass(frozen=True, slots=True)
class Carried:
    """What came of carrying out: how many were granted, refused, and could not be carried out."""

    granted: int = 0
    refused: int = 0
    failed: int = 0


def carry_out(*, actor: Viewer, reference: str, version: int) -> Carried:
    """Make the resolution on each request the decision on it; those on which nobody voted wait.
    What this writes into the record is Thai, whatever language the clerk reads.

    ``Refused`` without a quorum. What cannot be carried out stays open with the reason, and hinders
    no other.
    """
    meeting = changing(actor, reference, version)
    if not actor.can(Permission.DECIDE_ASSISTANCE):
        raise Forbidden
    seats = seats_of(meeting.id)
    present = {one.member_id for one in seats if one.presence is Presence.PRESENT}
    if not seats or len(present) < quorum(len(seats)):
        raise Refused(
            _("%(n)s of %(all)s members came; at least %(needed)s must be there.",
              n=len(present), all=len(seats), needed=quorum(len(seats)))
        )  # fmt: skip
    rows = {one.id: one for one in items_of(meeting, actor)}
    done = {"granted": 0, "refused": 0, "failed": 0}
    for item in items_held(meeting):
        row = rows[item.id]
        if not row.open or not (row.votes or item.words):
            continue
        done[_carry(actor, meeting, item, row, present)] += 1
    note(actor, meeting, "meeting.carried_out", done)
    return Carried(**done)


def _carry(
    actor: Viewer, meeting: Meeting, item: MeetingItem, row: ItemRow, present: Collection[int]
) -> str:
    try:
        with db.session.begin_nested(), force_locale("th"):
            _resolve(actor, meeting, item, row, present)
    except Refused as refusal:
        item.failure = refusal.message
        return "failed"
    except (NotFound, Forbidden):
        with force_locale("th"):
            item.failure = _("You may not see the case of this request, or not decide on it.")
        return "failed"
    item.state, item.failure = ItemState.DECIDED, ""
    return "granted" if row.outcome is Vote.FOR else "refused"


def _resolve(
    actor: Viewer, meeting: Meeting, item: MeetingItem, row: ItemRow, present: Collection[int]
) -> None:
    if not row.seen:
        raise NotFound
    if set(row.votes) - set(present):
        raise Refused(_("Somebody voted who did not come to the meeting."))
    if row.outcome is Vote.AGAINST and not item.words:
        raise Refused(_("Write the grounds of the refusal: the citizen is told them."))
    words = item.words or AGREED
    cases.resolve_request(
        actor=actor, number=row.case_number, request_id=row.request_id, version=row.version,
        resolution=words, met_on=local_date(meeting.begins_at),
    )  # fmt: skip


def undo_item(*, actor: Viewer, reference: str, version: int, item_id: int, reason: str) -> None:
    """Take back what was resolved on a request, or that it was put off: it waits in this meeting
    again."""
    meeting = changing(actor, reference, version)
    item, row = item_held(meeting, item_id), row_of(meeting, actor, item_id)
    if item.state is ItemState.DECIDED:
        cases.undo_resolution(
            actor=actor, number=row.case_number, request_id=row.request_id, version=row.version,
            reason=reason,
        )  # fmt: skip
    elif item.state is ItemState.OPEN or row.status is not HelpStatus.WAITING:
        raise Refused(_("There is nothing to take back."), field="reason")
    item.state, item.failure = ItemState.OPEN, ""
    try:
        note(actor, meeting, "meeting.undone", {"request": row.request_id})
    except IntegrityError as error:
        db.session.rollback()
        raise Refused(_("One of them stands on another agenda by now."), field="reason") from error
