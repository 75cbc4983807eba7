"""The list of meetings; calling one, changing what is said of it."""

from __future__ import annotations

from flask import flash, render_template, request

from welfare.benefits.queries import funds
from welfare.core import clock
from welfare.core.errors import Refused
from welfare.core.i18n import gettext as _
from welfare.core.thai.dates import fiscal_year
from welfare.core.web import commit, requires, the_viewer
from welfare.core.web.choices import offered
from welfare.core.web.templating import language
from welfare.meetings import services
from welfare.meetings.forms import (
    MeetingForm,
    NewMeetingForm,
    shown,
)
from welfare.meetings.queries import (
    meeting_page,
    meetings,
)
from welfare.meetings.views.blueprint import KEEPERS, Answer, blueprint, to_meeting

USUAL_HOUR = "9.30"


@blueprint.get("")
@requires(*KEEPERS)
def overview() -> str:
    """All meetings, the newest first."""
    return render_template(
        "meetings/list.html", rows=meetings(viewer=the_viewer()), now=clock.now()
    )


@blueprint.route("/new", methods=["GET", "POST"])
@requires(*KEEPERS)
def new() -> Answer:
    """Call a meeting."""
    form = NewMeetingForm(data={"hour": USUAL_HOUR, "fund": request.args.get("fund", "")})
    form.fund.choices = offered(
        (one.code, one.name(language())) for one in funds(fiscal_year(clock.today()))
    )
    if not form.sent():
        page = render_template("meetings/edit.html", form=form, page=None)
        return page, 400 if request.method == "POST" else 200
    viewer = the_viewer()
    try:
        made = form.once(
            "meeting",
            lambda: services.call_meeting(
                actor=viewer, fund_code=form.fund.data, facts=form.facts()
            ),
        )
    except Refused as refusal:
        form.fund.errors = [refusal.message]
        return render_template("meetings/edit.html", form=form, page=None), 422
    flash(_("The meeting is called. Now choose what stands on its agenda."), "success")
    return to_meeting(made)


@blueprint.route("/<reference>/edit", methods=["GET", "POST"])
@requires(*KEEPERS)
def edit(reference: str) -> Answer:
    """Change what is said of it."""
    viewer = the_viewer()
    found = meeting_page(reference, viewer=viewer)
    form = MeetingForm(data=shown(found.record) | {"version": str(found.version)})
    if not form.sent():
        body = render_template("meetings/edit.html", form=form, page=found)
        return body, 400 if request.method == "POST" else 200
    try:
        services.edit_meeting(
            actor=viewer, reference=reference, version=form.seen_version, facts=form.facts()
        )
    except Refused as refusal:
        form.met_on.errors = [refusal.message]
        return render_template("meetings/edit.html", form=form, page=found), 422
    commit()
    flash(_("Saved."), "success")
    return to_meeting(reference)
