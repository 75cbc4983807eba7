"""Editions of surveys, and one round with what changed since the round before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import func, select

from welfare.accounts.models import User
from welfare.core.db import db
from welfare.core.errors import NotFound
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Viewer
from welfare.households.kinds import Answer, Dimension
from welfare.households.models import (
    HouseholdSurvey,
    SurveyAnswer,
    SurveyEdition,
    SurveyIndicator,
)
from welfare.households.queries.house_parts import sees_home_health


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator; ``words`` is its text, or its number where no official text is known."""

    id: int
    number: int
    group: str
    text: str
    dimension: Dimension | None

    @property
    def words(self) -> str:
        """What a page calls it."""
        return self.text or _("Indicator %(n)s (text not entered yet)", n=self.number)


@dataclass(frozen=True, slots=True)
class Edition:
    """One questionnaire with its indicators in order."""

    id: int
    code: str
    name: str
    source: str
    active: bool
    version: int
    indicators: tuple[Indicator, ...]

    @property
    def missing(self) -> int:
        """How many indicators have no text yet."""
        return sum(not one.text for one in self.indicators)

    @property
    def groups(self) -> list[tuple[str, list[Indicator]]]:
        """The indicators by group, in order."""
        found: dict[str, list[Indicator]] = {}
        for one in self.indicators:
            found.setdefault(one.group, []).append(one)
        return list(found.items())


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """What a round found of an indicator, and what the round before had found."""

    indicator: Indicator
    answer: Answer | None
    note: str
    before: Answer | None

    @property
    def turned(self) -> str:
        """``better``, ``worse`` or nothing."""
        if self.before == Answer.FAILED and self.answer == Answer.PASSED:
            return "better"
        if self.before == Answer.PASSED and self.answer == Answer.FAILED:
            return "worse"
        return ""


@dataclass(frozen=True, slots=True)
class Round:
    """One round of one edition at one house."""

    id: int
    version: int
    edition: Edition
    surveyed_on: date
    surveyed_by: str
    monthly_income: Decimal | None
    debts: Decimal | None
    note: str
    lines: tuple[AnswerLine, ...]
    before_on: date | None
    before_income: Decimal | None
    before_debts: Decimal | None
    notes_hidden: bool

    def count(self, answer: str) -> int:
        """How many indicators have this answer."""
        return sum(line.answer == answer for line in self.lines)

    @property
    def better(self) -> list[AnswerLine]:
        """What was not passed before and is now."""
        return [line for line in self.lines if line.turned == "better"]

    @property
    def worse(self) -> list[AnswerLine]:
        """What was passed before and no longer is."""
        return [line for line in self.lines if line.turned == "worse"]

    @property
    def income_change(self) -> Decimal | None:
        """Baht a month more (or less) than in the round before."""
        return _difference(self.monthly_income, self.before_income)

    @property
    def debts_change(self) -> Decimal | None:
        """Baht owed more (or less) than in the round before."""
        return _difference(self.debts, self.before_debts)


def _difference(now: Decimal | None, before: Decimal | None) -> Decimal | None:
    return None if now is None or before is None or now == before else now - before


def editions(*, active_only: bool = False) -> list[Edition]:
    """All editions with their indicators, those in force first; two statements."""
    statement = select(SurveyEdition).order_by(
        SurveyEdition.active.desc(), SurveyEdition.first_year.desc(), SurveyEdition.id
    )
    if active_only:
        statement = statement.where(SurveyEdition.active)
    rows = db.session.scalars(statement).all()
    indicators: dict[int, list[Indicator]] = {}
    for one in db.session.scalars(
        select(SurveyIndicator)
        .where(SurveyIndicator.edition_id.in_([row.id for row in rows]))
        .order_by(SurveyIndicator.edition_id, SurveyIndicator.number)
    ):
        indicators.setdefault(one.edition_id, []).append(
            Indicator(one.id, one.number, one.group_th, one.text_th, one.dimension)
        )
    return [
        Edition(
            row.id, row.code, row.name_th, row.source, row.active, row.version,
            tuple(indicators.get(row.id, ())),
        )
        for row in rows
    ]  # fmt: skip


def edition(code: str) -> Edition:
    """The edition of this code. Raises ``NotFound``."""
    for one in editions():
        if one.code == code:
            return one
    raise NotFound


def edition_names() -> list[tuple[str, str]]:
    """Code and name of the editions in force, for the choice of a new round."""
    return [
        (row.code, row.name_th)
        for row in db.session.execute(
            select(SurveyEdition.code, SurveyEdition.name_th)
            .where(SurveyEdition.active)
            .order_by(SurveyEdition.first_year.desc(), SurveyEdition.id)
        )
    ]


def survey_round(household_id: int, survey_id: int, *, viewer: Viewer) -> Round:
    """One round of a house that the viewer may open. Raises ``NotFound``."""
    row = db.session.execute(
        select(HouseholdSurvey, SurveyEdition.code)
        .join(SurveyEdition, SurveyEdition.id == HouseholdSurvey.edition_id)
        .where(
            HouseholdSurvey.id == survey_id,
            HouseholdSurvey.household_id == household_id,
            HouseholdSurvey.withdrawn_at.is_(None),
        )
    ).first()
    if row is None:
        raise NotFound
    survey: HouseholdSurvey = row.HouseholdSurvey
    form = edition(row.code)
    before = _before(survey)
    answers = _answers([survey.id, *([before.id] if before else [])])
    health = sees_home_health(viewer, household_id)
    return Round(
        id=survey.id,
        version=survey.version,
        edition=form,
        surveyed_on=survey.surveyed_on,
        surveyed_by=survey.surveyed_by,
        monthly_income=survey.monthly_income,
        debts=survey.debts,
        note=survey.note,
        lines=tuple(
            _line(one, answers, survey.id, before.id if before else 0, health)
            for one in form.indicators
        ),
        before_on=before.surveyed_on if before else None,
        before_income=before.monthly_income if before else None,
        before_debts=before.debts if before else None,
        notes_hidden=not health,
    )


def _before(survey: HouseholdSurvey) -> Any:
    earlier = (HouseholdSurvey.surveyed_on < survey.surveyed_on) | (
        (HouseholdSurvey.surveyed_on == survey.surveyed_on) & (HouseholdSurvey.id < survey.id)
    )
    return db.session.execute(
        select(
            HouseholdSurvey.id, HouseholdSurvey.surveyed_on, HouseholdSurvey.monthly_income,
            HouseholdSurvey.debts,
        )
        .where(
            HouseholdSurvey.household_id == survey.household_id,
            HouseholdSurvey.edition_id == survey.edition_id,
            HouseholdSurvey.withdrawn_at.is_(None),
            earlier,
        )
        .order_by(HouseholdSurvey.surveyed_on.desc(), HouseholdSurvey.id.desc())
        .limit(1)
    ).first()  # fmt: skip


def _answers(survey_ids: list[int]) -> Mapping[tuple[int, int], tuple[Answer, str]]:
    return {
        (row.survey_id, row.indicator_id): (row.answer, row.note)
        for row in db.session.execute(
            select(
                SurveyAnswer.survey_id, SurveyAnswer.indicator_id, SurveyAnswer.answer,
                SurveyAnswer.note,
            ).where(SurveyAnswer.survey_id.in_(survey_ids))
        )
    }  # fmt: skip


def _line(
    one: Indicator,
    answers: Mapping[tuple[int, int], tuple[Answer, str]],
    survey_id: int,
    before_id: int,
    health: bool,
) -> AnswerLine:
    answer, note = answers.get((survey_id, one.id), (None, ""))
    before, _note = answers.get((before_id, one.id), (None, ""))
    seen = health or one.dimension != Dimension.HEALTH
    return AnswerLine(one, answer, note if seen else "", before)


def rounds_of_edition(edition_id: int) -> int:
    """How many rounds an edition has, over all houses."""
    return int(
        db.session.scalar(
            select(func.count()).where(
                HouseholdSurvey.edition_id == edition_id, HouseholdSurvey.withdrawn_at.is_(None)
            )
        )
        or 0
    )


def recorded_already(
    house_id: int, edition_id: int, day: date, *, but: int | None = None
) -> str | None:
    """Who recorded this edition at this house for this day, but for one round; empty where nobody
    is named, ``None`` where it was not recorded."""
    found = db.session.execute(
        select(HouseholdSurvey.surveyed_by, User.display_name)
        .outerjoin(User, User.id == HouseholdSurvey.recorded_by_id)
        .where(
            HouseholdSurvey.household_id == house_id,
            HouseholdSurvey.edition_id == edition_id,
            HouseholdSurvey.surveyed_on == day,
            HouseholdSurvey.withdrawn_at.is_(None),
            HouseholdSurvey.id != (but or 0),
        )
        .limit(1)
    ).first()
    return None if found is None else found.display_name or found.surveyed_by or ""
