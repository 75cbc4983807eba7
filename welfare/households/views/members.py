"""Who lives in a house: adding, changing, ending."""

from __future__ import annotations

from flask import flash, redirect, request, url_for
from werkzeug.wrappers import Response

from welfare.core import audit
from welfare.core.errors import Forbidden, NotFound, Refused
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Permission
from welfare.core.web import commit, requires, the_viewer
from welfare.households import services
from welfare.households.forms import EndMembershipForm, MemberForm, MembershipForm
from welfare.households.forms.checks import put_on
from welfare.households.forms.operations.heirs import heir_choices
from welfare.households.kinds import EndReason, Relation
from welfare.households.queries import (
    HouseholdFile,
    Member,
    PersonFile,
    household_file,
    person_file,
    search_people,
)
from welfare.households.queries.states import household_state
from welfare.households.services.operations import Doubted, Seen
from welfare.households.views.blueprint import Page, blueprint, page
from welfare.households.views.doubts import sure_of
from welfare.households.views.operations.succession import about_heir, headed_by, still_to_ask

MEMBER = "/households/<number>/members/<person>"


@blueprint.route("/households/<number>/members/new", methods=["GET", "POST"])
@requires(Permission.EDIT_REGISTRY)
def add_member(number: str) -> Page | Response:
    """First find the person (``?q=``), then say how they belong (``?person=``)."""
    viewer = the_viewer()
    file = household_file(number, viewer=viewer)
    if not file.may_edit:
        raise Forbidden
    chosen = request.args.get("person")
    if request.method == "GET" and not chosen:
        q = request.args.get("q", "")
        found = search_people(q, viewer, limit=20)
        audit.read(viewer, "household", file.number)
        return page("member_find.html", file=file, q=q, found=found)
    who = person_file(chosen or "", viewer=viewer)
    if request.method == "GET" and any(home.de_facto for home in who.homes):
        return redirect(url_for(".move_in", number=file.number, person=who.number))
    return _add(file, who)


def _add(file: HouseholdFile, who: PersonFile) -> Page | Response:
    form = MemberForm(data={"person": who.number})
    form.offer()
    if request.method == "GET":
        audit.read(the_viewer(), "person", who.number)
        return page("member_add.html", form=form, file=file, who=who)
    if not form.sent():
        return page("member_add.html", 400, form=form, file=file, who=who)
    try:
        form.once(f"member.add:{file.number}", lambda: _join(file, who.number, form))
    except Doubted as doubted:
        return page("member_add.html", 422, form=form, file=file, who=who, doubted=doubted)
    except Refused as refused:
        put_on(form, refused)
        return page("member_add.html", 422, form=form, file=file, who=who)
    flash(_("The member has been added."), "success")
    return redirect(url_for(".household", number=file.number), code=303)


def _join(file: HouseholdFile, person: str, form: MemberForm) -> str:
    services.add_member(
        actor=the_viewer(),
        household_number=file.number,
        person_number=person,
        relation=Relation(form.relation.data),
        from_day=form.from_day.data,
        de_facto=bool(form.de_facto.data),
        on_register=bool(form.on_register.data),
        move=bool(form.move.data),
        seen=_seen(file),
    )
    return file.number


def _seen(file: HouseholdFile) -> Seen:
    """The household as it is at this moment (the form carries the version of the membership), and
    what was answered."""
    return Seen(file.number, household_state(file.id), sure_of())


def _membership(number: str, person: str) -> tuple[HouseholdFile, Member]:
    file = household_file(number, viewer=the_viewer())
    if not file.may_edit:
        raise Forbidden
    for member in file.members:
        if member.number and member.number == person:
            return file, member
    raise NotFound


def _end_form(member: Member) -> EndMembershipForm:
    form = EndMembershipForm(data={"version": str(member.version)})
    form.offer()
    return form


def _edit_form(member: Member) -> MembershipForm:
    form = MembershipForm(
        data={
            "relation": member.relation.value,
            "from_day": member.from_day,
            "de_facto": member.de_facto,
            "on_register": member.on_register,
            "version": str(member.version),
        }
    )
    form.offer()
    return form


@blueprint.route(MEMBER, methods=["GET", "POST"])
@requires(Permission.EDIT_REGISTRY)
def membership(number: str, person: str) -> Page | Response:
    """Change how somebody belongs to a house."""
    file, member = _membership(number, person)
    form = _edit_form(member)
    if request.method == "GET":
        audit.read(the_viewer(), "household", file.number)
        return page("membership.html", form=form, file=file, member=member)
    if not form.sent():
        return page("membership.html", 400, form=form, file=file, member=member)
    try:
        services.edit_membership(
            actor=the_viewer(),
            household_number=number,
            person_number=person,
            version=form.seen_version,
            relation=Relation(form.relation.data),
            from_day=form.from_day.data,
            de_facto=bool(form.de_facto.data),
            on_register=bool(form.on_register.data),
            seen=_seen(file),
        )
        commit()
    except Doubted as doubted:
        return page("membership.html", 422, form=form, file=file, member=member, doubted=doubted)
    except Refused as refused:
        put_on(form, refused)
        return page("membership.html", 422, form=form, file=file, member=member)
    flash(_("The changes have been saved."), "success")
    return redirect(url_for(".household", number=file.number), code=303)


@blueprint.route(f"{MEMBER}/end", methods=["GET", "POST"])
@requires(Permission.EDIT_REGISTRY)
def end_membership(number: str, person: str) -> Page | Response:
    """Somebody moved out or died."""
    file, member = _membership(number, person)
    form = _end_form(member)
    form.offer_heirs(heir_choices(headed_by(file, person), without=[person]))
    questions = about_heir(form, {file.number: file.members}, [person])
    asking = still_to_ask(form, questions)
    if request.method == "GET":
        audit.read(the_viewer(), "household", file.number)
        return page("membership_end.html", form=form, file=file, member=member)
    if not form.sent() or form.to_day.data is None:
        return page("membership_end.html", 400, form=form, file=file, member=member)
    if asking and form.seen_version == member.version:
        form.ask_relations(questions)
        return page("membership_end.html", form=form, file=file, member=member, asking=True)
    try:
        services.end_membership(
            actor=the_viewer(),
            household_number=number,
            person_number=person,
            version=form.seen_version,
            to_day=form.to_day.data,
            reason=EndReason(form.reason.data),
            note=form.note.data or "",
            new_head=form.heir,
            relations=form.told(),
            seen=_seen(file),
        )
        commit()
    except Doubted as doubted:
        return page(
            "membership_end.html", 422, form=form, file=file, member=member, doubted=doubted
        )
    except Refused as refused:
        put_on(form, refused)
        return page("membership_end.html", 422, form=form, file=file, member=member)
    flash(_("The household has been brought up to date."), "success")
    return redirect(url_for(".household", number=file.number), code=303)
