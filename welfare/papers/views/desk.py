"""The register, and writing a letter or memo."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, timedelta
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from welfare.core import audit, clock
from welfare.core.errors import Forbidden
from welfare.core.i18n import gettext as _
from welfare.core.municipality import the_municipality
from welfare.core.security.permissions import Permission
from welfare.core.thai.dates import format_partial
from welfare.core.thai.digits import whole
from welfare.core.thai.faults import InputFault
from welfare.core.thai.references import CASE, parse_reference
from welfare.core.web import commit, requires, the_viewer
from welfare.core.web.templating import language
from welfare.papers import services
from welfare.papers.forms.desk import (
    DiscardForm,
    IssueForm,
    LetterForm,
    NewLetterForm,
    PrintForm,
    ReplaceForm,
    WithdrawForm,
)
from welfare.papers.forms.register import PeriodForm
from welfare.papers.kinds import PaperStatus
from welfare.papers.labels import STATES, TONES
from welfare.papers.parts import Written, blank_kinds, hindrance_of, kind_of, kinds, warning_of
from welfare.papers.policies import can_write
from welfare.papers.queries import PaperPage, RegisterFilters, paper_page, register
from welfare.papers.queries.rights import about_by_number
from welfare.papers.queries.texts import begun
from welfare.papers.views.blueprints import READERS, Answer, paper_desk, status_of_page

MOST_PAGES = 2000
FIRST_YEAR = 2443
MONTHS_OFFERED = 24


def filters_asked() -> RegisterFilters:
    """What the query string, or the form of the export, narrows the register to; what is not
    understood is left out."""
    status, kind = request.values.get("status", ""), request.values.get("kind", "")
    period = period_asked()
    return RegisterFilters(
        status=PaperStatus(status) if status in set(PaperStatus) else None,
        kind=kind if kind in {one.code for one in kinds()} else "",
        year=_year(request.values.get("year", "")),
        month=_month(request.values.get("month", "")),
        since=period.since.data if not period.errors else None,
        until=period.until.data if not period.errors else None,
        words=request.values.get("q", "").strip()[:100],
        case=_case_asked(request.values.get("case", "").strip()[:30]),
        page=max(1, _whole(request.values.get("page", ""), MOST_PAGES)),
    )


def period_asked() -> PeriodForm:
    """From which day to which; checked."""
    form = PeriodForm(request.values)
    form.validate()
    return form


def _year(text: str) -> int:
    """A fiscal year that a calendar has; else 0, which is none."""
    found = _whole(text, 9999)
    return found if FIRST_YEAR <= found <= FIRST_YEAR + 500 else 0


def _month(text: str) -> date | None:
    year, _dash, month = text.partition("-")
    ce, number = whole(year, digits=4) or 0, whole(month, digits=2) or 0
    known = 1900 <= ce <= 2400 and 1 <= number <= 12
    return date(ce, number, 1) if known else None


def months() -> list[tuple[str, date, str]]:
    """The last two years by month, the present one first: value, first day, in words."""
    here, found = clock.today().replace(day=1), []
    for _turn in range(MONTHS_OFFERED):
        words = format_partial(here, "month", lang=language())
        found.append((f"{here:%Y-%m}", here, words))
        here = (here - timedelta(days=1)).replace(day=1)
    return found


def _case_asked(typed: str) -> str:
    """The number in its one form; as it was typed, which finds none, where it is no number."""
    try:
        return parse_reference(typed, prefix=CASE) if typed else ""
    except InputFault:
        return typed


def _whole(text: str, most: int) -> int:
    return min(whole(text, digits=5) or 0, most)


@paper_desk.get("")
@requires(*READERS)
def overview() -> str:
    """The register: what was issued, prepared, taken back."""
    filters, viewer = filters_asked(), the_viewer()
    return render_template(
        "papers/register.html",
        period=period_asked(),
        months=months(),
        found=register(filters, viewer=viewer),
        filters=filters,
        used=filters.used(),
        left_out=[one for one in kinds() if one.of_course] if filters.leaves_out else [],
        kinds=kinds(),
        blanks=blank_kinds(),
        composed=[one for one in kinds() if can_write(viewer, one, None) and one.composed],
        states=STATES,
        tones=TONES,
    )


@paper_desk.route("/new/<kind>", methods=["GET", "POST"])
@requires(Permission.WRITE_PAPERS)
def new(kind: str) -> Answer:
    """Write a letter or memo, about a case where one is named."""
    which, viewer, number = kind_of(kind), the_viewer(), request.args.get("case", "")[:20]
    about = about_by_number("case" if number else "", number, viewer)
    if not which.composed or not can_write(viewer, which, about):
        raise Forbidden
    start = begun(which, about, viewer, request.args.get("detail", "")[:30])
    usual = {"title": start.title, "body": start.body, "recipient": start.recipient}
    form = NewLetterForm(data=usual | {"signer_position": the_municipality().head_th})
    written = Written(start.recipient, start.body)
    hindrance = hindrance_of(which, about, written, viewer)
    warning = warning_of(which, about, written, viewer)
    shown: dict[str, Any] = {
        "kind": which, "about": about, "form": form, "page": None,
        "hindrance": hindrance, "warning": warning,
    }  # fmt: skip
    if not form.sent():
        return render_template("papers/write.html", **shown), status_of_page()

    def act() -> str:
        return services.write_draft(
            actor=viewer,
            kind_code=kind,
            subject="case" if number else "",
            number=number,
            facts=form.facts(),
        )

    made = form.once(f"paper:{kind}:{number}", act)
    flash(_("Saved as a draft. Read the preview, then issue it."), "success")
    return redirect(url_for("paper_desk.page", public_id=made), 303)


@paper_desk.route("/<public_id>/edit", methods=["GET", "POST"])
@requires(Permission.WRITE_PAPERS)
def edit(public_id: str) -> Answer:
    """Change a draft."""
    viewer = the_viewer()
    page = paper_page(public_id, viewer=viewer)
    if not page.is_draft:
        flash(_("A paper that was issued stays as it was. Take it back and replace it."), "info")
        return to_page(public_id)
    if not page.may_edit:
        raise Forbidden
    form = LetterForm(data=asdict(page.facts) | {"version": str(page.version)})
    shown: dict[str, Any] = {
        "kind": page.row.kind, "about": page.about, "form": form, "page": page,
        "hindrance": page.hindrance, "warning": page.warning,
    }  # fmt: skip
    if not form.sent():
        return render_template("papers/write.html", **shown), status_of_page()
    services.edit_draft(
        actor=viewer, public_id=public_id, version=form.seen_version, facts=form.facts()
    )
    commit()
    flash(_("Saved."), "success")
    return redirect(url_for("paper_desk.page", public_id=public_id), 303)


@paper_desk.get("/<public_id>")
@requires(*READERS)
def page(public_id: str) -> Answer:
    """One paper: what stands in it, what was done with it, what can be done."""
    return show(paper_page(public_id, viewer=the_viewer()))


def show(found: PaperPage, sent: Any = None, status: int = 200) -> Answer:
    """Its page, with a form that was not right."""
    version = {"version": str(found.version)}
    forms: dict[str, Any] = {}
    draft, holds = found.is_draft, found.row.status is PaperStatus.ISSUED
    if draft and found.may_issue:
        forms["issue"] = IssueForm(formdata=None, data=version)
    if found.may_edit:
        forms["discard"] = DiscardForm(formdata=None, data=version)
    if holds and found.may_issue and the_viewer().can(Permission.ISSUE_PAPERS):
        forms["withdraw"] = WithdrawForm(formdata=None, data=version)
        if found.row.kind.composed and found.replaced_by is None:
            forms["replace"] = ReplaceForm(formdata=None, data=version)
    if not draft and found.may_open and (found.prints or found.may_issue):
        forms["print"] = PrintForm(formdata=None)
    if sent is not None:
        forms["withdraw"] = sent
    values = {"page": found, "row": found.row, "forms": forms, "failed": sent is not None}
    public_id = found.row.public_id
    body = render_template("papers/page.html", **values, states=STATES, tones=TONES)
    if found.sensitive:
        audit.read(the_viewer(), "paper", public_id)
    return (body, status) if status != 200 else body


def to_page(public_id: str) -> Response:
    """Back to the paper."""
    return redirect(url_for("paper_desk.page", public_id=public_id), 303)
