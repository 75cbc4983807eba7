"""The report of a month or a year, and the statistics of complaints: look, then print."""

from __future__ import annotations

from collections.abc import Iterator

from flask import render_template, request
from werkzeug.wrappers import Response

from welfare.cases.labels import OUTCOMES
from welfare.core import audit
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Permission
from welfare.core.spreadsheets import MEDIA_TYPE
from welfare.core.web import commit, requires, the_viewer
from welfare.core.web.templating import language
from welfare.intake.labels import CHANNEL, KIND, STATUS
from welfare.reports.documents.complaint_sheet import complaint_sheet
from welfare.reports.documents.complaints import complaint_statistics_pdf
from welfare.reports.documents.management import Written, management_report_pdf, suggested
from welfare.reports.forms.management import ManagementForm
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
    )


@blueprint.post("/paper")
@requires(Permission.VIEW_REPORTS)
def print_paper() -> Answer:
    """The report as PDF, with what was written beside the numbers."""
    viewer, form = the_viewer(), ManagementForm()
    period = period_asked(request.form.get("period", "")) or of_month(present_month())
    found = report_numbers(viewer, period)
    if not form.sent():
        return _paper_page(found, form), 400
    written = Written(**{name: form[name].data or "" for name in Written.__dataclass_fields__})
    drawn = management_report_pdf(found, written)
    audit.record(viewer, "report.printed", "report", period.key)
    commit()
    return pdf_answer(drawn, f"report-{period.key}")


def _statistics() -> ComplaintStatistics:
    period = period_asked(request.args.get("period", "")) or of_year(present_year())
    return complaint_statistics(the_viewer(), period)


@blueprint.get("/complaints")
@requires(Permission.VIEW_REPORTS)
def complaints() -> str:
    """Statistics of complaints as ITA asks for them."""
    found = _statistics()
    return render_template(
        "reports/complaints.html",
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
    """The same to be published."""
    found = _statistics()
    return pdf_answer(complaint_statistics_pdf(found), f"complaints-{found.period.key}")


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
