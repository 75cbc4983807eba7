"""The statements of the worklist: one for each outline of a question, compiled once.

No page counts the whole. Pages are cut by the last row seen, not by an offset. A viewer who is
limited to some villages, or to their own cases, is served from one index scan a village or a role
(the branches of a UNION), so that the order always comes from an index.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    Subquery,
    and_,
    bindparam,
    exists,
    or_,
    select,
    true,
    union,
)

from welfare.accounts.models import User
from welfare.cases.models import Case, CaseParent, CaseStage
from welfare.cases.policies import hidden_from_others, named_to
from welfare.cases.queries.filters import Scope, Sort
from welfare.cases.queries.outline import GIVEN, UNKNOWN, Outline
from welfare.cases.queries.searching import NEWEST, found_by_trigrams, newest_with
from welfare.cases.workflow import CaseStatus
from welfare.households.models import Household, Person

PAGE = 25

COLUMNS = (
    Case.id,
    Case.number,
    Case.title,
    Case.category_id,
    Case.priority,
    Case.sensitivity,
    Case.status,
    Case.household_id,
    Case.person_id,
    Case.village_no,
    Case.assignee_id,
    Case.opened_by_id,
    Case.opened_at,
    Case.due_at,
    Case.paused_at,
    Case.closed_at,
    Case.outcome,
    Case.risk,
)

_MOMENTS = {
    Sort.DUE: Case.due_at,
    Sort.LAST_DUE: Case.due_at,
    Sort.CLOSED: Case.closed_at,
    Sort.OPENED: Case.opened_at,
}

Conditions = list[ColumnElement[bool]]
Statement = Select[*tuple[Any, ...]]


@lru_cache(maxsize=1000)
def statement_of(outline: Outline) -> Statement:
    """The statement of an outline, to be run with its values."""
    return _statement(outline)


def trigrams(outline: Outline, parts: int) -> Outline:
    """The same question by the second plan of a search, with so many parts of words."""
    return replace(outline, parts=parts)


def moment_of(sort: Sort) -> Any:
    """The moment that sorts, if one does: else the id alone, which is the order of opening."""
    return _MOMENTS.get(sort)


def _statement(outline: Outline) -> Statement:
    branches = branches_of(outline)
    if outline.parts:
        allowed = [or_(*(and_(true(), *branch) for branch in branches)), *_named(outline)]
        hits = found_by_trigrams(
            select(*COLUMNS).where(*allowed),
            len(outline.words),
            outline.parts,
            dialect=outline.dialect,
            descending=outline.descending,
        )
        return _in_order(hits.limit(PAGE + 1).subquery(), outline)
    return _in_order(_together([_picked(branch, outline) for branch in branches]), outline)


def _picked(branch: Conditions, outline: Outline) -> Statement:
    keys = _keys(outline, Case)
    if not outline.words:
        return select(*COLUMNS).where(*branch).order_by(*keys).limit(PAGE + 1)
    looked_at = select(*COLUMNS, Case.search_text).where(*branch, *_named(outline))
    names = [column.key for column in COLUMNS]
    scan = newest_with(
        looked_at.order_by(*keys),
        outline.words,
        names,
        dialect=outline.dialect,
        reach=outline.reach or NEWEST,
    )
    return scan.limit(PAGE + 1)


def _named(outline: Outline) -> Conditions:
    return [] if outline.restricted else [named_to(_me())]


def _me() -> Any:
    return bindparam("me", type_=Integer)


def branches_of(outline: Outline) -> list[Conditions]:
    """The conditions of what was asked and may be seen, split so that each has its index."""
    asked = [*_asked(outline), *_timed(outline), *_beyond(outline)]
    if outline.hidden:
        asked.append(hidden_from_others(_me(), outline.hidden))
    area = [Case.village_no == bindparam(f"area_{n}") for n in range(outline.area or 0)]
    if outline.own:
        if outline.area is not None:
            asked.append(or_(Case.village_no.is_(None), *area))
        return [[Case.assignee_id == _me(), *asked], [Case.opened_by_id == _me(), *asked]]
    if outline.area is not None:
        return [[village, *asked] for village in (Case.village_no.is_(None), *area)]
    return [asked]


def _asked(outline: Outline) -> Conditions:
    wanted: Conditions = []
    if outline.status == CaseStatus.CLOSED:
        wanted.append(Case.status == CaseStatus.CLOSED)
    elif outline.status == Scope.ALL:
        wanted.append(Case.status != CaseStatus.MERGED)
    else:
        wanted.append(Case.closed_at.is_(None))
        if outline.status != Scope.OPEN:
            wanted.append(Case.status == outline.status)
    if outline.category:
        wanted.append(Case.category_id == bindparam("category"))
    if outline.priority:
        wanted.append(Case.priority == bindparam("priority"))
    if outline.risk:
        wanted.append(Case.risk == bindparam("risk"))
    for asked, column in ((outline.village, Case.village_no), (outline.assignee, Case.assignee_id)):
        if asked == UNKNOWN:
            wanted.append(column.is_(None))
        elif asked == GIVEN:
            name = "village" if column is Case.village_no else "assignee"
            wanted.append(column == bindparam(name))
    return wanted


def _timed(outline: Outline) -> Conditions:
    wanted: Conditions = []
    if outline.overdue:
        wanted += [Case.closed_at.is_(None), Case.paused_at.is_(None)]
        wanted.append(Case.due_at <= bindparam("now"))
    if outline.stage:
        wanted += [Case.closed_at.is_(None), Case.paused_at.is_(None)]
        wanted.append(Case.id.in_(_late(outline)))
    if outline.unhappy:
        wanted.append(Case.unhappy_at.is_not(None))
    if outline.family:
        key = CaseParent.child_id if outline.family == "part" else CaseParent.parent_id
        wanted.append(Case.id.in_(select(key)))
    if outline.opened:
        wanted.append(Case.opened_at >= bindparam("opened_from"))
        wanted.append(Case.opened_at < bindparam("opened_to"))
    if outline.closed:
        wanted.append(Case.closed_at >= bindparam("closed_from"))
        wanted.append(Case.closed_at < bindparam("closed_to"))
    return wanted


def _late(outline: Outline) -> Select[int]:
    """The cases that are late at the stage asked for: read from an index of what runs."""
    late = select(CaseStage.case_id).where(
        CaseStage.met_at.is_(None),
        CaseStage.ended_at.is_(None),
        CaseStage.due_at <= bindparam("now"),
    )
    return late.where(CaseStage.stage == bindparam("stage")) if outline.stage == GIVEN else late


def _beyond(outline: Outline) -> Conditions:
    """The rows beyond the edge of the page before."""
    if not outline.page:
        return []
    down, moment = outline.descending, moment_of(outline.sort)
    edge: Any = bindparam("edge_id", type_=Integer)
    further = Case.id < edge if down else Case.id > edge
    if moment is None:
        return [further]
    at: Any = bindparam("edge_at")
    if down:
        return [moment <= at, or_(moment < at, further)]
    return [moment >= at, or_(moment > at, further)]


def _keys(outline: Outline, columns: Any) -> list[Any]:
    moment = moment_of(outline.sort)
    keys = [columns.id] if moment is None else [getattr(columns, moment.key), columns.id]
    return [key.desc() if outline.descending else key for key in keys]


def _together(statements: list[Statement]) -> Subquery:
    if len(statements) == 1:
        return statements[0].subquery()
    return union(*(select(statement.subquery()) for statement in statements)).subquery()


def _in_order(picked: Subquery, outline: Outline) -> Statement:
    return with_names(picked).order_by(*_keys(outline, picked.c)).limit(PAGE + 1)


def with_names(picked: Subquery) -> Statement:
    """The picked cases with the names that belong to them: the joins see one page only."""
    case = picked.c
    return (
        select(
            picked,
            Household.house_no,
            Person.title.label("person_title"),
            Person.first_name,
            Person.last_name,
            User.display_name,
            exists().where(CaseParent.child_id == case.id).label("is_part"),
            exists().where(CaseParent.parent_id == case.id).label("has_parts"),
        )
        .outerjoin(Household, Household.id == case.household_id)
        .outerjoin(Person, Person.id == case.person_id)
        .outerjoin(User, User.id == case.assignee_id)
    )
