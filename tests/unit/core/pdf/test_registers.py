"""Registers: every row once, on a page that holds it, and sums that are right."""

import io
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal

import page
import pypdf
import pytest

from tests.papers.hard_thai import HARD_THAI, LONGEST_NAME, TEN_LINE_ADDRESS
from tests.papers.reading import by_poppler, letters
from tests.papers.samples import AT, OFFICE
from welfare.core import pdf
from welfare.core.pdf.presses import Drawn, Job, Presses
from welfare.core.pdf.registers import Column, Group, Kind, Register, making, render_register
from welfare.core.pdf.registers.breaking import Ruler
from welfare.core.pdf.registers.paging import plan
from welfare.core.thai.digits import to_thai

COLUMNS = (
    Column("ชื่อ – สกุล", 50),
    Column("เลขประจำตัวประชาชน", 30, Kind.CENTRED),
    Column("ที่อยู่", 40),
    Column("จำนวนเงิน (บาท)", 24, Kind.MONEY, total=True),
    Column("ลายมือชื่อผู้รับเงิน", 24),
)


def usual(nr: int) -> str:
    return f"นางคำ ใจดี ที่ {nr}"


def register(counts: tuple[int, ...], name: Callable[[int], str] = usual) -> Register:
    groups = []
    nr = 0
    for village, count in enumerate(counts, start=1):
        rows = []
        for _ in range(count):
            nr += 1
            rows.append((name(nr), "x-xxxx-xxxxx-45-6", "12/3", Decimal("600.25"), None))
        groups.append(Group(f"หมู่ที่ {village}", tuple(rows)))
    return Register(OFFICE, "บัญชีรายชื่อ", COLUMNS, groups, AT, "ผู้พิมพ์", signers=("ผู้จัดทำ", "ผู้อนุมัติ"))


class InThisProcess(Presses):
    """Draws without waking another process."""

    def draw_all(self, jobs: Iterable[Job]) -> Iterator[Drawn]:
        for place, job in enumerate(jobs):
            made = pdf.render(
                job.template, job.values, limits=job.limits, by_columns=job.by_columns
            )
            yield Drawn(place, made)


def test_every_row_stands_once_and_every_page_holds_its_rows() -> None:
    made = plan(register((70, 0, 333, 1), lambda nr: LONGEST_NAME if nr % 3 else "นายปิ่น"))
    lines = [line for sheet in made.sheets for line in sheet.lines]
    numbers = [line.cells[0].lines for line in lines if line.kind == "row"]
    assert len(numbers) == len(set(numbers)) == made.rows == 404
    assert [line.kind for line in lines].count("sum") == 4
    assert lines[-1].kind == "total"
    assert all(sheet.lines for sheet in made.sheets)
    for sheet in made.sheets:
        assert sum(line.height for line in sheet.lines) + made.head.height <= 262.0
        assert sheet.lines[-1].kind != "group"


def test_sums_are_right_to_the_satang() -> None:
    made = plan(register((3, 5)))
    sums = [
        "".join(line.cells[1].lines)
        for sheet in made.sheets
        for line in sheet.lines
        if line.kind in ("sum", "total")
    ]
    assert sums == ["๑,๘๐๐.๗๕", "๓,๐๐๑.๒๕", "๔,๘๐๒.๐๐"]
    assert made.totals == (None, None, None, Decimal("4802.00"), None)
    assert made.in_words == "สี่พันแปดร้อยสองบาทถ้วน"


def test_lines_are_cut_between_words_and_amounts_never() -> None:
    ruler = Ruler("sarabun-regular.ttf", 9.5)
    for text in (LONGEST_NAME, TEN_LINE_ADDRESS):
        lines = ruler.lines(text, 30.0)
        assert letters("".join(lines)) == letters(text)
        assert all(ruler.width(line) <= 30.0 for line in lines)
        assert not any(line[0] in "ะาำิีึืุู่้๊๋็์ัๆฯ" for line in lines)
    made = plan(register((5,)))
    rows = [line for sheet in made.sheets for line in sheet.lines if line.kind == "row"]
    assert all(len(line.cells[at].lines) == 1 for line in rows for at in (0, 2, 4))


def test_parts_are_joined_into_one_paper(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(making, "PAGES_AT_ONCE", 1)

    def hard(nr: int) -> str:
        return " ".join(HARD_THAI[3 * nr - 3 : 3 * nr])

    made = render_register(register((30, 45), hard), presses=InThisProcess(1))
    assert made.pages == len(pypdf.PdfReader(io.BytesIO(made.pdf)).pages) == 3
    for standard in (page.ValidationProfile.PDF_A_2A, page.ValidationProfile.PDF_UA_1):
        report = page.validate_pdf_bytes(made.pdf, profile=standard)
        assert [one.message for one in report.failures] == []
    read = [letters(one) for one in by_poppler(made.pdf)]
    whole = "".join(read)
    assert [nr for nr in range(1, 76) if to_thai(letters(hard(nr))) not in to_thai(whole)] == []
    for nr, text in enumerate(read, start=1):
        assert letters("ชื่อ – สกุล") in text
        assert f"หน้า{'๑๒๓'[nr - 1]}จาก๓" in text
    assert "หมู่ที่๒(ต่อ)" in whole
    assert letters("รวมทั้งสิ้น จำนวน ๗๕ ราย") in read[-1]


def test_a_paper_in_another_process_and_one_that_is_ended() -> None:
    """The marks of the issue: what exceeds its time is ended, the next is drawn all the same."""
    good = Job("documents/base.html", {"office": {"name": "ก"}})
    slow = Job(
        "documents/base.html", {"office": {"name": "ก"}}, limits=pdf.Limits(seconds=0.000001)
    )
    large = Job("documents/base.html", {"office": {"name": "ก" * 2_000}},
                limits=pdf.Limits(characters=100))  # fmt: skip
    with Presses(1) as presses:
        made = list(presses.draw_all([good, slow, large, good]))
    assert [one.place for one in made] == [0, 1, 2, 3]
    assert made[0].pdf.startswith(b"%PDF")
    assert made[3].pdf.startswith(b"%PDF")
    assert isinstance(made[1].error, pdf.PaperTooSlow)
    assert isinstance(made[2].error, pdf.PaperTooLarge)
