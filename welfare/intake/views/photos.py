"""Photos of an unfinished form: taken from the upload, carried as signed ids, shown to their
uploader only."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from flask import Blueprint, current_app, request, session, url_for
from itsdangerous import BadSignature, Signer
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response

from welfare.core.errors import NotFound, Throttled
from welfare.core.i18n import gettext as _
from welfare.core.security import throttle
from welfare.core.storage import open_file
from welfare.core.storage.uploads import (
    MAX_BYTES,
    MOST_PHOTOS,
    still_waiting,
    take_photos,
    waiting_thumbnail,
)
from welfare.core.web import commit, public
from welfare.core.web.pictures import picture_response
from welfare.intake.services.photos import MAX_PIXELS

blueprint = Blueprint("intake_photos", __name__, url_prefix="/requests/photos")

FIELD = "photo"
"""The hidden field that carries one kept photo each."""
OWNER = "uploader"


@dataclass(frozen=True, slots=True)
class CarriedPhoto:
    """A kept photo of an unfinished form: what the form carries and where its thumbnail is."""

    public_id: str
    token: str
    thumb: str


def carried() -> list[str]:
    """The ids of the photos that the form carries and that are still there."""
    ids = [_opened("kept", token) for token in request.form.getlist(FIELD)[: MOST_PHOTOS * 2]]
    return still_waiting([public_id for public_id in ids if public_id])


def shown(public_ids: list[str]) -> list[CarriedPhoto]:
    """The same for a page: signed for the form, and for this browser's eyes."""
    if public_ids and OWNER not in session:
        session[OWNER] = secrets.token_urlsafe(12)
    return [
        CarriedPhoto(
            public_id,
            _signed("kept", public_id),
            url_for("intake_photos.thumbnail", token=_signed(_eyes(), public_id)),
        )
        for public_id in public_ids
    ]


def take(kept: list[str], *, field: str = "photos") -> tuple[list[str], list[str]]:
    """Take what was uploaded with this request; the ids then kept, and what to say about the rest.

    Commits the good ones, so that an error elsewhere in the form loses none.
    """
    uploads = [upload for upload in request.files.getlist(field) if upload.filename]
    if not uploads:
        return kept, []
    address = request.remote_addr or ""
    try:
        throttle.check(throttle.UPLOAD_ADDRESS, address)
    except Throttled:
        message = _("Too many photos came from this address. Please go on without more photos.")
        return kept, [message]
    contents = ((_name(up), _content(up)) for up in uploads)
    taken = take_photos(contents, already=len(kept), max_pixels=MAX_PIXELS)
    for _upload in taken.kept:
        throttle.count(throttle.UPLOAD_ADDRESS, address)
    commit()
    problems = [_problem(name, code) for name, code in taken.refused]
    if taken.too_many:
        problems.append(
            _(
                "At most %(most)s photos can be handed in; %(n)s were left out.",
                most=MOST_PHOTOS,
                n=taken.too_many,
            )
        )
    return [*kept, *taken.kept], problems


@blueprint.get("/<token>")
@public
def thumbnail(token: str) -> Response:
    """A small picture of an upload, for the browser that uploaded it."""
    public_id = _opened(_eyes(), token) if OWNER in session else None
    small = waiting_thumbnail(public_id) if public_id else None
    if small is None:
        raise NotFound
    return picture_response(open_file(small))


def _eyes() -> str:
    return f"eyes:{session.get(OWNER, '')}"


def _signer(purpose: str) -> Signer:
    return Signer(current_app.secret_key or "", salt=f"photo:{purpose}", sep=".")


def _signed(purpose: str, public_id: str) -> str:
    return _signer(purpose).sign(public_id).decode()


def _opened(purpose: str, token: str) -> str | None:
    try:
        return _signer(purpose).unsign(token).decode()
    except (BadSignature, ValueError):
        return None


def _name(upload: FileStorage) -> str:
    return (upload.filename or "").replace("\\", "/").rsplit("/", 1)[-1][:60]


def _content(upload: FileStorage) -> bytes:
    return upload.stream.read(MAX_BYTES + 1)


def _problem(name: str, fault: str) -> str:
    if fault == "picture_too_large":
        return _("%(name)s is larger than 15 MB. Please choose a smaller photo.", name=name)
    if fault == "picture_too_many_pixels":
        return _("%(name)s has too many pixels. Please choose a smaller photo.", name=name)
    if fault == "picture_damaged":
        return _("%(name)s is damaged or was not sent whole. Please choose it again.", name=name)
    if fault == "picture_heic":
        return _(
            "%(name)s is in a form that cannot be read here. Please send it as JPEG.", name=name
        )
    return _("%(name)s is not a photo. Please choose a JPG, PNG or WebP picture.", name=name)
