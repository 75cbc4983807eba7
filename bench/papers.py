"""Papers: one page beside WeasyPrint alone, many letters on one core and on all, a long register.

`python -m bench.papers [--letters 500] [--rows 10000] [--rounds 30]`. Judged are p50 of processor
time for the page (both in one process, in turn, so that others on the machine do not blur it),
letters a second, and seconds and memory of the register. Beside the rate of two processes stands
what their processor time says it would be on cores of their own.
"""

import argparse
import json
import os
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

MARK = 1.7
MANY_MARK, REGISTER_SECONDS, REGISTER_MB = 1.7, 120.0, 1_000
OUT = Path(__file__).parent / "out"


def sample_receipt() -> Any:
    """A receipt as a citizen gets it."""
    from welfare.core.pdf.letterhead import Office
    from welfare.intake.documents import Hotline, build_receipt

    return build_receipt(
        office=Office(
            "เทศบาลตำบลอุโมงค์", "กองสวัสดิการสังคม", "ตำบลอุโมงค์ อำเภอเมืองลำพูน จังหวัดลำพูน", "053-000-000"
        ),
        base_url="https://welfare.example",
        reference="UM70-000123-7",
        received_at=datetime(2026, 11, 22, 2, 30, tzinfo=UTC),
        channel="ทางหน้าเว็บ",
        kind="ขอความช่วยเหลือ",
        category="ซ่อมบ้านหรือปรับสภาพบ้าน",
        subject_name="นางคำ ใจดี",
        place="บ้านเลขที่ ๑๒/๑ หมู่ที่ ๔",
        description="หลังคาบ้านยายรั่วทุกครั้งที่ฝนตก นอนไม่ได้ทั้งคืน อยากให้มาดูและช่วยซ่อม",
        next_steps=("เจ้าหน้าที่อ่านคำร้องภายใน ๓ วันทำการ", "มีผู้รับผิดชอบมาดูแล", "ติดตามได้ตลอดเวลา"),
        due_on=date(2026, 12, 15),
        hotlines=(Hotline("191", "เหตุด่วนเหตุร้าย"), Hotline("1669", "เจ็บป่วยฉุกเฉิน")),
    )


def measure_papers(
    rounds: int, clock: Callable[[], float] = time.perf_counter
) -> tuple[list[float], list[float]]:
    """Milliseconds of the receipt, from values to PDF, and of bare WeasyPrint on its HTML."""
    from welfare.core import pdf
    from welfare.intake.documents import receipt_pdf

    receipt = sample_receipt()
    html = pdf.html_for("documents/receipt.html", receipt)
    drawings = {"qr": receipt.qr_image}
    pdf.warm()
    ours: list[float] = []
    bare: list[float] = []
    for place in range(rounds + 3):
        taken = (
            _timed(lambda: receipt_pdf(receipt), clock),
            _timed(lambda: pdf.bare(html, drawings=drawings), clock),
        )
        if place >= 3:
            ours.append(taken[0])
            bare.append(taken[1])
    return ours, bare


def _timed(act: Callable[[], object], clock: Callable[[], float]) -> float:
    started = clock()
    act()
    return (clock() - started) * 1000


def ratio(ours: list[float], bare: list[float]) -> float:
    """The receipt's p50 to WeasyPrint's."""
    return statistics.median(ours) / statistics.median(bare)


@dataclass(frozen=True, slots=True)
class Many:
    """Letters drawn by a number of processes that were warm before the clock began."""

    letters: int
    processes: int
    seconds: float
    drawing_cpu: float
    own_cpu: float

    @property
    def rate(self) -> float:
        """Letters a second."""
        return self.letters / self.seconds


def many(letters: int, processes: int) -> Many:
    """Draw so many receipts, each other words."""
    from dataclasses import replace

    from welfare.core.pdf.presses import Job, Presses

    receipt = sample_receipt()
    drawings = {"qr": receipt.qr_image}

    def jobs(count: int) -> list[Job]:
        return [
            Job(
                "documents/receipt.html",
                replace(receipt, reference=f"UM70-{nr:06}-7", subject_name=f"นางคำ ใจดี {nr}"),
                drawings=drawings,
            )
            for nr in range(count)
        ]

    with Presses(processes) as presses:
        for _ in presses.draw_all(jobs(processes * 4)):
            pass
        started, own = time.perf_counter(), time.process_time()
        worked = [drawn.worked for drawn in presses.draw_all(jobs(letters)) if drawn.pdf]
        seconds, own = time.perf_counter() - started, time.process_time() - own
    if len(worked) != letters:
        raise RuntimeError(f"{letters - len(worked)} letters were not drawn")
    return Many(letters, processes, seconds, sum(worked), own)


def expected_gain(single: Many, several: Many) -> float:
    """How many times the single rate it would be if each process had a core of its own."""
    alone = single.drawing_cpu / single.letters
    shared = several.drawing_cpu / several.letters
    each = max(shared / several.processes, several.own_cpu / several.letters)
    return alone / each


@dataclass(frozen=True, slots=True)
class Long:
    """A register: how long it took, what it held at most, and whether it is right."""

    rows: int
    pages: int
    seconds: float
    drawing_cpu: float
    own_cpu: float
    megabytes: int
    right: bool


def sample_register(rows: int) -> Any:
    """A list of recipients in eleven villages."""
    from welfare.core.pdf.registers import Column, Group, Kind, Register

    columns = (
        Column("ชื่อ – สกุล", 50),
        Column("เลขประจำตัวประชาชน", 30, Kind.CENTRED),
        Column("ที่อยู่", 26),
        Column("อายุ (ปี)", 10, Kind.CENTRED),
        Column("จำนวนเงิน (บาท)", 20, Kind.MONEY, total=True),
        Column("ลายมือชื่อผู้รับเงิน", 26),
    )
    names = ("นางกตัญญู ศรีสุวรรณ", "นายปิ่น ฟื้นฟู", "นางสาวพิมพ์ชนก วุฒิปัญญา", "นายคำ ใจดี")
    everybody = [
        (names[nr % 4], f"x-xxxx-xxxxx-{nr % 100:02}-{nr % 10}", f"{nr % 300 + 1}/{nr % 9 + 1}",
         60 + nr % 40, Decimal(600 + 100 * (nr % 4)), None)
        for nr in range(rows)
    ]  # fmt: skip
    groups = [Group(f"หมู่ที่ {at + 1}", everybody[at::11]) for at in range(11)]
    return Register(
        sample_receipt().office, "บัญชีรายชื่อผู้รับเบี้ยยังชีพผู้สูงอายุ", columns, groups,
        datetime(2026, 11, 22, 2, 30, tzinfo=UTC), "ผู้พิมพ์", ("ประจำเดือน พฤศจิกายน ๒๕๖๙",),
        signers=("ผู้จัดทำ", "ผู้ตรวจสอบ", "ผู้อนุมัติ"),
    )  # fmt: skip


def long_register(rows: int) -> Long:
    """Make it with as many processes as there are cores, waking them included."""
    import pikepdf

    from bench.memory import Watched
    from welfare.core.pdf.registers import render_register

    register = sample_register(rows)
    started, own = time.perf_counter(), time.process_time()
    with Watched() as memory:
        made = render_register(register)
    seconds, own = time.perf_counter() - started, time.process_time() - own
    (OUT / "register.pdf").write_bytes(made.pdf)
    with pikepdf.open(OUT / "register.pdf") as opened:
        pages = len(opened.pages)
    money = sum(row[4] for group in register.groups for row in group.rows)
    right = pages == made.pages and made.rows == rows and money in made.totals
    return Long(rows, pages, seconds, made.worked, own, memory.most // 1_000_000, right)


def measure_all(letters: int, rows: int, rounds: int) -> bool:
    """Print and write down every figure; whether the marks are kept."""
    OUT.mkdir(parents=True, exist_ok=True)
    ours, bare = measure_papers(rounds, time.process_time)
    page = ratio(ours, bare)
    print(
        f"papers: one page {statistics.median(ours):.1f} ms of processor time,"
        f" {page:.2f} times WeasyPrint alone (mark {MARK})",
        flush=True,
    )
    cores = os.cpu_count() or 1
    single, several = many(letters, 1), many(letters, cores)
    gain, expected = several.rate / single.rate, expected_gain(single, several)
    print(
        f"  {letters} letters: {single.rate:.1f} a second by one process, {several.rate:.1f} by"
        f" {cores}: {gain:.2f} times; {expected:.2f} by processor time (mark {MANY_MARK})",
        flush=True,
    )
    long = long_register(rows)
    print(
        f"  register of {long.rows:,} rows: {long.pages} pages in {long.seconds:.1f} s"
        f" (mark {REGISTER_SECONDS:.0f}), {long.drawing_cpu:.1f} s of processor time drawing,"
        f" {long.own_cpu:.1f} s planning and joining; {long.megabytes} MB all processes together"
        f" (mark {REGISTER_MB}); pages and totals {'right' if long.right else 'WRONG'}",
        flush=True,
    )
    figures = {
        "page_ms": statistics.median(ours), "page_ratio": page, "single": asdict(single),
        "several": asdict(several), "gain": gain, "gain_by_cpu": expected, "register": asdict(long),
    }  # fmt: skip
    (OUT / "papers.json").write_text(json.dumps(figures, indent=1) + "\n")
    quick = long.seconds * 10_000 / max(long.rows, 1) < REGISTER_SECONDS or rows < 5_000
    return (
        page <= MARK
        and max(gain, expected) >= MANY_MARK
        and quick
        and long.megabytes < REGISTER_MB
        and long.right
    )


def main() -> int:
    """Print and write the figures; 1 when a mark is missed."""
    parser = argparse.ArgumentParser(prog="bench.papers")
    parser.add_argument("--letters", type=int, default=500)
    parser.add_argument("--rows", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=30)
    asked = parser.parse_args()
    return 0 if measure_all(asked.letters, asked.rows, asked.rounds) else 1


if __name__ == "__main__":
    sys.exit(main())
