"""What the page of a house shows of surveys, needs and pictures: one statement for the three."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    Date,
    Integer,
    Numeric,
    Select,
    String,
    cast,
    func,
    literal,
    null,
    select,
    type_coerce,
    union_all,
)
from sqlalchemy.orm import aliased

from welfare.core.db import db
from welfare.core.security.crypto import EncryptedText
from welfare.core.security.permissions import Permission, Viewer
from welfare.core.storage import StoredFile
from welfare.households.kinds import Answer, Dimension, FactSource, NeedKind
from welfare.households.models import (
    HouseholdNeed,
    HouseholdPhoto,
    HouseholdSurvey,
    Membership,
    SurveyAnswer,
    SurveyEdition,
)
from welfare.households.queries.health import seen_health

_Words = EncryptedText("household_needs.text")
_Small = aliased(StoredFile)
_Before = aliased(HouseholdSurvey)
_Mine = aliased(SurveyAnswer)
_Theirs = aliased(SurveyAnswer)


@dataclass(frozen=True, slots=True)
class NeedLine:
    """A problem or a strength. ``text`` is empty where it is of health and the viewer may not
    read it."""

    id: int
    version: int
    kind: NeedKind
    dimension: Dimension
    text: str
    hidden: bool
    from_day: date | None
    to_day: date | None
    source: FactSource
    source_note: str


@dataclass(frozen=True, slots=True)
class RoundLine:
    """One round of a survey: how many indicators were passed, and how many changed since the round
    before of the same edition."""

    id: int
    edition: str
    surveyed_on: date
    surveyed_by: str
    passed: int
    failed: int
    better: int
    worse: int
    again: bool
    monthly_income: Decimal | None
    debts: Decimal | None


@dataclass(frozen=True, slots=True)
class PhotoLine:
    """A picture of the house."""

    id: int
    public_id: str
    thumb: str
    caption: str
    taken_on: date | None


@dataclass(frozen=True, slots=True)
class HouseParts:
    """Surveys newest first, needs that hold first, pictures newest first."""

    rounds: tuple[RoundLine, ...] = ()
    needs: tuple[NeedLine, ...] = ()
    photos: tuple[PhotoLine, ...] = ()


def house_parts(household_id: int, *, viewer: Viewer) -> HouseParts:
    """All three of a house whose page the viewer may open."""
    rows = db.session.execute(
        union_all(_rounds(household_id), _needs(household_id), _photos(household_id))
    ).all()
    needs = [row for row in rows if row.part == "need"]
    touchy = any(row.b == Dimension.HEALTH for row in needs)
    health = not touchy or sees_home_health(viewer, household_id)
    return HouseParts(
        rounds=tuple(
            sorted(
                (_round(row) for row in rows if row.part == "round"),
                key=lambda line: (line.surveyed_on, line.id),
                reverse=True,
            )
        ),
        needs=tuple(sorted((_need(row, health) for row in needs), key=_order)),
        photos=tuple(
            sorted(
                (_photo(row) for row in rows if row.part == "photo"),
                key=lambda line: line.id,
                reverse=True,
            )
        ),
    )


def sees_home_health(viewer: Viewer, household_id: int) -> bool:
    """Whether the viewer may read what is said of health in this house: by right, or because they
    work for somebody who belongs to it."""
    if viewer.can(Permission.VIEW_RESTRICTED):
        return True
    members = db.session.scalars(
        select(Membership.person_id).where(
            Membership.household_id == household_id, Membership.to_day.is_(None)
        )
    ).all()
    return bool(seen_health(viewer, members))


def _arm(part: str, **given: Any) -> list[Any]:
    """The columns that every arm of the union has, in one order and of one type."""
    kinds: dict[str, Any] = {
        "id": Integer(), "a": String(200), "b": String(60), "c": String(120), "d": String(200),
        "words": _Words, "day": Date(), "until": Date(), "money": Numeric(12, 2),
        "owed": Numeric(12, 2), "n1": Integer(), "n2": Integer(), "n3": Integer(),
        "n4": Integer(), "n5": Integer(),
    }  # fmt: skip
    columns = [literal(part, String(10)).label("part")]
    for name, kind in kinds.items():
        value = given.get(name)
        if value is None:
            columns.append(_nothing(kind).label(name))
        else:
            columns.append(value.label(name))
    return columns


def _nothing(kind: Any) -> Any:
    if kind is _Words:
        return type_coerce(cast(null(), _Words.impl_instance), _Words)
    return cast(null(), kind)


def _rounds(household_id: int) -> Select[*tuple[Any, ...]]:
    before = (
        select(_Before.id)
        .where(
            _Before.household_id == HouseholdSurvey.household_id,
            _Before.edition_id == HouseholdSurvey.edition_id,
            _Before.withdrawn_at.is_(None),
            (_Before.surveyed_on < HouseholdSurvey.surveyed_on)
            | (
                (_Before.surveyed_on == HouseholdSurvey.surveyed_on)
                & (_Before.id < HouseholdSurvey.id)
            ),
        )
        .order_by(_Before.surveyed_on.desc(), _Before.id.desc())
        .limit(1)
        .correlate(HouseholdSurvey)
        .scalar_subquery()
    )
    return (
        select(
            *_arm(
                "round",
                id=HouseholdSurvey.id,
                a=SurveyEdition.name_th,
                c=HouseholdSurvey.surveyed_by,
                day=HouseholdSurvey.surveyed_on,
                money=HouseholdSurvey.monthly_income,
                owed=HouseholdSurvey.debts,
                n1=_count(Answer.PASSED),
                n2=_count(Answer.FAILED),
                n3=_turned(Answer.FAILED, Answer.PASSED, before),
                n4=_turned(Answer.PASSED, Answer.FAILED, before),
                n5=before,
            )
        )
        .join(SurveyEdition, SurveyEdition.id == HouseholdSurvey.edition_id)
        .where(HouseholdSurvey.household_id == household_id, HouseholdSurvey.withdrawn_at.is_(None))
    )


def _count(answer: Answer) -> Any:
    return (
        select(func.count())
        .where(SurveyAnswer.survey_id == HouseholdSurvey.id, SurveyAnswer.answer == answer)
        .correlate(HouseholdSurvey)
        .scalar_subquery()
    )


def _turned(was: Answer, now: Answer, before: Any) -> Any:
    return (
        select(func.count())
        .select_from(_Mine)
        .join(_Theirs, _Theirs.indicator_id == _Mine.indicator_id)
        .where(
            _Mine.survey_id == HouseholdSurvey.id,
            _Mine.answer == now,
            _Theirs.survey_id == before,
            _Theirs.answer == was,
        )
        .correlate(HouseholdSurvey)
        .scalar_subquery()
    )


def _needs(household_id: int) -> Select[*tuple[Any, ...]]:
    return select(
        *_arm(
            "need",
            id=HouseholdNeed.id,
            n1=HouseholdNeed.version,
            a=cast(HouseholdNeed.kind, String(200)),
            b=cast(HouseholdNeed.dimension, String(60)),
            c=cast(HouseholdNeed.source, String(120)),
            d=HouseholdNeed.source_note,
            words=HouseholdNeed.text,
            day=HouseholdNeed.from_day,
            until=HouseholdNeed.to_day,
        )
    ).where(HouseholdNeed.household_id == household_id, HouseholdNeed.withdrawn_at.is_(None))


def _photos(household_id: int) -> Select[*tuple[Any, ...]]:
    return (
        select(
            *_arm(
                "photo",
                id=HouseholdPhoto.id,
                a=HouseholdPhoto.caption,
                c=StoredFile.public_id,
                b=_Small.public_id,
                day=HouseholdPhoto.taken_on,
            )
        )
        .join(StoredFile, StoredFile.id == HouseholdPhoto.file_id)
        .outerjoin(_Small, _Small.id == StoredFile.thumbnail_id)
        .where(HouseholdPhoto.household_id == household_id, HouseholdPhoto.removed_at.is_(None))
    )


def _round(row: Any) -> RoundLine:
    return RoundLine(
        id=row.id, edition=row.a, surveyed_on=row.day, surveyed_by=row.c or "",
        passed=row.n1, failed=row.n2, better=row.n3, worse=row.n4, again=row.n5 is not None,
        monthly_income=row.money, debts=row.owed,
    )  # fmt: skip


def _need(row: Any, health: bool) -> NeedLine:
    hidden = row.b == Dimension.HEALTH and not health
    return NeedLine(
        id=row.id,
        version=row.n1,
        kind=NeedKind(row.a),
        dimension=Dimension(row.b),
        text="" if hidden else row.words,
        hidden=hidden,
        from_day=row.day,
        to_day=row.until,
        source=FactSource(row.c),
        source_note="" if hidden else row.d or "",
    )


def _order(line: NeedLine) -> tuple[bool, str, int]:
    return (line.to_day is not None, line.kind.value, -line.id)


def _photo(row: Any) -> PhotoLine:
    return PhotoLine(row.id, row.c, row.b or row.c, row.a or "", row.day)
