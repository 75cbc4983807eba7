"""Problems and strengths of a house, and its pictures."""

from __future__ import annotations

from typing import Any

from flask import flash, g, redirect, request, url_for
from werkzeug.wrappers import Response

from welfare.core import audit
from welfare.core.errors import Forbidden, NotFound, Refused
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Permission, Viewer
from welfare.core.storage.uploads import MAX_BYTES, MOST_PHOTOS, take_photos
from welfare.core.web import commit, requires, the_viewer
from welfare.households.forms.checks import put_on
from welfare.households.forms.facts import TakeBackForm
from welfare.households.forms.surveys import AddNeedForm, EditNeedForm, PhotosForm
from welfare.households.queries.house_parts import HouseParts, NeedLine, house_parts
from welfare.households.queries.house_top import HouseTop, house_top
from welfare.households.services.needs import (
    add_need,
    add_photos,
    edit_need,
    remove_photo,
    withdraw_need,
)
from welfare.households.views.blueprint import Page, blueprint, gone, page

NEEDS = "/households/<number>/needs"
_LOADED = "registry_house_parts"


def loaded(household_id: int, viewer: Viewer) -> HouseParts:
    """Surveys, needs and pictures of a house, read once a request."""
    kept: dict[int, HouseParts] = g.setdefault(_LOADED, {})
    if household_id not in kept:
        kept[household_id] = house_parts(household_id, viewer=viewer)
    return kept[household_id]


def house_part(
    *, household_id: int | None, person_id: int | None, viewer: Viewer
) -> HouseParts | None:
    """For the page of a house: surveys, problems and strengths, or pictures (three templates)."""
    if household_id is None or person_id is not None:
        return None
    return loaded(household_id, viewer)


def _file(number: str) -> HouseTop:
    file = house_top(number, viewer=the_viewer())
    if not file.may_edit:
        raise Forbidden
    return file


def _show(template: str, file: HouseTop, status: int | None = None, **more: Any) -> Page:
    if request.method == "GET":
        audit.read(the_viewer(), "household", file.number)
    shown = status or (400 if request.method == "POST" else 200)
    return page(template, shown, file=file, **more)


def _back(file: HouseTop, place: str) -> Response:
    return redirect(url_for(".household", number=file.number) + place, code=303)


@blueprint.route(f"{NEEDS}/new", methods=["GET", "POST"])
@requires(Permission.EDIT_REGISTRY)
def add_household_need(number: str) -> Page | Response:
    """A problem or a strength."""
    file = _file(number)
    form = AddNeedForm()
    form.offer()
    if not form.sent():
        return _show("surveys/need.html", file, form=form)
    entry = form.entry()

    def act() -> str:
        add_need(actor=the_viewer(), number=file.number, entry=entry)
        return file.number

    try:
        form.once(f"need.add:{file.number}", act)
    except Refused as refused:
        put_on(form, refused)
        return _show("surveys/need.html", file, 422, form=form)
    flash(_("The changes have been saved."), "success")
    return _back(file, "#needs")


@blueprint.route(f"{NEEDS}/<int:need_id>", methods=["GET", "POST"])
@requires(Permission.EDIT_REGISTRY)
def edit_household_need(number: str, need_id: int) -> Page | Response:
    """Its words and days; an end says that it is over."""
    file = _file(number)
    line = _line(file, need_id)
    form = EditNeedForm(data=_values(line))
    form.offer()
    if not form.sent():
        return _show("surveys/need.html", file, form=form, line=line)
    try:
        edit_need(
            actor=the_viewer(),
            number=file.number,
            need_id=need_id,
            version=form.seen_version,
            entry=form.entry(),
        )
        commit()
    except Refused as refused:
        put_on(form, refused)
        return _show("surveys/need.html", file, 422, form=form, line=line)
    flash(_("The changes have been saved."), "success")
    return _back(file, "#needs")


@blueprint.route(f"{NEEDS}/<int:need_id>/take-back", methods=["GET", "POST"])
@requires(Permission.EDIT_REGISTRY)
def take_back_need(number: str, need_id: int) -> Page | Response:
    """It should not be there."""
    file = _file(number)
    line = _line(file, need_id)
    form = TakeBackForm(data={"version": str(line.version)})
    if not form.sent():
        return _show("surveys/take_back.html", file, form=form, what=line.text)
    try:
        withdraw_need(
            actor=the_viewer(),
            number=file.number,
            need_id=need_id,
            version=form.seen_version,
            reason=form.reason.data or "",
        )
        commit()
    except Refused as refused:
        put_on(form, refused)
        return _show("surveys/take_back.html", file, 422, form=form, what=line.text)
    flash(_("The entry has been taken back. It stays in the history."), "success")
    return _back(file, "#needs")


@blueprint.route("/households/<number>/photos", methods=["GET", "POST"])
@requires(Permission.EDIT_REGISTRY)
def household_photos(number: str) -> Page | Response:
    """Pictures of the house: added here, shown to who may open the house."""
    file = _file(number)
    form = PhotosForm()
    parts = loaded(file.id, the_viewer())
    if not form.sent():
        return _show("surveys/photos.html", file, form=form, part=parts)
    uploads = [one for one in request.files.getlist("photos") if one.filename]
    contents = ((one.filename or "", one.stream.read(MAX_BYTES + 1)) for one in uploads)
    taken = take_photos(contents, already=len(parts.photos))
    for name, code in taken.refused:
        form.photos.errors = [*form.photos.errors, _problem(name, code)]
    if taken.too_many:
        form.photos.errors = [
            *form.photos.errors, _("At most %(n)s photos belong to a house.", n=MOST_PHOTOS)
        ]  # fmt: skip
    if not uploads:
        form.photos.errors = [_("Please choose at least one photo.")]
    if not taken.kept:
        return _show("surveys/photos.html", file, 422, form=form, part=parts)

    def act() -> str:
        added = add_photos(
            actor=the_viewer(),
            number=file.number,
            public_ids=taken.kept,
            caption=form.caption.data or "",
            taken_on=form.taken_on.data,
        )
        return str(added)

    try:
        form.once(f"photos.add:{file.number}", act)
    except Refused as refused:
        put_on(form, refused)
        return _show("surveys/photos.html", file, 422, form=form, part=parts)
    for error in form.photos.errors:
        flash(error, "warning")
    flash(_("The photos have been added."), "success")
    return _back(file, "#photos")


@blueprint.post("/households/<number>/photos/<int:photo_id>/remove")
@requires(Permission.EDIT_REGISTRY)
def remove_household_photo(number: str, photo_id: int) -> Response:
    """A picture is no longer shown."""
    file = _file(number)
    remove_photo(actor=the_viewer(), number=file.number, photo_id=photo_id)
    commit()
    flash(_("The photo has been removed."), "success")
    return redirect(url_for(".household_photos", number=file.number), code=303)


def _problem(name: str, fault: str) -> str:
    if fault == "picture_too_large":
        return _("The photo %(name)s is larger than 15 MB.", name=name)
    if fault == "picture_too_many_pixels":
        return _("The photo %(name)s has too many pixels.", name=name)
    if fault == "picture_damaged":
        return _("The photo %(name)s did not arrive whole. Please choose it again.", name=name)
    return _("%(name)s cannot be used. Please choose a photo as JPG or PNG.", name=name)


def _line(file: HouseTop, need_id: int) -> NeedLine:
    for line in loaded(file.id, the_viewer()).needs:
        if line.id == need_id:
            if line.hidden:
                raise NotFound
            return line
    raise gone()


def _values(line: NeedLine) -> dict[str, Any]:
    return {
        "kind": line.kind.value,
        "dimension": line.dimension.value,
        "text": line.text,
        "from_day": line.from_day,
        "to_day": line.to_day,
        "source": line.source.value,
        "source_note": line.source_note,
        "version": str(line.version),
    }
