"""What was done to a household, operation by operation, in sentences; and what can be undone."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, exists, func, literal, or_, select
from sqlalchemy.orm import aliased

from welfare.accounts.models import User
from welfare.core.db import db
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Viewer
from welfare.households import policies
from welfare.households.models import Household, Membership
from welfare.households.models.changes import ChangeKind, ChangeSet, ChangeSubject
from welfare.households.queries.deeds import Deeds, House
from welfare.households.queries.edits import set_words

SHOWN = 50
MERGES = frozenset({ChangeKind.MERGE, ChangeKind.MERGE_HOUSEHOLDS})
SENTENCES = frozenset(ChangeKind) - MERGES - {ChangeKind.IMPORT}
"""Kinds whose rows are told one by one, and which are undone from the household's page."""


@dataclass(frozen=True, slots=True)
class Act:
    """Who did something, and when it was written down."""

    who: str
    at: datetime


@dataclass(frozen=True, slots=True)
class OperationRow:
    """One operation, or an undo. ``root``: what was done in the first place, before it was taken
    back ``depth`` times over; ``deeds``: what that did, a sentence each; ``others``: the other
    households it was about. ``undone``: by whom, if it was."""

    number: str
    kind: ChangeKind
    root: ChangeKind
    root_number: str
    depth: int
    day: date | None
    reason: str
    at: datetime
    who: str
    deeds: tuple[str, ...]
    others: tuple[House, ...]
    undone: Act | None
    again: Act | None
    may_undo: bool

    @property
    def title(self) -> str:
        """What was done, in a few words; of an undo, what it took back or brought back."""
        words = set_words(self.root)
        if self.depth == 0:
            return words
        if self.depth % 2:
            return _("Taken back: %(what)s", what=words)
        return _("Done again after all: %(what)s", what=words)

    @property
    def undoes(self) -> bool:
        """Whether it took something back, so that undoing it brings that back."""
        return bool(self.depth % 2)

    @property
    def meaning(self) -> str:
        """What the sentences beneath are, where it is an undo."""
        if self.depth == 0:
            return ""
        return _("This no longer holds:") if self.depth % 2 else _("This holds again:")


def operations_of(
    household_id: int, *, viewer: Viewer, limit: int = SHOWN, number: str = ""
) -> list[OperationRow]:
    """The latest operations on a household that was loaded by right, newest first; ``number``:
    that one alone."""
    only = [ChangeSet.number == number] if number else []
    return _rows(household_id, viewer, *only, limit=limit)


def operation_of(household_id: int, number: str, *, viewer: Viewer) -> OperationRow | None:
    """One of them; ``None`` for anything else."""
    return next(iter(operations_of(household_id, viewer=viewer, limit=1, number=number)), None)


def _rows(household_id: int, viewer: Viewer, *where: Any, limit: int) -> list[OperationRow]:
    taken_back, undoing, redoing = aliased(ChangeSet), aliased(ChangeSet), aliased(ChangeSet)
    undoer, redoer = aliased(User), aliased(User)
    sets = db.session.execute(
        select(
            ChangeSet.id, ChangeSet.number, ChangeSet.kind, ChangeSet.day, ChangeSet.reason,
            ChangeSet.made_at, ChangeSet.made_by, ChangeSet.undone_by_id, User.display_name,
            ChangeSet.undoes_id, undoing.made_at.label("undone_at"),
            func.coalesce(undoer.display_name, undoing.made_by).label("undone_by"),
            redoing.made_at.label("again_at"),
            func.coalesce(redoer.display_name, redoing.made_by).label("again_by"),
        )
        .select_from(ChangeSet)
        .join(Household, Household.id == household_id)
        .outerjoin(User, User.id == ChangeSet.made_by_id)
        .outerjoin(taken_back, taken_back.id == ChangeSet.undoes_id)
        .outerjoin(undoing, undoing.id == ChangeSet.undone_by_id)
        .outerjoin(undoer, undoer.id == undoing.made_by_id)
        .outerjoin(redoing, redoing.id == undoing.undone_by_id)
        .outerjoin(redoer, redoer.id == redoing.made_by_id)
        .where(
            _concerns(household_id, taken_back),
            ChangeSet.made_at >= Household.created_at,
            *where,
        )
        .order_by(ChangeSet.id.desc())
        .limit(limit)
    ).all()  # fmt: skip
    roots = roots_of([row.id for row in sets if row.undoes_id is not None])
    for row in sets:
        roots.setdefault(row.id, Root(row.id, row.number, row.kind, 0))
    told = sorted({roots[row.id].id for row in sets if roots[row.id].kind in SENTENCES})
    deeds = Deeds(household_id, viewer, told)
    barred = _out_of_reach([row.id for row in sets], viewer)
    return [
        OperationRow(
            number=row.number,
            kind=row.kind,
            root=roots[row.id].kind,
            root_number=roots[row.id].number,
            depth=roots[row.id].depth,
            day=row.day,
            reason=row.reason,
            at=row.made_at,
            who=row.display_name or row.made_by,
            deeds=deeds.of(roots[row.id].id),
            others=deeds.others(roots[row.id].id),
            undone=Act(row.undone_by, row.undone_at) if row.undone_by_id else None,
            again=Act(row.again_by, row.again_at) if row.again_at else None,
            may_undo=(
                row.undone_by_id is None
                and roots[row.id].kind in SENTENCES
                and row.id not in barred
            ),
        )
        for row in sets
    ]


class Root(NamedTuple):
    """What an undo goes back to: the set that was there first, and over how many undos."""

    id: int
    number: str
    kind: ChangeKind
    depth: int


def roots_of(set_ids: Sequence[int]) -> dict[int, Root]:
    """The first set of each chain of undos, in one statement."""
    if not set_ids:
        return {}
    chain = (
        select(
            ChangeSet.id.label("start"), ChangeSet.undoes_id.label("up"), literal(1).label("far")
        )
        .where(ChangeSet.id.in_(set_ids), ChangeSet.undoes_id.is_not(None))
        .cte("chain", recursive=True)
    )
    above = aliased(ChangeSet)
    chain = chain.union_all(
        select(chain.c.start, above.undoes_id, chain.c.far + 1)
        .join(above, above.id == chain.c.up)
        .where(above.undoes_id.is_not(None))
    )
    rows = db.session.execute(
        select(chain.c.start, chain.c.far, ChangeSet.id, ChangeSet.number, ChangeSet.kind)
        .join(ChangeSet, ChangeSet.id == chain.c.up)
        .where(ChangeSet.undoes_id.is_(None))
    )
    return {row.start: Root(row.id, row.number, row.kind, row.far) for row in rows}


@dataclass(frozen=True, slots=True)
class Later:
    """A change in few words: what stands in the way of an undo. ``household`` is one of those it
    was about that the viewer may see; empty for none. ``merge``: it has a page of its own."""

    number: str
    title: str
    day: date | None
    who: str
    at: datetime
    household: str
    merge: bool


def told_briefly(numbers: Collection[str], *, viewer: Viewer) -> list[Later]:
    """These change sets, the last first: that is the order in which to undo them."""
    if not numbers:
        return []
    seen = (
        select(func.min(Household.number))
        .join(ChangeSubject, ChangeSubject.household_id == Household.id)
        .where(ChangeSubject.change_set_id == ChangeSet.id, policies.in_area(viewer))
        .correlate(ChangeSet)
        .scalar_subquery()
    )
    rows = db.session.execute(
        select(
            ChangeSet.id, ChangeSet.number, ChangeSet.kind, ChangeSet.day, ChangeSet.made_at,
            func.coalesce(User.display_name, ChangeSet.made_by).label("who"),
            seen.label("household"),
        )
        .outerjoin(User, User.id == ChangeSet.made_by_id)
        .where(ChangeSet.number.in_(numbers))
        .order_by(ChangeSet.id.desc())
    ).all()  # fmt: skip
    return [
        Later(
            row.number, set_words(row.kind), row.day, row.who, row.made_at, row.household or "",
            row.kind in MERGES,
        )
        for row in rows
    ]  # fmt: skip


def _concerns(household_id: int, taken_back: Any) -> ColumnElement[bool]:
    """What touched the household; and marriages of those who lived there, who may both have stayed
    where they were."""
    subject = ChangeSubject.change_set_id == ChangeSet.id
    lived_there = exists().where(
        subject,
        Membership.person_id == ChangeSubject.person_id,
        Membership.household_id == household_id,
        or_(Membership.to_day.is_(None), Membership.to_day >= ChangeSet.day),
    )
    marriage = or_(ChangeSet.kind == ChangeKind.MARRIAGE, taken_back.kind == ChangeKind.MARRIAGE)
    return or_(
        exists().where(subject, ChangeSubject.household_id == household_id),
        and_(marriage, lived_there),
    )


def _out_of_reach(set_ids: Sequence[int], viewer: Viewer) -> Collection[int]:
    """Those that touched a household which the viewer may not change."""
    if not set_ids:
        return ()
    rows = db.session.execute(
        select(ChangeSubject.change_set_id, Household.village_no)
        .join(Household, Household.id == ChangeSubject.household_id)
        .where(ChangeSubject.change_set_id.in_(set_ids))
    )
    return {set_id for set_id, village in rows if not policies.can_edit(viewer, village)}
