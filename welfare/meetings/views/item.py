"""One request on an agenda."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from flask import flash, redirect, render_template, request, url_for

from welfare.cases.labels import VOTES
from welfare.core import audit
from welfare.core.errors import NotFound
from welfare.core.i18n import gettext as _
from welfare.core.thai.digits import whole
from welfare.core.web import commit, requires, the_viewer
from welfare.core.web.choices import SelectChoice, offered
from welfare.core.web.forms import EditForm
from welfare.meetings import services
from welfare.meetings.forms import ItemForm, ReasonForm, RecuseForm, TakePartForm
from welfare.meetings.kinds import ItemState
from welfare.meetings.labels import ITEM_TONES, ITEMS, PRESENCES
from welfare.meetings.queries import ItemRow, MeetingPage, SeatRow, meeting_page
from welfare.meetings.views.blueprint import KEEPERS, Answer, blueprint, not_done, vote_said


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
        if one.recused:
            forms["part"] = _part_form(found, one, TakePartForm(formdata=None, data=version))
    elif found.going_on and one.state is not ItemState.OPEN:
        forms["undo"] = ReasonForm(formdata=None, data=version)
    for name, form in forms.items():
        if failed is not None and isinstance(failed, type(form)):
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
    form.member.choices = _members(
        seat
        for seat in found.seats
        if seat.member_id not in one.votes and seat.member_id not in one.recused
    )
    return form


def _part_form(found: MeetingPage, one: ItemRow, form: TakePartForm) -> TakePartForm:
    form.back.choices = _members(seat for seat in found.seats if seat.member_id in one.recused)
    return form


def _members(seats: Iterable[SeatRow]) -> list[SelectChoice]:
    return offered(
        [("", _("Choose a member")), *((str(seat.member_id), seat.name) for seat in seats)]
    )


def _item_deed(
    reference: str, item_id: int, form: EditForm, act: Callable[[], Any], done: str, field: str
) -> Answer:
    if status := not_done(form, act, field):
        return _item_page(reference, item_id, form, status)
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
        if (vote := vote_said(f"vote-{seat.member_id}")) is not None
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


@blueprint.post("/<reference>/items/<int:item_id>/take-part")
@requires(*KEEPERS)
def take_part(reference: str, item_id: int) -> Answer:
    """A member takes part in it after all."""
    viewer = the_viewer()
    found = meeting_page(reference, viewer=viewer)
    form = _part_form(found, _of(found, item_id), TakePartForm())
    return _item_deed(
        reference,
        item_id,
        form,
        lambda: services.take_part(
            actor=viewer,
            reference=reference,
            version=form.seen_version,
            item_id=item_id,
            member_id=whole(form.back.data or "") or 0,
            reason=form.back_why.data or "",
        ),
        _("Noted: this member takes part."),
        "back",
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
