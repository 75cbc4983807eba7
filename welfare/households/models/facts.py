"""What is known of people, dated and with its source; and the numbers they go by besides."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import (
    CheckConstraint,
    Date,
    ForeignKey,
    Index,
    LargeBinary,
    Numeric,
    String,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from welfare.core.db import Base, UTCDateTime, Versioned, personal, str_enum
from welfare.core.security.crypto import EncryptedText
from welfare.core.thai.identity import IdKind
from welfare.households.kinds import DatePrecision, FactKind, FactSource
from welfare.households.models.changes import tracked


@tracked
class PersonFact(Versioned, Base):
    """One thing known of a person from a day on.

    A fact is never rewritten: what was wrong is superseded by a new fact, what should not be there
    is withdrawn with a reason. The newest one standing of a kind is repeated in the columns of
    ``Person``; ``services.facts`` keeps both in step.
    """

    __tablename__ = "person_facts"
    __table_args__ = (
        Index("ix_person_facts_person", "person_id", "kind"),
        Index(
            "ix_person_facts_superseded_by_id",
            "superseded_by_id",
            sqlite_where=text("superseded_by_id IS NOT NULL"),
            postgresql_where=text("superseded_by_id IS NOT NULL"),
        ),
        CheckConstraint("to_day IS NULL OR from_day IS NULL OR to_day >= from_day", name="days"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    kind: Mapped[FactKind] = mapped_column(str_enum(FactKind))
    from_day: Mapped[date | None] = mapped_column(Date)
    from_precision: Mapped[DatePrecision] = mapped_column(
        str_enum(DatePrecision), default=DatePrecision.DAY
    )
    to_day: Mapped[date | None] = mapped_column(Date)
    code: Mapped[str] = mapped_column(
        String(40), default="", info=personal("health", retention="registry")
    )
    """The value where it is one of a closed list: type of disability, yes or no."""
    text: Mapped[str | None] = mapped_column(
        EncryptedText("person_facts.text"), info=personal("health", retention="registry")
    )
    """The value where it is words: an illness, a school, an occupation, a carer's name."""
    amount: Mapped[Decimal | None] = mapped_column(
        Numeric(12, 2), info=personal("welfare", retention="registry")
    )
    """Baht a month (income)."""
    score: Mapped[int | None] = mapped_column(info=personal("health", retention="registry"))
    """Total of the Barthel index, 0 to 20."""
    items: Mapped[str | None] = mapped_column(
        EncryptedText("person_facts.items"), info=personal("health", retention="registry")
    )
    """The ten scores of the Barthel index in the order of the form, as digits."""
    issued_on: Mapped[date | None] = mapped_column(Date)
    expires_on: Mapped[date | None] = mapped_column(Date)
    due_on: Mapped[date | None] = mapped_column(Date)
    """Expected day of birth (pregnancy)."""
    other_person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    """The carer, where the registry knows them."""
    source: Mapped[FactSource] = mapped_column(str_enum(FactSource))
    source_note: Mapped[str | None] = mapped_column(
        EncryptedText("person_facts.source_note"), info=personal("narrative", retention="registry")
    )
    recorded_at: Mapped[datetime] = mapped_column(UTCDateTime)
    recorded_by_id: Mapped[int | None]
    superseded_by_id: Mapped[int | None] = mapped_column(ForeignKey("person_facts.id"))
    withdrawn_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    withdrawn_by_id: Mapped[int | None]
    withdrawn_reason: Mapped[str | None] = mapped_column(
        EncryptedText("person_facts.withdrawn_reason"),
        info=personal("narrative", retention="registry"),
    )


@tracked
class PersonIdentifier(Versioned, Base):
    """A further or an earlier number of a person; the main one is ``Person.identifier``."""

    __tablename__ = "person_identifiers"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    kind: Mapped[IdKind] = mapped_column(str_enum(IdKind))
    number: Mapped[str] = mapped_column(
        EncryptedText("person_identifiers.number"),
        info=personal("identity", retention="registry"),
    )
    number_index: Mapped[bytes] = mapped_column(
        LargeBinary(16), index=True, info=personal("identity", retention="registry")
    )
    from_day: Mapped[date | None] = mapped_column(Date)
    to_day: Mapped[date | None] = mapped_column(Date)
    note: Mapped[str] = mapped_column(
        String(200), default="", info=personal("narrative", retention="registry")
    )
    recorded_at: Mapped[datetime] = mapped_column(UTCDateTime)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    withdrawn_reason: Mapped[str] = mapped_column(
        String(200), default="", info=personal("narrative", retention="registry")
    )
