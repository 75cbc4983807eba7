"""Agenda and minutes (ระเบียบวาระ, รายงานการประชุม) from the record of a meeting. Thai: they are the
office's papers."""

from __future__ import annotations

from welfare.cases.workflow import HelpStatus, Vote
from welfare.core import clock
from welfare.core.errors import NotFound
from welfare.core.i18n import gettext as _
from welfare.core.pdf.layouts import committee as layout
from welfare.core.security.permissions import Viewer
from welfare.meetings.kinds import ItemState, Presence
from welfare.meetings.queries import ItemRow, MeetingPage, meeting_page, needs_of, source_of
from welfare.papers.parts import About, Asked, Sheet
from welfare.papers.queries.office import the_office

BLANK = "……………………"
HIDDEN = "(ปกปิด)"


def agenda_sheet(about: About, _asked: Asked, viewer: Viewer) -> Sheet:
    """The agenda before the meeting."""
    page = meeting_page(about.number, viewer=viewer)
    if page.row.off:
        raise NotFound
    return _sheet(page, layout.AGENDA, "ระเบียบวาระการประชุม", decided=False, hindrance=_unseen(page))


def minutes_sheet(about: About, _asked: Asked, viewer: Viewer) -> Sheet:
    """The minutes after it, with the resolution on each request."""
    page = meeting_page(about.number, viewer=viewer)
    if page.row.off:
        raise NotFound
    hindrance = _unseen(page) or _not_over(page)
    return _sheet(page, layout.MINUTES, "รายงานการประชุม", decided=True, hindrance=hindrance)


def _sheet(page: MeetingPage, template: str, words: str, *, decided: bool, hindrance: str) -> Sheet:
    return Sheet(
        title=f"{words} {page.row.fund_th} ครั้งที่ {page.row.called}",
        template=template,
        values=on_paper(page, decided=decided),
        source=source_of(page.id),
        own_number=f"ครั้งที่ {page.row.called}",
        hindrance=hindrance,
        reads=(("meeting", page.row.reference),),
        needs=needs_of(page),
    )


def _unseen(page: MeetingPage) -> str:
    if not page.hidden:
        return ""
    return _("There are requests on the agenda that you may not see; somebody who may issues it.")


def _not_over(page: MeetingPage) -> str:
    """Why minutes cannot be issued yet."""
    if page.row.begins_at > clock.now():
        return _("The meeting was not held yet.")
    if not page.quorate:
        return _("It is not noted that enough members came.")
    if page.open_items:
        return _("%(n)s requests are still without a resolution.", n=len(page.open_items))
    return ""


def on_paper(page: MeetingPage, *, decided: bool) -> layout.Meeting:
    """The meeting as plain values."""
    record = page.record
    requests = tuple(_request(one, page, decided) for one in page.items)
    items = (
        _matter("เรื่องประธานแจ้งให้ที่ประชุมทราบ", record["announced"], decided),
        layout.Item(
            "เรื่องรับรองรายงานการประชุมครั้งก่อน",
            text="" if decided else BLANK,
            resolution=(record["earlier_minutes"] or "ไม่มีรายงานการประชุมให้รับรอง") if decided else "",
        ),
        layout.Item(
            "เรื่องเพื่อพิจารณา: คำขอรับความช่วยเหลือ",
            text="" if requests else "ไม่มีคำขอที่ต้องพิจารณา",
            requests=requests,
        ),
        _matter("เรื่องอื่น ๆ", record["other"], decided),
    )
    there = {presence: _seats(page, presence) for presence in Presence}
    return layout.Meeting(
        office=the_office(),
        committee=f"คณะกรรมการพิจารณาให้ความช่วยเหลือ {page.row.fund_th}",
        meeting_no=page.row.called,
        place=page.row.place or BLANK,
        begins_at=page.row.begins_at,
        items=items,
        present=there[Presence.PRESENT] if decided else (),
        absent=(*there[Presence.EXCUSED], *there[Presence.ABSENT]) if decided else (),
        attending=_guests(record["attending"]) if decided else (),
        begun_at=page.row.begins_at if decided else None,
        ended_at=record["ended_at"] if decided else None,
        secretary=record["secretary"],
        chair=record["chair"],
    )


def _matter(title: str, words: str, decided: bool) -> layout.Item:
    """A matter to be heard; ไม่มี where there was none."""
    return layout.Item(title, text=words or ("ไม่มี" if decided else BLANK), heard=bool(words))


def _seats(page: MeetingPage, presence: Presence) -> tuple[layout.Seat, ...]:
    words = f" ({'ลา' if presence is Presence.EXCUSED else 'ขาด'})"
    said = "" if presence is Presence.PRESENT else words
    return tuple(
        layout.Seat(one.name, f"{one.position or 'กรรมการ'}{said}")
        for one in page.seats
        if one.presence is presence
    )


def _guests(text: str) -> tuple[layout.Seat, ...]:
    return tuple(
        layout.Seat(line.strip(), "ผู้เข้าร่วมประชุม") for line in text.splitlines() if line.strip()
    )


def _request(one: ItemRow, page: MeetingPage, decided: bool) -> layout.Request:
    voted = decided and one.state is ItemState.DECIDED
    names = {seat.member_id: seat.name for seat in page.seats}
    granted = one.approved if voted and one.status is not HelpStatus.REFUSED else None
    return layout.Request(
        number=one.case_number if one.seen else HIDDEN,
        name=(one.who or BLANK) if one.named else HIDDEN,
        asks_for=one.description if one.named else HIDDEN,
        amount=one.asked,
        facts=one.reason,
        votes_for=one.count(Vote.FOR) if voted else None,
        votes_against=one.count(Vote.AGAINST) if voted else None,
        abstained=one.count(Vote.ABSTAIN) if voted else None,
        resolution=_resolution(one) if decided else "",
        granted=granted,
        recused=tuple(names[member] for member in one.recused if member in names)
        if decided
        else (),
    )


def _resolution(one: ItemRow) -> str:
    if one.state is ItemState.DEFERRED:
        return f"เลื่อนการพิจารณา {one.words}".strip()
    if one.state is ItemState.OPEN:
        if one.open:
            return BLANK
        return "ถอนคำขอแล้ว" if one.status is HelpStatus.WITHDRAWN else "พิจารณานอกที่ประชุม"
    words = "ไม่อนุมัติ" if one.status is HelpStatus.REFUSED else "อนุมัติ"
    return f"{words} {one.grounds}".strip()
