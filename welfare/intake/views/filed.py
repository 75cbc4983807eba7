"""After filing: the number, the secret, and what to keep of them."""

from __future__ import annotations

import io
import re

import segno
from flask import Blueprint, redirect, render_template, session, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response

from welfare.core.errors import NotFound
from welfare.core.security.one_time import result_of
from welfare.core.thai.references import format_secret
from welfare.core.web import public
from welfare.core.web.reached import base_url
from welfare.intake.documents import receipt_pdf, slip_pdf, track_link
from welfare.intake.queries.tracking import ReceiptFacts, receipt_facts
from welfare.intake.views.capability import grant
from welfare.intake.views.papers import next_steps, paper, receipt_of

blueprint = Blueprint("filed", __name__, url_prefix="/requests/filed")

KEY = "filed"
"""Session key: the one-time key of the form that this browser sent last."""
PURPOSE = "complaint.file"


def _filed() -> tuple[ReceiptFacts, str] | None:
    """What this browser filed last, and its secret."""
    result = result_of(session.get(KEY, ""), purpose=PURPOSE)
    if not result:
        return None
    reference, _space, secret = result.partition(" ")
    return receipt_facts(reference), secret


@blueprint.get("")
@public
def page() -> str | Response:
    """The receipt on the screen."""
    found = _filed()
    if found is None:
        return redirect(url_for("tracking.enter"))
    facts, secret = found
    grant(facts.reference)
    return render_template(
        "intake/public/filed.html",
        facts=facts,
        secret=format_secret(secret),
        steps=next_steps(facts.acknowledge_by),
        qr=qr_drawing(track_link(base_url(), facts.reference, secret)),
    )


@blueprint.get("/receipt.pdf")
@public
def receipt() -> Response:
    """The first receipt, with the secret on it."""
    facts, secret = _filed() or _nothing()
    return paper(receipt_pdf, receipt_of(facts, secret=secret), "receipt")


@blueprint.get("/slip.pdf")
@public
def slip() -> Response:
    """The small slip, without anybody's name."""
    facts, secret = _filed() or _nothing()
    return paper(slip_pdf, receipt_of(facts, secret=secret), "slip")


def _nothing() -> tuple[ReceiptFacts, str]:
    raise NotFound


def qr_drawing(link: str) -> Markup:
    """A link as a QR code, drawn in the page itself."""
    out = io.BytesIO()
    segno.make(link, error="m", micro=False).save(
        out, kind="svg", xmldecl=False, svgns=False, omitsize=True, border=2
    )
    drawing = re.sub(r'\sclass="[^"]*"', "", out.getvalue().decode())
    return Markup(drawing)  # noqa: S704 - drawn here; the link is squares in it, not text
