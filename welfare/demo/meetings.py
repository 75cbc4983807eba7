"""A meeting that was held and waits for its resolutions to be written down, and one to come."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from welfare.benefits.queries import fund_of
from welfare.core import clock
from welfare.core.security.permissions import Viewer
from welfare.meetings import services as meetings
from welfare.meetings.facts import MeetingFacts
from welfare.meetings.kinds import Presence
from welfare.meetings.queries import candidates, meeting_page

WHERE, CHAIR = "ห้องประชุมเทศบาล ชั้น 2", "นายสมมติ ใจกว้าง"
ANNOUNCED = "งบประมาณของกองทุนในปีนี้ได้รับอนุมัติแล้ว ขอให้พิจารณาผู้เดือดร้อนเฉพาะหน้าก่อน"


def seed_meetings(held: str, to_come: str, officer: Viewer) -> None:
    """One of each of these funds. The caller commits."""
    for code, days in ((held, -1), (to_come, 5)):
        day = clock.today() + timedelta(days=days)
        facts = MeetingFacts(
            datetime.combine(day, time(9, 30), clock.BANGKOK),
            WHERE, CHAIR, officer.display_name, announced=ANNOUNCED if days < 0 else "",
        )  # fmt: skip
        reference = meetings.call_meeting(actor=officer, fund_code=code, facts=facts)
        waiting = {one.request_id for one in candidates(fund_of(code).id, viewer=officer)}
        if waiting:
            page = meeting_page(reference, viewer=officer)
            meetings.put_on_agenda(
                actor=officer, reference=reference, version=page.version, requests=waiting
            )
        if days < 0:
            page = meeting_page(reference, viewer=officer)
            meetings.note_attendance(
                actor=officer,
                reference=reference,
                version=page.version,
                presences={seat.member_id: Presence.PRESENT for seat in page.seats},
            )
