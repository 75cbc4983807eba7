"""What a choice of workers does to everybody's load."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from welfare.dispatch.queries import Ranking


@dataclass(frozen=True, slots=True)
class Effect:
    """What a worker carries now and would carry then."""

    name: str
    before: int
    after: int
    cases: int


def effects_of(rankings: Sequence[Ranking], chosen: Mapping[str, int]) -> list[Effect]:
    """Who would carry how much, those whom it changes first."""
    loads: dict[int, tuple[str, int]] = {}
    extra: dict[int, list[int]] = {}
    for ranking in rankings:
        for one in ranking.ranked:
            loads[one.member.id] = (one.member.name, one.load.weight)
            if chosen[ranking.case.number] == one.member.id:
                extra.setdefault(one.member.id, []).append(one.extra)
    found = [
        Effect(name, weight, weight + sum(extra.get(one, ())), len(extra.get(one, ())))
        for one, (name, weight) in loads.items()
    ]
    return sorted(found, key=lambda effect: (-effect.cases, effect.name))
