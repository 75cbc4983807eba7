"""Who in the registry may be one of those who are about to come in: a whole list in one pass."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select

from welfare.core.db import db
from welfare.core.security.permissions import Viewer
from welfare.households.likeness import (
    OFFERED,
    Commonness,
    HouseTraits,
    Likeness,
    PersonTraits,
    Sign,
    compare_houses,
    compare_people,
    house_keys,
    person_keys,
)
from welfare.households.likeness.words import words
from welfare.households.models import Household, Person
from welfare.households.queries.duplicates.records import (
    commonness,
    houses_in_portions,
    people_in_portions,
    phone_token,
)

SHOWN = 3
FAINT = 0.2
"""Likeness from which on somebody is named at all."""
FAINT_BITS = -2.0
MOST_PER_KEY = 400
"""A key that so many rows share says nothing (a list that gives one telephone for all)."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A record of the registry that may be the one asked about, and why."""

    id: int
    number: str
    score: float
    reasons: tuple[Sign, ...]
    against: tuple[Sign, ...]

    @property
    def person_id(self) -> int:
        """The same as ``id``, where people are meant."""
        return self.id

    @property
    def offered(self) -> bool:
        """More likely than not the same: somebody should look."""
        return self.score >= OFFERED

    @property
    def sure(self) -> bool:
        """The same ID and nothing that speaks against it."""
        return Sign.SAME_ID in self.reasons and not self.against

    @property
    def why(self) -> list[str]:
        """What speaks for it, in the language of the request."""
        return words(self.reasons)

    @property
    def but(self) -> list[str]:
        """What speaks against it."""
        return words(self.against)


Found = tuple[int, Likeness]


def candidates_for(
    batch: Sequence[PersonTraits], *, viewer: Viewer | None = None, limit: int = SHOWN
) -> list[tuple[Candidate, ...]]:
    """For each of these, in their order, who may be the same person, the likeliest first.

    One pass over the registry for all of them. ``viewer`` limits it to their area; without one it
    is for the program's own use. Telephones as ``core.thai.phones`` keeps them.
    """
    wanted = [replace(one, phone=phone_token(one.phone)) for one in batch]
    by_key = _by_key([person_keys(one) for one in wanted])
    known = commonness() if by_key else Commonness()
    found: list[list[Found]] = [[] for _ in batch]
    for portion in people_in_portions(viewer) if by_key else ():
        for person_id, traits in portion:
            rows = {row for key in person_keys(traits) for row in by_key.get(key, ())}
            for row in rows:
                likeness = compare_people(wanted[row], traits, known, floor=FAINT_BITS)
                if likeness is not None and likeness.score >= FAINT:
                    found[row].append((person_id, likeness))
    return _named(found, Person, limit)


def house_candidates_for(
    batch: Sequence[HouseTraits], *, viewer: Viewer | None = None, limit: int = SHOWN
) -> list[tuple[Candidate, ...]]:
    """For each of these houses, which of the registry may be the same, the likeliest first."""
    by_key = _by_key([house_keys(one) for one in batch])
    found: list[list[Found]] = [[] for _ in batch]
    for portion in houses_in_portions(viewer) if by_key else ():
        for house_id, traits in portion:
            for row in {row for key in house_keys(traits) for row in by_key.get(key, ())}:
                likeness = compare_houses(batch[row], traits)
                if likeness.score >= FAINT:
                    found[row].append((house_id, likeness))
    return _named(found, Household, limit)


def _by_key(keys_of_rows: Sequence[Sequence[str]]) -> dict[str, list[int]]:
    by_key: dict[str, list[int]] = defaultdict(list)
    for row, keys in enumerate(keys_of_rows):
        for key in set(keys):
            by_key[key].append(row)
    return {key: rows for key, rows in by_key.items() if len(rows) <= MOST_PER_KEY}


def _named(
    found: list[list[Found]], model: type[Person] | type[Household], limit: int
) -> list[tuple[Candidate, ...]]:
    best = [sorted(some, key=lambda one: (-one[1].weight, one[0]))[:limit] for some in found]
    numbers = _numbers(sorted({record for some in best for record, _likeness in some}), model)
    return [
        tuple(
            Candidate(record, numbers[record], like.score, like.reasons, like.against)
            for record, like in some
        )
        for some in best
    ]


def _numbers(ids: list[int], model: type[Person] | type[Household]) -> dict[int, str]:
    numbers: dict[int, str] = {}
    for start in range(0, len(ids), 500):
        rows = db.session.execute(
            select(model.id, model.number).where(model.id.in_(ids[start : start + 500]))
        )
        numbers.update({row.id: row.number for row in rows})
    return numbers
