"""Photos of a record that is not saved yet: taken from the upload, carried as signed ids, shown
to who took them."""

from __future__ import annotations

from dataclasses import dataclass

from flask import current_app, request, url_for
from itsdangerous import BadSignature, Signer
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response

from welfare.core.errors import NotFound
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Permission
from welfare.core.storage import open_file
from welfare.core.storage.uploads import (
    MAX_BYTES,
    MOST_PHOTOS,
    still_waiting,
    take_photos,
    waiting_thumbnail,
)
from welfare.core.web import commit, requires, the_viewer
from welfare.core.web.pictures import picture_response
from welfare.dispatch.views.blueprints import field

FIELD = "photo"
"""The hidden field that carries one kept photo each."""


@dataclass(frozen=True, slots=True)
class CarriedPhoto:
    """A kept photo of an unsaved record: what the form carries and where its thumbnail is."""

    token: str
    thumb: str


def carried() -> list[str]:
    """The ids of the photos that the form carries and that are still there."""
    ids = [_opened(token) for token in request.form.getlist(FIELD)[: MOST_PHOTOS * 2]]
    return still_waiting([public_id for public_id in ids if public_id])


def shown(public_ids: list[str]) -> list[CarriedPhoto]:
    """The same for a page."""
    tokens = [signed(public_id) for public_id in public_ids]
    return [CarriedPhoto(token, url_for("field.photo", token=token)) for token in tokens]


def take(kept: list[str]) -> tuple[list[str], list[str]]:
    """Take what was uploaded with this request; the ids then kept, and what to say of the rest.

    Commits the good ones, so that an error elsewhere in the form loses none.
    """
    uploads = [upload for upload in request.files.getlist("photos") if upload.filename]
    if not uploads:
        return kept, []
    contents = ((_name(upload), upload.stream.read(MAX_BYTES + 1)) for upload in uploads)
    taken = take_photos(contents, already=len(kept))
    commit()
    problems = [_problem(name, code) for name, code in taken.refused]
    if taken.too_many:
        problems.append(
            _(
                "At most %(most)s photos belong to a visit; %(n)s were left out.",
                most=MOST_PHOTOS,
                n=taken.too_many,
            )
        )
    return [*kept, *taken.kept], problems


@field.get("/photos/<token>")
@requires(Permission.WORK_CASES)
def photo(token: str) -> Response:
    """A small picture of an upload, for who uploaded it."""
    public_id = _opened(token)
    small = waiting_thumbnail(public_id) if public_id else None
    if small is None:
        raise NotFound
    return picture_response(open_file(small))


def _signer() -> Signer:
    salt = f"visit-photo:{the_viewer().user_id}"
    return Signer(current_app.secret_key or "", salt=salt, sep=".")


def signed(public_id: str) -> str:
    """The id as only this member of staff can send it back."""
    return _signer().sign(public_id).decode()


def _opened(token: str) -> str | None:
    try:
        return _signer().unsign(token).decode()
    except (BadSignature, ValueError):
        return None


def _name(upload: FileStorage) -> str:
    return (upload.filename or "").replace("\\", "/").rsplit("/", 1)[-1][:60]


def _problem(name: str, fault: str) -> str:
    if fault == "picture_too_large":
        return _("The photo %(name)s is larger than 15 MB.", name=name)
    if fault == "picture_too_many_pixels":
        return _("The photo %(name)s has too many pixels.", name=name)
    if fault == "picture_damaged":
        return _("The photo %(name)s did not arrive whole. Please choose it again.", name=name)
    return _("%(name)s cannot be used. Please choose a photo as JPG or PNG.", name=name)
