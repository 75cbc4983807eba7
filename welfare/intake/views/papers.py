"""The papers of a complaint as answers: the receipt as issued, copies of it, the slip."""

from __future__ import annotations

from werkzeug.wrappers import Response

from welfare.core.web.reached import base_url
from welfare.core.web.templating import language
from welfare.intake.documents import receipt_of, slip_pdf
from welfare.intake.facts import ReceiptFacts
from welfare.intake.services.receipts import receipt_file
from welfare.papers.documents import as_copy, moment


def original(reference: str) -> Response:
    """The signed receipt, for whoever has just filed."""
    return _answer(receipt_file(reference=reference, base_url=base_url()), f"receipt-{reference}")


def copy(reference: str, *, by: str = "") -> Response:
    """The receipt marked สำเนา on every page: when it was printed, and by whom at the desk."""
    content = receipt_file(reference=reference, base_url=base_url())
    words = f"สำเนา ใบรับคำร้อง {reference} พิมพ์ {moment()}" + (f" โดย {by}" if by else "")
    return _answer(as_copy(content, words=words), f"receipt-copy-{reference}")


def slip(facts: ReceiptFacts, secret: str) -> Response:
    """The small slip with the secret, without anybody's name; it is kept nowhere."""
    lang = language()
    receipt = receipt_of(facts, lang=lang, base_url=base_url(), secret=secret)
    return _answer(slip_pdf(receipt, lang=lang), f"slip-{facts.reference}")


def _answer(content: bytes, name: str) -> Response:
    """A PDF to be saved, kept by no cache."""
    response = Response(content, mimetype="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    response.headers["Cache-Control"] = "no-store, private"
    return response
