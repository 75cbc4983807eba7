"""Cases that became one, cases that belong together, and pairs that were said to be two."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from welfare.core.db import Base, UTCDateTime, Versioned, personal

_STANDS = text("undone_at IS NULL")
_VALUES = JSON(none_as_null=True)


class CaseMerge(Versioned, Base):
    """One case became part of another. It stays as a pointer while ``undone_at`` is empty.

    ``into_id`` is where its work lies now: the survivor, or the case that the survivor itself
    became part of later.
    """

    __tablename__ = "case_merges"
    __table_args__ = (
        CheckConstraint("survivor_id <> merged_id", name="two"),
        Index(
            "uq_case_merges_standing",
            "merged_id",
            unique=True,
            sqlite_where=_STANDS,
            postgresql_where=_STANDS,
        ),
        Index("ix_case_merges_survivor", "survivor_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    survivor_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    merged_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    into_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    reason: Mapped[str] = mapped_column(Text, default="", info=personal("narrative"))
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    made_at: Mapped[datetime] = mapped_column(UTCDateTime)
    was: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    """State, worker and wait of the merged case before: codes and ids."""
    undone_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    undone_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    undone_reason: Mapped[str] = mapped_column(Text, default="", info=personal("narrative"))
    stayed: Mapped[list[Any]] = mapped_column(JSON, default=list)
    """What an undo left with the survivor: kinds of things and how many."""


class CaseMergeRow(Base):
    """The journal of a merge: a row that came from the merged case (``before`` is empty: only the
    case it belongs to changed), or columns that the merge set, as they were and as it left them."""

    __tablename__ = "case_merge_rows"
    __table_args__ = (
        Index("ix_case_merge_rows_merge", "merge_id", "id"),
        Index("ix_case_merge_rows_row", "table_name", "row_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    merge_id: Mapped[int] = mapped_column(ForeignKey("case_merges.id"))
    table_name: Mapped[str] = mapped_column(String(64))
    row_id: Mapped[int]
    before: Mapped[dict[str, Any] | None] = mapped_column(_VALUES, info=personal("narrative"))
    after: Mapped[dict[str, Any] | None] = mapped_column(_VALUES, info=personal("narrative"))


class CaseApart(Base):
    """Somebody compared two cases and said that they are two: they are not offered again."""

    __tablename__ = "cases_apart"
    __table_args__ = (CheckConstraint("low_id < high_id", name="order"),)

    low_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), primary_key=True)
    high_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), primary_key=True, index=True)
    said_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    said_at: Mapped[datetime] = mapped_column(UTCDateTime)


class CaseParent(Base):
    """A case is part of a larger one. A case has one parent at most; the timeline tells it."""

    __tablename__ = "case_parents"
    __table_args__ = (CheckConstraint("child_id <> parent_id", name="two"),)

    child_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), primary_key=True)
    parent_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    linked_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    linked_at: Mapped[datetime] = mapped_column(UTCDateTime)


class CaseLink(Versioned, Base):
    """Two cases have to do with each other, and why; neither is a part of the other. Ended, never
    deleted."""

    __tablename__ = "case_links"
    __table_args__ = (CheckConstraint("case_id <> other_id", name="two"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    other_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    why: Mapped[str] = mapped_column(Text, info=personal("narrative"))
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    made_at: Mapped[datetime] = mapped_column(UTCDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
