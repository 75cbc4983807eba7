"""Papers of intake: the receipt of a request (ใบรับคำร้อง) and the small slip.

Contents follow what a Thai office owes a citizen on receipt: number, day and time, documents
received and missing (พ.ร.บ.การอำนวยความสะดวกฯ 2558 ม.8), expected end, officer, how to follow.
"""

import io
from dataclasses import dataclass, fields
from datetime import date, datetime
from urllib.parse import quote, urlsplit

import segno

from welfare.core import pdf
from welfare.core.pdf.letterhead import Office
from welfare.papers.documents import verify_drawing, verify_values
from welfare.papers.facts import Stamp

TRACK_PATH = "/requests/track"


@dataclass(frozen=True, slots=True)
class Hotline:
    """A telephone number to print, with what it is for."""

    number: str
    label: str


@dataclass(frozen=True, slots=True)
class MissingDocument:
    """A document still owed, and until when."""

    name: str
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Receipt:
    """All that stands on a receipt, in the paper's language; made by `build_receipt`.

    `secret` is there on the slip only, and so is the QR code that carries it.
    `track_address` is what one types; it never carries the secret.
    """

    office: Office
    reference: str
    secret: str | None
    received_at: datetime
    channel: str
    kind: str
    category: str
    subject_name: str
    reporter_name: str
    place: str
    description: str
    next_steps: tuple[str, ...]
    due_on: date | None
    documents_received: tuple[str, ...]
    documents_missing: tuple[MissingDocument, ...]
    officer_name: str
    officer_position: str
    track_address: str
    qr_image: bytes | None
    hotlines: tuple[Hotline, ...]
    private: bool = False
    """Whether it says neither what happened, nor where, nor to whom."""
    anonymous: bool = False


def build_receipt(
    *,
    office: Office,
    base_url: str,
    reference: str,
    received_at: datetime,
    channel: str,
    kind: str,
    category: str,
    secret: str | None = None,
    subject_name: str = "",
    reporter_name: str = "",
    place: str = "",
    description: str = "",
    next_steps: tuple[str, ...] = (),
    due_on: date | None = None,
    documents_received: tuple[str, ...] = (),
    documents_missing: tuple[MissingDocument, ...] = (),
    officer_name: str = "",
    officer_position: str = "",
    hotlines: tuple[Hotline, ...] = (),
    private: bool = False,
    anonymous: bool = False,
) -> Receipt:
    """A receipt from plain values; `base_url` is where citizens reach the program."""
    return Receipt(
        office=office,
        reference=reference,
        secret=secret,
        received_at=received_at,
        channel=channel,
        kind=kind,
        category=category,
        subject_name=subject_name,
        reporter_name=reporter_name,
        place=place,
        description=description,
        next_steps=next_steps,
        due_on=due_on,
        documents_received=documents_received,
        documents_missing=documents_missing,
        officer_name=officer_name,
        officer_position=officer_position,
        track_address=_typed_address(base_url),
        qr_image=qr_code(track_link(base_url, reference, secret)),
        hotlines=hotlines,
        private=private,
        anonymous=anonymous,
    )


def track_link(base_url: str, reference: str, secret: str | None = None) -> str:
    """The address behind the QR code; the secret is in the fragment, which no server ever sees."""
    link = f"{base_url.rstrip('/')}{TRACK_PATH}?r={quote(reference)}"
    return f"{link}#s={quote(secret)}" if secret else link


def qr_code(link: str) -> bytes:
    """`link` as a QR code (PNG, one bit), readable with a seventh of it damaged.

    A bitmap, not SVG: drawing it costs a tenth, and its squares stay sharp at any size.
    """
    out = io.BytesIO()
    segno.make(link, error="m", micro=False).save(out, kind="png", border=4, scale=4)
    return out.getvalue()


def receipt_pdf(
    receipt: Receipt, *, lang: str = "th", stamp: Stamp | None = None, base_url: str = ""
) -> bytes:
    """The receipt on A4, in `th` or `en`; with `stamp` as it is issued. Never with the secret."""
    if receipt.secret:
        raise ValueError("the secret stands on the slip, never on a receipt")
    values = {one.name: getattr(receipt, one.name) for one in fields(receipt)}
    drawings = _drawings(receipt)
    if stamp is not None:
        values |= verify_values(stamp, base_url)
        drawings |= verify_drawing(stamp, base_url)
    return pdf.render("documents/receipt.html", values, lang=lang, drawings=drawings)


def slip_pdf(receipt: Receipt, *, lang: str = "th") -> bytes:
    """The small slip on A6: how to follow the request, without anybody's name."""
    return pdf.render(
        "documents/receipt_slip.html", receipt, lang=lang, drawings=_drawings(receipt)
    )


def _drawings(receipt: Receipt) -> dict[str, bytes]:
    return {"qr": receipt.qr_image} if receipt.qr_image else {}


def _typed_address(base_url: str) -> str:
    return f"{urlsplit(base_url).netloc}{TRACK_PATH}"
