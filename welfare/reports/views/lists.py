"""Lists on paper: the register of recipients, and what the worker drew."""

from __future__ import annotations

from flask import (
    Blueprint,
    flash,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from werkzeug.wrappers import Response

from welfare.benefits.queries import funds
from welfare.cases.labels import KINDS_OF_HELP
from welfare.cases.workflow import AssistanceKind
from welfare.core import audit
from welfare.core.errors import Forbidden, Refused
from welfare.core.i18n import gettext as _
from welfare.core.pdf.registers import AtOnce
from welfare.core.security.permissions import Permission, Viewer
from welfare.core.web import commit, requires, the_viewer
from welfare.core.web.forms import CreateForm, EditForm
from welfare.core.web.reached import base_url
from welfare.core.web.sheets import sheet_response
from welfare.core.web.templating import language
from welfare.papers.facts import Draw
from welfare.papers.services import Ahead, issue_ahead, issue_sheet
from welfare.reports import services
from welfare.reports.documents.issuing import (
    register_drawer,
    register_preview,
    register_sheet,
)
from welfare.reports.documents.recipients import Look, draw_recipients
from welfare.reports.kinds import RECIPIENT_REGISTER, Basis, ListKind, ListStatus
from welfare.reports.labels import BASES, FAILURES, LISTS, STATES, TONES
from welfare.reports.queries.drawn import DrawnRow, drawn_bytes, drawn_list, drawn_lists
from welfare.reports.queries.periods import of_year, periods_offered, present_year
from welfare.reports.queries.places import village_names
from welfare.reports.queries.recipients import (
    RecipientFilters,
    may_reveal,
    recipient_filters,
    recipient_sums,
)

lists = Blueprint("lists", __name__, url_prefix="/desk/lists")

READERS = (Permission.VIEW_CASES, Permission.VIEW_ALL_CASES)
AT_ONCE = 150
"""Rows that are drawn while one waits; more are drawn by the worker."""
EVERY_SECONDS = "4"

Answer = str | Response | tuple[str, int]


class PrintForm(CreateForm):
    """A list to be drawn. What it is of stands beside it in fields of its own."""


class AgainForm(EditForm):
    """Drawing once more what failed."""


@lists.get("")
@requires(*READERS)
def overview() -> str:
    """Which lists and papers there are, and what was drawn for the viewer."""
    return render_template(
        "lists/overview.html", rows=drawn_lists(viewer=the_viewer()), names=LISTS, states=STATES,
        tones=TONES, may_issue=the_viewer().can(Permission.ISSUE_PAPERS),
    )  # fmt: skip


def filters_asked() -> RecipientFilters:
    """What the address or the form narrows the register to."""
    values = request.values
    return recipient_filters(
        period=values.get("period", ""),
        basis=values.get("basis", ""),
        fund=values.get("fund", ""),
        kind=values.get("kind", ""),
        villages=values.getlist("village"),
        usual=of_year(present_year()),
    )


@lists.get("/recipients")
@requires(*READERS)
def recipients_page() -> Answer:
    """Choose what the register is of; how many rows it has, by village."""
    return _recipients_page(filters_asked())


def _recipients_page(filters: RecipientFilters, status: int = 200) -> Answer:
    viewer, lang = the_viewer(), language()
    names = village_names(lang)
    sums = recipient_sums(filters, viewer)
    page = render_template(
        "lists/recipients.html",
        filters=filters,
        used=filters.as_data(),
        periods=[(one.key, one.words(lang)) for one in periods_offered(filters.period)],
        bases=BASES,
        funds=[(one.code, one.name(lang)) for one in funds(present_year(), every=True)],
        kinds={k: v for k, v in KINDS_OF_HELP.items() if k is not AssistanceKind.REFERRAL},
        villages=[(no, name) for no, name in names.items() if viewer.covers(no)],
        sums=[(names.get(one.village_no, _("a village not known")), one) for one in sums],
        rows=sum(one.rows for one in sums),
        noted=sum(one.noted for one in sums),
        amount=sum((one.amount for one in sums), start=0),
        at_once=AT_ONCE,
        may_reveal=may_reveal(viewer),
        may_issue=viewer.can(Permission.ISSUE_PAPERS),
        register=RECIPIENT_REGISTER.code,
        form=PrintForm(formdata=None),
    )
    return page if status == 200 else (page, status)


def _look(viewer: Viewer) -> Look:
    look = Look(
        signatures=request.form.get("signatures") == "1",
        whole_numbers=request.form.get("whole") == "1",
    )
    if look.whole_numbers and not may_reveal(viewer):
        raise Forbidden
    return look


@lists.post("/recipients/print")
@requires(*READERS)
def print_recipients() -> Answer:
    """A short register at once, a long one in the background: a draft, or issued as a paper."""
    viewer, filters, form = the_viewer(), filters_asked(), PrintForm()
    look = _look(viewer)
    if not form.sent():
        return _recipients_page(filters, 400)
    count = sum(one.rows for one in recipient_sums(filters, viewer))
    if request.form.get("do") == "issue":
        return _issue(form, filters, look, count)
    noted = {**filters.as_data(), "count": count, "whole": look.whole_numbers}
    if count > AT_ONCE:
        return _in_background(form, filters, look, noted)
    drawn = draw_recipients(
        filters, viewer=viewer, look=look, fund=fund_name(filters), presses=AtOnce()
    )
    audit.record(viewer, "recipients.printed", "list", "recipients", noted)
    _note_numbers(viewer, look, count)
    commit()
    return pdf_answer(register_preview(drawn.pdf, viewer), f"recipients-{filters.period.key}")


def _issue(form: PrintForm, filters: RecipientFilters, look: Look, count: int) -> Response:
    """The register as a paper: it takes its number, is signed and kept as it is. A long one is
    drawn by the worker first."""
    viewer = the_viewer()
    if not viewer.can(Permission.ISSUE_PAPERS):
        raise Forbidden
    if not count:
        raise Refused(_("Nobody stands in this register."))
    if count > AT_ONCE:
        noted = {**filters.as_data(), "count": count, "whole": look.whole_numbers, "issue": True}
        return _in_background(form, filters, look, noted, issue=True)
    fund = fund_name(filters)
    sheet = register_sheet(filters, look, viewer, fund)

    def act(drawn: Draw | Ahead) -> str:
        def issue() -> str:
            _note_numbers(viewer, look, count)
            return issue_sheet(
                actor=viewer, kind_code=RECIPIENT_REGISTER.code, number="", sheet=sheet, draw=drawn
            )

        return form.once("list.issue", issue)

    draw = register_drawer(filters, look, viewer, fund, base_url=base_url(), presses=AtOnce())
    made = issue_ahead(kind_code=RECIPIENT_REGISTER.code, draw=draw, act=act)
    flash(_("Issued. It is signed and kept as it is."), "success")
    return redirect(url_for("paper_desk.page", public_id=made), 303)


def _in_background(
    form: PrintForm,
    filters: RecipientFilters,
    look: Look,
    noted: dict[str, object],
    *,
    issue: bool = False,
) -> Response:
    """Have the worker draw it."""
    viewer = the_viewer()
    asked = filters.as_data() | {"signatures": look.signatures, "whole": look.whole_numbers}
    if issue:
        asked |= {"issue": True, "base_url": base_url()}

    def act() -> str:
        _note_numbers(viewer, look, noted["count"])
        return services.begin_list(actor=viewer, kind=ListKind.RECIPIENTS, asked=asked, noted=noted)

    made = form.once("list.issue" if issue else "list", act)
    flash(_("It is being drawn in the background; you can leave this page."), "success")
    return redirect(url_for("lists.made", public_id=made), 303)


def _note_numbers(viewer: Viewer, look: Look, count: object) -> None:
    if look.whole_numbers:
        what = {"what": "register", "count": count}
        audit.record(viewer, "people.revealed", "list", "recipients", what)


def fund_name(filters: RecipientFilters) -> str:
    """What the chosen fund is called in Thai; empty for all."""
    if not filters.fund:
        return ""
    found = (one.name_th for one in funds(present_year(), every=True) if one.code == filters.fund)
    return next(found, "")


@lists.post("/recipients/sheet")
@requires(*READERS)
def recipients_sheet() -> Response:
    """The same as a spreadsheet."""
    viewer = the_viewer()
    pieces = services.export_recipients(
        actor=viewer,
        filters=filters_asked(),
        lang=language(),
        whole_numbers=request.form.get("whole") == "1",
    )
    return sheet_response(pieces, "recipients")


@lists.get("/made/<public_id>")
@requires(*READERS)
def made(public_id: str) -> Answer:
    """How far a list is."""
    found = drawn_list(public_id, viewer=the_viewer())
    response = make_response(_made_page(found))
    if found.open:
        response.headers["Refresh"] = EVERY_SECONDS
    return response


def _made_page(found: DrawnRow) -> str:
    again = None
    if found.status is ListStatus.FAILED:
        again = AgainForm(formdata=None, data={"version": str(found.version)})
    return render_template(
        "lists/made.html", row=found, again=again, names=LISTS, states=STATES, tones=TONES,
        failures=FAILURES, about=_about(found), kept=services.KEPT.days,
    )  # fmt: skip


def _about(found: DrawnRow) -> list[tuple[str, str]]:
    """What it was asked to be, in words."""
    if found.kind is not ListKind.RECIPIENTS:
        return []
    usual = of_year(present_year())
    filters = recipient_filters(
        period=str(found.asked.get("period", "")), basis=str(found.asked.get("basis", "")),
        fund=str(found.asked.get("fund", "")), kind=str(found.asked.get("kind", "")),
        villages=(), usual=usual,
    )  # fmt: skip
    lines = [
        (_("Period"), filters.period.words(language())),
        (_("What is listed"), str(BASES[Basis(filters.basis)])),
    ]
    if filters.fund:
        lines.append((_("Fund"), fund_name(filters)))
    if found.asked.get("issue"):
        lines.append((_("What becomes of it"), _("A paper with its number")))
    return lines


@lists.post("/made/<public_id>/again")
@requires(*READERS)
def again(public_id: str) -> Answer:
    """Draw once more what failed."""
    form = AgainForm()
    if form.sent():
        services.try_list_again(actor=the_viewer(), public_id=public_id, version=form.seen_version)
        commit()
    return redirect(url_for("lists.made", public_id=public_id), 303)


@lists.get("/made/<public_id>/list.pdf")
@requires(*READERS)
def made_pdf(public_id: str) -> Response:
    """The list that was drawn; that it was opened is noted."""
    viewer = the_viewer()
    content = drawn_bytes(public_id, viewer=viewer)
    audit.read(viewer, "drawn_list", public_id, "opened")
    return pdf_answer(content, f"list-{public_id[:8]}")


def pdf_answer(content: bytes, name: str) -> Response:
    """A PDF to be looked at in the browser, kept by no cache."""
    response = Response(content, mimetype="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    response.headers["Cache-Control"] = "no-store, private"
    return response
