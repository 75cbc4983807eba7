"""The checklist of a case: items ticked, said not to apply, and ticks taken back."""

from __future__ import annotations

from sqlalchemy import select

from welfare.cases.kinds import Tick
from welfare.cases.models import Case, ChecklistItem, ChecklistTick
from welfare.cases.queries.checks import edition_of_case
from welfare.cases.services.care.access import must_keep_plan, tell
from welfare.cases.workflow import EventKind
from welfare.core import clock
from welfare.core.db import db
from welfare.core.errors import NotFound, Refused
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Viewer


def tick_item(*, actor: Viewer, number: str, item_id: int, tick: Tick, note: str = "") -> None:
    """Tick an item of the case's list; one that does not apply needs a reason. Who ticks what is
    ticked so already changes nothing."""
    case = must_keep_plan(actor, number, lock=True)
    item = _item(case, item_id)
    if tick is Tick.NOT_NEEDED and not note:
        raise Refused(_("Please say why it does not apply."), field="tick_note")
    standing = _standing(case, item_id)
    if standing is not None:
        if standing.tick is tick:
            return
        raise Refused(_("Somebody has ticked this meanwhile. Please look at it again."))
    db.session.add(
        ChecklistTick(
            case_id=case.id,
            item_id=item_id,
            tick=tick,
            note=note,
            ticked_at=clock.now(),
            ticked_by_id=actor.user_id or None,
        )
    )
    data = {"item": item_id, "tick": tick.value}
    text = f"{item.name_th}: {note}" if note else item.name_th
    tell(actor, case, EventKind.CHECKLIST, "checklist.ticked", text=text, data=data)


def untick_item(*, actor: Viewer, number: str, item_id: int) -> None:
    """Take a tick back; that it stood is kept."""
    case = must_keep_plan(actor, number, lock=True)
    item = _item(case, item_id)
    standing = _standing(case, item_id)
    if standing is None:
        return
    standing.undone_at, standing.undone_by_id = clock.now(), actor.user_id or None
    data = {"item": item_id}
    tell(actor, case, EventKind.CHECKLIST, "checklist.unticked", text=item.name_th, data=data)


def _item(case: Case, item_id: int) -> ChecklistItem:
    """An item of the list that the case began with; ``NotFound`` for any other."""
    item = db.session.scalar(
        select(ChecklistItem).where(
            ChecklistItem.id == item_id,
            ChecklistItem.checklist_id == edition_of_case(case.id),
        )
    )
    if item is None:
        raise NotFound
    return item


def _standing(case: Case, item_id: int) -> ChecklistTick | None:
    return db.session.scalar(
        select(ChecklistTick).where(
            ChecklistTick.case_id == case.id,
            ChecklistTick.item_id == item_id,
            ChecklistTick.undone_at.is_(None),
        )
    )
