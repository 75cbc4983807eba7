"""Standard texts made ready for a case: what is left open in them is filled in, nothing else."""

from __future__ import annotations

import re
from collections.abc import Mapping

from welfare.cases.kinds import Blank

_BLANK = re.compile(r"\{(" + "|".join(blank.value for blank in Blank) + r")\}")


def fill(body: str, values: Mapping[Blank, str]) -> str:
    """The text with its blanks filled; whatever else stands in braces stays as it is."""
    return _BLANK.sub(lambda found: values.get(Blank(found[1]), ""), body)
