"""Meetings of committees at the desk."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from welfare.benefits.queries import funds
from welfare.cases.labels import HELP_STATES, HELP_TONES, VOTES
from welfare.cases.workflow import Vote
from welfare.core import audit, clock
from welfare.core.errors import NotFound, Refused
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Permission
from welfare.core.thai.dates import fiscal_year
from welfare.core.thai.digits import whole
from welfare.core.web import commit, requires, the_viewer
from welfare.core.web.choices import offered
from welfare.core.web.forms import EditForm
from welfare.core.web.templating import language
from welfare.meetings import services
from welfare.meetings.forms import (
    AgendaForm,
    ApproveForm,
    AttendanceForm,
    DeedForm,
    ItemForm,
    MeetingForm,
    NewMeetingForm,
    ReasonForm,
    RecuseForm,
    ResolveAllForm,
    shown,
)
from welfare.meetings.kinds import ItemState, Presence
from welfare.meetings.labels import ITEM_TONES, ITEMS, PRESENCES
from welfare.meetings.queries import (
    ItemRow,
    MeetingPage,
    candidates,
    meeting_page,
    meetings,
)
from welfare.papers.labels import STATES, TONES

blueprint = Blueprint("meetings", __name__, url_prefix="/desk/meetings")

Answer = str | Response | tuple[str, int]
KEEPERS = (Permission.ISSUE_PAPERS,)
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
    return _to(made)


def _to(reference: str, place: str = "") -> Response:
    return redirect(url_for("meetings.page", reference=reference) + place, 303)


@blueprint.get("/<reference>")
@requires(*KEEPERS)
def page(reference: str) -> Answer:
    """One meeting: agenda, who came, what was resolved, its papers."""
    return _show(meeting_page(reference, viewer=the_viewer()))


def _show(found: MeetingPage, failed: EditForm | None = None, status: int = 200) -> Answer:
    viewer, going_on = the_viewer(), found.going_on
    version = {"version": str(found.version)}
    forms: dict[str, EditForm] = {}
    if going_on:
        forms["deed"] = DeedForm(formdata=None, data=version)
        forms["off"] = ReasonForm(formdata=None, data=version)
    if found.minutes:
        forms["approve"] = ApproveForm(
            formdata=None,
            data=version
            | {
                "approved_on": found.row.approved_on or clock.today(),
                "approved_note": found.record["approved_note"],
            },
        )
    if isinstance(failed, ReasonForm):
        forms["off"] = failed
    if isinstance(failed, ApproveForm):
        forms["approve"] = failed
    body = render_template(
        "meetings/page.html",
        page=found,
        row=found.row,
        forms=forms,
        failed=failed,
        waiting=candidates(found.fund_id, viewer=viewer, rules=found.rules) if going_on else [],
        over=found.row.begins_at <= clock.now(),
        presences=PRESENCES,
        items=ITEMS,
        tones=ITEM_TONES,
        helps=(HELP_STATES, HELP_TONES),
        votes=VOTES,
        states=(STATES, TONES),
        left={
            one.id: len(services.writable_seats(viewer, found.seats, one)) if going_on else 0
            for one in found.items
        },
        can_resolve=viewer.can(Permission.DECIDE_ASSISTANCE),
    )
    audit.read(viewer, "meeting", found.row.reference)
    return body if status == 200 else (body, status)


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
    return _to(reference)


def _deed(
    reference: str, form: EditForm, act: Callable[[MeetingPage], Any], done: str, place: str = ""
) -> Answer:
    """Do a step, or show the meeting with what is not right."""
    found = meeting_page(reference, viewer=the_viewer())
    if not form.sent():
        return _show(found, form, 400)
    act(found)
    commit()
    flash(done, "success")
    return _to(reference, place)


@blueprint.post("/<reference>/agenda")
@requires(*KEEPERS)
def agenda(reference: str) -> Answer:
    """Put requests on the agenda, or take one off."""
    form, off = AgendaForm(), whole(request.form.get("off", ""))
    if off is not None:
        return _deed(
            reference,
            form,
            lambda _page: services.take_off_agenda(
                actor=the_viewer(), reference=reference, version=form.seen_version, item_id=off
            ),
            _("Taken off the agenda."),
            "#agenda",
        )
    picked = [whole(one) for one in request.form.getlist("pick")]
    return _deed(
        reference,
        form,
        lambda _page: services.put_on_agenda(
            actor=the_viewer(),
            reference=reference,
            version=form.seen_version,
            requests={one for one in picked if one is not None},
        ),
        _("Put on the agenda."),
        "#agenda",
    )


@blueprint.post("/<reference>/attendance")
@requires(*KEEPERS)
def attendance(reference: str) -> Answer:
    """Who came."""
    form = AttendanceForm()
    return _deed(
        reference,
        form,
        lambda found: services.note_attendance(
            actor=the_viewer(),
            reference=reference,
            version=form.seen_version,
            presences={one.member_id: _presence(one.member_id) for one in found.seats},
        ),
        _("Noted who came."),
        "#resolutions",
    )


def _presence(member_id: int) -> Presence | None:
    said = request.form.get(f"seat-{member_id}", "")
    return Presence(said) if said in set(Presence) else None


@blueprint.post("/<reference>/said")
@requires(*KEEPERS)
def said(reference: str) -> Answer:
    """What all said alike, to many requests at once."""
    form, viewer = ResolveAllForm(), the_viewer()

    def act(found: MeetingPage) -> None:
        taken = {
            one.id: services.Said(votes=_all_alike(found, one, vote))
            for one in found.open_items
            if (vote := _vote(f"item-{one.id}")) is not None
        }
        if not taken:
            raise Refused(_("Choose what was said to at least one request."))
        new = services.write_down(
            actor=viewer, reference=reference, version=form.seen_version, said=taken
        )
        if not new:
            raise Refused(
                _("No vote was new: whoever has an account votes themselves, and whoever decides"
                  " on help writes down the others.")
            )  # fmt: skip

    return _deed(reference, form, act, _("The votes are written down."), "#resolutions")


def _all_alike(found: MeetingPage, one: ItemRow, vote: Vote) -> dict[int, Vote]:
    seats = services.writable_seats(the_viewer(), found.seats, one)
    return {seat.member_id: vote for seat in seats}


def _vote(name: str) -> Vote | None:
    said = request.form.get(name, "")
    return Vote(said) if said in set(Vote) else None


@blueprint.get("/<reference>/items/<int:item_id>")
@requires(*KEEPERS)
def item(reference: str, item_id: int) -> Answer:
    """One request on the agenda: who voted what, who takes no part, the words."""
    return _item_page(reference, item_id)


def _item_page(
    reference: str, item_id: int, failed: EditForm | None = None, status: int = 200
) -> Answer:
    viewer = the_viewer()
    found = meeting_page(reference, viewer=viewer)
    one = _of(found, item_id)
    version = {"version": str(found.version)}
    forms: dict[str, EditForm] = {}
    if found.going_on and one.open:
        forms["said"] = ItemForm(formdata=None, data=version | {"words": one.words})
        forms["recuse"] = _recuse_form(found, one, RecuseForm(formdata=None, data=version))
    elif found.going_on and one.state is not ItemState.OPEN:
        forms["undo"] = ReasonForm(formdata=None, data=version)
    for name, kind in (("said", ItemForm), ("recuse", RecuseForm), ("undo", ReasonForm)):
        if name in forms and isinstance(failed, kind):
            forms[name] = failed
    audit.read(viewer, "case", one.case_number)
    body = render_template(
        "meetings/item.html",
        page=found,
        row=found.row,
        item=one,
        forms=forms,
        failed=failed,
        typed=request.form if request.method == "POST" else {},
        writable={seat.member_id for seat in services.writable_seats(viewer, found.seats, one)},
        around=_around(found, one),
        votes=VOTES,
        items=ITEMS,
        tones=ITEM_TONES,
        presences=PRESENCES,
    )
    return body if status == 200 else (body, status)


def _of(found: MeetingPage, item_id: int) -> ItemRow:
    one = next((one for one in found.items if one.id == item_id), None)
    if one is None or not (one.seen and one.named):
        raise NotFound
    return one


def _around(found: MeetingPage, one: ItemRow) -> tuple[int | None, int | None]:
    """The items before and after it that the viewer may see."""
    ids = [each.id for each in found.items if each.seen and each.named]
    at = ids.index(one.id)
    return ids[at - 1] if at else None, ids[at + 1] if at + 1 < len(ids) else None


def _recuse_form(found: MeetingPage, one: ItemRow, form: RecuseForm) -> RecuseForm:
    left = [
        seat
        for seat in found.seats
        if seat.member_id not in one.votes and seat.member_id not in one.recused
    ]
    form.member.choices = offered(
        [("", _("Choose a member")), *((str(seat.member_id), seat.name) for seat in left)]
    )
    return form


def _item_deed(
    reference: str, item_id: int, form: EditForm, act: Callable[[], Any], done: str, field: str
) -> Answer:
    if not form.sent():
        return _item_page(reference, item_id, form, 400)
    try:
        act()
    except Refused as refusal:
        form[field].errors = refusal.message.split("\n")
        return _item_page(reference, item_id, form, 422)
    commit()
    flash(done, "success")
    return redirect(url_for("meetings.item", reference=reference, item_id=item_id), 303)


@blueprint.post("/<reference>/items/<int:item_id>")
@requires(*KEEPERS)
def write_item(reference: str, item_id: int) -> Answer:
    """Votes, words, or that it is put off."""
    form, viewer = ItemForm(), the_viewer()
    found = meeting_page(reference, viewer=viewer)
    votes = {
        seat.member_id: vote
        for seat in services.writable_seats(viewer, found.seats, _of(found, item_id))
        if (vote := _vote(f"vote-{seat.member_id}")) is not None
    }
    what = services.Said(form.words.data or "", bool(form.deferred.data), votes)
    return _item_deed(
        reference,
        item_id,
        form,
        lambda: services.write_down(
            actor=viewer, reference=reference, version=form.seen_version, said={item_id: what}
        ),
        _("Saved."),
        "words",
    )


@blueprint.post("/<reference>/items/<int:item_id>/recuse")
@requires(*KEEPERS)
def recuse(reference: str, item_id: int) -> Answer:
    """A member takes no part in this one."""
    viewer = the_viewer()
    found = meeting_page(reference, viewer=viewer)
    form = _recuse_form(found, _of(found, item_id), RecuseForm())
    return _item_deed(
        reference,
        item_id,
        form,
        lambda: services.recuse(
            actor=viewer,
            reference=reference,
            version=form.seen_version,
            item_id=item_id,
            member_id=whole(form.member.data or "") or 0,
            reason=form.why.data or "",
        ),
        _("Noted: this member takes no part."),
        "member",
    )


@blueprint.post("/<reference>/items/<int:item_id>/undo")
@requires(*KEEPERS)
def undo(reference: str, item_id: int) -> Answer:
    """Take back what was resolved, before the minutes are issued."""
    form, viewer = ReasonForm(), the_viewer()
    return _item_deed(
        reference,
        item_id,
        form,
        lambda: services.undo_item(
            actor=viewer,
            reference=reference,
            version=form.seen_version,
            item_id=item_id,
            reason=form.reason.data or "",
        ),
        _("Taken back. The request waits in this meeting again."),
        "reason",
    )


@blueprint.post("/<reference>/carry-out")
@requires(Permission.DECIDE_ASSISTANCE)
def carry_out(reference: str) -> Answer:
    """Make each resolution the decision on its request."""
    form = DeedForm()
    found = meeting_page(reference, viewer=the_viewer())
    if not form.sent():
        return _show(found, form, 400)
    done = services.carry_out(actor=the_viewer(), reference=reference, version=form.seen_version)
    commit()
    words = _(
        "%(granted)s granted, %(refused)s refused.", granted=done.granted, refused=done.refused
    )
    flash(words, "success")
    if done.failed:
        flash(_("%(n)s could not be carried out and stay open; each says why.", n=done.failed),
              "warning")  # fmt: skip
    return _to(reference, "#resolutions")


@blueprint.post("/<reference>/call-off")
@requires(*KEEPERS)
def call_off(reference: str) -> Answer:
    """It does not take place."""
    form = ReasonForm()
    return _deed(
        reference,
        form,
        lambda _page: services.call_off(
            actor=the_viewer(),
            reference=reference,
            version=form.seen_version,
            reason=form.reason.data or "",
        ),
        _("Called off. What stood on its agenda waits for another meeting."),
    )


@blueprint.post("/<reference>/approve")
@requires(*KEEPERS)
def approve(reference: str) -> Answer:
    """The committee approved the minutes."""
    form = ApproveForm()
    found = meeting_page(reference, viewer=the_viewer())
    if not form.sent():
        return _show(found, form, 400)
    try:
        services.approve_minutes(
            actor=the_viewer(),
            reference=reference,
            version=form.seen_version,
            approval=form.approval(),
        )
    except Refused as refusal:
        form.approved_on.errors = [refusal.message]
        return _show(found, form, 422)
    commit()
    flash(_("Noted that the minutes are approved."), "success")
    return _to(reference)
