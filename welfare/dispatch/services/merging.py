"""Who works on two cases that became one, and on two that are two again."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, select

from welfare.cases.joining import Hands, Notes
from welfare.cases.workflow import CaseStatus
from welfare.core import audit, clock, outbox
from welfare.core.db import db
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Viewer
from welfare.dispatch.models import Assignment, CaseWish, DayPlan, PlanStop, Transfer, Visit
from welfare.dispatch.queries.loading import (
    CURRENT,
    candidate,
    current_assignment,
    planned_visits,
)
from welfare.dispatch.services.assigning import fit_worker, flush_the_only_one, refuse_conflict
from welfare.dispatch.workflow import AssignmentStatus, PlanStatus, TransferStatus, VisitStatus

if TYPE_CHECKING:
    from welfare.cases.models import Case


class WorkersOfMerged:
    """What dispatch does when two cases become one; registered with ``cases.joining``."""

    def join(
        self, *, actor: Viewer, survivor: Case, merged: Case, theirs: bool, notes: Notes
    ) -> Hands:
        """One assignment goes on, the other ends; planned visits are the worker's who goes on."""
        ours_now, theirs_now = current_assignment(survivor), current_assignment(merged)
        _lapse_asked(merged, notes)
        _unite_wishes(survivor, merged, notes)
        _leave_plans(survivor, merged, notes)
        stays, goes = (theirs_now, ours_now) if theirs else (ours_now, theirs_now)
        if theirs and theirs_now is not None:
            _lapse_asked(survivor, notes)
            refuse_conflict(
                actor, survivor.id, fit_worker(theirs_now.worker_id, survivor.village_no)
            )
        if goes is not None:
            _end(actor, goes, survivor, merged, notes)
        if stays is not None:
            for case in (survivor, merged):
                _visits_to(case, stays.worker_id, notes)
        flush_the_only_one()
        if goes is not None and stays is not None and goes.worker_id != stays.worker_id:
            lost = survivor if goes is ours_now else merged
            _tell(actor, "case.part_of_another", lost, goes.worker_id)
        if not theirs or theirs_now is None:
            return Hands(survivor.assignee_id, survivor.status)
        return Hands(theirs_now.worker_id, _state(theirs_now, survivor.status))

    def part(
        self, *, actor: Viewer, survivor: Case, merged: Case, was: CaseStatus, notes: Notes
    ) -> tuple[Hands, Hands]:
        """Each goes back to whom it had, where nothing else was decided since."""
        went_back = current_assignment(merged)
        ours = Hands(survivor.assignee_id, survivor.status)
        if went_back is not None and current_assignment(survivor) is None:
            again = _restored(survivor, notes)
            ours = _hands(again, survivor.status)
        lost = ""
        if went_back is None:
            went_back = _restored(merged, notes)
            if went_back is None and was not in (CaseStatus.NEW, CaseStatus.WAITING):
                lost = _("%(number)s has no worker now.", number=merged.number)
        theirs = _hands(went_back, was)
        theirs.lost = lost
        for row_id, (before, after) in notes.was("visits").items():
            _visit_back(row_id, before, after)
        db.session.flush()
        for case, hands in ((survivor, ours), (merged, theirs)):
            _ask_again(case, hands.worker_id, notes)
            back = hands.worker_id is not None and _came_back(case, notes)
            if back and hands.worker_id is not None:
                _tell(actor, "case.yours_again", case, hands.worker_id)
        return ours, theirs


def _state(assignment: Assignment, before: CaseStatus) -> CaseStatus:
    """In what state a case stands with this assignment; a wait goes on for whoever accepted."""
    if assignment.status == AssignmentStatus.OFFERED:
        return CaseStatus.OFFERED
    return CaseStatus.WAITING if before == CaseStatus.WAITING else CaseStatus.WORKING


def _hands(assignment: Assignment | None, before: CaseStatus) -> Hands:
    if assignment is None:
        waits = before == CaseStatus.WAITING
        return Hands(None, CaseStatus.WAITING if waits else CaseStatus.NEW)
    return Hands(assignment.worker_id, _state(assignment, before))


def _end(actor: Viewer, goes: Assignment, survivor: Case, merged: Case, notes: Notes) -> None:
    notes.put(
        goes,
        status=AssignmentStatus.ENDED,
        ended_at=clock.now(),
        reason=_("%(other)s became part of %(number)s.", other=merged.number,
                 number=survivor.number),
    )  # fmt: skip
    number = survivor.number if goes.case_id == survivor.id else merged.number
    details = {"worker": goes.worker_id, "id": goes.id, "how": "merged"}
    audit.record(actor, "assignment.ended", "case", number, details)
    db.session.flush()


def _restored(case: Case, notes: Notes) -> Assignment | None:
    """The assignment of this case that the merge ended, begun again where it may be."""
    ended = notes.was("assignments")
    found = db.session.scalars(
        select(Assignment)
        .where(Assignment.id.in_(sorted(ended)), Assignment.case_id == case.id)
        .with_for_update()
    ).all()
    for one in found:
        before, after = ended[one.id]
        worker = candidate(one.worker_id)
        untouched = all(getattr(one, name) == value for name, value in after.items())
        if not untouched or worker is None or not worker.covers(case.village_no):
            continue
        if before["status"] not in CURRENT:
            continue
        for name, value in before.items():
            setattr(one, name, value)
        flush_the_only_one()
        return one
    return None


def _came_back(case: Case, notes: Notes) -> bool:
    """Whether the worker who has a case now is the one from whom the merge took it."""
    now = current_assignment(case)
    return now is not None and now.id in notes.was("assignments")


def _tell(actor: Viewer, event: str, case: Case, worker_id: int) -> None:
    """Say it to the worker whose case it was; not to who does it."""
    if worker_id != actor.user_id:
        outbox.publish(event, {"number": case.number, "worker_id": worker_id})


def _lapse_asked(case: Case, notes: Notes) -> None:
    """What was asked about taking a case over has no sense while it is part of another."""
    for asked in _transfers(Transfer.case_id == case.id, Transfer.status == TransferStatus.ASKED):
        notes.put(asked, status=TransferStatus.LAPSED, answered_at=clock.now())
    db.session.flush()


def _ask_again(case: Case, worker_id: int | None, notes: Notes) -> None:
    """What lapsed by the merge is asked as before, where the case has the worker it then had and
    nothing else was asked since."""
    lapsed = notes.was("case_transfers")
    asked = Transfer.status == TransferStatus.ASKED
    if not lapsed or list(_transfers(Transfer.case_id == case.id, asked)):
        return
    for one in _transfers(Transfer.id.in_(sorted(lapsed)), Transfer.case_id == case.id):
        before, after = lapsed[one.id]
        untouched = all(getattr(one, name) == value for name, value in after.items())
        if untouched and one.from_id == worker_id:
            for name, value in before.items():
                setattr(one, name, value)
    db.session.flush()


def _transfers(*conditions: ColumnElement[bool]) -> Iterable[Transfer]:
    return db.session.scalars(select(Transfer).where(*conditions).with_for_update()).all()


def _visits_to(case: Case, worker_id: int, notes: Notes) -> None:
    for visit in planned_visits(case):
        if visit.worker_id == worker_id:
            continue
        alone = visit.companion_id == worker_id
        companion = None if alone else visit.companion_id
        notes.put(visit, worker_id=worker_id, companion_id=companion)


def _visit_back(visit_id: int, before: dict[str, object], after: dict[str, object]) -> None:
    visit = db.session.get(Visit, visit_id, with_for_update=True)
    if visit is None or visit.status != VisitStatus.PLANNED:
        return
    if all(getattr(visit, name) == value for name, value in after.items()):
        for name, value in before.items():
            setattr(visit, name, value)


def _unite_wishes(survivor: Case, merged: Case, notes: Notes) -> None:
    """Whoever must not go to one of the two must not go to the one; needs add up."""
    theirs = db.session.get(CaseWish, merged.id)
    if theirs is None:
        return
    ours = db.session.get(CaseWish, survivor.id)
    if ours is None:
        names = ("language", "sex", "skills", "pair", "minutes", "earliest", "latest", "never",
                 "why_never")  # fmt: skip
        copied = {name: getattr(theirs, name) for name in names}
        db.session.add(CaseWish(case_id=survivor.id, **copied))
        return
    why = "\n".join(dict.fromkeys(text for text in (ours.why_never, theirs.why_never) if text))
    notes.put(
        ours,
        never=sorted({*ours.never, *theirs.never}),
        skills=sorted({*ours.skills, *theirs.skills}),
        pair=ours.pair or theirs.pair,
        why_never=why,
    )


def _leave_plans(survivor: Case, merged: Case, notes: Notes) -> None:
    """A draft that goes to both goes to the one."""
    drafts = select(DayPlan.id).where(DayPlan.status == PlanStatus.DRAFT)
    both = select(PlanStop.plan_id).where(PlanStop.case_id == survivor.id)
    for stop in db.session.scalars(
        select(PlanStop).where(
            PlanStop.case_id == merged.id, PlanStop.plan_id.in_(drafts), PlanStop.plan_id.in_(both)
        )
    ):
        notes.put(stop, dropped=True)
