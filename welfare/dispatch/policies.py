"""Who may give a case to whom, answer an offer, plan and record visits."""

from __future__ import annotations

from dataclasses import replace
from typing import Protocol

from welfare.cases.queries.rights import CaseSeen, can_move, can_see
from welfare.cases.workflow import CaseAction, CaseStatus
from welfare.core.security.permissions import Permission, Viewer
from welfare.dispatch.workflow import VISIT_TRANSITIONS, VisitStatus

P = Permission


class VisitSeen(Protocol):
    """What the rules need to know of a visit: the record itself or a row of it."""

    @property
    def worker_id(self) -> int:
        """Who goes."""

    @property
    def status(self) -> VisitStatus:
        """Planned, done, missed, cancelled."""


def as_dispatcher(viewer: Viewer) -> Viewer:
    """The same person, asking what only the office may ask of the workers: for hard rules that
    hold whoever decides. What cases they see stays as it is."""
    return replace(viewer, permissions=viewer.permissions | {P.ASSIGN_CASES})


def can_assign(viewer: Viewer, case: CaseSeen) -> bool:
    """Whether the viewer may offer this case to a worker."""
    return can_move(viewer, case, CaseAction.OFFER)


def can_take_back(viewer: Viewer, case: CaseSeen) -> bool:
    """Whether the viewer may take this case back from its worker."""
    return can_move(viewer, case, CaseAction.TAKE_BACK)


def can_answer(viewer: Viewer, case: CaseSeen) -> bool:
    """Whether this case is offered to the viewer, to accept or decline."""
    return can_move(viewer, case, CaseAction.ACCEPT)


def can_ask_transfer(viewer: Viewer, case: CaseSeen) -> bool:
    """Whether the viewer may ask somebody to take this case over: its worker, or the office."""
    if case.assignee_id is None or case.status not in (CaseStatus.WORKING, CaseStatus.WAITING):
        return False
    mine = case.assignee_id == viewer.user_id and viewer.can(P.WORK_CASES)
    return (mine or viewer.can(P.ASSIGN_CASES)) and can_see(viewer, case)


def can_withdraw_transfer(viewer: Viewer, case: CaseSeen, asked_by_id: int | None) -> bool:
    """Whether the viewer may take the question back: who asked, the worker, the office."""
    if not can_see(viewer, case):
        return False
    mine = viewer.user_id in (asked_by_id, case.assignee_id) and viewer.can(P.WORK_CASES)
    return mine or viewer.can(P.ASSIGN_CASES)


def can_plan(viewer: Viewer, case: CaseSeen) -> bool:
    """Whether the viewer may plan a visit: its worker for themselves, the officer for the worker.

    There must be a worker who has accepted, and the case must be open.
    """
    if case.assignee_id is None or case.status not in (CaseStatus.WORKING, CaseStatus.WAITING):
        return False
    mine = case.assignee_id == viewer.user_id and viewer.can(P.WORK_CASES)
    return (mine or viewer.can(P.ASSIGN_CASES)) and can_see(viewer, case)


def can_see_visit(viewer: Viewer, visit: VisitSeen, case: CaseSeen) -> bool:
    """Whether the viewer may open a visit: its worker, the worker of the case, the office.

    Always within the cases that the viewer sees at all: who gave a case away has done with it.
    """
    concerned = viewer.user_id in (visit.worker_id, case.assignee_id)
    return can_see(viewer, case) and (concerned or viewer.can(P.VIEW_ALL_CASES))


def can_record(viewer: Viewer, visit: VisitSeen, case: CaseSeen) -> bool:
    """Whether the viewer may write down what was found, or correct it, or why it did not happen.

    Only who went and has the case; also after its closing, so that no finding is lost.
    """
    mine = viewer.user_id == visit.worker_id == case.assignee_id
    open_to = visit.status in (VisitStatus.PLANNED, VisitStatus.DONE)
    return mine and open_to and viewer.can(P.WORK_CASES) and can_see(viewer, case)


def can_cancel(viewer: Viewer, visit: VisitSeen, case: CaseSeen) -> bool:
    """Whether the viewer may call a planned visit off: its worker or who gives out work."""
    if VisitStatus.CANCELLED not in VISIT_TRANSITIONS[visit.status]:
        return False
    mine = visit.worker_id == viewer.user_id and viewer.can(P.WORK_CASES)
    return (mine or viewer.can(P.ASSIGN_CASES)) and can_see(viewer, case)


def can_choose_second(viewer: Viewer, visit: VisitSeen, case: CaseSeen) -> bool:
    """Whether the viewer may say who goes along on a planned visit: its worker or who gives out
    work, as with calling it off."""
    return can_cancel(viewer, visit, case)


def can_wish(viewer: Viewer, case: CaseSeen) -> bool:
    """Whether the viewer may say what the visits of this case need, and who must not go."""
    return viewer.can(P.ASSIGN_CASES) and can_see(viewer, case)
