"""The standing check: every pair of the registry that is more likely one than two."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TypeVar

from welfare.households.likeness import (
    OFFERED,
    Blocks,
    HouseTraits,
    Likeness,
    PersonTraits,
    compare_houses,
    compare_people,
    house_keys,
    person_keys,
)
from welfare.households.queries.duplicates.records import (
    commonness,
    houses_by_id,
    houses_in_portions,
    people_by_id,
    people_in_portions,
)

HELD = 50_000
"""So many records are kept in memory; of a larger registry those of a portion of pairs."""
PORTION = 4000
FLOOR = -1.0

Traits = TypeVar("Traits", PersonTraits, HouseTraits)

Progress = Callable[[str, int], None]
"""Told now and then what is being done, and with how many."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two records, the smaller id first, and how alike they are."""

    a_id: int
    b_id: int
    likeness: Likeness


def _silent(_what: str, _how_many: int) -> None:
    """Nobody wants to know."""


def pairs_of_people(progress: Progress = _silent) -> Iterator[Pair]:
    """Every two people who may be one."""
    blocks, ids, held = Blocks(), array("q"), dict[int, PersonTraits]()
    for portion in people_in_portions():
        for person_id, traits in portion:
            blocks.add(person_keys(traits), traits.birth.toordinal() if traits.birth else 0)
            ids.append(person_id)
        _hold(held, portion, len(ids))
        progress("read", len(ids))
    known = commonness()
    for a, b, one, other in _loaded(blocks, ids, held, people_by_id, progress):
        likeness = compare_people(one, other, known, floor=FLOOR)
        if likeness is not None and likeness.score >= OFFERED:
            yield Pair(a, b, likeness)


def pairs_of_houses(progress: Progress = _silent) -> Iterator[Pair]:
    """Every two houses that may be one."""
    blocks, ids, held = Blocks(), array("q"), dict[int, HouseTraits]()
    for portion in houses_in_portions():
        for house_id, traits in portion:
            blocks.add(house_keys(traits), traits.village_no or 0)
            ids.append(house_id)
        _hold(held, portion, len(ids))
    for a, b, one, other in _loaded(blocks, ids, held, houses_by_id, progress):
        likeness = compare_houses(one, other)
        if likeness.score >= OFFERED:
            yield Pair(a, b, likeness)


def _hold(held: dict[int, Traits], portion: list[tuple[int, Traits]], so_far: int) -> None:
    if so_far <= HELD:
        held.update(portion)
    else:
        held.clear()


def _loaded(
    blocks: Blocks,
    ids: array[int],
    held: dict[int, Traits],
    load: Callable[[set[int]], dict[int, Traits]],
    progress: Progress,
) -> Iterator[tuple[int, int, Traits, Traits]]:
    """Each pair of the blocks with its records, loaded a portion at a time where they are many."""
    pairs, done = blocks.pairs(), 0
    while portion := [(ids[a], ids[b]) for a, b in islice(pairs, PORTION)]:
        records = held or load({record for pair in portion for record in pair})
        for a, b in portion:
            if a in records and b in records:
                yield a, b, records[a], records[b]
        done += len(portion)
        progress("compared", done)
