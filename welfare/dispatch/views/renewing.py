"""An accepted day planned anew: who goes out, what comes in; then a draft with what changes."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for

from welfare.core import clock
from welfare.core.errors import Refused
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Permission
from welfare.core.web import requires, the_viewer
from welfare.dispatch import queries, services
from welfare.dispatch.forms import RenewPlanForm
from welfare.dispatch.queries import PlanFile
from welfare.dispatch.views.blueprints import Page, category_names, dispatch, show_refusal
from welfare.dispatch.views.reasons import absence_words
from welfare.dispatch.workflow import PlanStatus, VisitStatus

MOST_PICKED = 200


@dispatch.route("/plans/<number>/renew", methods=["GET", "POST"])
@requires(Permission.ASSIGN_CASES)
def renew_plan(number: str) -> Page:
    """Plan an accepted day anew around what is done; nothing changes before the draft is
    accepted."""
    viewer = the_viewer()
    file = queries.plan_file(number.upper(), viewer=viewer)
    if file.status != PlanStatus.ACCEPTED or file.day < clock.today():
        return redirect(url_for("dispatch.day_plan", number=file.number), code=303)
    form = RenewPlanForm(data={"seen": str(file.version)})
    if not form.sent():
        return _page(file, form, 400 if request.method == "POST" else 200)
    try:
        services.refuse_unknown(form.numbers, actor=viewer)
        solved = services.renew_plan(
            actor=viewer,
            number=file.number,
            seen=form.seen_version,
            worker_ids=form.worker_ids,
            more={*request.form.getlist("pick")[:MOST_PICKED], *form.numbers},
        )
        made = form.once(
            "plan.renew",
            lambda: services.keep_plan(actor=viewer, solved=solved, replaces=file.number),
        )
    except Refused as refusal:
        show_refusal(form, refusal, "more")
        return _page(file, form, 422)
    return redirect(url_for("dispatch.day_plan", number=made), code=303)


def _page(file: PlanFile, form: RenewPlanForm, status: int) -> Page:
    viewer, words = the_viewer(), absence_words()
    members = queries.crew(viewer=viewer, since=file.day)
    form.workers.choices = [(str(one.id), one.name) for one in members]
    if request.method == "GET":
        there = [one.id for one in members if one.away_on(file.day) is None]
        whole = set(file.worker_ids) <= set(there)
        form.workers.data = [str(one) for one in there if not whole or one in file.worker_ids]
    known = {stop.number for stop in file.stops}
    cases = [case for case in queries.proposed(file.day, viewer=viewer) if case.number not in known]
    stays = [stop for stop in file.stops if stop.visit_status in _SETTLED]
    page = render_template(
        "dispatch/plan_renew.html",
        file=file,
        form=form,
        cases=cases,
        stays=stays,
        begun=file.day == clock.today(),
        picked=set(request.form.getlist("pick")) if request.method == "POST" else None,
        away={
            str(one.id): _("away: %(kind)s", kind=words[away.kind.value])
            for one in members
            if (away := one.away_on(file.day)) is not None
        },
        names=category_names(),
    )
    return page, status


_SETTLED = (VisitStatus.DONE, VisitStatus.MISSED, VisitStatus.CANCELLED)
