"""Papers of intake: the receipt of a request (ใบรับคำร้อง) and the small slip."""

from welfare.intake.documents.issued import draw_receipt, receipt_of
from welfare.intake.documents.receipt import (
    Hotline,
    MissingDocument,
    Receipt,
    build_receipt,
    qr_code,
    receipt_pdf,
    slip_pdf,
    track_link,
)

__all__ = [
    "Hotline",
    "MissingDocument",
    "Receipt",
    "build_receipt",
    "draw_receipt",
    "qr_code",
    "receipt_of",
    "receipt_pdf",
    "slip_pdf",
    "track_link",
]
