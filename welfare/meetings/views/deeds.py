"""The steps of a meeting."""

from __future__ import annotations

from flask import flash, request

from welfare.cases.workflow import Vote
from welfare.core.errors import Refused
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Permission
from welfare.core.thai.digits import whole
from welfare.core.web import commit, requires, the_viewer
from welfare.meetings import services
from welfare.meetings.forms import (
    AgendaForm,
    ApproveForm,
    AttendanceForm,
    DeedForm,
    ReasonForm,
    ResolveAllForm,
)
from welfare.meetings.kinds import Presence
from welfare.meetings.queries import ItemRow, MeetingPage, meeting_page
from welfare.meetings.views.blueprint import KEEPERS, Answer, blueprint, to_meeting, vote_said
from welfare.meetings.views.page import deed, show_meeting


@blueprint.post("/<reference>/agenda")
@requires(*KEEPERS)
def agenda(reference: str) -> Answer:
    """Put requests on the agenda, or take one off."""
    form, off = AgendaForm(), whole(request.form.get("off", ""))
    if off is not None:
        return deed(
            reference,
            form,
            lambda: services.take_off_agenda(
                actor=the_viewer(), reference=reference, version=form.seen_version, item_id=off
            ),
            _("Taken off the agenda."),
            "#agenda",
        )
    picked = [whole(one) for one in request.form.getlist("pick")]
    return deed(
        reference,
        form,
        lambda: services.put_on_agenda(
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
    return deed(
        reference,
        form,
        lambda: services.note_attendance(
            actor=the_viewer(),
            reference=reference,
            version=form.seen_version,
            presences=_presences(),
        ),
        _("Noted who came."),
        "#resolutions",
    )


def _presences() -> dict[int, Presence | None]:
    """What was chosen beside each member; whom the committee does not know, the service leaves."""
    return {
        member: Presence(said) if said in set(Presence) else None
        for name, said in request.form.items()
        if name.startswith("seat-") and (member := whole(name.removeprefix("seat-"))) is not None
    }


@blueprint.post("/<reference>/said")
@requires(*KEEPERS)
def said(reference: str) -> Answer:
    """What all said alike, to many requests at once."""
    form, viewer = ResolveAllForm(), the_viewer()

    def act() -> None:
        found = meeting_page(reference, viewer=viewer)
        taken = {
            one.id: services.Said(votes=_all_alike(found, one, vote))
            for one in found.open_items
            if (vote := vote_said(f"item-{one.id}")) is not None
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

    return deed(reference, form, act, _("The votes are written down."), "#resolutions")


def _all_alike(found: MeetingPage, one: ItemRow, vote: Vote) -> dict[int, Vote]:
    seats = services.writable_seats(the_viewer(), found.seats, one)
    return {seat.member_id: vote for seat in seats}


@blueprint.post("/<reference>/carry-out")
@requires(Permission.DECIDE_ASSISTANCE)
def carry_out(reference: str) -> Answer:
    """Make each resolution the decision on its request."""
    form = DeedForm()
    if not form.sent():
        return show_meeting(reference, form, 400)
    done = services.carry_out(actor=the_viewer(), reference=reference, version=form.seen_version)
    commit()
    words = _(
        "%(granted)s granted, %(refused)s refused.", granted=done.granted, refused=done.refused
    )
    flash(words, "success")
    if done.failed:
        flash(_("%(n)s could not be carried out and stay open; each says why.", n=done.failed),
              "warning")  # fmt: skip
    return to_meeting(reference, "#resolutions")


@blueprint.post("/<reference>/call-off")
@requires(*KEEPERS)
def call_off(reference: str) -> Answer:
    """It does not take place."""
    form = ReasonForm()
    return deed(
        reference,
        form,
        lambda: services.call_off(
            actor=the_viewer(),
            reference=reference,
            version=form.seen_version,
            reason=form.reason.data or "",
        ),
        _("Called off. What stood on its agenda waits for another meeting."),
        field="reason",
    )


@blueprint.post("/<reference>/approve")
@requires(*KEEPERS)
def approve(reference: str) -> Answer:
    """The committee approved the minutes."""
    form = ApproveForm()
    return deed(
        reference,
        form,
        lambda: services.approve_minutes(
            actor=the_viewer(),
            reference=reference,
            version=form.seen_version,
            approval=form.approval(),
        ),
        _("Noted that the minutes are approved."),
        field="approved_on",
    )
