"""What is late: the stage of each case, the questions why, and the notices on a desk."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    ScalarSelect,
    Select,
    and_,
    func,
    literal,
    not_,
    null,
    or_,
    select,
    true,
    union_all,
)

from welfare.accounts.models import User
from welfare.cases.kinds import Stage
from welfare.cases.models import Case, CaseStage, DeadlineNotice, DelayQuestion
from welfare.cases.policies import sees_names, visible_to
from welfare.cases.queries.help import waiting_count
from welfare.cases.queries.reviews import review_count
from welfare.cases.workflow import CaseStatus
from welfare.core.db import db
from welfare.core.security.permissions import Permission, Viewer

MOST = 200
ON_A_DESK = 8


def late_stages(now: datetime) -> dict[int, int]:
    """The stage (its id) that has been late longest, by open case whose clock runs."""
    rows = db.session.execute(
        select(CaseStage.case_id, CaseStage.id)
        .join(Case, Case.id == CaseStage.case_id)
        .where(CaseStage.met_at.is_(None), CaseStage.ended_at.is_(None))
        .where(CaseStage.due_at < now, Case.closed_at.is_(None), Case.paused_at.is_(None))
        .order_by(CaseStage.due_at.desc(), CaseStage.id.desc())
    )
    return {row.case_id: row.id for row in rows}


@dataclass(frozen=True, slots=True)
class Asked:
    """A question why a case is late. ``title`` is empty for whom it is masked."""

    number: str
    title: str
    stage: Stage
    due_on: date
    first_asked_at: datetime
    asked_at: datetime
    times: int
    owner: str
    mine: bool


def questions(*, viewer: Viewer, everybodys: bool = False, limit: int = MOST) -> list[Asked]:
    """Unanswered questions, the longest unanswered first: one's own, and for those who give cases
    of cases that no worker has taken on; or everybody's, of the cases that the viewer may see."""
    statement = (
        select(
            Case.number, Case.title, Case.sensitivity, Case.assignee_id, Case.status,
            DelayQuestion.stage, DelayQuestion.due_on, DelayQuestion.first_asked_at,
            DelayQuestion.asked_at, DelayQuestion.times, User.display_name,
        )
        .join(Case, Case.id == DelayQuestion.case_id)
        .outerjoin(User, User.id == Case.assignee_id)
        .where(DelayQuestion.answered_at.is_(None), Case.closed_at.is_(None))
        .where(visible_to(viewer), true() if everybodys else asked_of(viewer))
        .order_by(DelayQuestion.first_asked_at, DelayQuestion.id)
        .limit(limit)
    )  # fmt: skip
    return [
        Asked(
            row.number, row.title if sees_names(viewer, row) else "", row.stage, row.due_on,
            row.first_asked_at, row.asked_at, row.times, row.display_name or "",
            row.assignee_id == viewer.user_id and row.status is not CaseStatus.OFFERED,
        )
        for row in db.session.execute(statement)
    ]  # fmt: skip


def asked_of(viewer: Viewer) -> ColumnElement[bool]:
    """Whether a question is the viewer's to answer, as a condition. Whoever was offered a case and
    has not said yes answers for nothing yet."""
    offered = Case.status == CaseStatus.OFFERED
    mine = and_(Case.assignee_id == viewer.user_id, not_(offered))
    if not viewer.can(Permission.ASSIGN_CASES):
        return mine
    return or_(mine, offered, DelayQuestion.owner_id.is_(None))


@dataclass(frozen=True, slots=True)
class DeskLine:
    """What somebody finds on their desk: a notice of a deadline, or (``times`` > 0) the question
    why a case is late, asked so many times."""

    id: int
    number: str
    stage: Stage
    due_on: date
    at: datetime
    times: int


@dataclass(frozen=True, slots=True)
class DeskLines:
    """The unread notices and unanswered questions of one desk; ``more``: there are more of them."""

    notices: tuple[DeskLine, ...]
    questions: tuple[DeskLine, ...]
    more_notices: bool = False
    more_questions: bool = False
    decisions: int = 0
    """Requests for help from funds that wait for this person's decision or vote."""
    reviews: int = 0
    """Closings that wait for this person's review."""


def desk_lines(viewer: Viewer) -> DeskLines:
    """The newest unread notices, the questions that have waited longest, and how many requests
    for help wait to be decided. One statement."""
    notices = _lines(
        select(*_columns(DeadlineNotice, DeadlineNotice.made_at, literal(0)))
        .join(Case, Case.id == DeadlineNotice.case_id)
        .where(DeadlineNotice.user_id == viewer.user_id, DeadlineNotice.read_at.is_(None))
        .where(Case.closed_at.is_(None), visible_to(viewer))
        .order_by(DeadlineNotice.id.desc())
    )
    asked = _lines(
        select(*_columns(DelayQuestion, DelayQuestion.asked_at, DelayQuestion.times))
        .join(Case, Case.id == DelayQuestion.case_id)
        .where(DelayQuestion.answered_at.is_(None), Case.closed_at.is_(None))
        .where(visible_to(viewer), asked_of(viewer))
        .order_by(DelayQuestion.first_asked_at, DelayQuestion.id)
    )
    decisions = select(
        waiting_count(viewer).scalar_subquery(), literal(""), null(), null(), null(), literal(-1)
    )
    reviews = select(
        review_count(viewer).scalar_subquery(), literal(""), null(), null(), null(), literal(-2)
    )
    found = db.session.execute(union_all(notices, asked, decisions, reviews)).all()
    rows = [
        DeskLine(row.id, row.number, row.stage, row.due_on, row.at, row.times)
        for row in found
        if row.times >= 0
    ]
    told = sorted((row for row in rows if not row.times), key=lambda row: -row.id)
    why = sorted((row for row in rows if row.times), key=lambda row: row.id)
    return DeskLines(
        tuple(told[:ON_A_DESK]), tuple(why[:ON_A_DESK]),
        len(told) > ON_A_DESK, len(why) > ON_A_DESK,
        next((row.id for row in found if row.times == -1), 0),
        next((row.id for row in found if row.times == -2), 0),
    )  # fmt: skip


def unread_notices(user_id: Any) -> ScalarSelect[int]:
    """How many notices of deadlines of open cases a person has not read, inside another
    statement."""
    return (
        select(func.count())
        .select_from(DeadlineNotice)
        .join(Case, Case.id == DeadlineNotice.case_id)
        .where(DeadlineNotice.user_id == user_id, DeadlineNotice.read_at.is_(None))
        .where(Case.closed_at.is_(None))
        .scalar_subquery()
    )


def notices_of(viewer: Viewer, limit: int = MOST) -> list[DeskLine]:
    """The unread notices of deadlines on a desk, the newest first."""
    rows = db.session.execute(
        select(*_columns(DeadlineNotice, DeadlineNotice.made_at, literal(0)))
        .join(Case, Case.id == DeadlineNotice.case_id)
        .where(DeadlineNotice.user_id == viewer.user_id, DeadlineNotice.read_at.is_(None))
        .where(Case.closed_at.is_(None), visible_to(viewer))
        .order_by(DeadlineNotice.id.desc())
        .limit(limit)
    )
    return [DeskLine(*row) for row in rows]


def _columns(table: Any, at: Any, times: Any) -> tuple[Any, ...]:
    return (
        table.id, Case.number, table.stage, table.due_on, at.label("at"), times.label("times"),
    )  # fmt: skip


def _lines(statement: Select[Any]) -> Select[Any]:
    return select(statement.limit(ON_A_DESK + 1).subquery())
