"""The one-page paper, warm, beside WeasyPrint alone on the same HTML; in one process, in turn."""

import statistics
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

MARK = 1.7


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
        secret="K7QF-2MXD-9RTW",
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


def measure_papers(rounds: int) -> tuple[list[float], list[float]]:
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
            _timed(lambda: receipt_pdf(receipt)),
            _timed(lambda: pdf.bare(html, drawings=drawings)),
        )
        if place >= 3:
            ours.append(taken[0])
            bare.append(taken[1])
    return ours, bare


def _timed(act: Callable[[], object]) -> float:
    started = time.perf_counter()
    act()
    return (time.perf_counter() - started) * 1000


def ratio(ours: list[float], bare: list[float]) -> float:
    """The receipt's p50 to WeasyPrint's."""
    return statistics.median(ours) / statistics.median(bare)
