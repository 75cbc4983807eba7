"""A case as part of a larger one, and parts opened from it."""

from __future__ import annotations

from collections.abc import Callable

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response
from wtforms import Field

from welfare.cases import queries, services
from welfare.cases.errors import MergedAway
from welfare.cases.forms.family import LeaveParentForm, ParentForm, PartForm, RelateForm
from welfare.cases.labels import SENSITIVITIES
from welfare.cases.policies import can_change_record
from welfare.cases.queries import CaseFile
from welfare.cases.services.family import PartOfCase
from welfare.cases.views.blueprint import back_to, blueprint, proper
from welfare.cases.workflow import Priority
from welfare.core import audit
from welfare.core.errors import Forbidden, Refused
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Permission
from welfare.core.thai.faults import InputFault
from welfare.core.thai.references import CASE, parse_reference
from welfare.core.web import commit, requires, the_viewer
from welfare.core.web.choices import offered
from welfare.core.web.forms import Form
from welfare.core.web.templating import language

Answer = str | Response | tuple[str, int]
DONE = 303


def _changeable(number: str) -> CaseFile:
    viewer = the_viewer()
    case = queries.case_file(number, viewer=viewer)
    if not can_change_record(viewer, case):
        raise Forbidden
    return case


@blueprint.route("/<number>/parent", methods=["GET", "POST"])
@requires(Permission.EDIT_CASES)
def parent(number: str) -> Answer:
    """Of which larger case this one is a part."""
    number, viewer = proper(number), the_viewer()
    case = _changeable(number)
    form = ParentForm(data={"version": str(case.version)})
    status = _tried(form, form.parent, lambda: _set_parent(number, form))
    if status == DONE:
        flash(_("Saved."), "success")
        return back_to(number, "family")
    audit.read(viewer, "case", number)
    return render_template("cases/parent.html", case=case, form=form), status


def _set_parent(number: str, form: ParentForm) -> None:
    services.set_parent(
        actor=the_viewer(), number=number, version=form.seen_version,
        parent=_number(form.parent.data or ""),
    )  # fmt: skip
    commit()


def _tried(form: Form, field: Field, act: Callable[[], object]) -> int:
    """Do what a form says when it is sent: ``DONE``, or the status of the page that shows it
    again; what was refused stands beside the field."""
    if request.method != "POST":
        return 200
    if not form.validate():
        return 400
    try:
        act()
    except MergedAway:
        raise
    except Refused as refusal:
        field.errors = [refusal.message]
        return 422
    return DONE


def _number(typed: str) -> str:
    try:
        return str(parse_reference(typed, prefix=CASE))
    except InputFault:
        raise Refused(
            _("There is no other case with this number that you may see."), field="parent"
        ) from None


@blueprint.post("/<number>/leave-parent")
@requires(Permission.EDIT_CASES)
def leave_parent(number: str) -> Answer:
    """It is no part of a larger case any more."""
    number, form = proper(number), LeaveParentForm()
    queries.case_id_of(number, viewer=the_viewer())
    if form.sent():
        services.leave_parent(actor=the_viewer(), number=number, version=form.seen_version)
        commit()
        flash(_("It is no part of the larger case any more."), "success")
    return back_to(number, "family")


@blueprint.route("/<number>/related", methods=["GET", "POST"])
@requires(Permission.EDIT_CASES)
def relate(number: str) -> Answer:
    """With which other case this one has to do, and why."""
    number, viewer = proper(number), the_viewer()
    case = _changeable(number)
    form = RelateForm()

    def act() -> str:
        return form.once("case-related", lambda: str(_related(number, form)))

    status = _tried(form, form.other, act)
    if status == DONE:
        flash(_("The two cases now show each other."), "success")
        return back_to(number, "family")
    audit.read(viewer, "case", number)
    return render_template("cases/relate.html", case=case, form=form), status


def _related(number: str, form: RelateForm) -> int:
    return services.relate_cases(
        actor=the_viewer(),
        number=number,
        other=_number(form.other.data or ""),
        why=form.why.data or "",
    )


@blueprint.post("/<number>/related/<int:link_id>/end")
@requires(Permission.EDIT_CASES)
def unrelate(number: str, link_id: int) -> Answer:
    """It has nothing to do with the other case any more."""
    number, form = proper(number), LeaveParentForm()
    queries.case_id_of(number, viewer=the_viewer())
    if form.sent():
        services.let_go(actor=the_viewer(), number=number, link_id=link_id)
        commit()
        flash(_("The link was taken away."), "success")
    return back_to(number, "family")


@blueprint.route("/<number>/parts/new", methods=["GET", "POST"])
@requires(Permission.EDIT_CASES)
def new_part(number: str) -> Answer:
    """Open a case as part of this one; what is copied is said."""
    number, viewer = proper(number), the_viewer()
    case = _changeable(number)
    known = queries.category_by_id(case.category_id)
    form = PartForm(
        data={
            "category": known.code if known else "",
            "priority": case.priority.value,
            "same_person": True,
        }
    )
    form.category.choices = offered(
        (row.code, row.name(language())) for row in queries.categories()
    )
    made: list[str] = []
    status = _tried(
        form,
        form.title,
        lambda: made.append(form.once("open-part", lambda: _opened(number, form))),
    )
    if made:
        flash(_("%(number)s was opened as part of this case.", number=made[0]), "success")
        return redirect(url_for("cases.page", number=made[0]), code=303)
    audit.read(viewer, "case", number)
    page = render_template("cases/part_new.html", case=case, form=form, levels=SENSITIVITIES)
    return page, status


def _opened(number: str, form: PartForm) -> str:
    category = queries.category_by_code(form.category.data or "")
    return services.open_part(
        actor=the_viewer(),
        number=number,
        part=PartOfCase(
            title=form.title.data or "",
            summary=form.summary.data or "",
            category_id=category.id if category else 0,
            priority=Priority(form.priority.data),
            same_person=bool(form.same_person.data),
        ),
    )
