"""Kinds of trouble."""

from __future__ import annotations

from dataclasses import asdict

from flask import flash, redirect, render_template, request, url_for

from welfare.admin.forms.lists import CategoryForm, NewCategoryForm
from welfare.admin.views.blueprint import Answer, blueprint, commit_and_forget, forget, place
from welfare.cases.labels import PRIORITIES, SENSITIVITIES
from welfare.cases.queries.category_files import category_file, category_files
from welfare.cases.services.categories import add_category, edit_category
from welfare.core.errors import Refused
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Permission
from welfare.core.web import requires, the_viewer


@blueprint.get("/categories")
@requires(Permission.MANAGE_LISTS)
def categories() -> str:
    """All kinds of trouble."""
    return render_template(
        "admin/categories.html",
        categories=category_files(viewer=the_viewer()),
        priorities={kind: str(words) for kind, words in PRIORITIES.items()},
        sensitivities={kind: str(words) for kind, words in SENSITIVITIES.items()},
    )


@blueprint.route("/categories/new", methods=["GET", "POST"])
@requires(Permission.MANAGE_LISTS)
def add_category_page() -> Answer:
    """A new one."""
    form = NewCategoryForm()
    page = "admin/category_new.html"
    if not form.sent():
        return render_template(page, form=form), 400 if request.method == "POST" else 200

    def act() -> str:
        add_category(actor=the_viewer(), code=form.code.data or "", facts=form.facts())
        return form.code.data or ""

    try:
        form.once("category.add", act)
    except Refused as refusal:
        place(refusal, form, "code")
        return render_template(page, form=form), 422
    forget()
    flash(_("The category is added."), "success")
    return redirect(url_for("admin.categories"), 303)


@blueprint.route("/categories/<code>", methods=["GET", "POST"])
@requires(Permission.MANAGE_LISTS)
def category(code: str) -> Answer:
    """One of them; saved against the version that was read."""
    held = category_file(code, viewer=the_viewer())
    facts = asdict(held.facts)
    facts["sensitivity"] = held.facts.sensitivity.value
    facts["default_priority"] = held.facts.default_priority.value
    form = CategoryForm(data={"version": held.version, **facts})
    page = "admin/category.html"
    if not form.sent():
        status = 400 if request.method == "POST" else 200
        return render_template(page, form=form, held=held), status
    try:
        edit_category(actor=the_viewer(), code=code, version=form.seen_version, facts=form.facts())
    except Refused as refusal:
        place(refusal, form, "name_th")
        return render_template(page, form=form, held=held), 422
    commit_and_forget()
    flash(_("Saved. Cases that run keep the deadline they were given."), "success")
    return redirect(url_for("admin.categories"), 303)
