"""บัญชีรายชื่อ of those who received help, or are to receive it. Thai: the paper is the office's."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from itertools import groupby

from flask_babel import force_locale

from welfare.cases.labels import KINDS_OF_HELP
from welfare.core import clock
from welfare.core.pdf.presses import Presses
from welfare.core.pdf.registers import (
    Column,
    Group,
    Kind,
    MadeRegister,
    Register,
    render_register,
)
from welfare.core.pdf.registers.facts import Value
from welfare.core.security.permissions import Permission, Viewer
from welfare.core.thai.dates import MONTHS_SHORT, be_year, format_long
from welfare.papers.documents import code_words, verify_drawing
from welfare.papers.facts import Stamp
from welfare.papers.queries.office import the_office
from welfare.reports.kinds import Basis
from welfare.reports.queries.places import village_names
from welfare.reports.queries.recipients import Recipient, RecipientFilters, area_of, recipients

BLANK = "……………………"
HIDDEN = "(ปกปิด)"
NOTED = "(ไม่ผ่านกองทุน)"
TITLES = {
    Basis.GIVEN: "บัญชีรายชื่อผู้ได้รับความช่วยเหลือ",
    Basis.GRANTED: "บัญชีรายชื่อผู้ได้รับอนุมัติความช่วยเหลือ",
}
SIGNERS = ("ผู้จัดทำ", "ผู้ตรวจสอบ", "ผู้อนุมัติ")
MOST_NAMED = 20


@dataclass(frozen=True, slots=True)
class Look:
    """How the register is to look: with a column to sign in, with whole ID numbers."""

    signatures: bool = False
    whole_numbers: bool = False


def recipients_register(
    rows: Iterable[Recipient],
    filters: RecipientFilters,
    *,
    viewer: Viewer,
    look: Look,
    fund: str = "",
) -> Register:
    """The register as plain values; ``fund``: what the chosen one is called."""
    area = area_of(filters, viewer)
    names = village_names("th")
    groups = [
        Group(
            names.get(number, f"หมู่ที่ {number}" if number else "ไม่ทราบหมู่บ้าน"),
            tuple(map(_line(look), of)),
        )
        for number, of in groupby(rows, key=lambda row: row.village_no)
    ]
    columns = [
        Column("ชื่อ – สกุล", 46),
        Column("เลขประจำตัวประชาชน", 34, Kind.CENTRED),
        Column("ที่อยู่", 34),
        Column("รายการ", 44),
        Column("วันที่", 21, Kind.CENTRED),
        Column("จำนวนเงิน (บาท)", 24, Kind.MONEY, total=True),
    ]
    if look.signatures:
        columns.append(Column("ลายมือชื่อผู้รับ", 40))
    return Register(
        office=the_office(),
        title=TITLES[filters.basis],
        columns=columns,
        groups=groups,
        printed_at=clock.now(),
        printed_by=viewer.display_name,
        subtitle=(*scope_words(filters, fund, area), *own_words(viewer)),
        unit="รายการ",
        wide=True,
        signers=SIGNERS,
    )


def scope_words(
    filters: RecipientFilters, fund: str, area: frozenset[int] | None
) -> tuple[str, ...]:
    """What it is of: the time, the fund, the form of help, the villages."""
    span = filters.period.words("th")
    if filters.period.year is None:
        span = f"ประจำเดือน{span}"
    with force_locale("th"):
        kind = str(KINDS_OF_HELP[filters.kind]) if filters.kind else ""
    lines = [f"ประจำ{span}" if filters.period.year else span]
    if fund:
        lines.append(fund)
    if kind:
        lines.append(f"ประเภทความช่วยเหลือ: {kind}")
    return (*lines, *_only(area))


def _only(area: frozenset[int] | None) -> tuple[str, ...]:
    """Which villages it is of, where it is not of all."""
    if area is None:
        return ()
    known = sorted(area - {0})
    many = len(known) > MOST_NAMED
    words = f"{len(known)} หมู่บ้าน" if many else f"หมู่ที่ {', '.join(map(str, known))}"
    parts = [*([words] if known else []), *(["ที่ไม่ทราบหมู่บ้าน"] if 0 in area else [])]
    return (f"เฉพาะ{' และ'.join(parts)}",)


def _line(look: Look) -> Callable[[Recipient], tuple[Value, ...]]:
    def line(row: Recipient) -> tuple[Value, ...]:
        on = f"{row.on.day} {MONTHS_SHORT[row.on.month - 1]} {be_year(row.on)}"
        if not row.named:
            cells: tuple[Value, ...] = (HIDDEN, HIDDEN, HIDDEN, HIDDEN, on, row.amount)
        else:
            cells = (
                row.name or BLANK, row.identifier or BLANK, row.address or BLANK,
                _item(row), on, row.amount,
            )  # fmt: skip
        return (*cells, "") if look.signatures else cells

    return line


def _item(row: Recipient) -> str:
    """What was given; of a sensitive case only the kind of help: the list lies open to sign in.
    What was noted by hand says so: no fund has paid it."""
    with force_locale("th"):
        what = str(KINDS_OF_HELP[row.kind]) if row.private else row.what or BLANK
    return f"{what} {NOTED}" if row.noted else what


def own_words(viewer: Viewer) -> tuple[str, ...]:
    """That the register is of the maker's own cases, where they see no others."""
    whole = viewer.can(Permission.VIEW_ALL_CASES)
    return () if whole else ("เฉพาะกรณีที่ผู้จัดทำรับผิดชอบ",)


def draw_recipients(
    filters: RecipientFilters,
    *,
    viewer: Viewer,
    look: Look,
    fund: str = "",
    presses: Presses | None = None,
    progress: Callable[[int, int], None] | None = None,
    issued: tuple[Stamp, str] | None = None,
) -> MadeRegister:
    """The register of what the viewer may see, as PDF; ``issued``: number, day and code, and where
    the public reaches the program. Raises ``PaperError``."""
    with force_locale("th"):  # the paper is Thai whoever draws it, addresses too
        rows = recipients(filters, viewer, whole_numbers=look.whole_numbers)
        register = recipients_register(rows, filters, viewer=viewer, look=look, fund=fund)
    if issued is not None:
        stamp, base_url = issued
        number = f"เลขที่ {stamp.number} วันที่ {format_long(stamp.dated)}"
        register = replace(
            register,
            subtitle=(*register.subtitle, number),
            verify=code_words(stamp, base_url),
            drawings=verify_drawing(stamp, base_url),
        )
    return render_register(register, presses=presses, progress=progress)
