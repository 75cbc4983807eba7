"""The small picture of an assessment: a bar a dimension, with a mark where it stood before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from markupsafe import Markup

from welfare.cases.kinds import MOST_NEED
from welfare.cases.labels import NEED_LEVELS
from welfare.cases.queries.care import Assessed
from welfare.core.i18n import gettext as _
from welfare.households.kinds import Dimension
from welfare.households.labels import DIMENSION

STEP = 40
HEIGHT = 16


@dataclass(frozen=True, slots=True)
class Need:
    """One dimension in words and as a bar; ``text`` is what was written of it."""

    name: str
    level: int | None
    word: str
    change: str
    better: bool
    bar: Markup
    text: str = ""


def needs_of(
    now: Assessed, before: Assessed | None, texts: Mapping[Dimension, str] | None = None
) -> list[Need]:
    """The five dimensions of an assessment beside the one before, the same in words."""
    earlier = before.levels if before else {}
    return [
        Need(
            name=str(DIMENSION[dimension]),
            level=now.levels.get(dimension),
            word=_word(now.levels.get(dimension)),
            change=_change(now.levels.get(dimension), earlier.get(dimension)),
            better=(now.levels.get(dimension) or 0) < (earlier.get(dimension) or 0),
            bar=bar(now.levels.get(dimension), earlier.get(dimension)),
            text=(texts or {}).get(dimension, ""),
        )
        for dimension in Dimension
    ]


def _word(level: int | None) -> str:
    return _("Not looked at") if level is None else str(NEED_LEVELS[level])


def _change(now: int | None, before: int | None) -> str:
    if now is None or before is None:
        return ""
    if now == before:
        return _("as before")
    if now < before:
        return _("better: it was %(level)s", level=before)
    return _("worse: it was %(level)s", level=before)


@lru_cache(maxsize=64)
def bar(level: int | None, before: int | None) -> Markup:
    """Three steps, filled up to the level; a line stands where it was before.

    For the eye alone (``aria-hidden``): the words beside it say the same.
    """
    steps = "".join(
        f'<rect class="{_filled(level, step)}" x="{step * (STEP + 2)}" y="3"'
        f' width="{STEP}" height="{HEIGHT - 6}" rx="3"/>'
        for step in range(MOST_NEED)
    )
    mark = ""
    if before is not None and before != level:
        x = before * (STEP + 2) + (1 if before == 0 else -1)
        mark = f'<rect class="need-before" x="{x - 1}" y="0" width="3" height="{HEIGHT}"/>'
    width = MOST_NEED * (STEP + 2)
    return Markup(  # noqa: S704 - numbers and class names of ours
        f'<svg class="need-bar" viewBox="0 0 {width} {HEIGHT}" width="{width}"'
        f' height="{HEIGHT}" aria-hidden="true" focusable="false">{steps}{mark}</svg>'
    )


def _filled(level: int | None, step: int) -> str:
    if level is None:
        return "need-unknown"
    return f"need-{level}" if step < level else "need-empty"
