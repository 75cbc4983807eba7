"""One meeting: agenda, who came, what was resolved, its papers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import flash, render_template

from welfare.cases.labels import HELP_STATES, HELP_TONES, VOTES
from welfare.core import audit, clock
from welfare.core.security.permissions import Permission
from welfare.core.web import commit, requires, the_viewer
from welfare.core.web.forms import EditForm
from welfare.meetings import services
from welfare.meetings.forms import ApproveForm, DeedForm, ReasonForm
from welfare.meetings.labels import ITEM_TONES, ITEMS, PRESENCES
from welfare.meetings.queries import candidates, meeting_page
from welfare.meetings.views.blueprint import KEEPERS, Answer, blueprint, not_done, to_meeting
from welfare.papers.labels import STATES, TONES


@blueprint.get("/<reference>")
@requires(*KEEPERS)
def page(reference: str) -> Answer:
    """One meeting: agenda, who came, what was resolved, its papers."""
    return show_meeting(reference)


def show_meeting(reference: str, failed: EditForm | None = None, status: int = 200) -> Answer:
    """Its page, with what was sent and is not right."""
    viewer = the_viewer()
    found = meeting_page(reference, viewer=viewer)
    going_on = found.going_on
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


def deed(
    reference: str,
    form: EditForm,
    act: Callable[[], Any],
    done: str,
    place: str = "",
    field: str = "",
) -> Answer:
    """Do a step, or show the meeting with what is not right."""
    if status := not_done(form, act, field):
        return show_meeting(reference, form, status)
    commit()
    flash(done, "success")
    return to_meeting(reference, place)
