"""People and the names they have had."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import (
    ColumnElement,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Numeric,
    String,
    Text,
    and_,
    false,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from welfare.core.db import Base, UTCDateTime, Versioned, personal, str_enum
from welfare.core.security.crypto import EncryptedText
from welfare.core.thai.identity import IdKind
from welfare.households.kinds import DatePrecision, Disability, MaritalStatus, Sex, YesNo


class Person(Versioned, Base):
    """A citizen in the registry."""

    __tablename__ = "people"
    __table_args__ = (
        Index(
            "ix_people_merged_into_id",
            "merged_into_id",
            sqlite_where=text("merged_into_id IS NOT NULL"),
            postgresql_where=text("merged_into_id IS NOT NULL"),
        ),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    """Never given twice, also after an undo took the row away: histories speak of it."""
    number: Mapped[str] = mapped_column(String(20), unique=True)
    title: Mapped[str] = mapped_column(
        String(40), default="", info=personal("identity", retention="registry")
    )
    first_name: Mapped[str] = mapped_column(
        String(100), info=personal("identity", retention="registry")
    )
    middle_name: Mapped[str] = mapped_column(
        String(100), default="", info=personal("identity", retention="registry")
    )
    last_name: Mapped[str] = mapped_column(
        String(100), default="", info=personal("identity", retention="registry")
    )
    """Empty for people without a surname (monks, hill peoples)."""
    search_key: Mapped[str] = mapped_column(
        String(400), default="", info=personal("identity", retention="registry")
    )
    """First, middle, last and earlier names: ``keys.person_key``."""
    sex: Mapped[Sex] = mapped_column(str_enum(Sex), default=Sex.UNKNOWN)
    birth_date: Mapped[date | None] = mapped_column(
        Date, info=personal("identity", retention="registry")
    )
    birth_precision: Mapped[DatePrecision] = mapped_column(
        str_enum(DatePrecision), default=DatePrecision.DAY
    )
    nationality: Mapped[str] = mapped_column(String(60), default="ไทย")
    id_kind: Mapped[IdKind] = mapped_column(str_enum(IdKind), default=IdKind.NONE)
    identifier: Mapped[str | None] = mapped_column(
        EncryptedText("people.identifier"), info=personal("identity", retention="registry")
    )
    identifier_index: Mapped[bytes | None] = mapped_column(
        LargeBinary(16), index=True, info=personal("identity", retention="registry")
    )
    phone: Mapped[str | None] = mapped_column(
        EncryptedText("people.phone"), info=personal("contact", retention="registry")
    )
    phone_index: Mapped[bytes | None] = mapped_column(
        LargeBinary(16), index=True, info=personal("contact", retention="registry")
    )
    registered_address: Mapped[str] = mapped_column(
        String(300), default="", info=personal("address", retention="registry")
    )
    """Where the house register has them, when that is not the house they live in."""
    marital_status: Mapped[MaritalStatus] = mapped_column(
        str_enum(MaritalStatus), default=MaritalStatus.UNKNOWN
    )
    occupation: Mapped[str] = mapped_column(String(120), default="")
    monthly_income: Mapped[Decimal | None] = mapped_column(
        Numeric(12, 2), info=personal("welfare", retention="registry")
    )
    disability: Mapped[Disability | None] = mapped_column(
        str_enum(Disability), info=personal("health", retention="registry")
    )
    disability_card_issued: Mapped[date | None] = mapped_column(Date)
    disability_card_expires: Mapped[date | None] = mapped_column(Date)
    adl_score: Mapped[int | None] = mapped_column(info=personal("health", retention="registry"))
    """Barthel index, Thai 20-point form: 12–20 social, 5–11 home-bound, 0–4 bed-bound."""
    adl_on: Mapped[date | None] = mapped_column(Date)
    welfare_card: Mapped[YesNo] = mapped_column(str_enum(YesNo), default=YesNo.UNKNOWN)
    welfare_card_on: Mapped[date | None] = mapped_column(Date)
    health_notes: Mapped[str | None] = mapped_column(
        EncryptedText("people.health_notes"), info=personal("health", retention="registry")
    )
    notes: Mapped[str] = mapped_column(
        Text, default="", info=personal("narrative", retention="registry")
    )
    deceased_on: Mapped[date | None] = mapped_column(Date)
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    """The record this one has become part of; it stays as another number of that person."""
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    updated_at: Mapped[datetime] = mapped_column(UTCDateTime)


class PersonName(Versioned, Base):
    """A name somebody bore from one day to another; the present one has no end. Of an earlier one
    the days may be known in part (``*_precision``), or its end not at all (``end_unknown``)."""

    __tablename__ = "person_names"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    title: Mapped[str] = mapped_column(
        String(40), default="", info=personal("identity", retention="registry")
    )
    first_name: Mapped[str] = mapped_column(
        String(100), info=personal("identity", retention="registry")
    )
    middle_name: Mapped[str] = mapped_column(
        String(100), default="", info=personal("identity", retention="registry")
    )
    last_name: Mapped[str] = mapped_column(
        String(100), default="", info=personal("identity", retention="registry")
    )
    from_day: Mapped[date | None] = mapped_column(Date)
    to_day: Mapped[date | None] = mapped_column(Date)
    from_precision: Mapped[DatePrecision] = mapped_column(
        str_enum(DatePrecision), default=DatePrecision.DAY, server_default=DatePrecision.DAY.value
    )
    to_precision: Mapped[DatePrecision] = mapped_column(
        str_enum(DatePrecision), default=DatePrecision.DAY, server_default=DatePrecision.DAY.value
    )
    end_unknown: Mapped[bool] = mapped_column(default=False, server_default=false())
    reason: Mapped[str] = mapped_column(String(120), default="")
    version: Mapped[int] = mapped_column(Integer, nullable=False, default=1)

    @property
    def is_present(self) -> bool:
        """Whether they bear it now."""
        return self.to_day is None and not self.end_unknown

    @classmethod
    def borne_now(cls) -> ColumnElement[bool]:
        """The same as a condition."""
        return and_(cls.to_day.is_(None), cls.end_unknown.is_(False))
