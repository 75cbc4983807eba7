"""Batches: begun, watched, taken as one file or as a zip."""

from __future__ import annotations

from typing import Any

from flask import flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from welfare.core import audit
from welfare.core.errors import Refused
from welfare.core.i18n import gettext as _
from welfare.core.municipality import the_municipality
from welfare.core.security.permissions import Permission
from welfare.core.thai.faults import InputFault
from welfare.core.thai.references import CASE, parse_reference
from welfare.core.web import commit, requires, the_viewer
from welfare.core.web.choices import SelectChoice
from welfare.core.web.reached import base_url
from welfare.core.web.templating import language
from welfare.papers import services
from welfare.papers.forms.batches import AgainForm, BatchForm, PackForm, StopForm
from welfare.papers.kinds import BatchStatus, PackageForm
from welfare.papers.labels import BATCHES, NONE_MADE, PACKAGES, SOME_MADE
from welfare.papers.parts import kinds
from welfare.papers.queries.batches import BatchPage, BatchRow, batch_page, batches
from welfare.papers.queries.packages import package_file
from welfare.papers.views.blueprints import Answer, paper_desk, status_of_page

ISSUE = requires(Permission.ISSUE_PAPERS)
EVERY_SECONDS = "5"
MOST_NAMED = 20


@paper_desk.get("/batches")
@ISSUE
def batch_list() -> str:
    """The viewer's batches."""
    return render_template("papers/batches.html", rows=batches(viewer=the_viewer()), state=state_of)


def state_of(row: BatchRow) -> str:
    """How far it is, in words; of what is through, whether all were made."""
    if row.status is BatchStatus.DONE and row.failed:
        return str(SOME_MADE if row.done else NONE_MADE)
    return str(BATCHES[row.status])


@paper_desk.route("/batches/new", methods=["GET", "POST"])
@ISSUE
def new_batch() -> Answer:
    """Choose the kind and the cases."""
    viewer = the_viewer()
    picked = request.form.getlist("pick")
    usual = {"signer_position": the_municipality().head_th, "cases": "\n".join(picked)}
    form = BatchForm(formdata=None, data=usual) if picked else BatchForm(data=usual)
    offered = [one for one in kinds() if one.composed and one.issues & viewer.permissions]
    form.kind.choices = [
        SelectChoice(one.code, one.name(language())) for one in offered if "case" in one.about
    ]
    if picked or not form.sent():
        page = render_template("papers/batch_new.html", form=form)
        return page, 200 if picked else status_of_page()
    numbers, wrong = _numbers(form)
    if wrong:
        words = ", ".join(wrong[:MOST_NAMED]) + (" …" if len(wrong) > MOST_NAMED else "")
        form.cases.errors = [_("These are not numbers of cases: %(words)s", words=words)]
        return render_template("papers/batch_new.html", form=form), 400

    def act() -> str:
        return services.begin_batch(
            actor=viewer,
            kind_code=form.kind.data,
            case_numbers=numbers,
            common=form.common(),
            base_url=base_url(),
        )

    try:
        made = form.once("paper.batch", act)
    except Refused as refusal:
        form[refusal.field if refusal.field in form else "cases"].errors = [refusal.message]
        return render_template("papers/batch_new.html", form=form), 422
    flash(_("It is being made in the background; you can leave this page."), "success")
    return redirect(url_for("paper_desk.batch", public_id=made), 303)


def _numbers(form: BatchForm) -> tuple[list[str], list[str]]:
    """The numbers in their one form, and what is none."""
    found, wrong = [], []
    for word in form.numbers():
        try:
            found.append(parse_reference(word, prefix=CASE))
        except InputFault:
            wrong.append(word[:30])
    return found, wrong


@paper_desk.get("/batches/<public_id>")
@ISSUE
def batch(public_id: str) -> Answer:
    """How far it is, what failed and why."""
    found = batch_page(public_id, viewer=the_viewer())
    response = make_response(_batch_page(found))
    if found.row.open or found.packing:
        response.headers["Refresh"] = EVERY_SECONDS
    return response


def _batch_page(found: BatchPage, pack: PackForm | None = None) -> str:
    version = {"version": str(found.version)}
    forms: dict[str, Any] = {}
    if found.row.open:
        forms["stop"] = StopForm(formdata=None, data=version)
    elif found.row.failed or found.row.done < found.row.total:
        forms["again"] = AgainForm(formdata=None, data=version)
    return render_template(
        "papers/batch.html",
        page=found,
        forms=forms,
        pack=pack or PackForm(formdata=None),
        state=state_of,
        packages=PACKAGES,
        kept=services.PACKAGES_KEPT.days,
    )


@paper_desk.post("/batches/<public_id>/stop")
@ISSUE
def stop_batch(public_id: str) -> Answer:
    """Make no more of it."""
    form = StopForm()
    if form.sent():
        services.stop_batch(actor=the_viewer(), public_id=public_id, version=form.seen_version)
        commit()
    return redirect(url_for("paper_desk.batch", public_id=public_id), 303)


@paper_desk.post("/batches/<public_id>/again")
@ISSUE
def again_batch(public_id: str) -> Answer:
    """Go on, and try again what failed."""
    form = AgainForm()
    if form.sent():
        services.go_on_with_batch(
            actor=the_viewer(), public_id=public_id, version=form.seen_version
        )
        commit()
    return redirect(url_for("paper_desk.batch", public_id=public_id), 303)


@paper_desk.post("/batches/<public_id>/pack")
@ISSUE
def pack_batch(public_id: str) -> Answer:
    """Have all its papers put into one file, in the background."""
    viewer, form = the_viewer(), PackForm()
    if not form.sent():
        return _batch_page(batch_page(public_id, viewer=viewer), pack=form), 400

    def act() -> str:
        packed = PackageForm(form.package.data)
        return services.pack_batch(actor=viewer, public_id=public_id, form=packed)

    form.once(f"paper.pack:{public_id}", act)
    flash(_("It is being put together in the background; you can leave this page."), "info")
    return redirect(url_for("paper_desk.batch", public_id=public_id), 303)


@paper_desk.get("/batches/<public_id>/papers.zip")
@ISSUE
def batch_zip(public_id: str) -> Response:
    """Every paper as it was issued, in one archive, once that is made."""
    return _package(public_id, PackageForm.ZIP, "application/zip", "attachment")


@paper_desk.get("/batches/<public_id>/papers.pdf")
@ISSUE
def batch_pdf(public_id: str) -> Response:
    """All pages in one file, for printing in one go; the single papers carry the signatures."""
    return _package(public_id, PackageForm.PDF, "application/pdf", "inline")


def _package(public_id: str, form: PackageForm, media_type: str, shown: str) -> Response:
    """The package, piece by piece; one with a paper that was taken back since is not given out."""
    found = package_file(public_id, form, viewer=the_viewer())
    if found is None:
        flash(
            _("Some of its papers were taken back since. Please put it together anew."), "warning"
        )
        return redirect(url_for("paper_desk.batch", public_id=public_id), 303)
    audit.read(the_viewer(), "paper_batch", public_id, "taken")
    response = Response(found.content, mimetype=media_type)
    response.content_length = found.size
    name = f"papers-{public_id[:8]}.{form.value}"
    response.headers["Content-Disposition"] = f'{shown}; filename="{name}"'
    response.headers["Cache-Control"] = "no-store, private"
    return response
