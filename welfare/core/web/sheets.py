"""Spreadsheets on their way to the browser while they are made."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from flask import stream_with_context
from werkzeug.wrappers import Response

from welfare.core import clock
from welfare.core.spreadsheets import MEDIA_TYPE


def sheet_response(pieces: Iterator[bytes], name: str) -> Response:
    """The file while it is made: nothing of it is ever on the disk, and the browser shows that it
    is coming. Its beginning is made first, so that what fails at once is still a page. It is
    called ``name`` and the day."""
    beginning = next(pieces)
    sent: Iterator[bytes] = stream_with_context(chain((beginning,), pieces))
    response = Response(sent, mimetype=MEDIA_TYPE)
    response.headers["Content-Disposition"] = (
        f'attachment; filename="{name}-{clock.today().isoformat()}.xlsx"'
    )
    response.headers["Cache-Control"] = "no-store, private"
    return response
