"""The audit: one appended, chained row for every write and every read of a person's file."""

from welfare.core.audit.changes import changes_of, masked
from welfare.core.audit.latest import (
    LastWrite,
    Noted,
    last_entry,
    last_write,
    noted,
    written_since,
)
from welfare.core.audit.trail import install_audit, read, read_several, record
from welfare.core.audit.verification import Verification, verify

__all__ = [
    "LastWrite",
    "Noted",
    "Verification",
    "changes_of",
    "install_audit",
    "last_entry",
    "last_write",
    "masked",
    "noted",
    "read",
    "read_several",
    "record",
    "verify",
    "written_since",
]
