"""A transfer: asked by the owner or the office, agreed or refused by the receiver.

Until it is agreed the old worker has the case, and goes on working.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from welfare.cases.queries import load_case, lock_case, name_of
from welfare.cases.services import add_event
from welfare.cases.workflow import EventKind
from welfare.core import audit, clock, outbox
from welfare.core.db import db
from welfare.core.errors import Forbidden, NotFound, Refused
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Permission, Viewer
from welfare.dispatch.models import Transfer
from welfare.dispatch.policies import as_dispatcher, can_ask_transfer, can_withdraw_transfer
from welfare.dispatch.queries.loading import current_assignment
from welfare.dispatch.services.assigning import (
    fit_worker,
    refuse_conflict,
    refuse_overtaken,
    require,
)
from welfare.dispatch.services.passing import lapse_others, pass_on
from welfare.dispatch.workflow import TransferStatus

if TYPE_CHECKING:
    from welfare.cases.models import Case


def ask_transfer(
    *,
    actor: Viewer,
    number: str,
    worker_id: int,
    note: str,
    seen: int | None = None,
    tasks: bool = True,
) -> int:
    """Ask a worker to take a case over; returns the id. A question asked before is replaced.

    Open ``tasks`` go along when they agree. ``seen`` as in :func:`offer_case`.
    """
    case = load_case(number, viewer=actor, for_update=True)
    current = current_assignment(case)
    refuse_overtaken(current, case.assignee_id, seen)
    if case.assignee_id is None or current is None:
        raise Refused(_("This case has no worker any more. Please look at it again."))
    if not can_ask_transfer(actor, case):
        raise Forbidden
    if not note.strip():
        raise Refused(_("Please write what the receiver should know."), field="note")
    worker = fit_worker(worker_id, case.village_no)
    if worker.id == case.assignee_id:
        raise Refused(_("%(name)s already has this case.", name=worker.name), field="worker")
    refuse_conflict(as_dispatcher(actor), case.id, worker)
    lapse_others(case.id)
    asked = Transfer(
        case_id=case.id,
        from_id=case.assignee_id,
        to_id=worker.id,
        status=TransferStatus.ASKED,
        asked_by_id=actor.user_id or None,
        asked_at=clock.now(),
        note=note,
        assignment_id=current.id,
        tasks=tasks,
    )
    db.session.add(asked)
    db.session.flush()
    _tell(actor, case, asked, "transfer_asked", note)
    outbox.publish("case.transfer_asked", {"number": number, "worker_id": worker.id})
    db.session.flush()
    return asked.id


def agree_transfer(*, actor: Viewer, transfer_id: int) -> str:
    """Take the case over; returns its number. Agreeing once more changes nothing."""
    transfer, case = _mine(actor, transfer_id)
    if transfer.status == TransferStatus.AGREED and case.assignee_id == actor.user_id:
        return case.number
    _refuse_settled(transfer, case)
    worker = fit_worker(actor.user_id, case.village_no)
    refuse_conflict(as_dispatcher(actor), case.id, worker)
    given = pass_on(
        actor=actor, case=case, worker_id=actor.user_id, note=transfer.note,
        verb="transfer_agreed", reason=_("Transferred to %(name)s.", name=worker.name),
        tasks=transfer.tasks,
    )  # fmt: skip
    transfer.status, transfer.answered_at = TransferStatus.AGREED, clock.now()
    transfer.given_id = given.id
    audit.record(actor, "transfer.agreed", "case", case.number, audit.changes_of(transfer))
    left = {"number": case.number, "worker_id": transfer.from_id}
    outbox.publish("case.let_go", left)  # they read below that it was taken over
    _answer(transfer, case, "case.transfer_agreed")
    return case.number


def refuse_transfer(*, actor: Viewer, transfer_id: int, reason: str) -> None:
    """Say no with a reason; the case stays with whom it was with."""
    transfer, case = _mine(actor, transfer_id)
    _refuse_settled(transfer, case)
    require(reason)
    transfer.status, transfer.answered_at = TransferStatus.REFUSED, clock.now()
    transfer.reason = reason
    _tell(actor, case, transfer, "transfer_refused", reason)
    _answer(transfer, case, "case.transfer_refused")


def withdraw_transfer(*, actor: Viewer, transfer_id: int) -> str:
    """Take the question back, as long as it has no answer; returns the number of the case."""
    transfer, case = _locked(transfer_id)
    if not can_withdraw_transfer(actor, case, transfer.asked_by_id):
        raise NotFound
    if transfer.status == TransferStatus.WITHDRAWN:
        return case.number
    _refuse_settled(transfer, case)
    transfer.status, transfer.answered_at = TransferStatus.WITHDRAWN, clock.now()
    _tell(actor, case, transfer, "transfer_withdrawn", "")
    db.session.flush()
    return case.number


def _locked(transfer_id: int) -> tuple[Transfer, Case]:
    """The transfer and its case: the case is locked first, as all verbs do."""
    case_id = db.session.scalar(select(Transfer.case_id).where(Transfer.id == transfer_id))
    case = lock_case(case_id) if case_id is not None else None
    transfer = db.session.scalar(
        select(Transfer)
        .where(Transfer.id == transfer_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if transfer is None or case is None:
        raise NotFound
    return transfer, case


def _mine(actor: Viewer, transfer_id: int) -> tuple[Transfer, Case]:
    transfer, case = _locked(transfer_id)
    if transfer.to_id != actor.user_id or not actor.can(Permission.WORK_CASES):
        raise NotFound
    return transfer, case


def _refuse_settled(transfer: Transfer, case: Case) -> None:
    current = current_assignment(case)
    stands = current is not None and current.id == transfer.assignment_id
    if transfer.status != TransferStatus.ASKED or not stands:
        raise Refused(_("This transfer is settled already: the case has gone another way."))


def _tell(actor: Viewer, case: Case, transfer: Transfer, verb: str, text: str) -> None:
    record = f"transfer.{verb.removeprefix('transfer_')}"
    audit.record(actor, record, "case", case.number, {"id": transfer.id, "to": transfer.to_id})
    data = {"verb": verb, "worker_id": transfer.to_id, "worker": name_of(transfer.to_id)}
    add_event(actor=actor, case=case, kind=EventKind.ASSIGNED, text=text, data=data)


def _answer(transfer: Transfer, case: Case, event: str) -> None:
    for one in {transfer.from_id, transfer.asked_by_id or transfer.from_id}:
        outbox.publish(event, {"number": case.number, "worker_id": one})
    db.session.flush()
