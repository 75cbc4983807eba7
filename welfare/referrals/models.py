"""Agencies, referrals to them, what they answer, and the rules of chasing."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import (
    JSON,
    CheckConstraint,
    Date,
    ForeignKey,
    Index,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from welfare.core.db import Base, UTCDateTime, Versioned, personal, str_enum
from welfare.core.security.crypto import EncryptedText
from welfare.referrals.workflow import (
    AgencyKind,
    AnswerKind,
    Basis,
    Came,
    ConsentHow,
    ReferralStatus,
)

_OPEN = text("status IN ('sent', 'accepted')")


class Agency(Versioned, Base):
    """An office that people are referred to. Ended, never deleted: letters went there."""

    __tablename__ = "agencies"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[AgencyKind] = mapped_column(str_enum(AgencyKind))
    name_th: Mapped[str] = mapped_column(String(160), unique=True)
    name_en: Mapped[str] = mapped_column(String(160), default="")
    head: Mapped[str] = mapped_column(String(120), default="")
    """To whom a letter is addressed (ผู้อำนวยการโรงพยาบาล…); empty: to the agency."""
    address: Mapped[str] = mapped_column(String(300), default="")
    phone: Mapped[str] = mapped_column(String(60), default="")
    email: Mapped[str] = mapped_column(String(120), default="")
    contact: Mapped[str] = mapped_column(
        String(120), default="", info=personal("contact", retention="agency")
    )
    active: Mapped[bool] = mapped_column(default=True)


class Referral(Versioned, Base):
    """One case referred to one agency. What is shared is written down as it leaves."""

    __tablename__ = "referrals"
    __table_args__ = (
        Index("ix_referrals_case", "case_id", "id"),
        Index("ix_referrals_agency", "agency_id", "id"),
        Index("ix_referrals_open", "answer_by", sqlite_where=_OPEN, postgresql_where=_OPEN),
        UniqueConstraint("letter_year", "letter_running"),
        CheckConstraint("(status = 'draft') OR (sent_at IS NOT NULL) OR (ended_at IS NOT NULL)",
                        name="sent"),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(String(20), unique=True)
    """``R70-000001-2``: what the agency types, with the code."""
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"))
    status: Mapped[ReferralStatus] = mapped_column(
        str_enum(ReferralStatus), default=ReferralStatus.DRAFT
    )
    subject: Mapped[str] = mapped_column(String(200), info=personal("narrative"))
    purpose: Mapped[str] = mapped_column(Text, info=personal("narrative"))
    basis: Mapped[Basis] = mapped_column(str_enum(Basis))
    basis_note: Mapped[str] = mapped_column(Text, default="", info=personal("narrative"))
    """Which law or danger, where it is not consent."""
    consent_by: Mapped[str] = mapped_column(String(120), default="", info=personal("identity"))
    consent_how: Mapped[ConsentHow | None] = mapped_column(str_enum(ConsentHow))
    consent_on: Mapped[date | None] = mapped_column(Date)
    fields: Mapped[list[str]] = mapped_column(JSON, default=list)
    """Which of ``workflow.Shared`` are shared."""
    shared: Mapped[str | None] = mapped_column(
        EncryptedText("referrals.shared"), info=personal("narrative")
    )
    """JSON: ``[[field, label, value], …]``, the very words that the agency reads."""
    signer: Mapped[str] = mapped_column(String(120), default="")
    signer_position: Mapped[str] = mapped_column(String(120), default="")
    answer_by: Mapped[date] = mapped_column(Date)
    open_until: Mapped[date] = mapped_column(Date)
    """The last day on which the code opens the agency's page."""
    extended: Mapped[int] = mapped_column(default=0)
    code_round: Mapped[int] = mapped_column(default=1)
    """Raised to end the code given out: see ``queries.opening``. The code is kept nowhere."""
    opened_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    """When the agency first opened its page."""
    letter_year: Mapped[int | None]
    letter_running: Mapped[int | None]
    letter_no: Mapped[str] = mapped_column(String(40), default="")
    holds_case: Mapped[bool] = mapped_column(default=False)
    """Whether the case waits for this referral, and goes on with its answer."""
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    made_at: Mapped[datetime] = mapped_column(UTCDateTime)
    sent_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    sent_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    end_reason: Mapped[str] = mapped_column(Text, default="", info=personal("narrative"))
    chased: Mapped[int] = mapped_column(default=0)
    chased_on: Mapped[date | None] = mapped_column(Date)
    reminded_on: Mapped[date | None] = mapped_column(Date)
    """The day on which whoever has the case was last reminded."""


class ReferralAnswer(Base):
    """What an agency said, once. Appended, never changed."""

    __tablename__ = "referral_answers"
    __table_args__ = (Index("ix_referral_answers_referral", "referral_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    referral_id: Mapped[int] = mapped_column(ForeignKey("referrals.id"))
    kind: Mapped[AnswerKind] = mapped_column(str_enum(AnswerKind))
    came: Mapped[Came] = mapped_column(str_enum(Came))
    text: Mapped[str] = mapped_column(Text, default="", info=personal("narrative"))
    until: Mapped[date | None] = mapped_column(Date)
    """Until when it will be done, or more time is asked for."""
    signed: Mapped[str] = mapped_column(String(160), default="", info=personal("contact"))
    """Who answers for the agency: name, position, telephone."""
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))


class ReferralFile(Base):
    """A picture or PDF that came with an answer."""

    __tablename__ = "referral_files"

    id: Mapped[int] = mapped_column(primary_key=True)
    answer_id: Mapped[int] = mapped_column(ForeignKey("referral_answers.id"), index=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_files.id"), unique=True)


class ChaseRule(Base):
    """From a day on: after how many days without an answer the owner is reminded, how often again.

    Rules are added, never changed: a referral keeps to the one in force when it was sent.
    """

    __tablename__ = "chase_rules"
    __table_args__ = (
        CheckConstraint("first_days BETWEEN 1 AND 365", name="first"),
        CheckConstraint("again_days BETWEEN 1 AND 365", name="again"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    valid_from: Mapped[date] = mapped_column(Date)
    first_days: Mapped[int]
    again_days: Mapped[int]
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    made_at: Mapped[datetime] = mapped_column(UTCDateTime)
