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
from welfare.core.web.templating import language
from welfare.intake.documents import track_link
from welfare.intake.facts import ReceiptFacts
from welfare.intake.labels import next_steps
from welfare.intake.queries.tracking import receipt_facts
from welfare.intake.views import papers
from welfare.intake.views.capability import grant

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
        steps=next_steps(facts.acknowledge_by, language()),
        qr=qr_drawing(track_link(base_url(), facts.reference, secret)),
    )


@blueprint.get("/receipt.pdf")
@public
def receipt() -> Response:
    """The receipt as it was issued, signed; the secret is on the slip."""
    facts, _secret = _filed() or _nothing()
    return papers.original(facts.reference)


@blueprint.get("/slip.pdf")
@public
def slip() -> Response:
    """The small slip, without anybody's name."""
    facts, secret = _filed() or _nothing()
    return papers.slip(facts, secret)


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
