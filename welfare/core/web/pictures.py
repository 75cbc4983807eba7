"""A stored picture as an answer that no page can be made of and no shared cache keeps."""

from __future__ import annotations

from werkzeug.wrappers import Response


def paper_response(data: bytes) -> Response:
    """A PDF, to be saved or opened by itself, never as part of a page."""
    response = picture_response(data, "application/pdf")
    response.headers["Content-Disposition"] = "attachment; filename=paper.pdf"
    return response


def picture_response(data: bytes, media_type: str = "image/jpeg") -> Response:
    """The picture, to be looked at only: sandboxed, never cached, never guessed at."""
    response = Response(data, mimetype=media_type)
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Content-Disposition"] = "inline; filename=picture.jpg"
    response.headers["Cache-Control"] = "private, no-store"
    return response
