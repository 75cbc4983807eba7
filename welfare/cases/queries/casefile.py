"""One case as its page shows it: plain values, in four statements."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Integer, String, bindparam, case, or_, select
from sqlalchemy.orm import aliased

from welfare.accounts.models import User
from welfare.cases.models import Case, CaseEvent
from welfare.cases.parts import OpenMatter
from welfare.cases.policies import visible_to
from welfare.cases.queries.beside import NOTHING_BESIDE, Beside, beside_column, read_beside
from welfare.cases.queries.closing import closing_columns, open_matters, read_matters
from welfare.cases.queries.deadlines.stages import StageFile, stages_of
from welfare.cases.queries.loading import merged_away, parts_of
from welfare.cases.queries.works import Works, without_health, works_of
from welfare.cases.workflow import CaseStatus, EventKind, Outcome, Priority, Sensitivity
from welfare.core.db import db
from welfare.core.deadlines import Deadline
from welfare.core.errors import NotFound
from welfare.core.security.permissions import Permission, Viewer
from welfare.core.thai.names import display_name
from welfare.households.models import Household, Person

MOST_EVENTS = 300
_ASKED = frozenset({"asked", "answered", "lapsed"})


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the timeline."""

    at: datetime
    kind: EventKind
    who: str
    public: bool
    text: str
    data: dict[str, Any]
    origin: str = ""
    """The number of the case that it was written for, where that became part of this one."""


@dataclass(frozen=True, slots=True)
class CaseFile:
    """Everything of a case that cases themselves know, newest line of the timeline first."""

    id: int
    number: str
    version: int
    title: str
    summary: str
    category_id: int
    priority: Priority
    sensitivity: Sensitivity
    status: CaseStatus
    household_id: int | None
    person_id: int | None
    village_no: int | None
    assignee_id: int | None
    opened_by_id: int | None
    opened_at: datetime
    due_at: datetime
    paused_at: datetime | None
    waits_until: date | None
    closed_at: datetime | None
    outcome: Outcome | None
    outcome_note: str
    reopened_times: int
    unhappy_at: datetime | None
    who: str
    person_number: str
    birth_date: date | None
    household_number: str
    house_no: str
    worker: str
    opened_by: str
    lines: tuple[Line, ...]
    clock: Deadline | None
    works: Works
    stages: tuple[StageFile, ...] = ()
    beside: Beside = NOTHING_BESIDE
    matters: tuple[OpenMatter, ...] = ()
    """What is still open when the case is closed; only where that was asked for."""

    @property
    def asked_why_late(self) -> dict[str, Any] | None:
        """The question why it is late, while nobody has answered it; not of what came before it
        was opened again."""
        for line in self.lines if self.closed_at is None else ():
            if line.origin:
                continue
            if line.kind is EventKind.REOPENED:
                return None
            if line.kind is EventKind.DEADLINE and line.data.get("verb") in _ASKED:
                return line.data if line.data["verb"] == "asked" else None
        return None


_Worker = aliased(User)
_Opener = aliased(User)

_FACTS = (
    select(
        Case.id,
        Case.number,
        Case.version,
        Case.title,
        Case.summary,
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
        Case.waits_until,
        Case.closed_at,
        Case.outcome,
        Case.outcome_note,
        Case.reopened_times,
        Case.unhappy_at,
        Person.number.label("person_number"),
        Person.title.label("person_title"),
        Person.first_name,
        Person.last_name,
        Person.birth_date,
        Household.number.label("household_number"),
        Household.house_no,
        _Worker.display_name.label("worker"),
        _Opener.display_name.label("opened_by"),
    )
    .outerjoin(Person, Person.id == Case.person_id)
    .outerjoin(Household, Household.id == Case.household_id)
    .outerjoin(_Worker, _Worker.id == Case.assignee_id)
    .outerjoin(_Opener, _Opener.id == Case.opened_by_id)
)


@lru_cache(maxsize=200)
def _facts(viewer: Viewer) -> Any:
    """Built once a viewer."""
    facts = _FACTS.add_columns(beside_column(viewer))
    return facts.where(Case.number == bindparam("number", type_=String), visible_to(viewer))


def case_file(number: str, *, viewer: Viewer, closing: bool = False) -> CaseFile:
    """The case with this number; ``NotFound`` when there is none that the viewer may see.

    ``closing``: with what is still open when it is closed, in no statement more.
    """
    row, matters = _with_matters(number, viewer) if closing else (_row(_facts(viewer), number), [])
    if row is None:
        raise NotFound
    if row.status == CaseStatus.MERGED:
        raise merged_away(number, viewer=viewer)
    facts = {key: row._mapping[key] for key in _names(viewer)}
    beside = read_beside(facts.pop("beside"), row)
    names = {key: facts.pop(key) or "" for key in ("person_title", "first_name", "last_name")}
    who = display_name(names["person_title"], names["first_name"], names["last_name"])
    texts = ("person_number", "household_number", "house_no", "worker", "opened_by")
    facts |= {key: facts[key] or "" for key in texts}
    lines, works = _lines(row.id), works_of(row.id)
    if not (viewer.can(Permission.VIEW_RESTRICTED) or row.assignee_id == viewer.user_id):
        works = without_health(works)
    return CaseFile(
        **facts,
        who=who if names["first_name"] else "",
        lines=lines,
        clock=next(
            (
                Deadline.from_data(line.data["clock"])
                for line in lines
                if "clock" in line.data and not line.origin
            ),
            None,
        ),
        works=works,
        stages=stages_of(row.id, row.reopened_times),
        beside=beside,
        matters=tuple(matters),
    )


def _row(statement: Any, number: str) -> Any:
    return db.session.connection().execute(statement, {"number": number}).first()


def _names(viewer: Viewer) -> list[str]:
    return [column.key for column in _facts(viewer).selected_columns]


def _with_matters(number: str, viewer: Viewer) -> tuple[Any, list[OpenMatter]]:
    """The case and what is open; where a check fails it is asked by itself, and named."""
    this = aliased(Case)
    case_id = select(this.id).where(this.number == number).scalar_subquery()
    try:
        columns = closing_columns(case_id)
        row = _row(_facts(viewer).add_columns(*columns), number)
        return row, read_matters(row[-len(columns) :]) if row is not None and columns else []
    except Exception:
        db.session.rollback()
        row = _row(_facts(viewer), number)
        return row, open_matters(row.id) if row is not None else []


_Origin = aliased(Case)
_THIS: Any = bindparam("case_id", type_=Integer)

_LINES = (
    select(
        CaseEvent.at,
        CaseEvent.kind,
        User.display_name,
        CaseEvent.public,
        CaseEvent.text,
        CaseEvent.data,
        case((CaseEvent.case_id == _THIS, ""), else_=_Origin.number).label("origin"),
    )
    .outerjoin(User, User.id == CaseEvent.actor_id)
    .join(_Origin, _Origin.id == CaseEvent.case_id)
    .where(or_(CaseEvent.case_id == _THIS, CaseEvent.case_id.in_(parts_of(_THIS))))
    .order_by(CaseEvent.id.desc())
    .limit(MOST_EVENTS)
)


def _lines(case_id: int) -> tuple[Line, ...]:
    rows = db.session.connection().execute(_LINES, {"case_id": case_id})
    return tuple(Line(at, kind, who or "", *rest) for at, kind, who, *rest in rows)
