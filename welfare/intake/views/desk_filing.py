"""Filing for a caller, a visitor or a letter: one page, and the slip to hand over."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response

from welfare.core import audit
from welfare.core.errors import NotFound, Refused
from welfare.core.i18n import choose_language
from welfare.core.security.one_time import result_of
from welfare.core.security.permissions import Permission, Viewer
from welfare.core.thai.references import format_secret
from welfare.core.web import requires, the_viewer
from welfare.core.web.reached import base_url
from welfare.households.queries import (
    HouseholdCard,
    PersonCard,
    household_card,
    household_ref,
    person_card,
    person_ref,
    search_households,
    search_people,
)
from welfare.intake.documents import track_link
from welfare.intake.forms.desk_filing import DeskFilingForm
from welfare.intake.queries.tracking import receipt_facts
from welfare.intake.services.desk_filing import file_for_somebody
from welfare.intake.views import photos
from welfare.intake.views.answers import answers_of
from welfare.intake.views.desk import blueprint
from welfare.intake.views.filed import KEY, PURPOSE, qr_drawing

Page = str | Response | tuple[str, int]
FOUND = 6


@blueprint.get("/new")
@requires(Permission.FILE_FOR_OTHERS)
def new() -> Page:
    """The empty form, or filled in with a person (``?person=``) or house of the registry."""
    viewer = the_viewer()
    if not viewer.can(Permission.VIEW_REGISTRY):
        return redirect(url_for("intake_public.new"))
    form = DeskFilingForm(formdata=None)
    read = _use(form, request.args.get("person", ""), request.args.get("household", ""))
    page = _page(form, [])
    if read is not None:
        audit.read(viewer, *read)
    return page


@blueprint.post("/new")
@requires(Permission.FILE_FOR_OTHERS)
def file() -> Page:
    """Search the registry, take somebody from it, or file; whatever was typed stays."""
    form = DeskFilingForm()
    kept, problems = photos.take(photos.carried())
    form.photos.errors = problems
    if "remove" in request.form:
        return _page(form, [photo for photo in kept if photo != request.form["remove"]]), 200
    if "search" in request.form:
        return _page(form, kept, searching=True), 200
    if "use" in request.form:
        number = request.form["use"][:40]
        is_house = number.upper().startswith("H")
        read = _use(form, "" if is_house else number, number if is_house else "")
        page = _page(form, kept)
        if read is not None:
            audit.read(the_viewer(), *read)
        return page, 200
    if not form.validate() or problems or not form.sent():
        return _page(form, kept), 400
    return _send(form, kept)


def _send(form: DeskFilingForm, kept: list[str]) -> Page:
    viewer = the_viewer()

    def act() -> str:
        filed = file_for_somebody(
            actor=viewer,
            channel=form.chosen_channel,
            language=choose_language(),
            answers=answers_of(form),
            photo_ids=kept,
            household=form.household.data or "",
            person=form.person.data or "",
            base_url=base_url(),
        )
        return f"{filed.reference} {filed.secret}"

    try:
        form.once(PURPOSE, act)
    except Refused as refused:
        if refused.field in {"village", "category"}:
            form[refused.field].errors = [refused.message]
        else:
            form.form_errors.append(refused.message)
        return _page(form, kept), 422
    session[KEY] = form.one_time_key.data
    return redirect(url_for("triage.filed"), code=303)


@blueprint.get("/filed")
@requires(Permission.FILE_FOR_OTHERS)
def filed() -> Page:
    """Number and secret of what was filed last, with the slip to print."""
    result = result_of(session.get(KEY, ""), purpose=PURPOSE)
    if not result:
        return redirect(url_for("triage.new"))
    reference, _space, secret = result.partition(" ")
    return render_template(
        "intake/desk/filed.html",
        facts=receipt_facts(reference),
        secret=format_secret(secret),
        qr=qr_drawing(track_link(base_url(), reference, secret)),
        may_open=the_viewer().can(Permission.VIEW_COMPLAINTS),
    )


def _page(form: DeskFilingForm, kept: list[str], *, searching: bool = False) -> str:
    viewer = the_viewer()
    asked = (form.find.data or "") if searching else ""
    return render_template(
        "intake/desk/new.html",
        form=form,
        photos=photos.shown(kept),
        searched=searching,
        people=search_people(asked, viewer, FOUND).rows if asked else (),
        houses=search_households(asked, viewer, FOUND, by_member=False).rows if asked else (),
        **_chosen(form, viewer),
    )


def _chosen(form: DeskFilingForm, viewer: Viewer) -> dict[str, Any]:
    """The cards of whom and which house the form is about."""
    cards: dict[str, Any] = {"person": None, "household": None}
    try:
        if form.person.data:
            found = person_ref(form.person.data[:40], viewer=viewer)
            cards["person"] = person_card(found.id, viewer=viewer)
        if form.household.data:
            found = household_ref(form.household.data[:40], viewer=viewer)
            cards["household"] = household_card(found.id, viewer=viewer)
    except NotFound:
        form.person.data = form.household.data = ""
    return cards


def _use(form: DeskFilingForm, person: str, household: str) -> tuple[str, str] | None:
    """Fill in what the registry knows; whose file was read, for the audit."""
    viewer = the_viewer()
    if person:
        who = person_card(person_ref(person[:40], viewer=viewer).id, viewer=viewer)
        if who is not None:
            _about_person(form, who)
            return "person", who.person.number
    if household:
        house = household_card(household_ref(household[:40], viewer=viewer).id, viewer=viewer)
        if house is not None:
            _about_house(form, house)
            return "household", house.household.number
    return None


def _about_person(form: DeskFilingForm, card: PersonCard) -> None:
    row = card.person
    form.person.data, form.subject_name.data = row.number, row.name
    if row.household_number:
        form.household.data = row.household_number
        form.house_no.data, form.village.data = row.house_no, str(row.village_no or "")


def _about_house(form: DeskFilingForm, card: HouseholdCard) -> None:
    row = card.household
    form.household.data, form.person.data = row.number, ""
    form.house_no.data, form.village.data = row.house_no, str(row.village_no or "")
    form.landmark.data = form.landmark.data or card.landmark
