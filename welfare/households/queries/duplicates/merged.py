"""One merge: what became one, whether it stands, and what stayed when it was taken back."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import aliased

from welfare.accounts.models import User
from welfare.core.db import db
from welfare.core.errors import NotFound
from welfare.core.i18n import lazy_gettext as _l
from welfare.core.security.permissions import Permission, Viewer
from welfare.households.kinds import PairKind, PairStatus
from welfare.households.models import DuplicatePair, Household, Person
from welfare.households.models.changes import Change, ChangeKind, ChangeSet
from welfare.households.policies import in_area, person_in_area
from welfare.households.queries.duplicates.fields import HOUSEHOLD_UNITS, PERSON_UNITS

THINGS: dict[str, Any] = {
    "people": _l("The person's file"),
    "households": _l("The household's file"),
    "memberships": _l("Where they live"),
    "person_names": _l("Names"),
    "person_identifiers": _l("Further ID numbers"),
    "person_phones": _l("Further telephone numbers"),
    "person_facts": _l("Facts"),
    "cases": _l("Cases"),
    "complaints": _l("Requests"),
    "assistance": _l("Help given"),
    "household_surveys": _l("Surveys"),
    "household_needs": _l("Problems and strengths"),
    "household_photos": _l("Photos"),
}
_COLUMNS = {c: u.label for u in (*PERSON_UNITS, *HOUSEHOLD_UNITS) for c in u.columns}
_DERIVED = frozenset({"search_key", "updated_at", "version"})


@dataclass(frozen=True, slots=True)
class Stayed:
    """Something that was not put back: of which thing, which of its columns, how many rows."""

    thing: str
    columns: tuple[str, ...]
    rows: int


@dataclass(frozen=True, slots=True)
class MergeReport:
    """The page of a merge. ``other`` is the number that leads to the survivor, or does again stand
    on its own once ``undone_at`` is set."""

    change: str
    kind: PairKind
    survivor: str
    other: str
    reason: str
    at: datetime
    who: str
    rows: int
    undone_at: datetime | None
    undone_by: str
    undone_reason: str
    restored: int
    stayed: tuple[Stayed, ...]
    may_undo: bool


def merge_of(kind: str, number: str) -> str:
    """The number of the merge by which this number's record became part of another; empty for
    none."""
    model: Any = Person if kind == PairKind.PERSON.value else Household
    found = db.session.scalar(
        select(DuplicatePair.change_number)
        .join(model, or_(DuplicatePair.a_id == model.id, DuplicatePair.b_id == model.id))
        .where(
            model.number == number,
            DuplicatePair.kind == PairKind(kind),
            DuplicatePair.status == PairStatus.MERGED,
            or_(
                DuplicatePair.a_id == model.merged_into_id,
                DuplicatePair.b_id == model.merged_into_id,
            ),
        )
        .limit(1)
    )
    return found or ""


def merge_report(change: str, *, viewer: Viewer) -> MergeReport:
    """The merge with this number. ``NotFound`` unless one of its records may be seen."""
    undo, by, undo_by = aliased(ChangeSet), aliased(User), aliased(User)
    row = db.session.execute(
        select(ChangeSet, undo, by.display_name, undo_by.display_name)
        .outerjoin(undo, undo.id == ChangeSet.undone_by_id)
        .outerjoin(by, by.id == ChangeSet.made_by_id)
        .outerjoin(undo_by, undo_by.id == undo.made_by_id)
        .where(
            ChangeSet.number == change,
            ChangeSet.kind.in_((ChangeKind.MERGE, ChangeKind.MERGE_HOUSEHOLDS)),
        )
    ).one_or_none()
    if row is None or not viewer.can(Permission.VIEW_REGISTRY):
        raise NotFound
    made, who, undone_by = row[0], row[2], row[3]
    undone: ChangeSet | None = row[1]
    kind = PairKind.PERSON if made.kind is ChangeKind.MERGE else PairKind.HOUSEHOLD
    changes = _changes(made.id)
    back = {(one.table_name, one.row_id): one for one in _changes(undone.id)} if undone else {}
    survivor, other = _numbers(kind, changes, viewer)
    return MergeReport(
        change, kind, survivor, other, made.reason, made.made_at, who or made.made_by,
        len(changes),
        undone.made_at if undone else None,
        (undone_by or undone.made_by) if undone else "",
        undone.reason if undone else "",
        len(back),
        _stayed(changes, back) if undone else (),
        viewer.can(Permission.MERGE_REGISTRY) and undone is None,
    )  # fmt: skip


def _changes(set_id: int) -> list[Any]:
    return list(
        db.session.execute(
            select(Change.table_name, Change.row_id, Change.what, Change.before, Change.after)
            .where(Change.change_set_id == set_id)
            .order_by(Change.position)
        )
    )


def _numbers(kind: PairKind, changes: list[Any], viewer: Viewer) -> tuple[str, str]:
    """The survivor and the other: the one whose row was pointed at the survivor's."""
    of = "people" if kind == PairKind.PERSON else "households"
    into = next(
        (
            (one.row_id, _json(one.after)["merged_into_id"])
            for one in changes
            if one.table_name == of and (_json(one.after)).get("merged_into_id")
        ),
        None,
    )
    if into is None:
        raise NotFound
    model: Any = Person if kind == PairKind.PERSON else Household
    seen = person_in_area(viewer) if kind == PairKind.PERSON else in_area(viewer)
    rows = db.session.execute(
        select(model.id, model.number, or_(seen).label("seen")).where(model.id.in_(into))
    ).all()
    if not any(row.seen for row in rows):
        raise NotFound
    numbers = {row.id: row.number for row in rows}
    return numbers[into[1]], numbers[into[0]]


def _stayed(changes: list[Any], back: dict[tuple[str, int], Any]) -> tuple[Stayed, ...]:
    """What the merge did and the undo did not put back, gathered by thing."""
    found: dict[str, tuple[set[str], int]] = {}
    for one in changes:
        if one.table_name not in THINGS:
            continue
        undone = back.get((one.table_name, one.row_id))
        left = set(_json(one.after)) - _DERIVED if one.before and one.after else set()
        if undone is not None:
            left -= set(_json(undone.after)) if undone.after else left
        if undone is not None and not left:
            continue
        columns, rows = found.get(one.table_name, (set(), 0))
        found[one.table_name] = (columns | left, rows + 1)
    return tuple(
        Stayed(
            str(THINGS[name]),
            tuple(sorted({str(_COLUMNS[c]) for c in columns if c in _COLUMNS})),
            rows,
        )
        for name, (columns, rows) in found.items()
    )


def _json(text: str | None) -> dict[str, Any]:

    found: dict[str, Any] = json.loads(text) if text else {}
    return found
