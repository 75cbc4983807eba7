"""What the office knows of its demonstration workers: skills, languages, villages, absences, and
some visits for today. Written through the services, so that audit and timeline come of it."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from welfare.accounts.models import User
from welfare.accounts.queries import viewer_of
from welfare.cases.models import Case
from welfare.cases.workflow import CaseStatus
from welfare.core import clock
from welfare.core.errors import Refused
from welfare.core.security.permissions import Viewer
from welfare.dispatch import queries
from welfare.dispatch import services as dispatch
from welfare.dispatch.facts import ProfileFacts
from welfare.dispatch.workflow import AbsenceKind, Language, Vehicle
from welfare.households.kinds import Sex

PROFILES: dict[str, tuple[int, tuple[Language, ...], tuple[int, ...], Sex, Vehicle, bool]] = {
    "caseworker1": (0, (Language.NORTHERN,), (1, 2, 3), Sex.MALE, Vehicle.MOTORCYCLE, True),
    "caseworker2": (1, (Language.NORTHERN, Language.SHAN), (6, 9), Sex.FEMALE, Vehicle.CAR, True),
    "caseworker3": (2, (Language.KAREN,), (5, 11), Sex.FEMALE, Vehicle.OFFICE, True),
    "caseworker4": (3, (Language.SIGN,), (4, 7, 10), Sex.MALE, Vehicle.MOTORCYCLE, True),
    "caseworker5": (4, (Language.NORTHERN, Language.LAHU), (3, 8), Sex.FEMALE, Vehicle.NONE, False),
}
"""First skill, languages, villages, sex, vehicle, whether they go alone."""
HOURS = ("09:00", "10:30", "13:30", "15:00")
VISITS = 3
"""Visits a worker has today, at most."""


def seed_crew(session: Session) -> None:
    """Enter profiles, absences and today's visits. The caller commits."""
    officer = viewer_of("officer")
    if officer is None:
        return
    codes = [row.code for row in queries.skills()]
    for username, known in PROFILES.items():
        worker = viewer_of(username)
        if worker is not None:
            _profile(officer, username, known, codes)
            _visits(session, worker)
    _absences(officer)


def _profile(
    officer: Viewer,
    username: str,
    known: tuple[int, tuple[Language, ...], tuple[int, ...], Sex, Vehicle, bool],
    codes: list[str],
) -> None:
    place, languages, villages, sex, vehicle, alone = known
    skills = {codes[(place + step) % len(codes)] for step in (0, 2)} if codes else set()
    facts = ProfileFacts(
        skills=tuple(skills), languages=tuple(one.value for one in languages),
        villages=villages, sex=sex, starts="08:30", ends="16:30", max_visits=8, alone=alone,
        vehicle=vehicle,
    )  # fmt: skip
    dispatch.edit_profile(actor=officer, username=username, version=0, facts=facts)


def _absences(officer: Viewer) -> None:
    today = clock.today()
    for username, first, days, kind in (
        ("caseworker3", 0, 1, AbsenceKind.TRAINING),
        ("caseworker4", 5, 2, AbsenceKind.LEAVE),
        ("caseworker5", 12, 4, AbsenceKind.LEAVE),
    ):
        if viewer_of(username) is not None:
            begins = today + timedelta(days=first)
            dispatch.add_absence(
                actor=officer, username=username, first_day=begins,
                last_day=begins + timedelta(days=days), kind=kind,
            )  # fmt: skip


def _visits(session: Session, worker: Viewer) -> None:
    numbers = session.scalars(
        select(Case.number)
        .join(User, User.id == Case.assignee_id)
        .where(User.username == worker.username, Case.status == CaseStatus.WORKING)
        .order_by(Case.due_at)
        .limit(VISITS)
    ).all()
    for place, number in enumerate(numbers):
        try:
            dispatch.plan_visit(
                actor=worker, number=number, planned_on=clock.today(),
                planned_time=HOURS[place], purpose="ติดตามความคืบหน้า",
            )  # fmt: skip
        except Refused:
            continue
