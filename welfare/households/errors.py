"""What only the registry can raise."""

from __future__ import annotations

from typing import Literal

from welfare.core.errors import NotFound


class MergedAway(NotFound):
    """The record has become part of another one, which the viewer may see: ``survivor`` is its
    number. Pages that know only ``NotFound`` answer 404; the registry's own lead there."""

    def __init__(self, kind: Literal["person", "household"], number: str, survivor: str) -> None:
        super().__init__(number)
        self.kind = kind
        self.number = number
        self.survivor = survivor
