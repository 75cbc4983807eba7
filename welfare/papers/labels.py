"""Words of the closed lists of papers."""

from __future__ import annotations

from typing import Any

from welfare.core.i18n import lazy_gettext as _l
from welfare.papers.kinds import LETTERS, MEMOS, ORDERS, KeySource, PaperStatus

STATES: dict[PaperStatus, Any] = {
    PaperStatus.DRAFT: _l("Draft, not issued"),
    PaperStatus.ISSUED: _l("Issued, in force"),
    PaperStatus.WITHDRAWN: _l("Paper taken back"),
}

TONES: dict[PaperStatus, str] = {
    PaperStatus.DRAFT: "waiting",
    PaperStatus.ISSUED: "done",
    PaperStatus.WITHDRAWN: "refused",
}

BOOKS: dict[str, Any] = {
    LETTERS: _l("Outgoing letters"),
    MEMOS: _l("Internal memos"),
    ORDERS: _l("Orders"),
}

SOURCES: dict[KeySource, Any] = {
    KeySource.OWN: _l("made here, self-signed"),
    KeySource.UPLOADED: _l("given by the municipality"),
}
