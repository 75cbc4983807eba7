"""บัญชีหนังสือขอทำลาย, with the columns of form 25 of the Regulation on Records 2526, and, once the
deed is done, the record of it on the same paper."""

from __future__ import annotations

from welfare.core import clock
from welfare.core.pdf.registers import Column, Group, Kind, Register, render_register
from welfare.core.pdf.registers.at_once import AtOnce
from welfare.core.thai.dates import be_year, format_long, format_short, local_date
from welfare.core.thai.digits import on_paper
from welfare.papers.kinds import Archives, Fate, ListStatus
from welfare.papers.queries.destroying import ListedPaper, ListPage
from welfare.papers.queries.office import the_office

HIDDEN = "(ปกปิด)"
_STATES = {
    ListStatus.DRAWN: "เสนอคณะกรรมการทำลายหนังสือพิจารณา",
    ListStatus.APPROVED: "อนุมัติแล้ว ยังไม่ได้ทำลาย",
    ListStatus.DROPPED: "ยกเลิกบัญชี ไม่มีการทำลาย",
}
_ARCHIVES = {
    Archives.AGREED: "สำนักหอจดหมายเหตุแห่งชาติเห็นชอบ วันที่",
    Archives.SILENT: "ส่งสำนักหอจดหมายเหตุแห่งชาติครบ 60 วันแล้วไม่มีการแจ้ง ส่งเมื่อวันที่",
    Archives.BEFOREHAND: "ทำความตกลงกับสำนักหอจดหมายเหตุแห่งชาติไว้แล้ว วันที่",
}
_WHICH = "เอกสารที่ครบอายุการเก็บภายในสิ้นปีปฏิทิน {}"
SIGNERS = ("ประธานกรรมการ", "กรรมการ", "กรรมการ")


def destruction_pdf(page: ListPage, *, printed_by: str) -> bytes:
    """The list on A4 across, in Thai, for the committee to mark and to sign."""
    register = Register(
        office=the_office(),
        title="บัญชีหนังสือขอทำลาย",
        columns=(
            Column("ชนิดเอกสาร", 44),
            Column("เลขที่หนังสือ", 40),
            Column("ลงวันที่", 26, Kind.CENTRED),
            Column("เรื่อง", 66),
            Column("การพิจารณา", 30, Kind.CENTRED),
            Column("หมายเหตุ", 40),
        ),
        groups=(Group(_WHICH.format(on_paper(str(page.year))), tuple(map(_line, page.papers))),),
        printed_at=clock.now(),
        printed_by=printed_by,
        subtitle=_subtitle(page),
        unit="ฉบับ",
        wide=True,
        signers=SIGNERS,
    )
    return render_register(register, presses=AtOnce()).pdf


def _subtitle(page: ListPage) -> tuple[str, ...]:
    lines = [f"ประจำปี {page.year}", _state(page)]
    if page.order_no and page.approved_at:
        approved = format_long(local_date(page.approved_at))
        lines.append(f"อนุมัติตามคำสั่งที่ {page.order_no} วันที่ {approved} โดย {page.approved_by}")
    if page.archives and page.archives_on:
        lines.append(f"{_ARCHIVES[page.archives]} {format_long(page.archives_on)}")
    if page.committee:
        lines.append("คณะกรรมการทำลายหนังสือ " + ", ".join(page.committee))
    return tuple(on_paper(line) for line in lines)


def _state(page: ListPage) -> str:
    if page.destroyed_at is None:
        return _STATES[page.status]
    day = format_long(local_date(page.destroyed_at))
    count = page.of(Fate.DESTROYED)
    return f"ทำลายแล้ว {count} ฉบับ วันที่ {day} โดย {page.destroyed_by}"


def _line(one: ListedPaper) -> tuple[str, ...]:
    said, note = "", ""
    if one.fate is Fate.DESTROYED:
        said = "ทำลายแล้ว"
    elif one.fate is Fate.KEPT and one.keep_until:
        said, note = f"เก็บถึง {be_year(one.keep_until)}", one.reason
    elif one.fate is Fate.DROPPED:
        said = "ไม่ทำลาย"
    day = format_short(one.dated) if one.dated else ""
    words = (one.kind.public_name("th"), one.number or HIDDEN, day, one.title or HIDDEN, said, note)
    return tuple(on_paper(word) for word in words)
