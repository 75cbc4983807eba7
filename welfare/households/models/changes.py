"""Change sets: what one operation, merge or import did to the registry, so it can be taken back."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import TypeVar

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from welfare.core.db import Base, UTCDateTime, personal, str_enum
from welfare.core.security.crypto import EncryptedText
from welfare.households.models.household import Household
from welfare.households.models.membership import Membership
from welfare.households.models.person import Person, PersonName


class ChangeKind(StrEnum):
    """What was done."""

    HEAD = "head"
    MOVE_IN = "move_in"
    MOVE_OUT = "move_out"
    MARRIAGE = "marriage"
    BIRTH = "birth"
    DEATH = "death"
    SPLIT = "split"
    JOIN = "join"
    MERGE = "merge"
    MERGE_HOUSEHOLDS = "merge_households"
    IMPORT = "import"
    CORRECTION = "correction"
    UNDO = "undo"


class RowChange(StrEnum):
    """What happened to one row."""

    ADDED = "added"
    EDITED = "edited"
    REMOVED = "removed"


Model = TypeVar("Model", bound=type[Base])

tracked_models: set[type[Base]] = {Household, Membership, Person, PersonName}


def tracked(model: Model) -> Model:
    """Let change sets keep what happens to the rows of this model."""
    tracked_models.add(model)
    return model


class ChangeSet(Base):
    """One thing that was done to the registry, on a day, for a reason."""

    __tablename__ = "registry_change_sets"

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(20), unique=True)
    kind: Mapped[ChangeKind] = mapped_column(str_enum(ChangeKind))
    day: Mapped[date | None] = mapped_column(Date)
    """The day on which it took effect, not the one on which it was written down."""
    reason: Mapped[str] = mapped_column(
        String(300), default="", info=personal("narrative", retention="registry")
    )
    made_at: Mapped[datetime] = mapped_column(UTCDateTime, index=True)
    made_by_id: Mapped[int]
    """As in the audit: 0 is the program itself."""
    made_by: Mapped[str] = mapped_column(String(80))
    undoes_id: Mapped[int | None] = mapped_column(ForeignKey("registry_change_sets.id"))
    """The set that this one takes back."""
    undone_by_id: Mapped[int | None] = mapped_column(ForeignKey("registry_change_sets.id"))
    """The set that took this one back."""


class Change(Base):
    """One row before and after. Values as JSON by column, encrypted: they are people's data."""

    __tablename__ = "registry_changes"
    __table_args__ = (Index("ix_registry_changes_row", "table_name", "row_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    change_set_id: Mapped[int] = mapped_column(ForeignKey("registry_change_sets.id"), index=True)
    position: Mapped[int]
    table_name: Mapped[str] = mapped_column(String(60))
    row_id: Mapped[int]
    what: Mapped[RowChange] = mapped_column(str_enum(RowChange))
    before: Mapped[str | None] = mapped_column(
        EncryptedText("registry_changes.before"), info=personal("identity", retention="registry")
    )
    after: Mapped[str | None] = mapped_column(
        EncryptedText("registry_changes.after"), info=personal("identity", retention="registry")
    )


class ChangeSubject(Base):
    """A household or a person that a change set touched."""

    __tablename__ = "registry_change_subjects"
    __table_args__ = (
        CheckConstraint("(household_id IS NULL) <> (person_id IS NULL)", name="one"),
        Index("ix_registry_change_subjects_household", "household_id", "change_set_id"),
        Index("ix_registry_change_subjects_person", "person_id", "change_set_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    change_set_id: Mapped[int] = mapped_column(ForeignKey("registry_change_sets.id"), index=True)
    household_id: Mapped[int | None]
    person_id: Mapped[int | None]
    """No foreign keys: the record may be gone again after an undo."""
