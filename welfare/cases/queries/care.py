"""What a case needs and what is planned for it: lines of the one statement of ``works``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import String, case, cast, exists, func, or_, select

from welfare.accounts.models import User
from welfare.cases.kinds import ActionStatus, AgreedBy, GoalStatus, Responsible
from welfare.cases.models import (
    AssessedNeed,
    NeedsAssessment,
    PlanAction,
    PlanAgreement,
    PlanGoal,
)
from welfare.cases.queries.work_lines import work_line
from welfare.core import clock
from welfare.households.kinds import Dimension

KINDS = frozenset({"level", "goal", "action", "agreed"})


@dataclass(frozen=True, slots=True)
class Assessed:
    """An assessment: the level of each dimension that was looked at."""

    id: int
    version: int
    assessed_on: date
    by: str
    levels: Mapping[Dimension, int]


@dataclass(frozen=True, slots=True)
class ActionRow:
    """A step towards a goal; ``who`` does it."""

    id: int
    version: int
    goal_id: int
    title: str
    responsible: Responsible
    who: str
    due_on: date | None
    status: ActionStatus
    reason: str
    ended_at: datetime | None

    @property
    def overdue(self) -> bool:
        """Still to be done, past its day."""
        late = self.due_on is not None and self.due_on < clock.today()
        return self.status is ActionStatus.OPEN and late


@dataclass(frozen=True, slots=True)
class GoalRow:
    """A goal with its actions, oldest first."""

    id: int
    version: int
    title: str
    dimension: Dimension | None
    due_on: date | None
    status: GoalStatus
    reason: str
    ended_at: datetime | None
    ended_by: str
    actions: tuple[ActionRow, ...] = ()

    @property
    def planned(self) -> int:
        """Actions that were not dropped."""
        return sum(one.status is not ActionStatus.DROPPED for one in self.actions)

    @property
    def done(self) -> int:
        """Actions that are done."""
        return sum(one.status is ActionStatus.DONE for one in self.actions)

    @property
    def overdue(self) -> bool:
        """Not met, past its day."""
        late = self.due_on is not None and self.due_on < clock.today()
        return self.status is GoalStatus.OPEN and late


@dataclass(frozen=True, slots=True)
class Agreed:
    """Who agreed to the plan; ``changed``: it says something else since."""

    agreed_on: date
    by: AgreedBy
    who: str
    note: str
    recorded_by: str
    changed: bool


@dataclass(frozen=True, slots=True)
class Care:
    """Assessments newest first; goals oldest first; the newest agreement."""

    assessments: tuple[Assessed, ...] = ()
    goals: tuple[GoalRow, ...] = ()
    agreed: Agreed | None = None

    @property
    def open_goals(self) -> tuple[GoalRow, ...]:
        """Goals that are neither met nor given up."""
        return tuple(goal for goal in self.goals if goal.status is GoalStatus.OPEN)

    @property
    def kept_goals(self) -> int:
        """Goals that were not given up."""
        return sum(goal.status is not GoalStatus.DROPPED for goal in self.goals)

    @property
    def met_goals(self) -> int:
        """Goals that are met."""
        return sum(goal.status is GoalStatus.MET for goal in self.goals)

    @property
    def late_actions(self) -> int:
        """Actions past their day, of all goals."""
        return sum(one.overdue for goal in self.goals for one in goal.actions)


def members(case_id: Any) -> tuple[Any, ...]:
    """What this module adds to the statement."""
    return (_levels(case_id), _goals(case_id), _actions(case_id), _agreed(case_id))


def _levels(case_id: Any) -> Any:
    return (
        select(
            *work_line(
                "level",
                NeedsAssessment.id,
                version=AssessedNeed.level,
                kind=cast(AssessedNeed.dimension, String),
                day=NeedsAssessment.assessed_on,
                moment=NeedsAssessment.recorded_at,
                who=User.display_name,
                first=cast(NeedsAssessment.version, String),
            )
        )
        .join(AssessedNeed, AssessedNeed.assessment_id == NeedsAssessment.id)
        .outerjoin(User, User.id == NeedsAssessment.assessed_by_id)
        .where(NeedsAssessment.case_id == case_id, NeedsAssessment.withdrawn_at.is_(None))
    )


def _goals(case_id: Any) -> Any:
    return (
        select(
            *work_line(
                "goal",
                PlanGoal.id,
                version=PlanGoal.version,
                kind=cast(PlanGoal.status, String),
                words=PlanGoal.title,
                more=cast(PlanGoal.dimension, String),
                reason=PlanGoal.reason,
                day=PlanGoal.due_on,
                moment=PlanGoal.ended_at,
                who=User.display_name,
            )
        )
        .outerjoin(User, User.id == PlanGoal.ended_by_id)
        .where(PlanGoal.case_id == case_id)
    )


def _actions(case_id: Any) -> Any:
    return (
        select(
            *work_line(
                "action",
                PlanAction.id,
                version=PlanAction.version,
                kind=cast(PlanAction.status, String),
                words=PlanAction.title,
                more=cast(PlanAction.responsible, String),
                reason=PlanAction.reason,
                day=PlanAction.due_on,
                moment=PlanAction.ended_at,
                who=func.coalesce(User.display_name, PlanAction.who),
                first=cast(PlanAction.goal_id, String),
            )
        )
        .outerjoin(User, User.id == PlanAction.worker_id)
        .where(PlanAction.case_id == case_id)
    )


def _agreed(case_id: Any) -> Any:
    newest = (
        select(func.max(PlanAgreement.id)).where(PlanAgreement.case_id == case_id).scalar_subquery()
    )
    since = PlanAgreement.recorded_at
    goal_changed = exists().where(
        PlanGoal.case_id == PlanAgreement.case_id, PlanGoal.changed_at > since
    )
    action_changed = exists().where(
        PlanAction.case_id == PlanAgreement.case_id, PlanAction.changed_at > since
    )
    return (
        select(
            *work_line(
                "agreed",
                PlanAgreement.id,
                kind=cast(PlanAgreement.agreed_by, String),
                words=PlanAgreement.who,
                reason=PlanAgreement.note,
                day=PlanAgreement.agreed_on,
                moment=PlanAgreement.recorded_at,
                who=User.display_name,
                first=case((or_(goal_changed, action_changed), "changed"), else_=""),
            )
        )
        .outerjoin(User, User.id == PlanAgreement.recorded_by_id)
        .where(PlanAgreement.id == newest)
    )


def care_from(rows: Iterable[Any]) -> Care:
    """The lines of a case put together."""
    assessments: dict[int, Assessed] = {}
    goals: list[GoalRow] = []
    actions: list[ActionRow] = []
    agreed = None
    for row in sorted(rows, key=lambda row: row.id):
        if row.what == "level":
            before = assessments.get(row.id) or Assessed(
                row.id, int(row.picture), row.day, row.who or "", {}
            )
            levels = {**before.levels, Dimension(row.kind): row.version}
            assessments[row.id] = replace(before, levels=levels)
        elif row.what == "goal":
            goals.append(_goal(row))
        elif row.what == "action":
            actions.append(_action(row))
        else:
            agreed = _agreement(row)
    newest = sorted(assessments.values(), key=lambda one: (one.assessed_on, one.id), reverse=True)
    return Care(
        tuple(newest),
        tuple(
            replace(goal, actions=tuple(one for one in actions if one.goal_id == goal.id))
            for goal in goals
        ),
        agreed,
    )


def _goal(row: Any) -> GoalRow:
    return GoalRow(
        id=row.id,
        version=row.version,
        title=row.words,
        dimension=Dimension(row.fund) if row.fund else None,
        due_on=row.day,
        status=GoalStatus(row.kind),
        reason=row.decided_by,
        ended_at=row.moment,
        ended_by=row.who or "",
    )


def _action(row: Any) -> ActionRow:
    return ActionRow(
        id=row.id,
        version=row.version,
        goal_id=int(row.picture),
        title=row.words,
        responsible=Responsible(row.fund),
        who=row.who or "",
        due_on=row.day,
        status=ActionStatus(row.kind),
        reason=row.decided_by,
        ended_at=row.moment,
    )


def _agreement(row: Any) -> Agreed:
    return Agreed(
        agreed_on=row.day,
        by=AgreedBy(row.kind),
        who=row.words,
        note=row.decided_by,
        recorded_by=row.who or "",
        changed=row.picture == "changed",
    )
