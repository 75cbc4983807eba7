"""The letter of a referral (หนังสือภายนอก) with what is shared and the form of the answer.

Order and margins follow the Regulation on Records 2526 for external letters: number, garuda or
seal, the office, the day, subject, addressee, enclosures, text, signature, the unit in charge.
"""

from __future__ import annotations

import io
from dataclasses import dataclass, fields
from datetime import date
from urllib.parse import quote, urlsplit

import segno

from welfare.core import pdf
from welfare.core.pdf.letterhead import Office
from welfare.papers.documents import verify_drawing, verify_values
from welfare.papers.facts import Stamp

AGENCY_PATH = "/referrals"


@dataclass(frozen=True, slots=True)
class Letter:
    """All that stands in the letter; a draft has no number, no day and no code."""

    office: Office
    letter_no: str
    written_on: date | None
    subject: str
    to: str
    agency: str
    purpose: str
    ground: str
    lines: tuple[tuple[str, str], ...]
    answer_by: date
    signer: str
    signer_position: str
    reference: str
    code: str
    address: str
    open_until: date


def agency_link(base_url: str, reference: str, code: str = "") -> str:
    """Where the agency answers; the code is in the fragment, which no server ever sees."""
    link = f"{base_url.rstrip('/')}{AGENCY_PATH}?r={quote(reference)}"
    return f"{link}#c={quote(code)}" if code else link


def typed_address(base_url: str) -> str:
    """The same to be typed."""
    return f"{urlsplit(base_url).netloc}{AGENCY_PATH}"


def letter_pdf(letter: Letter, *, base_url: str, stamp: Stamp | None = None) -> bytes:
    """The letter and its enclosures as PDF, A4, in Thai; with ``stamp`` as it is issued."""
    drawings = {}
    if letter.code:
        out = io.BytesIO()
        link = agency_link(base_url, letter.reference, letter.code)
        segno.make(link, error="m", micro=False).save(out, kind="png", border=4, scale=4)
        drawings["qr"] = out.getvalue()
    values = {field.name: getattr(letter, field.name) for field in fields(letter)}
    if stamp is not None:
        values |= verify_values(stamp, base_url)
        drawings |= verify_drawing(stamp, base_url)
    return pdf.render("documents/referral_letter.html", values, lang="th", drawings=drawings)
