"""Editing the facts of a case, and saying which household and person it is about."""

from __future__ import annotations

from flask import flash, render_template, request
from werkzeug.wrappers import Response

from welfare.cases import queries, services
from welfare.cases.forms import EditCaseForm, LinkForm
from welfare.cases.labels import SENSITIVITIES
from welfare.cases.policies import can_change_record, levels_to_give
from welfare.cases.queries import CaseFile
from welfare.cases.views.blueprint import back_to, blueprint, proper
from welfare.cases.workflow import Priority, Sensitivity
from welfare.core import audit
from welfare.core.errors import Forbidden, NotFound, Refused
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Permission
from welfare.core.web import commit, requires, the_viewer
from welfare.core.web.choices import offered
from welfare.core.web.templating import language
from welfare.households.queries import household_ref, person_ref

Answer = str | Response | tuple[str, int]


@blueprint.route("/<number>/edit", methods=["GET", "POST"])
@requires(Permission.EDIT_CASES)
def edit(number: str) -> Answer:
    """The facts of an open case; saved against the version that was read."""
    number = proper(number)
    case = _changeable(number)
    form = EditCaseForm(data=_facts(case))
    _offer(form, case)
    if request.method == "POST" and form.validate():
        try:
            _save(number, form)
        except Refused as refusal:
            getattr(form, refusal.field or "title", form.title).errors = [refusal.message]
            return render_template("cases/edit.html", case=case, form=form), 422
        flash(_("Saved."), "success")
        return back_to(number)
    status = 400 if request.method == "POST" else 200
    audit.read(the_viewer(), "case", number)
    return render_template("cases/edit.html", case=case, form=form), status


def _changeable(number: str) -> CaseFile:
    viewer = the_viewer()
    case = queries.case_file(number, viewer=viewer)
    if not can_change_record(viewer, case):
        raise Forbidden
    return case


def _facts(case: CaseFile) -> dict[str, str]:
    category = queries.category_by_id(case.category_id)
    return {
        "title": case.title,
        "summary": case.summary,
        "category": category.code if category else "",
        "priority": case.priority.value,
        "sensitivity": case.sensitivity.value,
        "village": str(case.village_no or ""),
        "version": str(case.version),
    }


def _offer(form: EditCaseForm, case: CaseFile) -> None:
    """The categories in use (and the case's own), the villages of the viewer's area."""
    viewer = the_viewer()
    form.sensitivity.choices = offered(
        (level.value, SENSITIVITIES[level]) for level in levels_to_give(viewer, case.sensitivity)
    )
    form.category.choices = offered(
        (row.code, row.name(language()))
        for row in queries.categories(active_only=False)
        if row.active or row.id == case.category_id
    )
    numbers = [row.village_no for row in queries.villages() if viewer.covers(row.village_no)]
    form.village.choices = offered(
        [("", _("Not known")), *((str(number), _("Moo %(no)s", no=number)) for number in numbers)]
    )


def _save(number: str, form: EditCaseForm) -> None:
    category = queries.category_by_code(form.category.data or "")
    services.edit_case(
        actor=the_viewer(),
        number=number,
        version=form.seen_version,
        title=form.title.data or "",
        summary=form.summary.data or "",
        category_id=category.id if category else 0,
        priority=Priority(form.priority.data),
        sensitivity=Sensitivity(form.sensitivity.data),
        village_no=int(form.village.data) if form.village.data else None,
    )
    commit()


@blueprint.route("/<number>/link", methods=["GET", "POST"])
@requires(Permission.EDIT_CASES)
def link(number: str) -> Answer:
    """Which household and person the case is about, by their numbers in the registry."""
    number = proper(number)
    case = _changeable(number)
    form = LinkForm(
        data={
            "household": case.household_number,
            "person": case.person_number,
            "version": str(case.version),
        }
    )
    if request.method == "POST" and form.validate():
        try:
            household_id = _found(form, "household")
            person_id = _found(form, "person")
            services.link_case(
                actor=the_viewer(),
                number=number,
                version=form.seen_version,
                household_id=household_id,
                person_id=person_id,
            )
            commit()
        except Refused as refusal:
            getattr(form, refusal.field or "household", form.household).errors = [refusal.message]
            return render_template("cases/link.html", case=case, form=form), 422
        flash(_("Saved."), "success")
        return back_to(number)
    status = 400 if request.method == "POST" else 200
    audit.read(the_viewer(), "case", number)
    return render_template("cases/link.html", case=case, form=form), status


def _found(form: LinkForm, name: str) -> int | None:
    """The id behind the number typed into a field; ``Refused`` when there is none."""
    typed = form[name].data
    if not typed:
        return None
    refer = household_ref if name == "household" else person_ref
    try:
        return refer(typed, viewer=the_viewer()).id
    except NotFound as missing:
        raise Refused(_("There is no such number in the registry."), field=name) from missing
