"""Which language a request is answered in."""

from __future__ import annotations

from flask import has_request_context, request, session

LANGUAGES = ("th", "en")


def choose_language() -> str:
    """``?lang=`` first, then what was chosen before, else Thai (never the browser's guess)."""
    if not has_request_context():
        return "th"
    asked = request.args.get("lang")
    if asked in LANGUAGES:
        return asked
    kept = session.get("lang")
    return kept if kept in LANGUAGES else "th"
