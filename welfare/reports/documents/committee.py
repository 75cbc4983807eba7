"""Agenda and minutes of a fund's committee, from the requests and votes that are recorded.

Of a meeting itself nothing is kept: number, place and hours are given for each paper.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from welfare.cases.workflow import HelpStatus, Vote
from welfare.core import pdf
from welfare.core.pdf.layouts.committee import AGENDA, MINUTES, Item, Meeting, Request
from welfare.core.pdf.layouts.committee import Seat as SeatOnPaper
from welfare.papers.queries.office import the_office
from welfare.reports.queries.committee import BeforeThem, Sitting

HIDDEN = "(ปกปิด)"
BLANK = "……………………"


@dataclass(frozen=True, slots=True)
class MeetingFacts:
    """What is known of a meeting but its requests."""

    fund: str
    number: str
    place: str
    begins_at: datetime
    secretary: str = ""
    chair: str = ""


def agenda_pdf(facts: MeetingFacts, sitting: Sitting) -> bytes:
    """The agenda before the meeting."""
    return pdf.render(AGENDA, meeting(facts, sitting, decided=False))


def minutes_pdf(facts: MeetingFacts, sitting: Sitting) -> bytes:
    """The minutes after it, with the resolution on each request."""
    return pdf.render(MINUTES, meeting(facts, sitting, decided=True))


def meeting(facts: MeetingFacts, sitting: Sitting, *, decided: bool) -> Meeting:
    """The meeting as plain values. Present are those who voted; who else came is not known."""
    requests = tuple(_request(one, decided) for one in sitting.requests)
    items = (
        Item("เรื่องประธานแจ้งให้ที่ประชุมทราบ", text="" if decided else BLANK),
        Item("เรื่องรับรองรายงานการประชุมครั้งก่อน", text="" if decided else BLANK),
        Item(
            "เรื่องเพื่อพิจารณา: คำขอรับความช่วยเหลือ",
            text="" if requests else "ไม่มีคำขอที่ต้องพิจารณา",
            requests=requests,
        ),
        Item("เรื่องอื่น ๆ", text="" if decided else BLANK),
    )
    seats = [
        (one.id in sitting.voted, SeatOnPaper(one.name, one.position)) for one in sitting.seats
    ]
    return Meeting(
        office=the_office(),
        committee=f"คณะกรรมการพิจารณาให้ความช่วยเหลือ {facts.fund}",
        meeting_no=facts.number or BLANK,
        place=facts.place or BLANK,
        begins_at=facts.begins_at,
        items=items,
        present=tuple(seat for came, seat in seats if came) if decided else (),
        begun_at=facts.begins_at if decided else None,
        secretary=facts.secretary,
        chair=facts.chair,
    )


def _request(one: BeforeThem, decided: bool) -> Request:
    granted = one.approved if decided and one.approved else None
    return Request(
        number=one.case_number,
        name=(one.name or BLANK) if one.named else HIDDEN,
        asks_for=one.what if one.named else HIDDEN,
        amount=one.asked,
        facts=one.reason,
        votes_for=one.votes.get(Vote.FOR, 0) if decided else None,
        votes_against=one.votes.get(Vote.AGAINST, 0) if decided else None,
        abstained=one.votes.get(Vote.ABSTAIN, 0) if decided else None,
        resolution=_resolution(one) if decided else "",
        granted=granted,
    )


def _resolution(one: BeforeThem) -> str:
    words = "ไม่อนุมัติ" if one.status is HelpStatus.REFUSED else "อนุมัติ"
    return f"{words} {one.grounds}".strip()
