"""What stands beside a case: the larger one, its parts, those that became one with it, and those
that may be the same. One column of the page's own statement: no statement more."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    Select,
    String,
    and_,
    bindparam,
    case,
    cast,
    exists,
    func,
    literal,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import aliased

from welfare.cases.models import Case, CaseApart, CaseLink, CaseMerge, CaseParent
from welfare.cases.policies import searchable, visible_to
from welfare.cases.queries.merging.candidates import NEAR, SHOWN, Alike, likeness
from welfare.cases.workflow import ENDED, MERGEABLE, CaseStatus, Outcome
from welfare.core.security.permissions import Viewer

PARENT, CHILD, MERGED, ALIKE, LINKED = "parent", "child", "merged", "alike", "linked"
_BETWEEN_FIELDS, _BETWEEN_ROWS = "\x1f", "\x1e"
"""Texts are cleaned of control characters before they are kept, so these stand in none."""
_FIELDS = 10
"""Of each row; a link says more behind them."""
_This = aliased(Case)


@dataclass(frozen=True, slots=True)
class Relative:
    """A case beside another; the title is empty where lists hide it from the viewer."""

    number: str
    title: str
    category_id: int
    status: CaseStatus
    outcome: Outcome | None

    @property
    def is_open(self) -> bool:
        """Whether somebody has still to do with it."""
        return self.status not in ENDED


@dataclass(frozen=True, slots=True)
class Linked(Relative):
    """A case that has to do with it, and why (empty as the title is)."""

    link_id: int
    why: str


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside a case, as far as the viewer may know of it."""

    parent: Relative | None = None
    children: tuple[Relative, ...] = ()
    merged: tuple[Relative, ...] = ()
    alike: tuple[Alike, ...] = ()
    linked: tuple[Linked, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.parent or self.children or self.merged or self.alike or self.linked)


NOTHING_BESIDE = Beside()


def beside_column(viewer: Viewer) -> Any:
    """A column for a statement about the case with the parameter ``number``."""
    seen = visible_to(viewer)
    parent = _rows(PARENT, viewer).join(CaseParent, CaseParent.parent_id == Case.id).join(
        _This, _This.id == CaseParent.child_id
    )  # fmt: skip
    children = _rows(CHILD, viewer).join(CaseParent, CaseParent.child_id == Case.id).join(
        _This, _This.id == CaseParent.parent_id
    )  # fmt: skip
    merged = _rows(MERGED, viewer).join(CaseMerge, CaseMerge.merged_id == Case.id).join(
        _This, _This.id == CaseMerge.into_id
    )  # fmt: skip
    found = union_all(
        _of_this(parent).where(seen),
        _of_this(children).where(seen, Case.status != CaseStatus.MERGED),
        _of_this(merged).where(CaseMerge.undone_at.is_(None)),
        _of_this(_alike(viewer)).where(seen),
        *(_of_this(links).where(seen) for links in _linked(viewer)),
    ).subquery()
    packed = select(func.aggregate_strings(found.c.row, _BETWEEN_ROWS)).select_from(found)
    return packed.scalar_subquery().label("beside")


def _of_this(statement: Select[Any]) -> Select[Any]:
    return statement.where(_This.number == bindparam("number", type_=String))


def _linked(viewer: Viewer) -> tuple[Select[Any], Select[Any]]:
    """The cases at the other end of the standing links, whichever end this one is."""
    why = case((searchable(viewer), CaseLink.why), else_="")
    more = (why, cast(CaseLink.id, String))
    near, far = CaseLink.case_id, CaseLink.other_id
    first, second = (
        _rows(LINKED, viewer, more)
        .join(CaseLink, there == Case.id)
        .join(_This, _This.id == here)
        .where(CaseLink.ended_at.is_(None), Case.status != CaseStatus.MERGED)
        for here, there in ((near, far), (far, near))
    )
    return first, second


def _rows(what: str, viewer: Viewer, more: tuple[Any, ...] = ()) -> Select[Any]:
    title = case((searchable(viewer), Case.title), else_="")
    fields = (
        literal(what), cast(Case.id, String), Case.number, title, cast(Case.category_id, String),
        cast(Case.status, String), func.coalesce(cast(Case.outcome, String), ""),
        func.coalesce(cast(Case.person_id, String), ""),
        func.coalesce(cast(Case.household_id, String), ""), cast(Case.opened_at, String), *more,
    )  # fmt: skip
    row: Any = fields[0]
    for field in fields[1:]:
        row = row.concat(_BETWEEN_FIELDS).concat(field)
    return select(row.label("row"))


def _alike(viewer: Viewer) -> Select[Any]:
    same_person = Case.person_id == _This.person_id
    same_house = and_(
        Case.household_id == _This.household_id, Case.category_id == _This.category_id
    )
    apart = exists().where(
        or_(
            and_(CaseApart.low_id == _This.id, CaseApart.high_id == Case.id),
            and_(CaseApart.high_id == _This.id, CaseApart.low_id == Case.id),
        )
    )
    return (
        _rows(ALIKE, viewer)
        .join(_This, or_(same_person, same_house))
        .where(
            Case.id != _This.id, Case.status.in_(MERGEABLE), _This.status.in_(MERGEABLE),
            searchable(viewer), ~apart,
        )
    )  # fmt: skip


def read_beside(packed: str | None, this: Any) -> Beside:
    """What the column holds, for the case it was asked of."""
    found: dict[str, list[Any]] = {PARENT: [], CHILD: [], MERGED: [], ALIKE: [], LINKED: []}
    rows = [row.split(_BETWEEN_FIELDS) for row in (packed or "").split(_BETWEEN_ROWS) if row]
    for row in sorted(rows, key=lambda row: int(row[1])):
        what, _id, number, title, category, status, outcome, *of_whom, opened = row[:_FIELDS]
        if what == ALIKE:
            person, house = (int(one) if one else None for one in of_whom)
            moment = _moment(opened)
            if abs(moment - this.opened_at) <= NEAR:
                why = likeness(this, person, house, int(category), moment)
                found[ALIKE].append(
                    Alike(number, title, int(category), CaseStatus(status), moment, why)
                )
            continue
        ended = Outcome(outcome) if outcome else None
        told = (number, title, int(category), CaseStatus(status), ended)
        if what == LINKED:
            why_linked, link_id = row[_FIELDS:]
            found[LINKED].append(Linked(*told, int(link_id), why_linked))
        else:
            found[what].append(Relative(*told))
    alike = sorted(found[ALIKE], key=lambda one: -len(one.why))[:SHOWN]
    return Beside(
        next(iter(found[PARENT]), None), tuple(found[CHILD]), tuple(found[MERGED]), tuple(alike),
        tuple(found[LINKED]),
    )  # fmt: skip


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
