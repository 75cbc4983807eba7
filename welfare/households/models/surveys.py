"""Surveys of households by round: editions and their indicators are data, answers are rows."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import Date, ForeignKey, Index, Numeric, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from welfare.core.db import Base, UTCDateTime, Versioned, personal, str_enum
from welfare.households.kinds import Answer, Dimension
from welfare.households.models.changes import tracked


class SurveyEdition(Versioned, Base):
    """One questionnaire as it was in force for some years: จปฐ. of a plan, MSO-Logbook."""

    __tablename__ = "survey_editions"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(40), unique=True)
    name_th: Mapped[str] = mapped_column(String(200))
    name_en: Mapped[str] = mapped_column(String(200), default="")
    first_year: Mapped[int | None]
    last_year: Mapped[int | None]
    """Buddhist years in which it is in force; none: without limit."""
    source: Mapped[str] = mapped_column(Text, default="")
    """Where the words come from, and which of them are still missing."""
    active: Mapped[bool] = mapped_column(default=True)
    """Offered for a new round."""


class SurveyIndicator(Versioned, Base):
    """One indicator of an edition. ``text_th`` is empty where no official text was found."""

    __tablename__ = "survey_indicators"
    __table_args__ = (UniqueConstraint("edition_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("survey_editions.id"))
    number: Mapped[int]
    group_th: Mapped[str] = mapped_column(String(120), default="")
    text_th: Mapped[str] = mapped_column(String(400), default="")
    dimension: Mapped[Dimension | None] = mapped_column(str_enum(Dimension))
    """Which of the five dimensions it speaks of; ``None`` where nobody has said."""


@tracked
class HouseholdSurvey(Versioned, Base):
    """One round of one edition at one house."""

    __tablename__ = "household_surveys"
    __table_args__ = (Index("ix_household_surveys_household", "household_id", "surveyed_on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    household_id: Mapped[int] = mapped_column(ForeignKey("households.id"))
    edition_id: Mapped[int] = mapped_column(ForeignKey("survey_editions.id"))
    surveyed_on: Mapped[date] = mapped_column(Date)
    surveyed_by: Mapped[str] = mapped_column(
        String(120), default="", info=personal("staff", retention="registry")
    )
    monthly_income: Mapped[Decimal | None] = mapped_column(
        Numeric(12, 2), info=personal("welfare", retention="registry")
    )
    debts: Mapped[Decimal | None] = mapped_column(
        Numeric(12, 2), info=personal("welfare", retention="registry")
    )
    note: Mapped[str] = mapped_column(
        Text, default="", info=personal("narrative", retention="registry")
    )
    recorded_at: Mapped[datetime] = mapped_column(UTCDateTime)
    recorded_by_id: Mapped[int | None]
    withdrawn_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    withdrawn_reason: Mapped[str] = mapped_column(
        String(200), default="", info=personal("narrative", retention="registry")
    )


@tracked
class SurveyAnswer(Base):
    """What a round found of one indicator."""

    __tablename__ = "survey_answers"
    __table_args__ = (UniqueConstraint("survey_id", "indicator_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    survey_id: Mapped[int] = mapped_column(ForeignKey("household_surveys.id"))
    indicator_id: Mapped[int] = mapped_column(ForeignKey("survey_indicators.id"), index=True)
    answer: Mapped[Answer] = mapped_column(
        str_enum(Answer), info=personal("welfare", retention="registry")
    )
    note: Mapped[str] = mapped_column(
        String(300), default="", info=personal("narrative", retention="registry")
    )
