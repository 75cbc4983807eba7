"""Tables by which the search finds people and houses: every word, and every end of a word.

A part of a word, of any length, is the beginning of one of its ends; the beginning of a text is a
range of an index. So every search walks an index in order and stops as soon as it has enough, on
both databases alike. The rows are derived: ``finding`` fills them, ``following`` keeps them right.
"""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Index,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    SmallInteger,
    String,
)
from sqlalchemy.orm import Mapped, mapped_column

from welfare.core.db import Base, personal
from welfare.households.models.keys import LONGEST_LINE, LONGEST_WORD

ANYBODYS = 0
"""The area of who belongs to no village that is known: seen from every area."""


def _text(length: int = LONGEST_WORD) -> String:
    """Compared byte by byte on both databases, which is the order of code points."""
    plain: String = String(length).with_variant(String(length, collation="C"), "postgresql")
    return plain


_NAME = personal("identity", retention="registry")
_ADDRESS = personal("address", retention="registry")
_COMPACT = {"sqlite_with_rowid": False}


class PersonWord(Base):
    """A word of a person's present or earlier name, once for every area they belong to.

    No foreign key: a row leans on nobody and never stands in the way of taking a person back.
    """

    __tablename__ = "person_words"
    __table_args__ = (
        PrimaryKeyConstraint("word", "earlier", "person_id", "area"),
        Index("ix_person_words_area", "area", "word", "earlier", "person_id"),
        Index("ix_person_words_person", "person_id"),
        _COMPACT,
    )

    word: Mapped[str] = mapped_column(_text(), info=_NAME)
    earlier: Mapped[bool] = mapped_column(Boolean)
    """Of an earlier name only."""
    person_id: Mapped[int] = mapped_column(Integer, autoincrement=False)
    area: Mapped[int] = mapped_column(SmallInteger, autoincrement=False)
    line: Mapped[str] = mapped_column(_text(LONGEST_LINE), info=_NAME)
    """All words of the person between spaces, so that the other words of a query are looked for
    without looking the person up; empty where they are too many."""


class NameEnd(Base):
    """The end of a word of names, from each of its letters on but the first."""

    __tablename__ = "name_ends"
    __table_args__ = (_COMPACT,)

    ending: Mapped[str] = mapped_column(_text(), primary_key=True, info=_NAME)
    word: Mapped[str] = mapped_column(_text(), primary_key=True, info=_NAME)


class NameSound(Base):
    """Each word of names with each way it may sound."""

    __tablename__ = "name_sounds"
    __table_args__ = (
        PrimaryKeyConstraint("sound", "word"),
        Index("ix_name_sounds_word", "word"),
        _COMPACT,
    )

    sound: Mapped[str] = mapped_column(_text(2 * LONGEST_WORD), info=_NAME)
    word: Mapped[str] = mapped_column(_text(), info=_NAME)


class NameSlip(Base):
    """The sounds of a word, whole and with each one letter left out (``sounds.one_slip``)."""

    __tablename__ = "name_slips"
    __table_args__ = (_COMPACT,)

    slip: Mapped[str] = mapped_column(_text(2 * LONGEST_WORD), primary_key=True, info=_NAME)
    word: Mapped[str] = mapped_column(_text(), primary_key=True, info=_NAME)


class PhoneEnd(Base):
    """The blind index of the last four digits of a person's telephone numbers."""

    __tablename__ = "phone_ends"
    __table_args__ = (Index("ix_phone_ends_person", "person_id"), _COMPACT)

    ending: Mapped[bytes] = mapped_column(
        LargeBinary(16), primary_key=True, info=personal("contact", retention="registry")
    )
    person_id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)


class HouseWord(Base):
    """A word of a house's address, with its village (0: none is known)."""

    __tablename__ = "house_words"
    __table_args__ = (
        PrimaryKeyConstraint("household_id", "word", "beside"),
        Index("ix_house_words_word", "word", "beside", "household_id"),
        Index("ix_house_words_area", "area", "word", "beside", "household_id"),
        _COMPACT,
    )

    household_id: Mapped[int] = mapped_column(Integer, autoincrement=False)
    word: Mapped[str] = mapped_column(_text(), info=_ADDRESS)
    beside: Mapped[bool] = mapped_column(Boolean)
    """Not of the house number, but of the lane, the road, a landmark."""
    area: Mapped[int] = mapped_column(SmallInteger)


class HouseEnd(Base):
    """The end of a word of addresses, from each of its letters on but the first."""

    __tablename__ = "house_ends"
    __table_args__ = (_COMPACT,)

    ending: Mapped[str] = mapped_column(_text(), primary_key=True, info=_ADDRESS)
    word: Mapped[str] = mapped_column(_text(), primary_key=True, info=_ADDRESS)
