"""A person: the page, adding one, changing, revealing, death."""

from __future__ import annotations

from typing import Any, Literal

from flask import abort, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from welfare.core import audit
from welfare.core.errors import NotFound, Refused
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Permission
from welfare.core.thai.digits import whole
from welfare.core.thai.names import TITLES, split_name
from welfare.core.thai.text import clean_line
from welfare.core.web import commit, requires, the_viewer
from welfare.households import services
from welfare.households.facts import HealthFacts, PersonFacts
from welfare.households.forms import AddPersonForm, DeathForm, EditPersonForm
from welfare.households.forms.checks import put_on
from welfare.households.forms.operations.heirs import heir_choices, heirs_of
from welfare.households.parts import load_parts
from welfare.households.queries import (
    PersonFile,
    household_ref,
    likely_people,
    person_file,
    similar_people,
)
from welfare.households.services.asking_back import Doubted
from welfare.households.services.duplicates import remember_alike
from welfare.households.services.numbers import reveal_number
from welfare.households.services.operations import Seen, correct_person
from welfare.households.views.blueprint import Page, blueprint, page, tell_doubts
from welfare.households.views.doubts import doubted_title, met_elsewhere, sure_of, title_and_sex
from welfare.households.views.operations.succession import about_heir, homes_headed, still_to_ask
from welfare.households.views.story import told


@blueprint.get("/people/<number>")
@requires(Permission.VIEW_REGISTRY)
def person(number: str) -> Page:
    """One person's file; ID and telephone masked."""
    viewer = the_viewer()
    file = person_file(number, viewer=viewer)
    # Who reads on in a part of the timeline has seen what lists said besides.
    reading_on = {"extras"} if request.args.keys() & {"kind", "before"} else set()
    parts = load_parts(viewer=viewer, person_id=file.id, without=reading_on)
    story = told(viewer=viewer, person_id=file.id)
    audit.read(viewer, "person", file.number)
    return page("person.html", file=file, parts=parts, told=story, shown={})


@blueprint.post("/people/<number>/reveal")
@requires(Permission.REVEAL_IDENTIFIERS)
def reveal(number: str) -> Page:
    """The same page with one number whole, for this once; noted in the audit before it shows."""
    viewer = the_viewer()
    file = person_file(number, viewer=viewer)
    parts = load_parts(viewer=viewer, person_id=file.id)
    story = told(viewer=viewer, person_id=file.id)
    what, value = _revealed(file)
    commit()
    return page("person.html", file=file, parts=parts, told=story, shown={what: value})


def _revealed(file: PersonFile) -> tuple[str, str]:
    """Which number was asked for, and the whole of it."""
    asked, viewer = request.form.get("what", ""), the_viewer()
    for line in file.numbers:
        if asked == f"number-{line.id}":
            return asked, reveal_number(actor=viewer, number=file.number, identifier_id=line.id)
    what: Literal["identifier", "phone"] = "phone" if asked == "phone" else "identifier"
    return what, services.reveal_identifier(actor=viewer, number=file.number, what=what)


@blueprint.route("/people/new", methods=["GET", "POST"])
@requires(Permission.EDIT_REGISTRY)
def add_person() -> Page | Response:
    """A new person: first those who look the same, then the question whether it is one of them.

    ``?household=`` is the house they are to belong to; how, is asked next. ``?step=`` names the
    operation on that house that needs them, which then goes on with the person chosen.
    """
    house = _house_asked()
    on = _goes_on(house)
    form = AddPersonForm(data=_asked_for())
    form.offer()
    kept: dict[str, Any] = {"form": form, "house": house, "titles": TITLES, "on": on}
    if not form.sent():
        return page("person_add.html", 400 if request.method == "POST" else 200, **kept)
    if met_elsewhere(form, form.read):
        return page("person_add.html", 422, **kept)
    facts = form.facts()
    alike = [] if form.sure.data else likely_people(facts, viewer=the_viewer())
    doubt = title_and_sex(form) if doubted_title(form) else ""
    if alike or doubt:
        return page("person_add.html", alike=alike, doubt=doubt, **kept)
    try:
        number = form.once("person.add", lambda: _add(facts, form.health()))
    except Refused as refused:
        put_on(form, refused)
        return page("person_add.html", 422, **kept)
    flash(_("The person has been added."), "success")
    tell_doubts(form.read)
    return redirect(on.replace("{number}", number), code=303)


def _goes_on(house: str | None) -> str:
    """Where to go with the person once they are there, or found to be there already; ``{number}``
    is theirs."""
    whose = "{number}"
    if not house:
        return url_for(".person", number="X").replace("X", whose)
    step, other = request.args.get("step"), clean_line(request.args.get("person", ""))[:40]
    if step == "marriage" and other:
        there = url_for(".marriage", number=house, person=other)
        return f"{there}&partner={whose}"
    endpoint = ".move_in" if step == "move_in" else ".add_member"
    return f"{url_for(endpoint, number=house)}?person={whose}"


def _add(facts: PersonFacts, health: HealthFacts | None) -> str:
    viewer = the_viewer()
    person = services.add_person(actor=viewer, facts=facts, health=health)
    remember_alike(person.id, similar_people(facts, viewer=viewer))
    return person.number


def _house_asked() -> str | None:
    asked = request.args.get("household")
    return household_ref(asked, viewer=the_viewer()).number if asked else None


def _asked_for() -> dict[str, Any]:
    """What was searched in vain, so that nobody types it twice."""
    text = clean_line(request.args.get("q", ""))[:200]
    start: dict[str, Any] = {"nationality": "ไทย"}
    if text and not any(char.isdigit() for char in text):
        name = split_name(text)
        start |= {"title": name.title, "first_name": name.first, "last_name": name.last}
    return start


@blueprint.route("/people/<number>/edit", methods=["GET", "POST"])
@requires(Permission.EDIT_REGISTRY)
def edit_person(number: str) -> Page | Response:
    """Change what is known of somebody."""
    viewer = the_viewer()
    file = person_file(number, viewer=viewer)
    form = _edit_form(file)
    kept: dict[str, Any] = {"form": form, "file": file, "titles": TITLES}
    if request.method == "GET":
        audit.read(viewer, "person", file.number)
        return page("person_edit.html", **kept)
    if not form.sent():
        return page("person_edit.html", 400, **kept)
    if met_elsewhere(form, form.read):
        return page("person_edit.html", 422, **kept)
    changed = (form.title.data, form.sex.data) != (file.facts.title, file.facts.sex)
    if changed and doubted_title(form):
        return page("person_edit.html", doubt=title_and_sex(form), **kept)
    try:
        correct_person(
            actor=viewer,
            number=number,
            version=form.seen_version,
            facts=form.facts(),
            health=form.health(),
            name_reason=form.name_reason.data or "",
            sure=sure_of(),
        )
        commit()
    except Doubted as doubted:
        return page("person_edit.html", 422, doubted=doubted, **kept)
    except Refused as refused:
        put_on(form, refused)
        return page("person_edit.html", 422, **kept)
    flash(_("The changes have been saved."), "success")
    tell_doubts(form.read)
    return redirect(url_for(".person", number=file.number), code=303)


def _edit_form(file: PersonFile) -> EditPersonForm:
    health = file.health is not None
    values = services.texts_of(file.facts) | (services.texts_of(file.health) if health else {})
    form = EditPersonForm(
        data={
            **values,
            "birth_date": file.facts.birth_date,
            "id_kind": file.id_kind.value,
            "version": str(file.version),
        }
    )
    form.offer(health=health)
    if request.method == "GET":
        form.birth_date.show(file.facts.birth_precision.value)
    return form


@blueprint.route("/people/<number>/death", methods=["GET", "POST"])
@requires(Permission.EDIT_REGISTRY)
def death(number: str) -> Page | Response:
    """Note that somebody has died."""
    viewer = the_viewer()
    file = person_file(number, viewer=viewer)
    if file.deceased_on is not None:
        raise NotFound
    form = DeathForm(data={"version": str(file.version)})
    headed = homes_headed(file)
    left = [one for members in headed.values() for one in members]
    form.offer_heirs(heir_choices(left, without=[file.number]))
    questions = about_heir(form, headed, [file.number])
    asking = still_to_ask(form, questions)
    if request.method == "GET":
        audit.read(viewer, "person", file.number)
        return page("death.html", form=form, file=file)
    if not form.sent() or form.deceased_on.data is None:
        return page("death.html", 400, form=form, file=file)
    if asking and form.seen_version == file.version:
        form.ask_relations(questions)
        return page("death.html", form=form, file=file, asking=True)
    try:
        services.record_death(
            actor=viewer,
            number=number,
            version=form.seen_version,
            deceased_on=form.deceased_on.data,
            reason=form.why,
            heirs=heirs_of(form.heir, headed),
            relations=form.told(),
            seen=Seen("", 0, sure_of()),
        )
        commit()
    except Doubted as doubted:
        return page("death.html", 422, form=form, file=file, doubted=doubted)
    except Refused as refused:
        refused.field = "deceased_on" if refused.field == "day" else refused.field
        put_on(form, refused)
        return page("death.html", 422, form=form, file=file)
    flash(_("The death has been noted."), "success")
    return redirect(url_for(".person", number=file.number), code=303)


@blueprint.post("/people/<number>/death/undo")
@requires(Permission.EDIT_REGISTRY)
def undo_death(number: str) -> Response:
    """Take back a death noted by mistake."""
    version = whole(request.form.get("version", ""))
    if version is None:
        abort(400)
    services.undo_death(actor=the_viewer(), number=number, version=version)
    commit()
    flash(
        _("The note of death has been taken back, and where they lived until then stands again."),
        "success",
    )
    return redirect(url_for(".person", number=number), code=303)
