"""Papers that are filled from what is known: read through, printed, issued; and blank forms."""

from __future__ import annotations

from dataclasses import dataclass, replace
from urllib.parse import urlencode

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from welfare.core import audit
from welfare.core.errors import Forbidden, NotFound
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Permission, Viewer
from welfare.core.web import requires, the_viewer
from welfare.core.web.reached import base_url
from welfare.core.web.templating import language
from welfare.papers import services
from welfare.papers.documents import as_print, read_by, sheet_drawer, sheet_pdf
from welfare.papers.forms.desk import IssueSheetForm
from welfare.papers.kinds import PaperStatus, Secrecy
from welfare.papers.labels import STATES, TONES
from welfare.papers.parts import About, Asked, Kind, Sheet, blank_of, fill_of, kind_of
from welfare.papers.policies import can_issue
from welfare.papers.queries import papers_from
from welfare.papers.queries.rights import about_by_number
from welfare.papers.views.blueprints import Answer, paper_desk
from welfare.papers.views.files import paper_answer

LONGEST_SOURCE = 30


@dataclass(frozen=True, slots=True)
class Filled:
    """A sheet that was asked for, with what it is about."""

    kind: Kind
    about: About
    asked: Asked
    sheet: Sheet

    @property
    def secret(self) -> bool:
        """Whether who reads it stands on it."""
        return Secrecy.SENSITIVE in (self.kind.secrecy, self.about.secrecy)

    @property
    def query(self) -> str:
        """What the address said of it, for the next address."""
        said = [("of", self.asked.source)] if self.asked.source else []
        if self.asked.options != self.kind.usual:
            said += [("parts", "chosen"), *(("part", one) for one in sorted(self.asked.options))]
        return f"?{urlencode(said)}" if said else ""


def asked_of(kind: Kind) -> Asked:
    """What the query string asks for; parts that there are not are left out."""
    source = request.args.get("of", "").strip()[:LONGEST_SOURCE]
    if "parts" not in request.args:
        return Asked(source, kind.usual)
    known = {one.name for one in kind.options}
    return Asked(source, frozenset(request.args.getlist("part")) & known)


def filled(code: str, number: str, viewer: Viewer) -> Filled:
    """The sheet; ``NotFound`` where there is none for the viewer."""
    kind, fill = kind_of(code), fill_of(code)
    about = about_by_number(kind.about[0], number, viewer)
    if about is None:
        raise NotFound
    asked = asked_of(kind)
    return Filled(kind, about, asked, fill(about, asked, viewer))


@paper_desk.route("/make/<kind>/<number>", methods=["GET", "POST"])
@requires(Permission.WRITE_PAPERS)
def make(kind: str, number: str) -> Answer:
    """What it would say, which parts of it, printing it, issuing it."""
    viewer = the_viewer()
    found = filled(kind, number, viewer)
    may_issue = can_issue(viewer, found.kind, found.about)
    form = IssueSheetForm(formdata=request.form if request.method == "POST" else None)
    if request.method == "POST" and not may_issue:
        raise Forbidden
    if not form.sent():
        return _page(found, form if may_issue else None), 400 if request.form else 200

    made = services.issue_sheet_once(
        actor=viewer,
        kind_code=kind,
        number=found.about.number,
        sheet=found.sheet,
        draw=sheet_drawer(found.kind, found.sheet, base_url()),
        once=form.once,
    )
    flash(_("Issued. It is signed and kept as it is."), "success")
    return redirect(url_for("paper_desk.page", public_id=made), 303)


def _page(found: Filled, form: IssueSheetForm | None) -> str:
    issued = papers_from(found.kind, found.about, found.sheet.source)
    holds = found.kind.once and any(one.status is PaperStatus.ISSUED for one in issued)
    return render_template(
        "papers/make.html",
        kind=found.kind,
        about=found.about,
        sheet=found.sheet,
        chosen=found.asked.options,
        source=found.asked.source,
        presets=_presets(found),
        print_url=url_for("paper_desk.print_sheet", kind=found.kind.code, number=found.about.number)
        + found.query,
        form=None if holds or found.sheet.hindrance else form,
        may_issue=form is not None,
        issued=issued,
        states=STATES,
        tones=TONES,
    )


def _presets(found: Filled) -> list[dict[str, object]]:
    """Usual choices of parts, each an address."""
    return [
        {
            "label": one.label(language()),
            "url": replace(found, asked=Asked(found.asked.source, one.options)).query or "?",
            "on": one.options == found.asked.options,
        }
        for one in found.kind.presets
    ]


@paper_desk.get("/make/<kind>/<number>/print.pdf")
@requires(Permission.WRITE_PAPERS)
def print_sheet(kind: str, number: str) -> Response:
    """The sheet as PDF, as it stands now; nothing is issued by it."""
    viewer = the_viewer()
    return sheet_answer(filled(kind, number, viewer), viewer)


def sheet_answer(found: Filled, viewer: Viewer) -> Response:
    """A print of the sheet; that it was printed is noted."""
    drawn = sheet_pdf(found.kind, found.sheet, base_url=base_url())
    reader = read_by(viewer) if found.secret else ""
    content = as_print(found.kind, found.sheet, drawn, reader=reader)
    for what, number in found.sheet.reads or ((found.about.subject, found.about.number),):
        audit.read(viewer, what, number, "printed")
    return paper_answer(content, f"{found.kind.code}-{found.about.number}")


@paper_desk.get("/blank/<kind>.pdf")
@requires(Permission.WRITE_PAPERS)
def blank(kind: str) -> Response:
    """The form with nothing in it, to be filled by hand."""
    which = kind_of(kind)
    return paper_answer(sheet_pdf(which, blank_of(kind)(), base_url=base_url()), f"blank-{kind}")
