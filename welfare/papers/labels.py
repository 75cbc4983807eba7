"""Words of the closed lists of papers."""

from __future__ import annotations

from typing import Any

from welfare.core.i18n import lazy_gettext as _l
from welfare.papers.kinds import (
    LETTERS,
    MEMOS,
    ORDERS,
    REPORTS,
    VOUCHERS,
    Archives,
    AssetKind,
    BatchStatus,
    Fate,
    Keep,
    KeySource,
    ListStatus,
    PackageForm,
    PaperStatus,
)

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
    VOUCHERS: _l("Vouchers and receipts of help"),
    REPORTS: _l("Reports and registers"),
}

SOURCES: dict[KeySource, Any] = {
    KeySource.OWN: _l("made here, self-signed"),
    KeySource.UPLOADED: _l("given by the municipality"),
}

ASSETS: dict[AssetKind, Any] = {
    AssetKind.SEAL: _l("Seal of the municipality"),
    AssetKind.GARUDA: _l("Emblem of letters and memos (garuda)"),
}

KEEPS: dict[Keep, Any] = {
    Keep.ONE_YEAR: _l("1 year"),
    Keep.FIVE_YEARS: _l("5 years"),
    Keep.TEN_YEARS: _l("10 years"),
    Keep.FOREVER: _l("for good"),
}

BATCHES: dict[BatchStatus, Any] = {
    BatchStatus.WAITING: _l("Waiting to begin"),
    BatchStatus.WORKING: _l("Being made"),
    BatchStatus.DONE: _l("All made"),
    BatchStatus.STOPPED: _l("Stopped"),
}

NONE_MADE, SOME_MADE = _l("None could be made"), _l("Some could not be made")
"""How a batch ended of which not all were made."""

LISTS: dict[ListStatus, Any] = {
    ListStatus.DRAWN: _l("Before the committee"),
    ListStatus.APPROVED: _l("Approved, not destroyed yet"),
    ListStatus.DESTROYED: _l("Destroyed"),
    ListStatus.DROPPED: _l("List given up"),
}

LIST_TONES: dict[ListStatus, str] = {
    ListStatus.DRAWN: "waiting",
    ListStatus.APPROVED: "late",
    ListStatus.DESTROYED: "closed",
    ListStatus.DROPPED: "refused",
}

FATES: dict[Fate, Any] = {
    Fate.WAITING: _l("To be destroyed"),
    Fate.KEPT: _l("Kept longer"),
    Fate.DESTROYED: _l("Destroyed"),
    Fate.DROPPED: _l("Not decided"),
}

ARCHIVES: dict[Archives, Any] = {
    Archives.AGREED: _l("They agreed in writing"),
    Archives.SILENT: _l("They have not answered for 60 days"),
    Archives.BEFOREHAND: _l("They agreed beforehand, for papers of this kind"),
}

PACKAGES: dict[PackageForm, Any] = {
    PackageForm.PDF: _l("One file to print"),
    PackageForm.ZIP: _l("All files (zip)"),
}
