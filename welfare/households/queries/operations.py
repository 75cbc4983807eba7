"""What was done to a household, operation by operation, in sentences; and what can be undone."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.engine import Row
from sqlalchemy.orm import aliased

from welfare.accounts.models import User
from welfare.core.db import db
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Viewer
from welfare.households import policies
from welfare.households.models import Household, Membership
from welfare.households.models.changes import Change, ChangeKind, ChangeSet, ChangeSubject
from welfare.households.queries.deeds import Deeds
from welfare.households.queries.edits import set_words

SHOWN = 50
SENTENCES = frozenset(ChangeKind) - {
    ChangeKind.IMPORT, ChangeKind.MERGE, ChangeKind.MERGE_HOUSEHOLDS
}  # fmt: skip
"""Kinds whose rows are told one by one, and which are undone from the household's page."""


@dataclass(frozen=True, slots=True)
class OperationRow:
    """One operation. ``deeds``: what it did, a sentence each. ``undoes``: the kind of what it took
    back."""

    number: str
    kind: ChangeKind
    undoes: ChangeKind | None
    day: date | None
    reason: str
    at: datetime
    who: str
    deeds: tuple[str, ...]
    undone: bool
    may_undo: bool

    @property
    def title(self) -> str:
        """What was done, in a few words; of an undo, what it took back."""
        if self.undoes is None:
            return set_words(self.kind)
        if self.undoes is ChangeKind.UNDO:
            return _("Taken back, and done again")
        return _("Taken back: %(what)s", what=set_words(self.undoes))


def operations_of(household_id: int, *, viewer: Viewer) -> list[OperationRow]:
    """The latest operations on a household that was loaded by right, newest first."""
    return _rows(household_id, viewer, limit=SHOWN)


def operation_of(household_id: int, number: str, *, viewer: Viewer) -> OperationRow | None:
    """One of them; ``None`` for anything else."""
    return next(iter(_rows(household_id, viewer, ChangeSet.number == number, limit=1)), None)


def _rows(household_id: int, viewer: Viewer, *where: Any, limit: int) -> list[OperationRow]:
    taken_back = aliased(ChangeSet)
    sets = db.session.execute(
        select(
            ChangeSet.id, ChangeSet.number, ChangeSet.kind, ChangeSet.day, ChangeSet.reason,
            ChangeSet.made_at, ChangeSet.made_by, ChangeSet.undone_by_id, User.display_name,
            taken_back.kind.label("undoes"),
        )
        .select_from(ChangeSet)
        .join(Household, Household.id == household_id)
        .outerjoin(User, User.id == ChangeSet.made_by_id)
        .outerjoin(taken_back, taken_back.id == ChangeSet.undoes_id)
        .where(
            _concerns(household_id, taken_back),
            ChangeSet.made_at >= Household.created_at,
            *where,
        )
        .order_by(ChangeSet.id.desc())
        .limit(limit)
    ).all()  # fmt: skip
    told = [row.id for row in sets if _told(row)]
    deeds = Deeds(household_id, viewer, _changes(told))
    barred = _out_of_reach(told, viewer)
    return [
        OperationRow(
            number=row.number,
            kind=row.kind,
            undoes=row.undoes,
            day=row.day,
            reason=row.reason,
            at=row.made_at,
            who=row.display_name or row.made_by,
            deeds=deeds.of(row.id),
            undone=row.undone_by_id is not None,
            may_undo=row.undone_by_id is None and _told(row) and row.id not in barred,
        )
        for row in sets
    ]


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


def _told(row: Row[*tuple[Any, ...]]) -> bool:
    return row.kind in SENTENCES and (row.undoes is None or row.undoes in SENTENCES)


def _changes(set_ids: Sequence[int]) -> Iterable[Change]:
    if not set_ids:
        return []
    return db.session.scalars(
        select(Change)
        .where(
            Change.change_set_id.in_(set_ids),
            Change.table_name.in_(("memberships", "people", "households", "parentages")),
        )
        .order_by(Change.change_set_id, Change.position)
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
