"""The program's side: sends a PDF to the process that opens it, and says what went wrong."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Final

MAX_BYTES: Final = 15 * 1024 * 1024
_OPENER: Final = Path(__file__).with_name("opener.py")
_SECONDS: Final = 30
_CODES: Final = {3: "pdf_broken", 4: "pdf_locked", 5: "pdf_too_long"}


class PaperFault(ValueError):
    """A PDF that cannot be taken; ``code`` says why, for the form to put into words."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def is_pdf(content: bytes) -> bool:
    """Whether the content says it is a PDF, whatever the file is called."""
    return content[:1024].lstrip().startswith(b"%PDF-")


def clean_pdf(content: bytes) -> bytes:
    """The same pages without scripts, actions, forms, attached files and metadata.

    ``PaperFault``: broken, locked with a password, more than 200 pages, over 15 MB.
    """
    if len(content) > MAX_BYTES:
        raise PaperFault("pdf_too_large")
    try:
        done = subprocess.run(  # noqa: S603 - our own file, no shell, nothing of the user's
            [sys.executable, "-I", str(_OPENER)],
            input=content,
            capture_output=True,
            timeout=_SECONDS,
            env={},
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise PaperFault("pdf_broken") from None
    if done.returncode:
        raise PaperFault(_CODES.get(done.returncode, "pdf_broken"))
    if len(done.stdout) > 2 * MAX_BYTES:
        raise PaperFault("pdf_too_large")
    return done.stdout
