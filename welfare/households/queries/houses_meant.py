"""Which houses a query means by number, code or the words of their address, the surest first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import select

from welfare.core.db import db
from welfare.core.security.permissions import Viewer
from welfare.households.kinds import Reason
from welfare.households.models import Household
from welfare.households.queries.asking import Asked
from welfare.households.queries.fitting import (
    HOUSES,
    Level,
    Values,
    Where,
    in_house,
    narrowed,
    placing,
)
from welfare.households.queries.hits import Hit, areas_of, houses_by_number
from welfare.households.queries.walks import first_of, led_by, sizes, walks

BY_NUMBER = {
    Level.WHOLE: Reason.ADDRESS,
    Level.START: Reason.ADDRESS_START,
    Level.PART: Reason.ADDRESS_PART,
}
BY_WORDS = {
    Level.WHOLE: Reason.PLACE,
    Level.START: Reason.ADDRESS_PART,
    Level.PART: Reason.ADDRESS_PART,
}


def houses_meant(asked: Asked, viewer: Viewer, need: int) -> list[Hit]:
    """The houses meant by number, code or address, up to ``need`` and the surest first."""
    hits = {hit.id: hit for hit in houses_by_number(asked, viewer)}
    if len(hits) < need:
        for hit in _by_address(asked, viewer, need):
            hits.setdefault(hit.id, hit)
    return list(hits.values())[:need]


def _by_address(asked: Asked, viewer: Viewer, need: int) -> list[Hit]:
    areas = areas_of(viewer)
    if asked.village_no is not None:
        areas = (asked.village_no,) if viewer.covers(asked.village_no) else ()
    if areas == ():
        return []
    if not asked.all_words:
        return _of_village(asked.village_no, need) if asked.village_no is not None else []
    words = list(asked.address)
    rarest, there = words.pop(_rarest(words))
    numbered = any(where is Where.NUMBER for _word, where in asked.address)
    reasons = BY_NUMBER if numbered else BY_WORDS
    found: dict[int, Hit] = {}
    for levels in ((Level.WHOLE, Level.START), (Level.PART,)):
        if len(found) < need:
            values = Values()
            todo = [
                replace(walk, level=level).only(
                    *placing("w", there, level),
                    *(in_house(walk.record, word, where, level, values) for word, where in words),
                )
                for level in levels
                for each in _leading(rarest, there, level, several=bool(words))
                for walk in walks(HOUSES, (rarest,), each, areas, values)
            ]
            steps = first_of(todo, values, need - len(found), found)
            found |= {step.id: Hit(step.id, reasons[step.level]) for step in steps}
    return list(found.values())


def _leading(word: str, where: Where, level: Level, *, several: bool) -> tuple[Level, ...]:
    """On which walks the leading word is met."""
    least = narrowed(word, where, level)
    return led_by(least) if several or where is Where.NUMBER else (least,)


def _rarest(words: Sequence[tuple[str, Where]]) -> int:
    if not words[1:]:
        return 0
    counted, _common = sizes(
        [(HOUSES, (word,), narrowed(word, where, Level.PART)) for word, where in words]
    )
    return counted.index(min(counted))


def _of_village(village_no: int | None, need: int) -> list[Hit]:
    ids = db.session.scalars(
        select(Household.id)
        .where(Household.village_no == village_no, Household.merged_into_id.is_(None))
        .order_by(Household.id)
        .limit(need)
    )
    return [Hit(found, Reason.ADDRESS_PART) for found in ids]
