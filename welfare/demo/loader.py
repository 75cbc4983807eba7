"""Loads the fictional municipality into an empty database, in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import chain

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from welfare.cases.counters import rebuild
from welfare.cases.models import Assistance, Case, CaseEvent, CaseStage, CaseTask, EscalationRule
from welfare.core import audit
from welfare.core.audit.models import AuditEntry
from welfare.core.db import Base
from welfare.core.numbers import RunningNumber
from welfare.core.security.permissions import SYSTEM
from welfare.demo import audit_rows, case_rows, complaint_rows, known_rows, registry_rows
from welfare.demo.bulk import Row, insert_all, settle_sequences
from welfare.demo.generate import CASES, HOUSEHOLDS, SEED, generate
from welfare.demo.ground import Ground, stand_on
from welfare.demo.pictures import hang_up
from welfare.demo.rules import add_rules
from welfare.demo.seeds import Municipality
from welfare.demo.staff import ensure_accounts
from welfare.demo.stage_rows import stage_rows
from welfare.demo.timeline_rows import Timeline
from welfare.dispatch.models import Assignment, Visit
from welfare.households.models import (
    Household,
    HouseholdNeed,
    HouseholdSurvey,
    Membership,
    Person,
    PersonFact,
    PersonName,
    SurveyAnswer,
    SurveyEdition,
    SurveyIndicator,
    Village,
)
from welfare.households.models.finding import index_everything
from welfare.intake.models import Complaint, ComplaintEvent, Reporter
from welfare.setup import ensure_basics

HELD = (Household, Person, Complaint, Case)
Say = Callable[[str], None]


class NotEmptyError(Exception):
    """The database already holds households, people, complaints or cases."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """How much was loaded."""

    households: int
    people: int
    complaints: int
    cases: int


def is_empty(session: Session) -> bool:
    """Whether nothing stands in the registry, in intake and in casework."""
    return not any(session.scalar(select(func.count()).select_from(model)) for model in HELD)


def load(
    session: Session,
    *,
    now: datetime,
    password: str,
    households: int = HOUSEHOLDS,
    cases: int = CASES,
    seed: int = SEED,
    say: Say = lambda _: None,
) -> Loaded:
    """Generate the municipality as of `now` and write it; `NotEmptyError` if anything is there.

    Makes the basics and the demo accounts where they are missing. The caller commits.
    """
    if not is_empty(session):
        raise NotEmptyError
    ensure_basics()
    ensure_accounts(session, password)
    say(f"generating {households} households and {cases} cases (seed {seed})")
    town = generate(now=now, households=households, cases=cases, seed=seed)
    ground = stand_on(session, town)
    _place_villages(session, town)
    _load_registry(session, ground, say)
    _load_cases(session, ground, say)
    _load_complaints(session, ground, say)
    say(f"  photographs: {hang_up(session)}")
    _finish(session, ground, say)
    return Loaded(len(town.households), len(town.people), len(town.complaints), len(town.cases))


def _place_villages(session: Session, town: Municipality) -> None:
    for village in town.villages:
        session.execute(
            update(Village)
            .where(Village.village_no == village.no, Village.lat.is_(None))
            .values(lat=village.lat, lng=village.lng)
        )


def _write(session: Session, say: Say, model: type[Base], rows: Iterable[Row]) -> None:
    number = insert_all(session, model, list(rows))
    say(f"  {model.__tablename__}: {number}")


def _load_registry(session: Session, ground: Ground, say: Say) -> None:
    town = ground.town
    houses = (registry_rows.household_row(house, ground) for house in town.households)
    _write(session, say, Household, houses)
    people = (registry_rows.person_row(person, ground) for person in town.people)
    _write(session, say, Person, people)
    names = chain.from_iterable(map(registry_rows.name_rows, town.people))
    _write(session, say, PersonName, names)
    _write(session, say, Membership, map(registry_rows.membership_row, town.memberships))
    _load_known(session, ground, say)


def _load_known(session: Session, ground: Ground, say: Say) -> None:
    """Facts, surveys and needs of the households that an office would look after."""
    homes = known_rows.vulnerable(ground)
    facts = chain.from_iterable(known_rows.fact_rows(one, ground) for one in homes)
    _write(session, say, PersonFact, facts)
    logbook = session.execute(
        select(SurveyIndicator.id, SurveyIndicator.edition_id, SurveyIndicator.dimension)
        .join(SurveyEdition, SurveyEdition.id == SurveyIndicator.edition_id)
        .where(SurveyEdition.code == "mso-logbook")
    ).all()
    if logbook:
        edition = logbook[0].edition_id
        _write(session, say, HouseholdSurvey, known_rows.survey_rows(homes, ground, edition))
        indicators = {row.dimension: row.id for row in logbook}
        _write(session, say, SurveyAnswer, known_rows.answer_rows(homes, ground, indicators))
    needs = chain.from_iterable(known_rows.need_rows(one, ground) for one in homes)
    _write(session, say, HouseholdNeed, needs)
    index_everything(session.connection())


def _load_cases(session: Session, ground: Ground, say: Say) -> None:
    cases = ground.town.cases
    _write(session, say, Case, (case_rows.case_row(case, ground) for case in cases))
    for model, rows_of in (
        (Assignment, case_rows.assignment_rows),
        (Visit, case_rows.visit_rows),
        (Assistance, case_rows.assistance_rows),
        (CaseTask, case_rows.task_rows),
    ):
        _write(session, say, model, chain.from_iterable(rows_of(case, ground) for case in cases))
    timelines = chain.from_iterable(Timeline(case, ground).write() for case in cases)
    _write(session, say, CaseEvent, timelines)
    stages = chain.from_iterable(stage_rows(case, ground) for case in cases)
    _write(session, say, CaseStage, stages)
    week_ago = ground.town.now.date() - timedelta(days=7)
    session.execute(update(EscalationRule).values(effective_from=week_ago))


def _load_complaints(session: Session, ground: Ground, say: Say) -> None:
    complaints = ground.town.complaints
    rows = (complaint_rows.complaint_row(complaint, ground) for complaint in complaints)
    _write(session, say, Complaint, rows)
    reporters = (complaint_rows.reporter_row(complaint) for complaint in complaints)
    _write(session, say, Reporter, (row for row in reporters if row))
    history = chain.from_iterable(complaint_rows.event_rows(item, ground) for item in complaints)
    _write(session, say, ComplaintEvent, history)


def _finish(session: Session, ground: Ground, say: Say) -> None:
    """Set running numbers and sequences, count the cases, write the audit."""
    numbers = [
        {"kind": kind, "fiscal_year": year, "last": last}
        for (kind, year), last in ground.counted.items()
    ]
    insert_all(session, RunningNumber, numbers)
    settle_sequences(
        session, Household, HouseholdSurvey, Person, Complaint, Case, Assistance, CaseTask
    )
    rebuild()
    rows = audit_rows.chained(session, audit_rows.happenings(ground))
    _write(session, say, AuditEntry, rows)
    town = ground.town
    add_rules(session)
    details = {"seed": town.seed, "people": len(town.people), "cases": len(town.cases)}
    audit.record(SYSTEM, "demo.loaded", "municipality", "1", details)
