"""The rules of access to papers as conditions, and what each is about."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, false, or_, true
from sqlalchemy.orm import InstrumentedAttribute

from welfare.core.errors import NotFound
from welfare.core.security.permissions import SYSTEM, Permission, Viewer
from welfare.papers.models import Paper
from welfare.papers.parts import About, subject_of, subjects
from welfare.papers.policies import sees_loose

COLUMNS: dict[str, InstrumentedAttribute[int | None]] = {
    "case": Paper.case_id,
    "complaint": Paper.complaint_id,
    "household": Paper.household_id,
    "person": Paper.person_id,
    "meeting": Paper.meeting_id,
}
"""Where it stands what a paper is about."""


def loose() -> ColumnElement[bool]:
    """Papers about nobody in particular."""
    return and_(*(column.is_(None) for column in COLUMNS.values()))


def visible_papers(viewer: Viewer) -> ColumnElement[bool]:
    """Those that the viewer may read: about what they may see; loose ones by right, or own."""
    if viewer is SYSTEM:
        return true()
    if not (viewer.can(Permission.WRITE_PAPERS) or viewer.can(Permission.ISSUE_PAPERS)):
        return false()
    about = [COLUMNS[one.name].in_(one.visible(viewer)) for one in subjects()]
    mine = true() if sees_loose(viewer) else Paper.made_by_id == viewer.user_id
    return or_(*about, and_(loose(), mine))


def named_papers(viewer: Viewer) -> ColumnElement[bool]:
    """Those of which lists tell the viewer title and recipient."""
    if viewer is SYSTEM:
        return true()
    return or_(*(COLUMNS[one.name].in_(one.named(viewer)) for one in subjects()), loose())


def about_of(paper: Paper, viewer: Viewer) -> About | None:
    """What a paper is about; ``NotFound`` where the viewer may not see it."""
    for name, column in COLUMNS.items():
        found = getattr(paper, column.key)
        if found is not None:
            return subject_of(name).by_id(found, viewer)
    if not (sees_loose(viewer) or paper.made_by_id == viewer.user_id):
        raise NotFound
    return None


def about_by_number(subject: str, number: str, viewer: Viewer) -> About | None:
    """The thing that a new paper is to be about; ``NotFound`` where the viewer may not see it."""
    return subject_of(subject).by_number(number, viewer) if subject else None
