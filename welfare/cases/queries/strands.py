"""What cases tell on the timeline of a house or a person: opened, closed, reopened, help given."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Select, case, or_, select

from welfare.accounts.models import User
from welfare.cases.models import Assistance, Case, CaseEvent
from welfare.cases.policies import searchable, visible_to
from welfare.cases.workflow import EventKind
from welfare.core.db import moment_of
from welfare.core.security.permissions import Viewer
from welfare.households.parts import line_columns

Statement = Select[*tuple[Any, ...]]

TOLD = (EventKind.OPENED, EventKind.CLOSED, EventKind.REOPENED)


def of_home(household_id: int | None, person_id: int | None) -> ColumnElement[bool]:
    """``Case`` is about this house, or this person."""
    if household_id is not None:
        return Case.household_id == household_id
    return Case.person_id == person_id


def titled(viewer: Viewer) -> ColumnElement[str]:
    """The title of a visible case; empty where lists do not show it to this viewer."""
    return case((searchable(viewer), Case.title), else_="")


def case_steps(*, household_id: int | None, person_id: int | None, viewer: Viewer) -> Statement:
    """The beginnings and ends of the cases that the viewer may see."""
    return (
        select(
            *line_columns(
                "cases",
                CaseEvent.kind,
                CaseEvent.at,
                CaseEvent.id,
                ref=Case.number,
                text=titled(viewer),
                more=case((CaseEvent.kind == EventKind.CLOSED, Case.outcome), else_=""),
                who=User.display_name,
            )
        )
        .join(Case, Case.id == CaseEvent.case_id)
        .outerjoin(User, User.id == CaseEvent.actor_id)
        .where(of_home(household_id, person_id), visible_to(viewer), CaseEvent.kind.in_(TOLD))
    )


def help_given(*, household_id: int | None, person_id: int | None, viewer: Viewer) -> Statement:
    """Help of the cases that the viewer may see; a record that was taken back is no help."""
    whose = of_home(household_id, person_id)
    if person_id is not None:
        whose = or_(whose, Assistance.person_id == person_id)
    return (
        select(
            *line_columns(
                "help",
                Assistance.kind,
                moment_of(Assistance.given_on),
                Assistance.id,
                whole_day=True,
                ref=Case.number,
                text=case((searchable(viewer), Assistance.description), else_=""),
                more=Assistance.fund,
                amount=Assistance.amount,
                who=User.display_name,
            )
        )
        .join(Case, Case.id == Assistance.case_id)
        .outerjoin(User, User.id == Assistance.recorded_by_id)
        .where(whose, visible_to(viewer), Assistance.withdrawn_at.is_(None))
    )
