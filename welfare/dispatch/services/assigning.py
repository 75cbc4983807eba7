"""Giving a case to a worker, their answer, and taking it back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from welfare.cases.queries import load_case
from welfare.cases.services import add_event, give_back, move_case, take_along
from welfare.cases.workflow import CaseAction, CaseStatus, EventKind
from welfare.core import audit, clock, outbox
from welfare.core.db import db, hold
from welfare.core.errors import Forbidden, NotFound, Refused
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Permission, Viewer
from welfare.dispatch.models import Assignment
from welfare.dispatch.policies import can_answer, can_assign, can_take_back
from welfare.dispatch.queries.bars import weigh
from welfare.dispatch.queries.loading import (
    Candidate,
    candidate,
    current_assignment,
    former_workers,
    name_of,
    planned_visits,
)
from welfare.dispatch.queries.ranking import Bar
from welfare.dispatch.services.seconds import pass_visit, second_for
from welfare.dispatch.workflow import AssignmentStatus, Conflict


class Overtaken(Refused):
    """The database refused a second worker; the transaction is over."""


def offer_case(
    *,
    actor: Viewer,
    number: str,
    worker_id: int,
    note: str = "",
    seen: int | None = None,
    companion_id: int | None = None,
    tasks: bool = True,
) -> None:
    """Offer a case to a worker; who had it before has it no more.

    ``companion_id`` goes along on its visits; ``None``: whom the program proposes where two must
    go, ``NOBODY``: nobody. Open ``tasks`` of earlier workers go along.

    ``seen`` is the id of the current assignment that the actor saw (0: none): when another has
    taken its place meanwhile, nothing is overwritten (``Refused``). ``None`` does not compare.
    """
    case = load_case(number, viewer=actor, for_update=True)
    if not can_assign(actor, case):
        if case.status == CaseStatus.CLOSED:
            raise Refused(_("This case is closed. Reopen it before you give it to somebody."))
        raise Forbidden
    worker = fit_worker(worker_id, case.village_no)
    pair = refuse_conflict(actor, case.id, worker)
    second = None
    if pair or companion_id:
        second = second_for(actor=actor, case=case, worker_id=worker_id, chosen=companion_id)
    current = current_assignment(case)
    refuse_overtaken(current, case.assignee_id, seen)
    if current is not None and case.assignee_id == current.worker_id == worker_id:
        raise Refused(_("%(name)s already has this case.", name=worker.name), field="worker")
    former = former_workers(case.id)
    if current is not None:
        if current.status == AssignmentStatus.OFFERED:
            give_back(actor=actor, case=case, worker_id=current.worker_id, taken=current.took)
        _end(actor, number, current, note)
        if current.worker_id != worker_id:
            tell_left(actor, number, current.worker_id)
    assignment = Assignment(
        case_id=case.id,
        worker_id=worker_id,
        companion_id=second,
        status=AssignmentStatus.OFFERED,
        offered_by_id=actor.user_id or None,
        offered_at=clock.now(),
        note=note,
    )
    db.session.add(assignment)
    flush_the_only_one()
    audit.record(
        actor,
        "assignment.offered",
        "case",
        number,
        {"worker": worker_id, "id": assignment.id, **({"companion": second} if second else {})},
    )
    move_case(
        actor=actor,
        case=case,
        action=CaseAction.OFFER,
        text=note,
        data={"worker_id": worker_id, **({"companion_id": second} if second else {})},
        assignee_id=worker_id,
    )
    if tasks:
        assignment.took = take_along(actor=actor, case=case, before=former, worker_id=worker_id)
    outbox.publish("case.assigned", {"number": number, "worker_id": worker_id})
    db.session.flush()


def fit_worker(worker_id: int, village_no: int | None) -> Candidate:
    """A worker who may go to this village at all; ``Refused`` otherwise."""
    worker = candidate(worker_id)
    if worker is None:
        raise Refused(_("Please choose one of the workers."), field="worker")
    if not worker.covers(village_no):
        raise Refused(
            _(
                "%(name)s does not work in village %(no)s. Please choose somebody who does.",
                name=worker.name,
                no=village_no,
            ),
            field="worker",
        )
    return worker


def refuse_conflict(actor: Viewer, case_id: int, worker: Candidate) -> bool:
    """Hard rules, whoever decides: not the one complained about, not a relative. Whether two must
    go when this worker goes."""
    weighed = weigh(case_id, worker.id, viewer=actor)
    bars = weighed.bars
    if Bar.COMPLAINED_OF in bars:
        raise Refused(
            _("%(name)s must not have this case: it says so on the case.", name=worker.name),
            field="worker",
        )
    if Bar.RELATIVE in bars:
        raise Refused(
            _("%(name)s is a relative of the people in this case.", name=worker.name),
            field="worker",
        )
    if Bar.TOLD_RELATIVE in bars or Bar.TOLD_CONFLICT in bars:
        raise Refused(
            _(
                "%(name)s declined this case because of a relation or a conflict of interest. "
                "Lift that on the page of the case first, if it is no longer so.",
                name=worker.name,
            ),
            field="worker",
        )
    return weighed.pair


def refuse_overtaken(current: Assignment | None, assignee_id: int | None, seen: int | None) -> None:
    """``Refused`` when the case has another worker by now than the one who was seen."""
    if current is not None and current.worker_id != assignee_id:
        current = None
    if seen is None or (current.id if current is not None else 0) == seen:
        return
    if current is None:
        raise Refused(_("This case has no worker any more. Please look at it again."))
    raise Refused(
        _(
            "Meanwhile the case was given to %(name)s. Look at it again before you change that.",
            name=name_of(current.worker_id),
        )
    )


def flush_the_only_one() -> None:
    """Write an offer; the database itself refuses a second one beside it."""
    try:
        db.session.flush()
    except IntegrityError as error:
        db.session.rollback()
        raise Overtaken(_("Somebody else has just given this case to a worker.")) from error


def tell_left(actor: Viewer, number: str, worker_id: int) -> None:
    """Say to a worker that a case is theirs no more; who does it themselves is not told, but what
    said that it was theirs ends all the same."""
    told = worker_id != actor.user_id
    outbox.publish(
        "case.left" if told else "case.let_go", {"number": number, "worker_id": worker_id}
    )


def _end(actor: Viewer, number: str, assignment: Assignment, reason: str) -> None:
    assignment.status, assignment.ended_at = AssignmentStatus.ENDED, clock.now()
    assignment.reason = reason
    audit.record(actor, "assignment.ended", "case", number, audit.changes_of(assignment))
    db.session.flush()


def accept_case(*, actor: Viewer, number: str) -> None:
    """Accept a case that is offered to the actor; visits already planned become theirs.

    Accepting once more changes nothing.
    """
    case = load_case(number, viewer=actor, for_update=True)
    current = current_assignment(case)
    mine = current is not None and current.worker_id == actor.user_id == case.assignee_id
    if mine and current is not None and current.status == AssignmentStatus.ACCEPTED:
        return
    if current is None or not can_answer(actor, case):
        _refuse_answer(case.status)
        raise Forbidden
    current.status, current.answered_at = AssignmentStatus.ACCEPTED, clock.now()
    audit.record(actor, "assignment.accepted", "case", number, audit.changes_of(current))
    move_case(actor=actor, case=case, action=CaseAction.ACCEPT)
    for visit in planned_visits(case):
        if visit.worker_id != actor.user_id:
            pass_visit(actor, case, visit, actor.user_id)
            changes = audit.changes_of(visit)
            audit.record(actor, "visit.taken_over", "visit", visit.number, changes)
            add_event(
                actor=actor,
                case=case,
                kind="visit",
                data={"visit": visit.number, "verb": "taken_over"},
            )
    db.session.flush()


def decline_case(
    *, actor: Viewer, number: str, reason: str, conflict: Conflict | None = None
) -> None:
    """Decline an offer with a reason, which the officer reads; the case needs somebody else.

    A ``conflict`` that is told bars the actor from this case until an officer lifts it.
    """
    case = load_case(number, viewer=actor, for_update=True)
    current = current_assignment(case)
    if current is None or not can_answer(actor, case):
        _refuse_answer(case.status)
        raise Forbidden
    require(reason)
    now = clock.now()
    current.status, current.reason = AssignmentStatus.DECLINED, reason
    current.conflict = conflict
    current.answered_at = current.ended_at = now
    audit.record(actor, "assignment.declined", "case", number, audit.changes_of(current))
    outbox.publish("case.declined", {"number": number, "by": current.offered_by_id})
    tell_left(actor, number, actor.user_id)
    give_back(actor=actor, case=case, worker_id=actor.user_id, taken=current.took)
    move_case(
        actor=actor, case=case, action=CaseAction.DECLINE, text=reason, assignee_id=None,
        data={"conflict": conflict.value} if conflict else None,
    )  # fmt: skip


def lift_conflict(*, actor: Viewer, number: str, assignment_id: int, version: int) -> None:
    """What a worker told with a decline holds no more: they can be proposed again."""
    case = load_case(number, viewer=actor, for_update=True)
    if not actor.can(Permission.ASSIGN_CASES):
        raise Forbidden
    told = hold(
        select(Assignment).where(Assignment.id == assignment_id, Assignment.case_id == case.id)
    )
    if told.conflict is None or told.conflict_lifted_at is not None:
        raise Refused(_("There is nothing to lift any more. Please look at the case again."))
    if told.version != version:
        raise Refused(_("Meanwhile something else happened with this case. Look at it again."))
    told.conflict_lifted_at, told.conflict_lifted_by_id = clock.now(), actor.user_id or None
    audit.record(actor, "conflict.lifted", "case", number, {"worker": told.worker_id})
    data = {"verb": "conflict_lifted", "worker_id": told.worker_id}
    add_event(actor=actor, case=case, kind=EventKind.ASSIGNED, data=data)
    db.session.flush()


def take_back_case(*, actor: Viewer, number: str, reason: str, seen: int | None = None) -> None:
    """Take a case back from its worker with a reason; ``seen`` as in :func:`offer_case`."""
    case = load_case(number, viewer=actor, for_update=True)
    current = current_assignment(case)
    refuse_overtaken(current, case.assignee_id, seen)
    if case.assignee_id is None:
        raise Refused(_("This case has no worker any more. Please look at it again."))
    if not can_take_back(actor, case):
        raise Forbidden
    require(reason)
    if current is not None:
        _end(actor, number, current, reason)
        give_back(actor=actor, case=case, worker_id=current.worker_id, taken=current.took)
    tell_left(actor, number, case.assignee_id)
    move_case(actor=actor, case=case, action=CaseAction.TAKE_BACK, text=reason, assignee_id=None)


def _refuse_answer(status: CaseStatus) -> None:
    """Plain words for an answer that comes too late."""
    if status != CaseStatus.OFFERED:
        raise Refused(
            _("This case is no longer offered to anybody, so there is nothing to answer.")
        )


def require(reason: str) -> None:
    """``Refused`` without a reason."""
    if not reason.strip():
        raise Refused(_("Please give a reason."), field="reason")


def offer_cases(
    *, actor: Viewer, numbers: Iterable[str], worker_id: int, note: str = ""
) -> tuple[list[str], list[tuple[str, str]]]:
    """Offer cases that nobody has to one worker; see :func:`offer_each`."""
    workers = dict.fromkeys(numbers, worker_id)
    return offer_each(actor=actor, workers=workers, note=note)


def offer_each(
    *, actor: Viewer, workers: Mapping[str, int], note: str = ""
) -> tuple[list[str], list[tuple[str, str]]]:
    """Offer cases that nobody has, each to a worker; the numbers given, and those that could not
    be with the reason in words. Cases are taken in the order of their numbers, so that two who do
    this at once never wait for each other crosswise."""
    given: list[str] = []
    left: list[tuple[str, str]] = []
    for number in sorted(workers):
        try:
            offer_case(actor=actor, number=number, worker_id=workers[number], note=note, seen=0)
        except Overtaken:
            raise
        except Refused as refusal:
            left.append((number, refusal.message))
        except (Forbidden, NotFound):
            left.append((number, _("You may not give this case to anybody.")))
        else:
            given.append(number)
    return given, left
