"""Files that come with an answer, made harmless before anything else sees them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from welfare.cases.services import Upload, made_harmless
from welfare.core.i18n import gettext as _
from welfare.core.web.faults import fault_words
from welfare.referrals.services.answering import MOST_FILES


def taken(files: Iterable[Any] | None) -> tuple[list[Upload], list[str]]:
    """The files as they may be kept, and in words what is wrong with the others."""
    uploads: list[Upload] = []
    faults: list[str] = []
    named = [file for file in files or () if getattr(file, "filename", "")]
    if len(named) > MOST_FILES:
        return [], [_("Please send %(n)s files at most.", n=MOST_FILES)]
    for file in named:
        harmless = made_harmless(file.read())
        if isinstance(harmless, str):
            faults.append(_words(harmless))
        else:
            uploads.append(harmless)
    return uploads, faults


def _words(code: str) -> str:
    if code == "picture_not_an_image":
        return _("This file is neither a picture nor a PDF.")
    return fault_words(code)
