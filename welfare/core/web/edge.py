"""How a request begins and ends: intent, guard, one commit, headers."""

from __future__ import annotations

import secrets

from flask import Flask, g, request, session
from werkzeug.wrappers import Response

from welfare.core.db import db
from welfare.core.db.engine import expect_writes
from welfare.core.i18n import LANGUAGES
from welfare.core.web.access import guard

READING = frozenset({"GET", "HEAD", "OPTIONS"})


def commit() -> None:
    """The one commit of a request, in the success path of its view, before the redirect."""
    db.session.commit()


def _begin() -> None:
    g.csp_nonce = secrets.token_urlsafe(16)
    expect_writes(request.method not in READING)
    if request.args.get("lang") in LANGUAGES:
        session["lang"] = request.args["lang"]
    if request.args.get("size") in {"1", "2", "3"}:
        session["text_size"] = request.args["size"]


def allow_pictures_from(origin: str) -> None:
    """Let the page of this request show pictures of one more host (``https://tiles.example``)."""
    g.pictures_from = origin


def security_headers(
    *, production: bool, nonce: str = "", pictures_from: str = ""
) -> dict[str, str]:
    """The headers that every response carries, errors and static files included."""
    pictures = f"'self' blob: {pictures_from}".strip()
    scripts = f"'self' 'nonce-{nonce}'" if nonce else "'self'"
    headers = {
        "Content-Security-Policy": (
            f"default-src 'none'; script-src {scripts}; style-src 'self'; "
            f"img-src {pictures}; font-src 'self'; connect-src 'self'; manifest-src 'self'; "
            "worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
        ),
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Referrer-Policy": "same-origin",
        "Permissions-Policy": "camera=(self), geolocation=(self), microphone=()",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
    }
    if production:
        headers["Strict-Transport-Security"] = "max-age=63072000; includeSubDomains"
    return headers


def install_edge(app: Flask) -> None:
    """Attach the beginning and the end of every request."""
    production = bool(app.config["SETTINGS"].production)

    @app.before_request
    def _open() -> None:
        _begin()

    app.before_request(guard)

    @app.after_request
    def _headers(response: Response) -> Response:
        nonce = getattr(g, "csp_nonce", "")
        sent = security_headers(
            production=production, nonce=nonce, pictures_from=g.get("pictures_from", "")
        )
        for name, value in sent.items():
            response.headers.setdefault(name, value)
        response.headers.setdefault("Cache-Control", "no-store")
        return response

    @app.teardown_request
    def _close(_error: BaseException | None) -> None:
        expect_writes(True)
