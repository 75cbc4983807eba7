"""The list of meetings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import case, func, select

from welfare.benefits.models import Fund
from welfare.cases.models import HelpRequest
from welfare.cases.workflow import HelpStatus
from welfare.core.db import db
from welfare.core.security.permissions import Viewer
from welfare.meetings.kinds import ItemState, MeetingStatus
from welfare.meetings.models import Meeting, MeetingItem
from welfare.meetings.policies import can_keep

MOST_LISTED = 100
_OPEN = (MeetingItem.state == ItemState.OPEN) & (HelpRequest.status == HelpStatus.WAITING)


@dataclass(frozen=True, slots=True)
class MeetingRow:
    """A meeting in the list."""

    reference: str
    fund_th: str
    fund_en: str
    fiscal_year: int
    number: int
    status: MeetingStatus
    begins_at: datetime
    place: str
    items: int
    open: int
    approved_on: date | None

    def fund(self, lang: str) -> str:
        """The fund's name."""
        return self.fund_en if lang == "en" and self.fund_en else self.fund_th

    @property
    def called(self) -> str:
        """``3/2570``."""
        return f"{self.number}/{self.fiscal_year}"

    @property
    def off(self) -> bool:
        """Whether it was called off."""
        return self.status is MeetingStatus.CALLED_OFF


def meetings(*, viewer: Viewer) -> list[MeetingRow]:
    """The newest first."""
    if not can_keep(viewer):
        return []
    still = case((_OPEN, 1), else_=0)
    rows = db.session.execute(
        select(
            Meeting.reference, Fund.name_th, Fund.name_en, Meeting.fiscal_year, Meeting.number,
            Meeting.status, Meeting.begins_at, Meeting.place, func.count(MeetingItem.id),
            func.coalesce(func.sum(still), 0), Meeting.approved_on,
        )
        .join(Fund, Fund.id == Meeting.fund_id)
        .outerjoin(MeetingItem, MeetingItem.meeting_id == Meeting.id)
        .outerjoin(HelpRequest, HelpRequest.id == MeetingItem.request_id)
        .group_by(Meeting.id, Fund.id)
        .order_by(Meeting.begins_at.desc(), Meeting.id.desc())
        .limit(MOST_LISTED)
    )  # fmt: skip
    return [MeetingRow(*row) for row in rows]
