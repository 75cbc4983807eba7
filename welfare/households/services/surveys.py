"""Verbs on surveys of households: a round recorded, put right, taken back."""

from __future__ import annotations

from sqlalchemy import delete, select
from sqlalchemy.orm.attributes import flag_modified

from welfare.core import audit, clock
from welfare.core.db import db, hold
from welfare.core.errors import Forbidden, NotFound, Refused, StaleRecord
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Viewer
from welfare.households import policies
from welfare.households.facts import KEEP, SurveyEntry
from welfare.households.models import (
    Household,
    HouseholdSurvey,
    SurveyAnswer,
    SurveyEdition,
    SurveyIndicator,
)
from welfare.households.queries.loading import load_household
from welfare.households.queries.surveys import recorded_already
from welfare.households.services.writing import (
    must_be_fresh,
    must_edit,
    not_in_future,
    texts_of,
)


def record_survey(
    *, actor: Viewer, number: str, edition: str, entry: SurveyEntry
) -> HouseholdSurvey:
    """One round of an edition at a house. Its income and debts, where it is the newest round,
    become those of the household."""
    house = must_change_house(actor, number)
    form = db.session.scalar(select(SurveyEdition).where(SurveyEdition.code == edition))
    if form is None:
        raise NotFound
    _check(entry)
    _once_a_day(house.id, form.id, entry)
    survey = HouseholdSurvey(
        household_id=house.id,
        edition_id=form.id,
        recorded_at=clock.now(),
        recorded_by_id=actor.user_id or None,
        surveyed_on=entry.surveyed_on,
    )
    _write(survey, entry)
    db.session.add(survey)
    db.session.flush()
    _answer(survey, entry)
    audit.record(
        actor, "household.surveyed", "household", house.number,
        {"edition": form.code, "surveyed_on": entry.surveyed_on, "answers": len(entry.answers)},
    )  # fmt: skip
    project_round(house)
    return survey


def edit_survey(
    *, actor: Viewer, number: str, survey_id: int, version: int, entry: SurveyEntry
) -> None:
    """What was written down of a round was wrong."""
    house = must_change_house(actor, number)
    survey = _load(house, survey_id)
    if version != survey.version:
        current = texts_of(entry_of(survey)) | _answers_now(survey)
        raise StaleRecord(version=survey.version, current=current)
    _check(entry)
    _once_a_day(house.id, survey.edition_id, entry, but=survey.id)
    _write(survey, entry)
    changes = audit.changes_of(survey)
    answers = _answer(survey, entry)
    if not changes and not answers:
        return
    flag_modified(survey, "note")
    audit.record(
        actor, "household.survey_edited", "household", house.number,
        {**changes, "answers": answers},
    )  # fmt: skip
    project_round(house)


def withdraw_survey(
    *, actor: Viewer, number: str, survey_id: int, version: int, reason: str
) -> None:
    """The round should not be there; it is kept and no longer shown."""
    house = must_change_house(actor, number)
    survey = _load(house, survey_id)
    must_be_fresh(version, survey.version)
    if not reason:
        raise Refused(_("Please say why it is taken back."), field="reason")
    survey.withdrawn_at, survey.withdrawn_reason = clock.now(), reason
    audit.record(
        actor, "household.survey_withdrawn", "household", house.number,
        {"surveyed_on": survey.surveyed_on},
    )  # fmt: skip
    project_round(house)


def _once_a_day(
    house_id: int, edition_id: int, entry: SurveyEntry, *, but: int | None = None
) -> None:
    """``Refused`` where this survey was made at this house on this day already: the same round
    typed twice; what is wrong in it is put right instead. The house is locked."""
    found = recorded_already(house_id, edition_id, entry.surveyed_on, but=but)
    if found is not None:
        raise Refused(
            _(
                "This survey was already recorded at this house for this day by %(who)s. Open that"
                " round and put right what is wrong in it.",
                who=found or "–",
            ),
            field="surveyed_on",
        )


def entry_of(survey: HouseholdSurvey) -> SurveyEntry:
    """What a form would have sent, without the answers."""
    return SurveyEntry(
        surveyed_on=survey.surveyed_on,
        surveyed_by=survey.surveyed_by,
        monthly_income=survey.monthly_income,
        debts=survey.debts,
        note=survey.note,
    )


def must_change_house(actor: Viewer, number: str) -> Household:
    """The house, locked, for who may change it."""
    must_edit(actor)
    house = load_household(number, viewer=actor, for_update=True)
    if not policies.can_edit(actor, house.village_no):
        raise Forbidden
    return house


def project_round(house: Household) -> None:
    """Income and debts of the newest round that says something become those of the household."""
    db.session.flush()
    for column in ("monthly_income", "debts"):
        of_round = getattr(HouseholdSurvey, column)
        value = db.session.scalar(
            select(of_round)
            .where(
                HouseholdSurvey.household_id == house.id,
                HouseholdSurvey.withdrawn_at.is_(None),
                of_round.is_not(None),
            )
            .order_by(HouseholdSurvey.surveyed_on.desc(), HouseholdSurvey.id.desc())
            .limit(1)
        )
        if value is not None and getattr(house, column) != value:
            setattr(house, column, value)
            house.updated_at = clock.now()
    db.session.flush()


def _check(entry: SurveyEntry) -> None:
    not_in_future(entry.surveyed_on, "surveyed_on")
    if not entry.answers and entry.monthly_income is None and entry.debts is None:
        raise Refused(_("Please answer at least one indicator, or enter income or debts."))


def _write(survey: HouseholdSurvey, entry: SurveyEntry) -> None:
    survey.surveyed_on = entry.surveyed_on
    survey.surveyed_by = entry.surveyed_by
    survey.monthly_income = entry.monthly_income
    survey.debts = entry.debts
    survey.note = entry.note


def _answers_now(survey: HouseholdSurvey) -> dict[str, str]:
    """The answers that stand there now, by the names of the form's fields. Remarks are left out:
    not everybody may read those on health."""
    rows = db.session.execute(
        select(SurveyIndicator.number, SurveyAnswer.answer)
        .join(SurveyIndicator, SurveyIndicator.id == SurveyAnswer.indicator_id)
        .where(SurveyAnswer.survey_id == survey.id)
    )
    return {f"answer_{row.number}": row.answer.value for row in rows}


def _answer(survey: HouseholdSurvey, entry: SurveyEntry) -> list[int]:
    """Bring the rows of answers in line; the numbers of the indicators that changed."""
    by_number = {
        row.number: row.id
        for row in db.session.execute(
            select(SurveyIndicator.number, SurveyIndicator.id).where(
                SurveyIndicator.edition_id == survey.edition_id
            )
        )
    }
    there = {
        answer.indicator_id: answer
        for answer in db.session.scalars(
            select(SurveyAnswer).where(SurveyAnswer.survey_id == survey.id)
        )
    }
    changed: list[int] = []
    kept: set[int] = set()
    for number, answer, note in entry.answers:
        indicator = by_number.get(number)
        if indicator is None:
            raise Refused(_("There is no such indicator."))
        kept.add(indicator)
        row = there.get(indicator)
        words = (row.note if row else "") if note is KEEP else note
        if row is None:
            row = SurveyAnswer(survey_id=survey.id, indicator_id=indicator, note="")
            db.session.add(row)
        elif (row.answer, row.note) == (answer, words):
            continue
        row.answer, row.note = answer, str(words)
        changed.append(number)
    gone = set(there) - kept
    if gone:
        db.session.execute(
            delete(SurveyAnswer).where(
                SurveyAnswer.survey_id == survey.id, SurveyAnswer.indicator_id.in_(gone)
            )
        )
        changed += [number for number, indicator in by_number.items() if indicator in gone]
    db.session.flush()
    return sorted(changed)


def _load(house: Household, survey_id: int) -> HouseholdSurvey:
    return hold(
        select(HouseholdSurvey).where(
            HouseholdSurvey.id == survey_id,
            HouseholdSurvey.household_id == house.id,
            HouseholdSurvey.withdrawn_at.is_(None),
        )
    )
