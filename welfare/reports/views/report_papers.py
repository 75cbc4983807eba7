"""The report of a month or a year, and the statistics of complaints: look, then print."""

from __future__ import annotations

from collections.abc import Iterator

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from welfare.cases.labels import OUTCOMES
from welfare.core import audit
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Permission
from welfare.core.spreadsheets import MEDIA_TYPE
from welfare.core.web import commit, requires, the_viewer
from welfare.core.web.forms import CreateForm
from welfare.core.web.reached import base_url
from welfare.core.web.templating import language
from welfare.intake.labels import CHANNEL, KIND, STATUS
from welfare.papers.documents import as_print, sheet_drawer, sheet_pdf
from welfare.papers.kinds import PaperStatus
from welfare.papers.labels import STATES, TONES
from welfare.papers.parts import Kind, Sheet
from welfare.papers.queries import papers_from
from welfare.papers.services import issue_sheet_once
from welfare.reports.documents.complaint_sheet import complaint_sheet
from welfare.reports.documents.issuing import management_sheet, statistics_sheet
from welfare.reports.documents.management import Written, suggested
from welfare.reports.forms.management import ManagementForm
from welfare.reports.kinds import COMPLAINT_STATISTICS, MANAGEMENT_REPORT
from welfare.reports.queries.complaints import FEW, ComplaintStatistics, complaint_statistics
from welfare.reports.queries.months import present_month
from welfare.reports.queries.overview import ReportNumbers, report_numbers
from welfare.reports.queries.periods import (
    Period,
    of_month,
    of_year,
    period_asked,
    periods_offered,
    present_year,
)
from welfare.reports.queries.places import village_names
from welfare.reports.views.figures import blueprint, short_name
from welfare.reports.views.lists import Answer, pdf_answer


class IssueForm(CreateForm):
    """Statistics to be issued."""


def _offered(chosen: Period) -> list[tuple[str, str]]:
    return [(one.key, one.words(language())) for one in periods_offered(chosen)]


@blueprint.get("/paper")
@requires(Permission.VIEW_REPORTS)
def paper() -> str:
    """The report of a month or a fiscal year before it is drawn: its numbers, and the words to be
    put beside them."""
    period = period_asked(request.args.get("period", "")) or of_month(present_month())
    found = report_numbers(the_viewer(), period)
    words = suggested(found)
    form = ManagementForm(
        formdata=None,
        data={
            "explanation": words.explanation,
            "unmet": words.unmet,
            "proposals": words.proposals,
            "author": the_viewer().display_name,
        },
    )
    return _paper_page(found, form)


def _paper_page(found: ReportNumbers, form: ManagementForm) -> str:
    return render_template(
        "reports/paper.html",
        found=found,
        form=form,
        periods=_offered(found.figures.period),
        names=village_names(language()),
        outcomes=[(OUTCOMES[one], n) for one, n in found.outcomes.items()],
        short=short_name,
        **_as_paper(MANAGEMENT_REPORT, management_sheet(found, Written(), the_viewer())),
    )


def _as_paper(kind: Kind, sheet: Sheet) -> dict[str, object]:
    """What the card shows with which a report is issued."""
    issued = papers_from(kind, None, sheet.source)
    return {
        "issued": issued,
        "holds": any(one.status is PaperStatus.ISSUED for one in issued),
        "hindrance": sheet.hindrance,
        "states": STATES,
        "tones": TONES,
    }


def _preview(kind: Kind, sheet: Sheet) -> bytes:
    """As it would look, marked ร่าง."""
    return as_print(kind, sheet, sheet_pdf(kind, sheet, base_url=base_url()), reader="")


def _issue(kind: Kind, sheet: Sheet, form: CreateForm) -> Response:
    """Give it its number, sign and keep it."""
    made = issue_sheet_once(
        actor=the_viewer(),
        kind_code=kind.code,
        number="",
        sheet=sheet,
        draw=sheet_drawer(kind, sheet, base_url()),
        once=form.once,
    )
    flash(_("Issued. It is signed and kept as it is."), "success")
    return redirect(url_for("paper_desk.page", public_id=made), 303)


@blueprint.post("/paper")
@requires(Permission.VIEW_REPORTS)
def print_paper() -> Answer:
    """The report as PDF with what was written beside the numbers, a draft; or issued, with its
    number, signed and kept as it is."""
    found, form = _sent()
    if not form.sent():
        return _paper_page(found, form), 400
    sheet = management_sheet(found, _written(form), the_viewer())
    if request.form.get("do") == "issue":
        return _issue(MANAGEMENT_REPORT, sheet, form)
    key, drawn = found.figures.period.key, _preview(MANAGEMENT_REPORT, sheet)
    audit.record(the_viewer(), "report.printed", "report", key)
    commit()
    return pdf_answer(drawn, f"report-{key}")


def _sent() -> tuple[ReportNumbers, ManagementForm]:
    period = period_asked(request.form.get("period", "")) or of_month(present_month())
    return report_numbers(the_viewer(), period), ManagementForm()


def _written(form: ManagementForm) -> Written:
    return Written(**{name: form[name].data or "" for name in Written.__dataclass_fields__})


def _statistics() -> ComplaintStatistics:
    period = period_asked(request.values.get("period", "")) or of_year(present_year())
    return complaint_statistics(the_viewer(), period)


@blueprint.get("/complaints")
@requires(Permission.VIEW_REPORTS)
def complaints() -> str:
    """Statistics of complaints as ITA asks for them."""
    return _complaints_page(_statistics(), IssueForm(formdata=None))


def _complaints_page(found: ComplaintStatistics, form: CreateForm) -> str:
    return render_template(
        "reports/complaints.html",
        form=form,
        **_as_paper(COMPLAINT_STATISTICS, statistics_sheet(found, the_viewer())),
        found=found,
        few=FEW,
        periods=_offered(found.period),
        tables=list(_tables(found)),
        months=[(short_name(month), n) for month, n in found.by_month.items()],
    )


def _tables(found: ComplaintStatistics) -> Iterator[tuple[str, str, list[tuple[str, int]]]]:
    english = language() == "en"
    names = village_names(language())
    yield (
        _("By what is wanted"),
        _("What is wanted"),
        [(str(KIND[one]), n) for one, n in found.by_kind.items()],
    )
    yield (
        _("By category"),
        _("Category"),
        [(en if english and en else th, n) for th, en, n in found.by_category],
    )
    yield (
        _("By the way it came"),
        _("How it came"),
        [(str(CHANNEL[one]), n) for one, n in found.by_channel.items()],
    )
    yield (
        _("By what was decided"),
        _("What was decided"),
        [(str(STATUS[one]), n) for one, n in found.by_status.items()],
    )
    yield (
        _("By village"),
        _("Village"),
        [
            (names.get(one, _("a village not known")), n)
            for one, n in sorted(found.by_village.items(), key=lambda pair: (pair[0] == 0, pair[0]))
        ],
    )


@blueprint.get("/complaints.pdf")
@requires(Permission.VIEW_REPORTS)
def complaints_pdf() -> Response:
    """The same on paper; a draft until it is issued."""
    found = _statistics()
    drawn = _preview(COMPLAINT_STATISTICS, statistics_sheet(found, the_viewer()))
    return pdf_answer(drawn, f"complaints-{found.period.key}")


@blueprint.post("/complaints/issue")
@requires(Permission.VIEW_REPORTS)
def issue_complaints() -> Answer:
    """The same as a paper to be published, with its number."""
    found, form = _statistics(), IssueForm()
    if not form.sent():
        return _complaints_page(found, form), 400
    return _issue(COMPLAINT_STATISTICS, statistics_sheet(found, the_viewer()), form)


@blueprint.get("/complaints.xlsx")
@requires(Permission.VIEW_REPORTS)
def complaints_sheet() -> Response:
    """The same as a spreadsheet."""
    found = _statistics()
    content = b"".join(complaint_sheet(found))
    response = Response(content, mimetype=MEDIA_TYPE)
    name = f"complaints-{found.period.key}.xlsx"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "no-store"
    return response
