"""Questions asked back: what can hardly be so is recorded once somebody has said yes to it."""

from __future__ import annotations

from collections.abc import Iterable
from zlib import crc32

from welfare.core.errors import Refused
from welfare.core.i18n import gettext as _


class Doubted(Refused):
    """Everything is in order but for these questions; send ``key`` to say yes to all of them."""

    def __init__(self, questions: tuple[str, ...]) -> None:
        super().__init__(_("Please look at the question above."), field="sure")
        self.questions = questions
        self.key = _key(questions)


def ask(questions: Iterable[str], sure: str | None) -> None:
    """``Doubted`` where there are questions that ``sure`` does not answer with their key; nothing
    where nobody sits before a page (``None``)."""
    asked = tuple(dict.fromkeys(questions))
    if sure is not None and asked and sure != _key(asked):
        raise Doubted(asked)


def _key(questions: tuple[str, ...]) -> str:
    return f"{crc32(chr(10).join(questions).encode()):08x}"
