"""What is done with a paper: issued, printed, taken back, replaced, thrown away."""

from __future__ import annotations

from flask import flash, redirect, url_for
from werkzeug.wrappers import Response

from welfare.core.errors import Refused
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Permission
from welfare.core.web import commit, requires, the_viewer
from welfare.core.web.reached import base_url
from welfare.papers import services
from welfare.papers.documents import letter_pdf
from welfare.papers.facts import Draw, Stamp
from welfare.papers.forms.desk import DiscardForm, IssueForm, PrintForm, ReplaceForm, WithdrawForm
from welfare.papers.kinds import PaperStatus
from welfare.papers.queries import paper_page
from welfare.papers.queries.office import the_office
from welfare.papers.views.blueprints import READERS, Answer, paper_desk
from welfare.papers.views.desk import show, to_page


@paper_desk.post("/<public_id>/issue")
@requires(Permission.ISSUE_PAPERS)
def issue(public_id: str) -> Answer:
    """Give it its number, sign and keep it."""
    viewer, form = the_viewer(), IssueForm()
    page = paper_page(public_id, viewer=viewer)
    if not form.sent():
        return show(page, status=400)
    kind, office, where = page.row.kind, the_office(), base_url()

    def draw(stamp: Stamp) -> bytes:
        return letter_pdf(kind, page.facts, office=office, base_url=where, stamp=stamp)

    def act(drawn: Draw | services.Ahead) -> str:
        return form.once(
            f"paper.issue:{public_id}",
            lambda: services.issue_draft(
                actor=viewer,
                public_id=public_id,
                version=form.seen_version,
                draw=drawn,
                aware=form.aware.data,
            ),
        )

    # What cannot be issued is not drawn first: who may not, sent twice, or changed since.
    hindered = page.hindrance or (page.warning and not form.aware.data)
    fresh = page.is_draft and page.version == form.seen_version
    if page.may_issue and fresh and not hindered:
        number = services.issue_ahead(kind_code=kind.code, draw=draw, act=act)
    else:
        number = act(draw)
    flash(_("Issued as %(number)s. It is signed and kept as it is.", number=number), "success")
    return to_page(public_id)


@paper_desk.post("/<public_id>/print")
@requires(*READERS)
def print_(public_id: str) -> Answer:
    """Print it: the first print is the paper, every later one says that it is a copy."""
    viewer, form = the_viewer(), PrintForm()
    page = paper_page(public_id, viewer=viewer)
    if not form.sent():
        return show(page, status=400)
    times = services.note_print(actor=viewer, public_id=public_id)
    commit()
    if times == 1 and page.row.status is not PaperStatus.WITHDRAWN:
        return redirect(url_for("documents.paper", public_id=public_id), 303)
    return redirect(url_for("documents.copy", public_id=public_id), 303)


@paper_desk.post("/<public_id>/withdraw")
@requires(Permission.ISSUE_PAPERS)
def withdraw(public_id: str) -> Answer:
    """Take it back, with the reason."""
    viewer, form = the_viewer(), WithdrawForm()
    page = paper_page(public_id, viewer=viewer)
    if not form.sent():
        return show(page, sent=form, status=400)
    services.withdraw_paper(
        actor=viewer,
        public_id=public_id,
        version=form.seen_version,
        reason=form.reason.data or "",
    )
    commit()
    flash(_("Taken back. Whoever verifies it reads so from now on."), "success")
    return to_page(public_id)


@paper_desk.post("/<public_id>/replace")
@requires(Permission.ISSUE_PAPERS)
def replace(public_id: str) -> Answer:
    """Begin another in its place."""
    viewer, form = the_viewer(), ReplaceForm()
    page = paper_page(public_id, viewer=viewer)
    if not form.sent():
        return show(page, status=400)
    made = services.replace_paper(actor=viewer, public_id=public_id, version=form.seen_version)
    commit()
    flash(_("This draft takes the place of the old paper as soon as it is issued."), "info")
    return redirect(url_for("paper_desk.edit", public_id=made), 303)


@paper_desk.post("/<public_id>/discard")
@requires(Permission.WRITE_PAPERS)
def discard(public_id: str) -> Response | tuple[str, int] | str:
    """Throw a draft away."""
    viewer, form = the_viewer(), DiscardForm()
    page = paper_page(public_id, viewer=viewer)
    if not form.sent():
        raise Refused(_("This form is incomplete. Please open it again and send it once more."))
    services.discard_draft(actor=viewer, public_id=public_id, version=form.seen_version)
    commit()
    flash(_("The draft was thrown away. It had no number."), "success")
    return redirect(page.about.url if page.about else url_for("paper_desk.overview"), 303)
