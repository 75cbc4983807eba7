"""All cases of a worker go to others in one step; and back again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select

from welfare.cases.queries import load_case
from welfare.cases.workflow import ENDED
from welfare.core import audit, clock, outbox
from welfare.core.db import db, hold
from welfare.core.errors import Forbidden, NotFound, Refused
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Permission, Viewer
from welfare.dispatch.models import Assignment, Handover, Transfer
from welfare.dispatch.queries.handovers import giver, handed_cases
from welfare.dispatch.queries.loading import current_assignment
from welfare.dispatch.services.assigning import fit_worker, refuse_conflict, tell_left
from welfare.dispatch.services.passing import lapse_others, pass_on
from welfare.dispatch.workflow import AssignmentStatus, TransferStatus


@dataclass(frozen=True, slots=True)
class Handed:
    """One case to hand over: to whom, with what note, and which assignment was seen."""

    worker_id: int
    note: str = ""
    seen: int = 0


def hand_over(
    *, actor: Viewer, username: str, cases: Mapping[str, Handed], note: str, tasks: bool = True
) -> int:
    """Give each of these cases of a worker to its receiver, with its open ``tasks``; returns the id
    of the hand-over.

    All or nothing: every case that cannot be handed over is named in one ``Refused``.
    """
    if not actor.can(Permission.ASSIGN_CASES):
        raise Forbidden
    old = giver(username, viewer=actor)
    if not cases:
        raise Refused(_("Please choose a receiver for at least one case."))
    made = Handover(
        from_id=old.id, made_by_id=actor.user_id or None, made_at=clock.now(), note=note
    )
    db.session.add(made)
    db.session.flush()
    wrong: list[str] = []
    for number in sorted(cases):
        try:
            _hand(actor, made, old.id, number, cases[number], tasks=tasks)
        except Refused as refusal:
            wrong.append(f"{number}: {refusal.message}")
        except (Forbidden, NotFound):
            wrong.append(f"{number}: {_('You may not give this case to anybody.')}")
    if wrong:
        raise Refused("\n".join(wrong))
    details = {"id": made.id, "cases": len(cases)}
    audit.record(actor, "handover.made", "user", username, details)
    db.session.flush()
    return made.id


def _hand(
    actor: Viewer, made: Handover, from_id: int, number: str, one: Handed, *, tasks: bool
) -> None:
    case = load_case(number, viewer=actor, for_update=True)
    current = current_assignment(case)
    seen = current.id if current is not None else 0
    if case.assignee_id != from_id or case.status in ENDED or seen != one.seen:
        raise Refused(_("it has changed meanwhile; please look at it again."))
    worker = fit_worker(one.worker_id, case.village_no)
    if worker.id == from_id:
        raise Refused(_("%(name)s already has this case.", name=worker.name))
    refuse_conflict(actor, case.id, worker)
    lapse_others(case.id)
    words = "\n".join(text for text in (made.note, one.note) if text)
    given = pass_on(
        actor=actor, case=case, worker_id=worker.id, note=words, verb="handed_over",
        reason=_("Handed over to %(name)s.", name=worker.name),
        tasks=tasks,
    )  # fmt: skip
    db.session.add(
        Transfer(
            case_id=case.id, from_id=from_id, to_id=worker.id, status=TransferStatus.HANDED,
            asked_by_id=actor.user_id or None, asked_at=made.made_at, note=words,
            answered_at=made.made_at, assignment_id=seen or None, given_id=given.id,
            handover_id=made.id, tasks=tasks,
        )
    )  # fmt: skip
    outbox.publish("case.handed_over", {"number": number, "worker_id": worker.id})
    tell_left(actor, number, from_id)
    db.session.flush()


def undo_hand_over(
    *, actor: Viewer, handover_id: int, version: int
) -> tuple[list[str], list[tuple[str, str]]]:
    """Give the cases back to whom they came from: those given back, and those that stay, why."""
    if not actor.can(Permission.ASSIGN_CASES):
        raise Forbidden
    made = hold(select(Handover).where(Handover.id == handover_id))
    if made.undone_at is not None or made.version != version:
        raise Refused(_("This hand-over was undone already. Please look at it again."))
    back: list[str] = []
    stay: list[tuple[str, str]] = []
    for transfer, number in handed_cases(handover_id):
        try:
            _return(actor, transfer, number)
        except Refused as refusal:
            stay.append((number, refusal.message))
        except NotFound:
            continue
        else:
            back.append(number)
    if not back:
        raise Refused(
            "\n".join(f"{number}: {why}" for number, why in stay) or _("There is nothing to undo.")
        )
    made.undone_at, made.undone_by_id = clock.now(), actor.user_id or None
    audit.record(actor, "handover.undone", "handover", str(made.id), {"cases": len(back)})
    db.session.flush()
    return back, stay


def _return(actor: Viewer, transfer: Transfer, number: str) -> None:
    case = load_case(number, viewer=actor, for_update=True)
    current = current_assignment(case)
    if case.status in ENDED or current is None or current.id != transfer.given_id:
        raise Refused(_("it has changed meanwhile and stays where it is."))
    before = db.session.get(Assignment, transfer.assignment_id) if transfer.assignment_id else None
    worker = fit_worker(transfer.from_id, case.village_no)
    given = pass_on(
        actor=actor, case=case, worker_id=worker.id, note=before.note if before else "",
        verb="handed_back", reason=_("The hand-over was undone."),
        tasks=transfer.tasks,
    )  # fmt: skip
    if before is not None and given.status == AssignmentStatus.ACCEPTED:
        given.answered_at = before.answered_at or given.answered_at
    transfer.status = TransferStatus.RETURNED
    tell_left(actor, number, current.worker_id)
    outbox.publish("case.handed_over", {"number": number, "worker_id": worker.id})
    db.session.flush()
