"""The file of an import: encrypted in the data directory, opened for as long as it is read."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from sqlalchemy import delete, select

from welfare.core import audit, clock
from welfare.core.db import db
from welfare.core.errors import Refused
from welfare.core.i18n import gettext as _
from welfare.core.security.crypto import decrypt, encrypt
from welfare.core.security.permissions import SYSTEM
from welfare.core.storage.files import open_file, remove_file, save_file
from welfare.households.models import ImportRow, ImportRules, RegistryImport
from welfare.households.workflow import OVER, ImportStatus

MEDIA_TYPE = "application/octet-stream"
KEEP_DAYS = 30
_COLUMN = "registry_imports.file"


def keep(path: Path) -> tuple[str, bytes]:
    """Keep a file encrypted; its id, and the hash by which the same file is known again."""
    data = path.read_bytes()
    sealed = encrypt(data.decode("latin-1"), column=_COLUMN)
    stored = save_file(sealed, MEDIA_TYPE, claimed=True)
    return stored.public_id, hashlib.sha256(data).digest()


@contextmanager
def opened(held: RegistryImport) -> Iterator[Path]:
    """The file as it was uploaded, for the time of the block."""
    if held.stored_id is None:
        raise Refused(_("The file is no longer kept. Please upload it again."))
    data = decrypt(open_file(held.stored_id), column=_COLUMN).encode("latin-1")
    with tempfile.TemporaryDirectory(prefix="import-") as folder:
        path = Path(folder) / "list"
        path.write_bytes(data)
        del data
        yield path


def clear(held: RegistryImport) -> None:
    """Remove file and staged rows; what was applied, counts and report stay."""
    db.session.execute(delete(ImportRow).where(ImportRow.import_id == held.id))
    if held.stored_id is not None:
        remove_file(held.stored_id)
        held.stored_id = None
    held.removed_at = clock.now()


def keep_days() -> int:
    """For how many days files and staged rows are kept (a rule in the database)."""
    found = db.session.scalar(select(ImportRules.keep_days).where(ImportRules.id == 1))
    return found or KEEP_DAYS


def clear_old(*, dry_run: bool = False) -> int:
    """Remove what is past its time, or over; how many imports. The caller commits."""
    before = clock.now() - timedelta(days=keep_days())
    at_work = (ImportStatus.APPLYING, ImportStatus.UNDOING)
    rows = db.session.scalars(
        select(RegistryImport).where(
            RegistryImport.removed_at.is_(None),
            RegistryImport.status.not_in(at_work),
            (RegistryImport.uploaded_at < before) | RegistryImport.status.in_(sorted(OVER)),
        )
    ).all()
    for held in rows if not dry_run else ():
        clear(held)
        if held.status in (ImportStatus.CHECKED, ImportStatus.WAITING, ImportStatus.UPLOADED):
            held.status = ImportStatus.ABANDONED
        audit.record(SYSTEM, "import.cleared", "import", held.number)
    return len(rows)
