"""Papers whose time is over: what is due, lists, what the committee says, approval, the deed."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from welfare.core import audit
from welfare.core.errors import Forbidden, Refused
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Permission
from welfare.core.web import commit, requires, the_viewer
from welfare.papers import services
from welfare.papers.documents import destruction_pdf
from welfare.papers.forms.keeping import (
    ApproveForm,
    DestroyForm,
    DrawUpForm,
    GiveUpForm,
    KeepLongerForm,
)
from welfare.papers.kinds import Archives, Fate, ListStatus
from welfare.papers.labels import ARCHIVES, FATES, LIST_TONES, LISTS
from welfare.papers.queries.destroying import ListPage, destruction_lists, list_page
from welfare.papers.queries.keeping import MOST_LISTED, due_number, due_papers
from welfare.papers.views.blueprints import Answer, paper_desk
from welfare.papers.views.files import paper_answer

LOOK = requires(Permission.ISSUE_PAPERS, Permission.DESTROY_PAPERS)
DRAW_UP = requires(Permission.ISSUE_PAPERS)
SHOWN = 50


@paper_desk.get("/destruction")
@LOOK
def destruction() -> str:
    """What is due, and the lists."""
    return _overview(DrawUpForm(formdata=None))


def _overview(form: DrawUpForm) -> str:
    viewer = the_viewer()
    return render_template(
        "papers/destruction.html",
        form=form if viewer.can(Permission.ISSUE_PAPERS) else None,
        due=due_papers(viewer=viewer)[:SHOWN],
        number=due_number(viewer=viewer),
        most=MOST_LISTED,
        lists=destruction_lists(),
        states=LISTS,
        tones=LIST_TONES,
    )


@paper_desk.post("/destruction")
@DRAW_UP
def draw_up() -> Answer:
    """Put what is due on a list."""
    form = DrawUpForm()
    if not form.sent():
        return _overview(form), 400
    made = form.once("paper.destruction", lambda: services.draw_up_list(actor=the_viewer()))
    flash(_("The list is drawn up. Nothing happens to the papers before it is approved."), "info")
    return redirect(url_for("paper_desk.destruction_list", public_id=made), 303)


@paper_desk.get("/destruction/<public_id>")
@LOOK
def destruction_list(public_id: str) -> str:
    """One list and what can be done with it."""
    return _page(list_page(public_id, viewer=the_viewer()))


def _page(page: ListPage, sent: tuple[str, Any] | None = None) -> str:
    version = {"version": str(page.version)}
    forms: dict[str, Any] = {}
    drawn, approved = page.status is ListStatus.DRAWN, page.status is ListStatus.APPROVED
    if drawn and page.may_change:
        forms["keep"] = KeepLongerForm(formdata=None, data=version)
    if drawn and page.may_approve:
        forms["approve"] = ApproveForm(formdata=None, data=version)
    if approved and page.may_change:
        forms["destroy"] = DestroyForm(formdata=None, data=version)
    if (drawn and page.may_change) or ((drawn or approved) and page.may_approve):
        forms["give_up"] = GiveUpForm(formdata=None, data=version)
    if sent is not None:
        if sent[0] not in forms:
            raise Forbidden
        forms[sent[0]] = sent[1]
    return render_template(
        "papers/destruction_list.html",
        page=page,
        forms=forms,
        failed=sent[1] if sent else None,
        waiting=page.of(Fate.WAITING),
        destroyed=page.of(Fate.DESTROYED),
        kept=page.of(Fate.KEPT),
        states=LISTS,
        tones=LIST_TONES,
        fates=FATES,
        archives=ARCHIVES,
    )


@paper_desk.get("/destruction/<public_id>/list.pdf")
@LOOK
def destruction_paper(public_id: str) -> Response:
    """บัญชีหนังสือขอทำลาย, to be marked and signed by the committee."""
    viewer = the_viewer()
    page = list_page(public_id, viewer=viewer)
    content = destruction_pdf(page, printed_by=viewer.display_name)
    audit.read(viewer, "destruction_list", public_id, "printed")
    return paper_answer(content, f"destruction-{page.year}-{public_id[:8]}")


@paper_desk.post("/destruction/<public_id>/<any(keep, approve, give_up, destroy):verb>")
@LOOK
def settle_list(public_id: str, verb: str) -> Answer:
    """What the committee says of a line; approval; giving it up; the deed."""
    viewer = the_viewer()
    page = list_page(public_id, viewer=viewer)
    form = _FORMS[verb]()
    if not form.sent():
        return _page(page, (verb, form)), 400
    try:
        files = _DEEDS[verb](public_id, form)
    except Refused as refusal:
        if refusal.field is None:
            raise
        form[_FIELDS.get(refusal.field, refusal.field)].errors = [refusal.message]
        return _page(page, (verb, form)), 422
    commit()
    services.remove_destroyed(files)
    flash(_SAID[verb](), "success")
    return redirect(url_for("paper_desk.destruction_list", public_id=public_id), 303)


def _keep(public_id: str, form: KeepLongerForm) -> list[str]:
    services.keep_longer(
        actor=the_viewer(),
        public_id=public_id,
        version=form.seen_version,
        place=form.line,
        year=form.year,
        reason=form.keep_reason.data or "",
    )
    return []


def _approve(public_id: str, form: ApproveForm) -> list[str]:
    services.approve_list(
        actor=the_viewer(),
        public_id=public_id,
        version=form.seen_version,
        order_no=form.order_no.data or "",
        committee=form.names(),
        archives=Archives(form.archives.data),
        archives_on=form.archives_on.data,
    )
    return []


def _give_up(public_id: str, form: GiveUpForm) -> list[str]:
    services.give_up_list(
        actor=the_viewer(),
        public_id=public_id,
        version=form.seen_version,
        reason=form.drop_reason.data or "",
    )
    return []


def _destroy(public_id: str, form: DestroyForm) -> list[str]:
    return services.destroy_list(actor=the_viewer(), public_id=public_id, version=form.seen_version)


_FORMS: dict[str, Any] = {
    "keep": KeepLongerForm,
    "approve": ApproveForm,
    "give_up": GiveUpForm,
    "destroy": DestroyForm,
}
_DEEDS: dict[str, Any] = {
    "keep": _keep,
    "approve": _approve,
    "give_up": _give_up,
    "destroy": _destroy,
}
_FIELDS = {"year": "keep_year", "reason": "keep_reason"}
_SAID: dict[str, Any] = {
    "keep": lambda: _("It is kept longer and has left the list."),
    "approve": lambda: _("Approved. The papers can be destroyed now."),
    "give_up": lambda: _("Given up. Nothing was destroyed."),
    "destroy": lambda: _("Destroyed. Numbers and register stay."),
}
