"""Imports: the file, what its rows would do, and the columns nobody had a place for."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from welfare.core.db import Base, UTCDateTime, Versioned, personal, str_enum
from welfare.core.security.crypto import EncryptedText
from welfare.households.models.changes import tracked
from welfare.households.parts import register_reference
from welfare.households.workflow import ImportStatus, RowState


class RegistryImport(Versioned, Base):
    """One file on its way into the registry."""

    __tablename__ = "registry_imports"

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(20), unique=True)
    status: Mapped[ImportStatus] = mapped_column(str_enum(ImportStatus), index=True)
    file_name: Mapped[str] = mapped_column(String(200))
    file_kind: Mapped[str] = mapped_column(String(8))
    size: Mapped[int]
    sha256: Mapped[bytes] = mapped_column(LargeBinary(32), index=True)
    stored_id: Mapped[str | None] = mapped_column(String(32))
    """The file, encrypted, in the data directory; gone when its time is over."""
    sheets: Mapped[list[str]] = mapped_column(JSON, default=list)
    header_row: Mapped[int | None]
    """Chosen by people; found by the program where there is none."""
    mapping: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    """What each column means, by its header."""
    village_no: Mapped[int | None]
    """The village of rows that name none."""
    fill_down: Mapped[bool] = mapped_column(default=False)
    fault: Mapped[str] = mapped_column(String(40), default="")
    attempts: Mapped[int] = mapped_column(default=0)
    counts: Mapped[dict[str, int]] = mapped_column(JSON, default=dict)
    """Rows by state, and rows left out by the reason."""
    report: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    """What applying it did, or undoing it."""
    villages: Mapped[list[int]] = mapped_column(JSON, default=list)
    uploaded_by_id: Mapped[int]
    uploaded_by: Mapped[str] = mapped_column(String(80))
    uploaded_at: Mapped[datetime] = mapped_column(UTCDateTime)
    checked_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    asked_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    asked_by_id: Mapped[int | None]
    sent_back_reason: Mapped[str] = mapped_column(
        String(300), default="", info=personal("narrative", retention="registry")
    )
    """Why whoever was asked to approve it did not; for who prepared it to read."""
    sent_back_by_id: Mapped[int | None]
    sent_back_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    approved_by_id: Mapped[int | None]
    approved_by: Mapped[str] = mapped_column(String(80), default="")
    approved_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    applied_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    undone_by: Mapped[str] = mapped_column(String(80), default="")
    undone_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    undo_reason: Mapped[str] = mapped_column(
        String(300), default="", info=personal("narrative", retention="registry")
    )
    change_set: Mapped[str | None] = mapped_column(String(20))
    removed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    """When file and staged rows were removed."""


class ImportRow(Base):
    """A staged row. No foreign keys to people and houses: it never holds on to them."""

    __tablename__ = "registry_import_rows"
    __table_args__ = (Index("ix_registry_import_rows_state", "import_id", "state", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    import_id: Mapped[int] = mapped_column(ForeignKey("registry_imports.id"))
    sheet: Mapped[str] = mapped_column(String(120))
    row_no: Mapped[int]
    state: Mapped[RowState] = mapped_column(str_enum(RowState))
    doubts: Mapped[str] = mapped_column(String(200), default="")
    """Codes of what is doubtful or refused, between commas: ``,house_date,alike,``."""
    payload: Mapped[str] = mapped_column(
        EncryptedText("registry_import_rows.payload"), info=personal("identity", retention="import")
    )
    """What was read and what it would do, as JSON (``services.imports.staging``)."""
    person_id: Mapped[int | None]
    household_id: Mapped[int | None]
    choice: Mapped[str] = mapped_column(String(40), default="")
    """Decided by an officer: ``new``, ``accept``, ``skip`` or ``person:<number>``."""
    outcome: Mapped[str] = mapped_column(String(24), default="")
    """Why a row that should have gone in did not, or ``applied``."""


@tracked
class ImportedColumns(Base):
    """Columns of a file for which the registry has no place, kept as they stood there."""

    __tablename__ = "imported_columns"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    household_id: Mapped[int | None] = mapped_column(ForeignKey("households.id"), index=True)
    import_number: Mapped[str] = mapped_column(String(20))
    source: Mapped[str] = mapped_column(String(300))
    """File, sheet and row."""
    content: Mapped[str] = mapped_column(
        EncryptedText("imported_columns.content"), info=personal("health", retention="registry")
    )
    """JSON: header to text."""
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)


class ImportMapping(Base):
    """What people said the columns of lists with these headers mean, for the next time."""

    __tablename__ = "registry_import_mappings"

    fingerprint: Mapped[str] = mapped_column(String(32), primary_key=True)
    mapping: Mapped[dict[str, Any]] = mapped_column(JSON)
    used_by: Mapped[str] = mapped_column(String(80))
    used_at: Mapped[datetime] = mapped_column(UTCDateTime)


class ImportRules(Versioned, Base):
    """How long files and staged rows are kept; one row, ``id`` 1."""

    __tablename__ = "registry_import_rules"

    id: Mapped[int] = mapped_column(primary_key=True)
    keep_days: Mapped[int] = mapped_column(default=30)


register_reference(ImportedColumns.__tablename__, "person_id", of="person")
register_reference(ImportedColumns.__tablename__, "household_id", of="household")
