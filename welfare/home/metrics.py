"""`/metrics`: for the monitoring of whoever operates the program, and nobody else."""

from __future__ import annotations

import hmac
from ipaddress import ip_address

from flask import Request, abort, current_app, request
from werkzeug.wrappers import Response

from config import Settings
from welfare.core.web import public
from welfare.home.views import blueprint
from welfare.operations.gauges import exposition, gauges

FORWARDED = ("X-Forwarded-For", "X-Real-IP", "Forwarded")
TEXT = "text/plain; version=0.0.4; charset=utf-8"


@blueprint.get("/metrics")
@public
def metrics() -> Response:
    """Numbers without names; not there (404) for who may not ask."""
    settings: Settings = current_app.config["SETTINGS"]
    if not may_ask(request, settings):
        abort(404)
    return Response(exposition(gauges(settings.data_path)), content_type=TEXT)


def may_ask(asked: Request, settings: Settings) -> bool:
    """Whether a request carries the token, or comes from this machine where none is set.

    Behind a proxy everything seems to come from this machine, so production needs a token.
    """
    if settings.metrics_token:
        given = asked.headers.get("Authorization", "").removeprefix("Bearer ")
        return hmac.compare_digest(given.encode(), settings.metrics_token.encode())
    if settings.production or any(name in asked.headers for name in FORWARDED):
        return False
    try:
        return ip_address(asked.remote_addr or "").is_loopback
    except ValueError:
        return False
