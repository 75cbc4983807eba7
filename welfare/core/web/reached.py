"""Where others reach the program: the start of every address that leaves it."""

from __future__ import annotations

from flask import current_app, request


def base_url() -> str:
    """What is set, else where this request came to; without a slash at the end."""
    return (current_app.config["SETTINGS"].base_url or request.host_url).rstrip("/")
