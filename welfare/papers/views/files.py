"""The papers themselves: preview, the paper as issued, and copies."""

from __future__ import annotations

from werkzeug.wrappers import Response

from welfare.core import audit
from welfare.core.errors import Forbidden, NotFound
from welfare.core.security.permissions import Permission, Viewer
from welfare.core.web import requires, the_viewer
from welfare.core.web.reached import base_url
from welfare.papers.documents import as_copy, as_draft, copy_words, letter_pdf, read_by
from welfare.papers.kinds import PaperStatus
from welfare.papers.queries import PaperPage, paper_page, stored_bytes
from welfare.papers.queries.office import the_office
from welfare.papers.views.blueprints import READERS, documents, paper_desk


@paper_desk.get("/<public_id>/preview.pdf")
@requires(Permission.WRITE_PAPERS)
def preview(public_id: str) -> Response:
    """The draft as it would look, marked ร่าง."""
    viewer = the_viewer()
    page = paper_page(public_id, viewer=viewer)
    if not page.is_draft or not page.row.kind.composed:
        raise NotFound
    drawn = letter_pdf(page.row.kind, page.facts, office=the_office(), base_url=base_url())
    return paper_answer(as_draft(drawn, reader=_reader(page, viewer)), f"draft-{public_id[:8]}")


@documents.get("/<public_id>.pdf")
@requires(*READERS)
def paper(public_id: str) -> Response:
    """The paper byte by byte as issued, for who may issue it; for other readers a copy."""
    viewer = the_viewer()
    page = _issued(public_id, viewer)
    if not page.may_issue:
        return _copy(page, viewer)
    content = stored_bytes(page.id)
    audit.read(viewer, "paper", public_id, "opened")
    return paper_answer(content, _name(page))


@documents.get("/<public_id>/copy.pdf")
@requires(*READERS)
def copy(public_id: str) -> Response:
    """The paper marked สำเนา on every page; sensitive ones name who reads them."""
    viewer = the_viewer()
    return _copy(_issued(public_id, viewer), viewer)


def _issued(public_id: str, viewer: Viewer) -> PaperPage:
    page = paper_page(public_id, viewer=viewer)
    if page.is_draft or page.sha256 is None:
        raise NotFound
    if not page.may_open:
        raise Forbidden
    return page


def _copy(page: PaperPage, viewer: Viewer) -> Response:
    content = as_copy(
        stored_bytes(page.id),
        words=copy_words(page.row.number, viewer.display_name),
        reader=_reader(page, viewer),
        withdrawn=page.withdrawn_at if page.row.status is PaperStatus.WITHDRAWN else None,
    )
    audit.read(viewer, "paper", page.row.public_id, "copied")
    return paper_answer(content, f"copy-{_name(page)}")


def _reader(page: PaperPage, viewer: Viewer) -> str:
    return read_by(viewer) if page.sensitive else ""


def _name(page: PaperPage) -> str:
    row = page.row
    if row.running:
        return f"{row.kind.code}-{row.fiscal_year}-{row.running}"
    return f"{row.kind.code}-{row.public_id[:8]}"


def paper_answer(content: bytes, name: str) -> Response:
    """A PDF to be looked at in the browser, kept by no cache."""
    response = Response(content, mimetype="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    response.headers["Cache-Control"] = "no-store, private"
    return response
