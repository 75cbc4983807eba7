"""Backup and restore. A restore is believed only when everything counts and verifies."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from welfare.core import audit, clock
from welfare.core.db import db
from welfare.operations import database
from welfare.operations.archive import (
    FORMAT,
    DamagedBackup,
    Manifest,
    digest_of,
    read_archive,
    write_archive,
)

DATABASE = "database.bin"
FILES = "files"


class RestoreRefused(Exception):
    """The restore was not begun, or does not hold what the manifest says."""


def back_up(target: Path, *, data_path: Path) -> Manifest:
    """Write database and pictures to one file; safe while the program runs."""
    with tempfile.TemporaryDirectory(dir=target.resolve().parent) as scratch:
        copy = Path(scratch) / DATABASE
        counts_before = database.table_counts(db.engine)
        database.dump(db.engine, copy)
        members = {DATABASE: copy}
        files = data_path / FILES
        for path in sorted(files.rglob("*")) if files.exists() else ():
            if path.is_file() and path.suffix != ".part":
                members[f"{FILES}/{path.relative_to(files).as_posix()}"] = path
        manifest = Manifest(
            format=FORMAT,
            made_at=clock.now().isoformat(),
            dialect=db.engine.dialect.name,
            schema=database.schema_revision(db.engine),
            tables=counts_before,
            audit_head=database.audit_head(db.engine),
            members={name: digest_of(path) for name, path in members.items()},
        )
        write_archive(target, manifest, members)
    return manifest


def restore(source: Path, *, data_path: Path) -> Manifest:
    """Put a backup into an empty deployment; ``RestoreRefused`` or ``DamagedBackup`` otherwise."""
    if not database.is_empty(db.engine):
        raise RestoreRefused("the database is not empty: restore into a new one")
    with tempfile.TemporaryDirectory(dir=data_path) as scratch:
        unpacked = Path(scratch)
        manifest = read_archive(source, unpacked)
        if manifest.dialect != db.engine.dialect.name:
            raise RestoreRefused(f"the backup is of {manifest.dialect}")
        database.load(db.engine, unpacked / DATABASE)
        if (unpacked / FILES).exists():
            shutil.copytree(unpacked / FILES, data_path / FILES, dirs_exist_ok=True)
    _prove(manifest)
    return manifest


def _prove(manifest: Manifest) -> None:
    """Rows may have grown between count and copy; they may not be fewer, nor the audit broken."""
    restored = database.table_counts(db.engine)
    transient = {"attempt_windows", "one_time_keys", "held_forms", "staff_sessions"}
    fewer = [
        name
        for name, count in manifest.tables.items()
        if restored.get(name, 0) < count and name not in transient
    ]
    if fewer:
        raise RestoreRefused(f"rows are missing in {', '.join(fewer)}")
    found = audit.verify(manifest.audit_head or None)
    if not found.sound:
        raise RestoreRefused(f"the audit is broken at row {found.broken_at}: {found.reason}")


__all__ = ["DamagedBackup", "RestoreRefused", "back_up", "restore"]
