"""The chain: how one row's hash follows from the row before it."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, datetime

_canonical = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
GENESIS = hashlib.sha256(b"umong welfare audit: genesis").digest()


@dataclass(frozen=True, slots=True)
class Link:
    """The content of one audit row that the hash covers."""

    seq: int
    at: datetime
    actor_id: int
    actor: str
    action: str
    object_type: str
    object_ref: str
    changes: str

    def hash_after(self, previous: bytes) -> bytes:
        """SHA-256 of the canonical JSON of this row and the hash of the one before."""
        canonical = _canonical(
            [
                self.seq,
                self.at.astimezone(UTC).isoformat(timespec="microseconds"),
                self.actor_id,
                self.actor,
                self.action,
                self.object_type,
                self.object_ref,
                self.changes,
                previous.hex(),
            ]
        )
        return hashlib.sha256(canonical.encode()).digest()
