"""The workers: what they can do, when they are away; a worker's own absences and calendar."""

from __future__ import annotations

from datetime import date, timedelta

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from welfare.cases.queries import villages
from welfare.core import clock
from welfare.core.errors import Refused
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Permission
from welfare.core.web import commit, public, requires, the_viewer
from welfare.core.web.templating import language
from welfare.dispatch import queries, services
from welfare.dispatch.documents import calendar_text
from welfare.dispatch.forms import AbsenceForm, CalendarForm, ProfileForm
from welfare.dispatch.queries import Member
from welfare.dispatch.views.blueprints import Page, dispatch, field, show_refusal
from welfare.dispatch.views.reasons import absence_words, skill_names
from welfare.dispatch.workflow import AbsenceKind

DAYS = 14


@dispatch.get("/workers")
@requires(Permission.ASSIGN_CASES)
def workers() -> Page:
    """Everybody who goes out, with the next two weeks day by day."""
    viewer, today = the_viewer(), clock.today()
    members = queries.crew(viewer=viewer)
    days = [today + timedelta(days=place) for place in range(DAYS)]
    return render_template(
        "dispatch/workers.html",
        members=members,
        days=days,
        away={one.id: [one.away_on(day) for day in days] for one in members},
        skills=skill_names(),
        words=absence_words(),
    )


@dispatch.route("/workers/<username>", methods=["GET", "POST"])
@requires(Permission.ASSIGN_CASES)
def worker(username: str) -> Page:
    """What one worker can do."""
    viewer = the_viewer()
    who = queries.member(username, viewer=viewer)
    form = ProfileForm(data=ProfileForm.of(who))
    form.skills.choices = _skill_choices(who)
    form.villages.choices = [
        (str(row.village_no), _("Moo %(no)s", no=row.village_no)) for row in villages()
    ]
    if not form.sent():
        return _worker_page(who, form, AbsenceForm(formdata=None), _status())
    try:
        services.edit_profile(
            actor=viewer, username=username, version=form.seen_version, facts=form.facts
        )
        commit()
    except Refused as refusal:
        show_refusal(form, refusal, "person")
        return _worker_page(who, form, AbsenceForm(formdata=None), 422)
    flash(_("Saved."), "success")
    return redirect(url_for("dispatch.worker", username=username), code=303)


def _status() -> int:
    return 400 if request.method == "POST" else 200


def _skill_choices(who: Member) -> list[tuple[str, str]]:
    names = skill_names()
    listed = {row.code for row in queries.skills()} | who.skills
    return [(code, names.get(code, code)) for code in names if code in listed]


def _worker_page(who: Member, form: ProfileForm, absence: AbsenceForm, status: int) -> Page:
    page = render_template(
        "dispatch/worker.html",
        who=who,
        form=form,
        absence=absence,
        words=absence_words(),
        action=url_for("dispatch.add_absence", username=who.username),
        clashes=queries.clashes(who.id, who.away, viewer=the_viewer()),
    )
    return page, status


@dispatch.post("/workers/<username>/absences")
@requires(Permission.ASSIGN_CASES)
def add_absence(username: str) -> Page:
    """Write down that a worker is away."""
    viewer = the_viewer()
    who = queries.member(username, viewer=viewer)
    form = AbsenceForm()
    status = _add_absence(form, username)
    if status:
        profile = ProfileForm(formdata=None, data=ProfileForm.of(who))
        profile.skills.choices = _skill_choices(who)
        profile.villages.choices = [
            (str(row.village_no), _("Moo %(no)s", no=row.village_no)) for row in villages()
        ]
        return _worker_page(who, profile, form, status)
    return redirect(url_for("dispatch.worker", username=username) + "#absences", code=303)


def _add_absence(form: AbsenceForm, username: str) -> int:
    """Do it; 0 when it is done, else the status of the page that says why not."""
    if not form.sent():
        return 400

    def act() -> str:
        first, last = form.first_day.data, form.last_day.data
        added = services.add_absence(
            actor=the_viewer(),
            username=username,
            first_day=first if isinstance(first, date) else clock.today(),
            last_day=last if isinstance(last, date) else clock.today(),
            kind=AbsenceKind(form.kind.data),
            note=form.note.data or "",
        )
        return str(added)

    try:
        form.once("absence.add", act)
    except Refused as refusal:
        show_refusal(form, refusal, "last_day")
        return 422
    flash(_("The days are written down. Plans and proposals know of them."), "success")
    _warn(username)
    return 0


def _warn(username: str) -> None:
    """Say at once when visits or deadlines fall into somebody's absences."""
    viewer = the_viewer()
    who = queries.member(username, viewer=viewer)
    found = queries.clashes(who.id, who.away, viewer=viewer).values()
    if found:
        words = _(
            "%(visits)s visits and %(deadlines)s deadlines fall into these days",
            visits=sum(len(one.visits) for one in found),
            deadlines=sum(len(one.deadlines) for one in found),
        )
        flash(words, "warning")


@dispatch.post("/workers/<username>/absences/<int:absence_id>/back")
@requires(Permission.ASSIGN_CASES)
def end_absence(username: str, absence_id: int) -> Response:
    """The worker is there after all."""
    if CalendarForm().sent():
        services.take_back_absence(actor=the_viewer(), username=username, absence_id=absence_id)
        commit()
        flash(_("The worker counts as present on those days."), "success")
    return redirect(url_for("dispatch.worker", username=username) + "#absences", code=303)


@field.get("/absences")
@requires(Permission.WORK_CASES)
def absences() -> Page:
    """One's own absences and calendar."""
    return _own_page(AbsenceForm(formdata=None), 200)


@field.post("/absences")
@requires(Permission.WORK_CASES)
def add_own_absence() -> Page:
    """Write down that one is away oneself."""
    form = AbsenceForm()
    status = _add_absence(form, the_viewer().username)
    if status:
        return _own_page(form, status)
    return redirect(url_for("field.absences"), code=303)


@field.post("/absences/<int:absence_id>/back")
@requires(Permission.WORK_CASES)
def end_own_absence(absence_id: int) -> Response:
    """One is there after all."""
    viewer = the_viewer()
    if CalendarForm().sent():
        services.take_back_absence(actor=viewer, username=viewer.username, absence_id=absence_id)
        commit()
        flash(_("You count as present on those days."), "success")
    return redirect(url_for("field.absences"), code=303)


def _own_page(form: AbsenceForm, status: int, address: str = "") -> Page:
    viewer = the_viewer()
    who = queries.member(viewer.username, viewer=viewer)
    page = render_template(
        "field/absences.html",
        who=who,
        form=form,
        button=CalendarForm(formdata=None),
        words=absence_words(),
        linked=queries.has_calendar_link(viewer),
        clashes=queries.clashes(who.id, who.away, viewer=viewer),
        address=address,
    )
    return page, status


@field.post("/calendar")
@requires(Permission.WORK_CASES)
def make_calendar() -> Page:
    """A new secret address for one's calendar; it is shown this once."""
    if not CalendarForm().sent():
        return _own_page(AbsenceForm(formdata=None), 400)
    token = services.make_calendar_link(actor=the_viewer())
    commit()
    address = url_for("field.calendar", token=token, _external=True)
    return _own_page(AbsenceForm(formdata=None), 200, address)


@field.post("/calendar/end")
@requires(Permission.WORK_CASES)
def end_calendar() -> Page:
    """End the address."""
    if CalendarForm().sent():
        services.end_calendar_links(actor=the_viewer())
        commit()
        flash(_("The calendar address is ended. Whoever has it finds nothing there."), "success")
    return redirect(url_for("field.absences"), code=303)


@field.get("/calendar/<token>.ics")
@public
def calendar(token: str) -> Response:
    """The visits behind a secret address, for a calendar program."""
    visits = queries.calendar_visits(token)
    address = request.url_root.rstrip("/")
    text = calendar_text(visits, address=address, name=_("Home visits"))
    response = Response(text, mimetype="text/calendar")
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Content-Language"] = language()
    return response
