"""Who may know of a case and who may do what to it: as a question and as an SQL condition."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Protocol

from sqlalchemy import ColumnElement, and_, false, or_, true

from welfare.cases.kinds import Sharing
from welfare.cases.models import Case
from welfare.cases.workflow import (
    ENDED,
    MERGEABLE,
    CaseAction,
    CaseStatus,
    Sensitivity,
    Transition,
    transition,
)
from welfare.core.security.permissions import SYSTEM, Permission, Viewer

P = Permission

_KNOWING = ((Sensitivity.RESTRICTED, P.VIEW_RESTRICTED), (Sensitivity.CONDUCT, P.VIEW_CONDUCT))
"""Levels that are hidden without a right of their own."""


class Seen(Protocol):
    """What the rules need to know of a case: the record itself or a row of it."""

    @property
    def village_no(self) -> int | None:
        """หมู่ที่, where known."""

    @property
    def assignee_id(self) -> int | None:
        """The worker."""

    @property
    def opened_by_id(self) -> int | None:
        """Who opened it."""

    @property
    def sensitivity(self) -> Sensitivity:
        """Who may know."""

    @property
    def status(self) -> CaseStatus:
        """Where the work stands."""


def can_see(viewer: Viewer, case: Seen) -> bool:
    """Whether the viewer may know that the case exists."""
    if viewer is SYSTEM:
        return True
    if not viewer.covers(case.village_no):
        return False
    mine = case.assignee_id == viewer.user_id
    if not mine and case.sensitivity in hidden_levels(viewer):
        return False
    if viewer.can(P.VIEW_ALL_CASES):
        return True
    return viewer.can(P.VIEW_CASES) and (mine or case.opened_by_id == viewer.user_id)


def in_area(viewer: Viewer) -> ColumnElement[bool]:
    """The area of :func:`can_see` as a condition."""
    if viewer.villages is None:
        return true()
    return or_(Case.village_no.is_(None), Case.village_no.in_(sorted(viewer.villages)))


def not_hidden(viewer: Viewer) -> ColumnElement[bool]:
    """The hidden levels of :func:`can_see` as a condition."""
    hidden = hidden_levels(viewer)
    return hidden_from_others(viewer.user_id, hidden) if hidden else true()


def hidden_levels(viewer: Viewer) -> tuple[Sensitivity, ...]:
    """The levels of which the viewer may not know, unless they work on the case.

    Complaints about staff are the managers' alone: an officer is staff, and may be meant.
    """
    if viewer is SYSTEM:
        return ()
    return tuple(level for level, right in _KNOWING if not viewer.can(right))


def rights_to_read(levels: Collection[Sensitivity]) -> frozenset[Permission]:
    """What somebody must be allowed who reads by name of any case of these levels."""
    masked = {P.VIEW_RESTRICTED} if set(levels) - {Sensitivity.NORMAL} else set()
    hidden = {right for level, right in _KNOWING if level in levels}
    return frozenset({P.VIEW_ALL_CASES, P.VIEW_REGISTRY} | masked | hidden)


def levels_to_give(viewer: Viewer, now: Sensitivity) -> tuple[Sensitivity, ...]:
    """The levels that a viewer may give a case which has the level ``now``.

    "About staff" takes a case out of the sight of those who dispatch it. Its worker may be meant:
    only who assigns cases, or answers for complaints about staff, gives that level.
    """
    judges = viewer is SYSTEM or viewer.can(P.VIEW_CONDUCT) or viewer.can(P.ASSIGN_CASES)
    return tuple(
        level for level in Sensitivity if judges or level is not Sensitivity.CONDUCT or level is now
    )


def sees_restricted(viewer: Viewer) -> bool:
    """Whether a viewer knows of all restricted cases of their area."""
    return viewer is SYSTEM or viewer.can(P.VIEW_RESTRICTED)


def hidden_from_others(me: Any, levels: Collection[Sensitivity]) -> ColumnElement[bool]:
    """Cases of these levels are there for their worker only; ``me``: a user id or a parameter."""
    return or_(Case.sensitivity.not_in(levels), Case.assignee_id == me)


def own(viewer: Viewer) -> ColumnElement[bool]:
    """The cases that a viewer without VIEW_ALL_CASES works on or opened, as a condition."""
    return or_(Case.assignee_id == viewer.user_id, Case.opened_by_id == viewer.user_id)


def visible_to(viewer: Viewer) -> ColumnElement[bool]:
    """The whole of :func:`can_see` as one condition over ``cases``."""
    if viewer is SYSTEM:
        return true()
    if viewer.can(P.VIEW_ALL_CASES):
        return and_(in_area(viewer), not_hidden(viewer))
    if viewer.can(P.VIEW_CASES):
        return and_(in_area(viewer), not_hidden(viewer), own(viewer))
    return false()


def sees_names(viewer: Viewer, case: Seen) -> bool:
    """Whether lists show the viewer whom a visible case is about, and its title.

    Sensitive cases are masked in lists for those who neither work on them nor hold
    VIEW_RESTRICTED; a search by words does not find them either (:func:`searchable`).
    """
    if case.sensitivity == Sensitivity.NORMAL or viewer.can(P.VIEW_RESTRICTED):
        return True
    return case.assignee_id == viewer.user_id


def searchable(viewer: Viewer) -> ColumnElement[bool]:
    """:func:`sees_names` as a condition: nobody finds by a name what they see masked."""
    if sees_restricted(viewer):
        return true()
    return named_to(viewer.user_id)


def named_to(me: Any) -> ColumnElement[bool]:
    """Sensitive cases are named to their worker only; ``me``: a user id or a parameter."""
    return or_(Case.sensitivity == Sensitivity.NORMAL, Case.assignee_id == me)


def can_open(viewer: Viewer, village_no: int | None) -> bool:
    """Whether the viewer may open a case in a village."""
    if viewer is SYSTEM:
        return True
    holds = viewer.can(P.TRIAGE_COMPLAINTS) or viewer.can(P.EDIT_CASES)
    return holds and viewer.covers(village_no)


def can_edit(viewer: Viewer, case: Seen) -> bool:
    """Whether the viewer may change a case, note on it, keep its tasks and attachments.

    Nobody writes on a case that became part of another."""
    if case.status == CaseStatus.MERGED:
        return False
    return viewer is SYSTEM or (viewer.can(P.EDIT_CASES) and can_see(viewer, case))


def can_change_record(viewer: Viewer, case: Seen) -> bool:
    """Whether the facts of the case may be edited: while it is open."""
    return can_edit(viewer, case) and case.status not in ENDED


def can_keep_plan(viewer: Viewer, case: Seen) -> bool:
    """Whether the viewer may assess needs, keep the plan, judge the risk and tick the checklist:
    whoever may change the record, while the case is open. Who sees the case sees all of it."""
    return can_change_record(viewer, case)


def can_record_assistance(viewer: Viewer, case: Seen) -> bool:
    """Whether the viewer may record help that was given."""
    merged = case.status == CaseStatus.MERGED
    return viewer.can(P.RECORD_ASSISTANCE) and can_see(viewer, case) and not merged


def can_ask_help(viewer: Viewer, case: Seen) -> bool:
    """Whether the viewer may ask a fund for help, or lend equipment: while the case is open."""
    return can_record_assistance(viewer, case) and case.status not in ENDED


def can_decide_help(viewer: Viewer, case: Seen) -> bool:
    """Whether the viewer decides on help at all; up to what amount is said by the fund's rules."""
    return viewer.can(P.DECIDE_ASSISTANCE) and can_see(viewer, case)


def can_step(viewer: Viewer, case: Seen, step: Transition) -> bool:
    """Whether the viewer may take a case this step of the workflow."""
    if viewer is SYSTEM:
        return True
    if step.assignee_only and case.assignee_id != viewer.user_id:
        return False
    return viewer.can(step.permission) and can_see(viewer, case)


def can_move(viewer: Viewer, case: Seen, action: CaseAction) -> bool:
    """Whether the state of the case and the rights of the viewer allow an action."""
    step = transition(case.status, action)
    return step is not None and can_step(viewer, case, step)


def can_merge(viewer: Viewer, case: Seen) -> bool:
    """Whether the viewer may make this case one with another: asked of both."""
    return can_edit(viewer, case) and case.status in MERGEABLE


def can_set_deadline(viewer: Viewer, case: Seen) -> bool:
    """Whether the viewer may set a deadline of an open case by hand: managers, with a reason."""
    return viewer.can(P.DECIDE_ASSISTANCE) and can_change_record(viewer, case)


def can_see_counts(viewer: Viewer) -> bool:
    """Whether the viewer may see the numbers of cases."""
    return viewer.can(P.VIEW_REPORTS) or viewer.can(P.VIEW_ALL_CASES)


def can_share_views(viewer: Viewer) -> bool:
    """Whether the viewer keeps views of the worklist for a role or for everybody: who gives out
    work, looks after the lists, or answers for the numbers."""
    return any(viewer.can(one) for one in (P.ASSIGN_CASES, P.MANAGE_LISTS, P.VIEW_REPORTS))


def can_manage_view(viewer: Viewer, owner_id: int, sharing: Sharing) -> bool:
    """Whether the viewer may change a saved view or take it away: who made it, and of a shared one
    whoever looks after the lists."""
    if owner_id == viewer.user_id:
        return True
    return sharing is not Sharing.PRIVATE and viewer.can(P.MANAGE_LISTS)


def can_manage_categories(viewer: Viewer) -> bool:
    """Whether the viewer looks after the kinds of trouble."""
    return viewer.can(Permission.MANAGE_LISTS)


_STRICTNESS = tuple(Sensitivity)


def stricter(one: Sensitivity, other: Sensitivity) -> Sensitivity:
    """Which of two levels fewer people may know of."""
    return max(one, other, key=_STRICTNESS.index)
