"""A larger case and its parts: linked, taken apart, and a part opened from the whole.

A case has one parent at most, and a part has no parts of its own: two levels, so nothing can go
round in a circle, and whoever opens the whole sees everything that belongs to it.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from welfare.cases.models import Case, CaseParent
from welfare.cases.policies import can_change_record, stricter
from welfare.cases.queries.loading import load_case
from welfare.cases.services.editing import refuse_stale
from welfare.cases.services.events import add_event
from welfare.cases.services.opening import open_case
from welfare.cases.services.pairs import hold_both
from welfare.cases.workflow import EventKind, Priority
from welfare.core import audit, clock
from welfare.core.db import db
from welfare.core.errors import Forbidden, Refused
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Viewer


@dataclass(frozen=True, slots=True)
class PartOfCase:
    """What is said of a part that is opened; the rest is copied from the whole."""

    title: str
    summary: str
    category_id: int
    priority: Priority
    same_person: bool = True


def set_parent(*, actor: Viewer, number: str, version: int, parent: str) -> None:
    """Say that a case is part of a larger one; both must be open and the actor's to change."""
    if number == parent:
        raise Refused(_("A case cannot be part of itself."), field="parent")
    child, whole = hold_both(actor=actor, number=number, other=parent, field="parent")
    if not can_change_record(actor, whole):
        raise Refused(_("This case is closed, or not yours to change."), field="parent")
    refuse_stale(child, version)
    own = db.session.get(CaseParent, child.id)
    if own is not None and own.parent_id == whole.id:
        return
    _refuse_levels(child, whole)
    if own is not None:
        raise Refused(
            _("%(number)s is part of another case already. Take it out there first.",
              number=number), field="parent"
        )  # fmt: skip
    _link(actor, child, whole)
    _tell(actor, child, "parent_set", whole.number)
    _tell(actor, whole, "child_came", child.number)
    db.session.flush()


def leave_parent(*, actor: Viewer, number: str, version: int) -> None:
    """Say that a case is no longer part of a larger one."""
    child = load_case(number, viewer=actor, for_update=True)
    if not can_change_record(actor, child):
        raise Forbidden
    refuse_stale(child, version)
    link = db.session.get(CaseParent, child.id)
    if link is None:
        raise Refused(_("This case is not part of another one."))
    whole = db.session.get(Case, link.parent_id)
    db.session.delete(link)
    child.updated_at = clock.now()
    _tell(actor, child, "parent_left", whole.number if whole else "")
    if whole is not None:
        _tell(actor, whole, "child_left", child.number)
    db.session.flush()


def open_part(*, actor: Viewer, number: str, part: PartOfCase) -> str:
    """Open a case as part of a larger one; returns its number.

    Copied: village, who may know (not less strict than the kind of trouble says), and person and
    household if asked for. Not copied: requests, worker, tasks, deadlines: it has its own.
    """
    whole = load_case(number, viewer=actor, for_update=True)
    if not can_change_record(actor, whole):
        raise Forbidden
    if db.session.get(CaseParent, whole.id) is not None:
        raise Refused(_levels(), field="title")
    child = open_case(
        actor=actor,
        title=part.title,
        summary=part.summary,
        category_id=part.category_id,
        priority=part.priority,
        household_id=whole.household_id if part.same_person else None,
        person_id=whole.person_id if part.same_person else None,
        village_no=whole.village_no,
    )
    child.sensitivity = stricter(child.sensitivity, whole.sensitivity)
    _link(actor, child, whole)
    _tell(actor, child, "parent_set", whole.number)
    _tell(actor, whole, "child_opened", child.number)
    db.session.flush()
    return child.number


def _refuse_levels(child: Case, whole: Case) -> None:
    has_parts = select(CaseParent.child_id).where(CaseParent.parent_id == child.id).limit(1)
    if db.session.get(CaseParent, whole.id) is not None or db.session.scalar(has_parts) is not None:
        raise Refused(_levels(), field="parent")


def _levels() -> str:
    return _("A part of a larger case has no parts of its own: there are two levels only.")


def _link(actor: Viewer, child: Case, whole: Case) -> None:
    db.session.add(
        CaseParent(
            child_id=child.id, parent_id=whole.id, linked_by_id=actor.user_id or None,
            linked_at=clock.now(),
        )
    )  # fmt: skip
    child.updated_at = clock.now()


def _tell(actor: Viewer, case: Case, verb: str, other: str) -> None:
    audit.record(actor, f"case.{verb}", "case", case.number, {"other": other})
    data = {"verb": verb, "case": other}
    add_event(actor=actor, case=case, kind=EventKind.FAMILY, data=data)
