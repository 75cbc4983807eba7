"""A day's plan: choose, look, change by hand, plan again, accept, take back, print."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from welfare.core import clock
from welfare.core.errors import Refused
from welfare.core.i18n import gettext as _
from welfare.core.pdf.layouts.days import Days
from welfare.core.security.permissions import Permission
from welfare.core.web import commit, requires, the_viewer
from welfare.dispatch import queries, services
from welfare.dispatch.documents import days_pdf
from welfare.dispatch.forms import ChoosePlanForm, SettlePlanForm, read_wishes
from welfare.dispatch.queries import PlanFile
from welfare.dispatch.queries.day_jobs import Wish
from welfare.dispatch.queries.day_sheets import plan_days
from welfare.dispatch.queries.plan_rows import clock_words
from welfare.dispatch.views.blueprints import (
    Page,
    category_names,
    day_answer,
    dispatch,
    show_refusal,
)
from welfare.dispatch.views.reasons import (
    absence_words,
    change_words,
    closed_words,
    skill_names,
    why_words,
)
from welfare.dispatch.workflow import PlanStatus
from welfare.papers.documents import read_by
from welfare.papers.queries.office import the_office

MOST_PICKED = 200
LONGEST_NUMBER, MOST_TYPED = 20, 40
STANDS = (PlanStatus.DRAFT, PlanStatus.ACCEPTED)


@dispatch.get("/plans")
@requires(Permission.ASSIGN_CASES)
def plans() -> Page:
    """Plans of the coming days and the last two weeks."""
    since = clock.today() - timedelta(days=14)
    return render_template(
        "dispatch/plans.html", rows=queries.plans(viewer=the_viewer(), since=since)
    )


@dispatch.route("/plans/new", methods=["GET", "POST"])
@requires(Permission.ASSIGN_CASES)
def new_plan() -> Page:
    """Choose a day, cases and workers."""
    form = ChoosePlanForm(data={"day": _asked_day()})
    if not form.sent():
        return _choose_page(form, 400 if request.method == "POST" else 200)
    picked = {*request.form.getlist("pick")[:MOST_PICKED], *form.numbers}
    day = form.day.data
    try:
        services.refuse_unknown(form.numbers, actor=the_viewer())
        solved = services.solve_day(
            actor=the_viewer(),
            day=day if isinstance(day, date) else clock.today(),
            numbers=picked,
            worker_ids=form.worker_ids,
        )
        number = form.once(
            "plan.make", lambda: services.keep_plan(actor=the_viewer(), solved=solved)
        )
    except Refused as refusal:
        show_refusal(form, refusal, "more")
        return _choose_page(form, 422)
    return redirect(url_for("dispatch.day_plan", number=number), code=303)


def _asked_day() -> date:
    """The day in the address, by default tomorrow."""
    try:
        return date.fromisoformat(request.args.get("on", ""))
    except ValueError:
        return clock.today() + timedelta(days=1)


def _choose_page(form: ChoosePlanForm, status: int) -> Page:
    viewer = the_viewer()
    day = form.day.data if isinstance(form.day.data, date) else _asked_day()
    members = queries.crew(viewer=viewer, since=day)
    form.workers.choices = [(str(one.id), one.name) for one in members]
    there = [one for one in members if one.away_on(day) is None]
    if request.method == "GET":
        form.workers.data = [str(one.id) for one in there]
    words = absence_words()
    cases = queries.proposed(max(day, clock.today()), viewer=viewer)
    picked = set(request.form.getlist("pick")) if request.method == "POST" else None
    if picked:
        _keep_picked(form, picked - {case.number for case in cases})
    page = render_template(
        "dispatch/plan_new.html",
        form=form,
        day=day,
        cases=cases,
        picked=picked,
        away={
            str(one.id): _("away: %(kind)s", kind=words[away.kind.value])
            for one in members
            if (away := one.away_on(day)) is not None
        },
        names=category_names(),
        closed=closed_words(day),
    )
    return page, status


def _keep_picked(form: ChoosePlanForm, gone: set[str]) -> None:
    """Cases that were ticked and are not proposed for the day now asked for go on by number."""
    numbers = sorted(one for one in gone if len(one) <= LONGEST_NUMBER)[:MOST_TYPED]
    form.more.data = " ".join(dict.fromkeys([*(form.more.data or "").split(), *numbers]))


@dispatch.get("/plans/<number>")
@requires(Permission.ASSIGN_CASES)
def day_plan(number: str) -> Page:
    """One plan."""
    return _plan_page(_file(number), [], 200)


def _file(number: str) -> PlanFile:
    return queries.plan_file(number.upper(), viewer=the_viewer())


def _away_words(file: PlanFile) -> list[str]:
    """Who cannot make their visits of the plan, and why; nothing of a day that is over."""
    words = absence_words()
    there = file.status in STANDS and file.day >= clock.today()
    return [f"{one.worker}: {words[one.kind.value]}" for one in file.away] if there else []


def _plan_page(
    file: PlanFile, problems: list[str], status: int, wishes: Mapping[str, Wish] | None = None
) -> Page:
    """The plan; ``wishes`` are what the person has just set by hand and what was not kept yet."""
    skills = skill_names()
    page = render_template(
        "dispatch/day_plan.html",
        file=file,
        form=SettlePlanForm(formdata=None, data={"seen": str(file.version)}),
        problems=problems,
        wishes=wishes or {},
        clock_words=clock_words,
        whys={stop.id: why_words(stop, file.names, skills) for stop in file.left},
        names=category_names(),
        workers=[(one, file.names.get(one, "")) for one in file.worker_ids],
        away=_away_words(file),
        closed=closed_words(file.day) if file.status in STANDS else "",
        changes=[(stop, change_words(stop, file.names)) for stop in file.changes],
        draft=file.status == PlanStatus.DRAFT,
        may_undo=file.status == PlanStatus.ACCEPTED and file.day >= clock.today(),
    )
    return page, status


@dispatch.post("/plans/<number>/again")
@requires(Permission.ASSIGN_CASES)
def plan_again(number: str) -> Page:
    """Plan anew around what was set by hand."""
    viewer, form, file = the_viewer(), SettlePlanForm(), _file(number)
    read = read_wishes(file.stops, request.form)
    if request.form.get("doubled") == "out":
        read.wishes.update({stop.number: Wish(dropped=True) for stop in file.doubled})
    if not form.sent() or read.problems:
        return _plan_page(file, read.problems, 400, read.wishes)
    try:
        solved = services.replan(
            actor=viewer, number=file.number, seen=form.seen_version, wishes=read.wishes
        )
        services.keep_replanned(
            actor=viewer, number=file.number, seen=form.seen_version, solved=solved
        )
        commit()
    except Refused as refusal:
        return _plan_page(_file(number), refusal.message.splitlines(), 422, read.wishes)
    if solved.unkept:
        numbers = ", ".join(solved.unkept)
        flash(
            _(
                "The day was planned anew. These do not fit as you set them: %(numbers)s. "
                "Why stands under “What did not fit”.",
                numbers=numbers,
            ),
            "warning",
        )
    else:
        flash(_("The day was planned anew. What you set by hand was kept."), "success")
    return redirect(url_for("dispatch.day_plan", number=file.number), code=303)


@dispatch.post("/plans/<number>/<any(accept, undo, discard):verb>")
@requires(Permission.ASSIGN_CASES)
def settle_plan(number: str, verb: str) -> Page:
    """Accept, take back or throw away a plan."""
    form, file = SettlePlanForm(), _file(number)
    if not form.sent():
        return _plan_page(file, [], 400)
    try:
        told = _settle(file, form.seen_version, verb)
        commit()
    except Refused as refusal:
        return _plan_page(_file(number), refusal.message.splitlines(), 422)
    flash(told, "success")
    if verb == "discard":
        return redirect(url_for("dispatch.plans"), code=303)
    return redirect(url_for("dispatch.day_plan", number=file.number), code=303)


def _settle(file: PlanFile, seen: int, verb: str) -> str:
    """Do it; what to tell the person."""
    viewer, number = the_viewer(), file.number
    if verb == "accept":
        count = services.accept_plan(actor=viewer, number=number, seen=seen)
        return _("%(n)s visits are planned. The workers see them at once.", n=count)
    if verb == "undo":
        count = services.undo_plan(actor=viewer, number=number, seen=seen)
        if file.replaces:
            return _(
                "The plan was taken back: %(n)s visits were changed back or called off. "
                "Plan %(number)s of before holds again.",
                n=count,
                number=file.replaces,
            )
        return _("The plan was taken back: %(n)s visits were called off.", n=count)
    services.discard_plan(actor=viewer, number=number, seen=seen)
    return _("The plan was thrown away.")


@dispatch.get("/plans/<number>/sheet")
@requires(Permission.ASSIGN_CASES)
def day_sheet(number: str) -> Response:
    """The day on paper, a page a worker."""
    viewer, file = the_viewer(), _file(number)
    sheets = plan_days(file)
    content = days_pdf(Days(the_office(), file.day, sheets), reader=read_by(viewer))
    return day_answer(content, file.number)
