"""Agenda and minutes of a fund's committee."""

from __future__ import annotations

from datetime import datetime

from flask import render_template, request, url_for

from welfare.benefits.queries import FundRow, fund_of, funds
from welfare.core import audit, clock
from welfare.core.errors import NotFound
from welfare.core.web import commit, requires, the_viewer
from welfare.core.web.templating import language
from welfare.reports.documents.committee import MeetingFacts, agenda_pdf, minutes_pdf
from welfare.reports.forms.committee import MeetingForm
from welfare.reports.queries.committee import resolved_requests, waiting_requests
from welfare.reports.queries.periods import present_year
from welfare.reports.views.lists import READERS, Answer, lists, pdf_answer


@lists.get("/committee")
@requires(*READERS)
def committee() -> Answer:
    """What waits for the committee of each fund, and what is given of its meeting."""
    return _page(MeetingForm(formdata=None, data={"met_on": clock.today(), "hour": "9.30"}))


def _page(form: MeetingForm, status: int = 200) -> Answer:
    viewer, chosen = the_viewer(), _chosen()
    waiting = waiting_requests(chosen.id, viewer=viewer) if chosen else None
    page = render_template(
        "lists/committee.html",
        form=form,
        funds=[(one.code, one.name(language())) for one in funds(present_year())],
        chosen=chosen,
        waiting=waiting,
        minutes=request.values.get("paper") == "minutes",
        url=url_for("lists.committee"),
    )
    return page if status == 200 else (page, status)


def _chosen() -> FundRow | None:
    every = funds(present_year())
    asked = request.values.get("fund", "")
    return next((one for one in every if one.code == asked), every[0] if every else None)


@lists.post("/committee")
@requires(*READERS)
def print_committee() -> Answer:
    """The agenda from what waits, or the minutes from what was resolved on the day."""
    viewer, form = the_viewer(), MeetingForm()
    if not form.sent():
        return _page(form, 400)
    chosen = _chosen()
    if chosen is None:
        raise NotFound
    fund = fund_of(chosen.code)
    facts = MeetingFacts(
        fund=fund.name_th,
        number=form.meeting_no.data or "",
        place=form.place.data or "",
        begins_at=datetime.combine(form.met_on.data, form.begins(), clock.BANGKOK),
        secretary=form.secretary.data or "",
        chair=form.chair.data or "",
    )
    kind = "minutes" if request.form.get("paper") == "minutes" else "agenda"
    if kind == "minutes":
        sitting = resolved_requests(fund.id, form.met_on.data, viewer=viewer)
        drawn = minutes_pdf(facts, sitting)
    else:
        sitting = waiting_requests(fund.id, viewer=viewer)
        drawn = agenda_pdf(facts, sitting)
    noted = {"requests": len(sitting.requests), "day": form.met_on.data.isoformat()}
    audit.record(viewer, f"committee.{kind}_printed", "fund", fund.code, noted)
    commit()
    return pdf_answer(drawn, f"{kind}-{fund.code}-{form.met_on.data.isoformat()}")
