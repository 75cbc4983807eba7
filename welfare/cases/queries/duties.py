"""What dates and states ask to be done: derived at every reading, gone when the cause is gone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import (
    Date,
    Integer,
    and_,
    bindparam,
    case,
    exists,
    func,
    or_,
    select,
    type_coerce,
    union_all,
)
from sqlalchemy.orm import aliased

from welfare.benefits.models import EquipmentKind, EquipmentPiece
from welfare.cases.kinds import ActionStatus, CareDays, Duty, Responsible
from welfare.cases.models import (
    Case,
    CaseTask,
    EquipmentLoan,
    HelpRequest,
    NeedsAssessment,
    PlanAction,
)
from welfare.cases.parts import duties_of
from welfare.cases.policies import searchable, visible_to
from welfare.cases.queries.lists import care_days
from welfare.cases.queries.work_lines import duty_line
from welfare.cases.workflow import HelpStatus, LoanStatus, TaskStatus
from welfare.core import clock
from welfare.core.db import day_of, db
from welfare.core.security.permissions import Permission, Viewer
from welfare.households.kinds import FactKind
from welfare.households.models import PersonFact

MOST = 100
AHEAD = timedelta(days=7)
"""How long before its day an action of a plan is brought up."""


@dataclass(frozen=True, slots=True, order=True)
class DutyRow:
    """Something to be done: what, about what, and the day that asks for it; sorted by the day,
    ``date.max`` where nobody set one."""

    day: date
    kind: Duty
    number: str
    words: str
    title: str
    words_en: str = ""

    @property
    def dated(self) -> bool:
        """Whether a day was set at all."""
        return self.day != date.max

    @property
    def late(self) -> bool:
        """Whether the day has passed."""
        return self.day < clock.today()

    def about(self, lang: str) -> str:
        """What it is about, where a language matters."""
        return self.words_en if lang == "en" and self.words_en else self.words


def duty_members(which: Any) -> tuple[Any, ...]:
    """What is derived for the open cases for which a condition on ``Case`` holds."""
    open_ones = and_(Case.closed_at.is_(None), which)
    own = (
        _handed_over(open_ones),
        _loans(open_ones),
        _cards(open_ones),
        _assessments(open_ones),
        _waits(open_ones),
    )
    return (*own, *duties_of(open_ones))


def duty_values() -> dict[str, Any]:
    """The days that the statements compare with: by the numbers in force today."""
    today = clock.today()
    return {
        "loans_until": today + timedelta(days=care_days(CareDays.LOAN_ENDS)),
        "cards_until": today + timedelta(days=care_days(CareDays.CARD_ENDS)),
        "waits_ended": today,
        "assessed_before": today - timedelta(days=care_days(CareDays.ASSESS_AGAIN)),
    }


def duty_row(row: Any) -> DutyRow:
    """A line of the statement; an assessment is due again so many days after its own."""
    kind, day = Duty(row.kind), row.day or date.max
    if kind is Duty.ASSESS_AGAIN:
        day += timedelta(days=care_days(CareDays.ASSESS_AGAIN))
    return DutyRow(day, kind, row.picture, row.words or "", row.thumbnail, row.fund or "")


def my_duties(viewer: Viewer) -> list[DutyRow]:
    """What is asked of somebody: by dates in the cases they have, by a plan, and as a task in any
    case that they see; of who gives out work, also the waits that ended in cases nobody has."""
    mine = and_(Case.assignee_id == bindparam("me", type_=Integer), visible_to(viewer))
    members = [_tasks(viewer), _actions(viewer), *duty_members(mine)]
    if viewer.can(Permission.ASSIGN_CASES):
        members.append(_ownerless_waits(viewer))
    statement = union_all(*members)
    values = {
        "me": viewer.user_id,
        "actions_until": clock.today() + AHEAD,
        "today": clock.today(),
        **duty_values(),
    }
    rows = db.session.connection().execute(_named(statement), values)
    return sorted(duty_row(row) for row in rows)[:MOST]


def _named(statement: Any) -> Any:
    """The columns that :func:`duty_row` reads, by the names that ``works`` gives them."""
    inner = statement.subquery()
    names = {3: "kind", 4: "words", 6: "fund", 8: "day", 11: "picture", 12: "thumbnail"}
    columns = list(inner.c)
    return select(*(columns[place].label(name) for place, name in names.items()))


def _tasks(viewer: Viewer) -> Any:
    """Those that are mine, whoever has the case, with a day and without."""
    return (
        select(*duty_line(Duty.TASK, Case, day=CaseTask.due_on, words=CaseTask.title))
        .select_from(CaseTask)
        .join(Case, Case.id == CaseTask.case_id)
        .where(CaseTask.assignee_id == bindparam("me", type_=Integer))
        .where(CaseTask.status == TaskStatus.OPEN, Case.closed_at.is_(None), visible_to(viewer))
    )


def _actions(viewer: Viewer) -> Any:
    """Mine within the week, and in my cases those of others that are late."""
    me = bindparam("me", type_=Integer)
    own = and_(PlanAction.worker_id == me, PlanAction.due_on <= bindparam("actions_until"))
    others = and_(
        Case.assignee_id == me,
        PlanAction.responsible != Responsible.WORKER,
        PlanAction.due_on < bindparam("today"),
    )
    return (
        select(*duty_line(Duty.ACTION, Case, day=PlanAction.due_on, words=PlanAction.title))
        .select_from(PlanAction)
        .join(Case, Case.id == PlanAction.case_id)
        .where(PlanAction.status == ActionStatus.OPEN, or_(own, others))
        .where(Case.closed_at.is_(None), visible_to(viewer))
    )


def _handed_over(which: Any) -> Any:
    granted = day_of(func.coalesce(HelpRequest.decided_at, HelpRequest.asked_at))
    return (
        select(*duty_line(Duty.HAND_OVER, Case, day=granted, words=HelpRequest.description))
        .select_from(HelpRequest)
        .join(Case, Case.id == HelpRequest.case_id)
        .where(HelpRequest.status.in_((HelpStatus.APPROVED, HelpStatus.PARTLY)), which)
    )


def _loans(which: Any) -> Any:
    words = EquipmentKind.name_th
    return (
        select(
            *duty_line(
                Duty.LOAN, Case, day=EquipmentLoan.due_on, words=words, more=EquipmentKind.name_en
            )
        )
        .select_from(EquipmentLoan)
        .join(Case, Case.id == EquipmentLoan.case_id)
        .join(EquipmentPiece, EquipmentPiece.id == EquipmentLoan.piece_id)
        .join(EquipmentKind, EquipmentKind.id == EquipmentPiece.kind_id)
        .where(EquipmentLoan.status == LoanStatus.OUT, which)
        .where(EquipmentLoan.due_on <= bindparam("loans_until"))
    )


def _cards(which: Any) -> Any:
    """The disability card of the person helped, unless another one lasts longer."""
    newer = aliased(PersonFact)
    longer = exists().where(
        newer.person_id == PersonFact.person_id,
        newer.kind == FactKind.DISABILITY,
        newer.expires_on > PersonFact.expires_on,
        newer.withdrawn_at.is_(None),
        newer.superseded_by_id.is_(None),
    )
    return (
        select(*duty_line(Duty.CARD, Case, day=PersonFact.expires_on))
        .select_from(PersonFact)
        .join(Case, Case.person_id == PersonFact.person_id)
        .where(
            PersonFact.kind == FactKind.DISABILITY,
            PersonFact.withdrawn_at.is_(None),
            PersonFact.superseded_by_id.is_(None),
            PersonFact.to_day.is_(None),
            PersonFact.expires_on <= bindparam("cards_until"),
            ~longer,
            which,
        )
    )


def _assessments(which: Any) -> Any:
    newest = (
        select(func.max(NeedsAssessment.assessed_on))
        .where(NeedsAssessment.case_id == Case.id, NeedsAssessment.withdrawn_at.is_(None))
        .correlate(Case)
        .scalar_subquery()
    )
    return (
        select(*duty_line(Duty.ASSESS_AGAIN, Case, day=type_coerce(newest, Date)))
        .select_from(Case)
        .where(newest < bindparam("assessed_before"), which)
    )


def _ownerless_waits(viewer: Viewer) -> Any:
    """Those of cases without a worker, under the names that the viewer's lists show."""
    nobodys = and_(Case.closed_at.is_(None), Case.assignee_id.is_(None), visible_to(viewer))
    return _waits(nobodys, title=case((searchable(viewer), Case.title), else_=""))


def _waits(which: Any, title: Any = None) -> Any:
    """A case that waits longer than it was to."""
    return (
        select(*duty_line(Duty.WAIT_ENDS, Case, day=Case.waits_until, title=title))
        .select_from(Case)
        .where(Case.paused_at.is_not(None), which)
        .where(Case.waits_until <= bindparam("waits_ended"))
    )
