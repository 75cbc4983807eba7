"""Reading meetings: the list, one of them with its agenda, what could stand on it, its papers."""

from welfare.meetings.queries.items import ItemRow, items_of
from welfare.meetings.queries.listing import MeetingRow, meetings
from welfare.meetings.queries.page import (
    MeetingPage,
    SeatRow,
    load_meeting,
    meeting_page,
    minutes_hold,
    seats_of,
    source_of,
)
from welfare.meetings.queries.papers import (
    meeting_by_id,
    meeting_by_number,
    meeting_numbers,
    meetings_in_use,
    needs_of,
    visible_meetings,
)
from welfare.meetings.queries.waiting import Candidate, candidates

__all__ = [
    "Candidate",
    "ItemRow",
    "MeetingPage",
    "MeetingRow",
    "SeatRow",
    "candidates",
    "items_of",
    "load_meeting",
    "meeting_by_id",
    "meeting_by_number",
    "meeting_numbers",
    "meeting_page",
    "meetings",
    "meetings_in_use",
    "minutes_hold",
    "needs_of",
    "seats_of",
    "source_of",
    "visible_meetings",
]
