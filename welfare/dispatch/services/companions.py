"""Who goes along on a planned visit, chosen otherwise or taken off it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from welfare.cases.services import add_event
from welfare.core import audit, clock, outbox
from welfare.core.db import db
from welfare.core.errors import Forbidden, Refused, StaleRecord
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Viewer
from welfare.dispatch.models import Visit
from welfare.dispatch.policies import can_choose_second
from welfare.dispatch.queries.companions import Mates, mates_of
from welfare.dispatch.queries.loading import load_visit
from welfare.dispatch.services.seconds import NOBODY
from welfare.dispatch.workflow import OUTSIDE, VisitStatus

if TYPE_CHECKING:
    from welfare.cases.models import Case


def choose_second(*, actor: Viewer, number: str, version: int, companion_id: int) -> bool:
    """Let somebody else go along on a visit that is to come, or nobody (``NOBODY``); whether that
    changed anything. By the rules of planning it; where two must go, nobody is ``Refused``.

    The visit alone changes: whom the offer of the case named, is named for the next one again.
    """
    visit, case = load_visit(number, viewer=actor, for_update=True)
    _refuse_not_to_come(visit)
    if not can_choose_second(actor, visit, case):
        raise Forbidden
    before = visit.companion_id
    if visit.version != version:
        current = {"companion": str(before or NOBODY)}
        raise StaleRecord(version=visit.version, current=current)
    if companion_id == (before or NOBODY):
        return False
    _refuse_unfit(_mates(actor, visit, case), companion_id)
    visit.companion_id = companion_id or None
    audit.record(actor, "visit.second_chosen", "visit", number, audit.changes_of(visit))
    tell_second(actor, case, visit, before)
    return True


def _refuse_not_to_come(visit: Visit) -> None:
    if visit.status != VisitStatus.PLANNED:
        raise Refused(_("This visit has already been settled."), field="companion")
    if visit.planned_on < clock.today():
        raise Refused(_("The day of this visit has passed."), field="companion")
    if visit.kind not in OUTSIDE:
        raise Refused(
            _("Nobody goes along on a visit at the office or by telephone."), field="companion"
        )


def _mates(actor: Viewer, visit: Visit, case: Case) -> Mates:
    found = mates_of(
        case.id, visit.worker_id, visit.planned_on, visit.planned_time, viewer=actor, but=visit.id
    )
    if found is None:
        raise Refused(
            _("The worker of this visit does not work here any more. Give the case to somebody."),
            field="companion",
        )
    return found


def _refuse_unfit(mates: Mates, companion_id: int) -> None:
    if companion_id == NOBODY and mates.pair:
        if mates.house:
            why = _("Two must go to this house, or on every visit of this kind.")
        else:
            why = _("The worker of this visit must not go alone.")
        more = _("Choose somebody else who goes along, or call the visit off.")
        raise Refused(f"{why} {more}", field="companion")
    if companion_id != NOBODY and companion_id not in {one.id for one in mates.fit}:
        raise Refused(
            _("This worker cannot go along. Please choose somebody else."), field="companion"
        )


def tell_second(actor: Viewer, case: Case, visit: Visit, before: int | None) -> None:
    """Say in the timeline who goes along instead of whom, and to everybody whom it concerns."""
    data = {
        "visit": visit.number,
        "verb": "second",
        "planned_on": visit.planned_on.isoformat(),
        "companion_id": visit.companion_id,
        "before_id": before,
    }
    add_event(actor=actor, case=case, kind="visit", data=data)
    _publish(actor, case, visit, "visit.second_chosen", visit.worker_id)
    tell_goers(actor, case, visit, before)
    db.session.flush()


def tell_goers(actor: Viewer, case: Case, visit: Visit, before: int | None) -> None:
    """Say to whom it was that they need not go along, and to whom it is now that they do."""
    if visit.companion_id != before:
        _publish(actor, case, visit, "visit.not_along", before)
        _publish(actor, case, visit, "visit.along", visit.companion_id)


def _publish(actor: Viewer, case: Case, visit: Visit, name: str, user_id: int | None) -> None:
    """Nobody is told of what they did themselves."""
    if user_id not in (None, actor.user_id):
        about = {"number": case.number, "visit": visit.number, "worker_id": user_id}
        outbox.publish(name, about)
