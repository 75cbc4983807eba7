"""The worker's own desk on a phone."""

from __future__ import annotations

from flask import render_template
from werkzeug.wrappers import Response

from welfare.cases.labels import DUTIES
from welfare.cases.queries.duties import my_duties
from welfare.core import audit, clock
from welfare.core.security.permissions import Permission
from welfare.core.web import requires, the_viewer
from welfare.dispatch import queries
from welfare.dispatch.documents import days_pdf
from welfare.dispatch.forms import DeclineForm, placed
from welfare.dispatch.queries.day_sheets import own_day
from welfare.dispatch.queries.recalling import just_declined
from welfare.dispatch.views.blueprints import Page, category_names, day_answer, field
from welfare.dispatch.workflow import VisitStatus
from welfare.papers.documents import read_by

PLANNED = VisitStatus.PLANNED


@field.get("/day.pdf")
@requires(Permission.WORK_CASES)
def day_sheet() -> Response:
    """The viewer's own day on paper, for where no telephone reaches."""
    viewer = the_viewer()
    day = own_day(viewer)
    content = days_pdf(day, reader=read_by(viewer))
    for stop in day.stops:
        audit.read(viewer, "case", stop.case_number, "printed")
    return day_answer(content, day.on.isoformat())


@field.get("")
@requires(Permission.WORK_CASES)
def home() -> Page:
    """Today's visits in order (settled ones last), what is offered, one's own cases by deadline."""
    viewer = the_viewer()
    cases = queries.own_cases(viewer)
    offered = [case for case in cases if case.offered]
    return render_template(
        "field/home.html",
        today=clock.today(),
        visits=sorted(queries.day_of(viewer), key=lambda item: item.visit.status != PLANNED),
        ahead=queries.days_ahead(viewer),
        along=queries.goes_along(viewer),
        asked=queries.asked_of(viewer),
        declined=just_declined(viewer),
        offered=offered,
        declines={
            case.number: placed(DeclineForm(formdata=None), f"decline-{place}")
            for place, case in enumerate(offered, start=1)
        },
        cases=[case for case in cases if not case.offered],
        names=category_names(),
        duties=my_duties(viewer),
        duty_words=DUTIES,
    )
