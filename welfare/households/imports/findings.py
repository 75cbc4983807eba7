"""What is wrong, doubtful or worth saying of one cell of a row."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Level(StrEnum):
    """How grave it is: the row stays out, somebody must decide, or it is only said."""

    REFUSED = "refused"
    DOUBTFUL = "doubtful"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Finding:
    """``column`` is the header as it stands there; ``read`` what the cell holds; ``right`` what
    would be right, or what it was taken for. ``code`` names the reason (``labels_imports``)."""

    level: Level
    code: str
    column: str = ""
    read: str = ""
    right: str = ""

    def plain(self) -> list[str]:
        """As JSON keeps it."""
        return [self.level.value, self.code, self.column, self.read, self.right]


def finding_from(values: list[Any]) -> Finding:
    """The same from JSON."""
    level, code, column, read, right = values
    return Finding(Level(level), code, column, read, right)


class Unreadable(ValueError):
    """A cell that cannot be used; ``code`` says why, ``right`` what would be right."""

    def __init__(self, code: str, right: str = "") -> None:
        super().__init__(code)
        self.code, self.right = code, right


@dataclass(frozen=True, slots=True)
class Read:
    """The value of a cell; ``code`` where it had to be mended, ``doubtful`` where only guessed."""

    value: Any
    code: str = ""
    right: str = ""
    doubtful: bool = False
