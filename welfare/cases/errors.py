"""What only cases can raise."""

from __future__ import annotations

from welfare.core.errors import Refused
from welfare.core.i18n import gettext as _


class MergedAway(Refused):
    """The case has become part of another. ``survivor`` is that one's number, or empty for whoever
    may not see it. Pages lead there; what was sent is refused, and shown again."""

    def __init__(self, number: str, survivor: str) -> None:
        words = _("%(number)s has become part of another case, which you do not work on.",
                  number=number)  # fmt: skip
        if survivor:
            words = _("%(number)s has become part of %(survivor)s. Please go on there.",
                      number=number, survivor=survivor)  # fmt: skip
        super().__init__(words)
        self.number = number
        self.survivor = survivor
