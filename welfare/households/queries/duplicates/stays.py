"""Where somebody lived when, told by two records: put together without overlap.

Pure: the service applies the plan, the preview shows it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from welfare.households.kinds import EndReason, Relation

_VAGUE = frozenset({Relation.OTHER, Relation.RELATIVE})


@dataclass(frozen=True, slots=True)
class Stay:
    """One membership. ``record``: which of the two records it comes from."""

    id: int
    household_id: int
    person_id: int
    relation: Relation
    de_facto: bool
    on_register: bool
    from_day: date | None
    to_day: date | None
    reason: str = ""
    version: int = 0

    @property
    def span(self) -> tuple[date, date]:
        """From and to; unknown and open reach as far as they can."""
        return self.from_day or date.min, self.to_day or date.max


@dataclass(slots=True)
class Plan:
    """``kept``: stays as they will stand. ``absorbed``: id of one that goes into another.
    ``dropped``: ids of those that say nothing any more."""

    kept: list[Stay] = field(default_factory=list)
    absorbed: dict[int, int] = field(default_factory=dict)
    dropped: list[int] = field(default_factory=list)


def combine(
    stays: Sequence[Stay],
    *,
    survivor: int,
    home: int | None = None,
    died: date | None = None,
) -> Plan:
    """The stays of two people who are one. ``survivor``: whose record stands; ``home``: the
    household they live in now, where the two say different ones; ``died`` ends what is open."""
    plan = Plan()
    for same in _groups(stays, lambda stay: stay.household_id):
        _unite(sorted(same, key=lambda stay: (stay.person_id != survivor, stay.id)), plan)
    order = sorted(
        (_begun(stay, plan.kept) for stay in plan.kept),
        key=lambda stay: (
            stay.household_id != home or stay.to_day is not None,
            stay.to_day is not None,
            stay.person_id != survivor,
            -stay.span[0].toordinal(),
        ),
    )
    plan.kept = []
    for stay in order:
        fitted = _fitted(stay, [one for one in plan.kept if one.de_facto])
        if fitted is None:
            plan.dropped.append(stay.id)
        else:
            plan.kept.append(_closed(fitted, died))
    plan.kept.sort(key=lambda stay: stay.id)
    return plan


def combine_members(stays: Sequence[Stay], *, survivor: int) -> Plan:
    """The stays of everybody in two houses that are one; each person's are united, and of two
    heads who live there the one of the record that stands stays head."""
    plan = Plan()
    for same in _groups(stays, lambda stay: stay.person_id):
        _unite(sorted(same, key=lambda stay: (stay.household_id != survivor, stay.id)), plan)
    heads = [s for s in plan.kept if s.relation is Relation.HEAD and s.to_day is None]
    heads.sort(key=lambda stay: (not stay.de_facto, stay.household_id != survivor, stay.id))
    second = {stay.id for stay in heads[1:]}
    plan.kept = [
        replace(stay, relation=Relation.RELATIVE) if stay.id in second else stay
        for stay in plan.kept
    ]
    return plan


def _groups(stays: Sequence[Stay], key: Callable[[Stay], int]) -> list[list[Stay]]:
    grouped: dict[int, list[Stay]] = {}
    for stay in stays:
        grouped.setdefault(key(stay), []).append(stay)
    return list(grouped.values())


def _unite(stays: list[Stay], plan: Plan) -> None:
    """Stays in one house that share a day, or follow each other by a day, are one stay."""
    standing: list[Stay] = []
    for stay in stays:
        touching = [one for one in standing if _touch(one, stay)]
        if not touching:
            standing.append(stay)
            continue
        first = touching[0]
        united = _union(first, stay)
        plan.absorbed[stay.id] = first.id
        for other in touching[1:]:
            united = _union(united, other)
            plan.absorbed[other.id] = first.id
        gone = {one.id for one in touching}
        standing = [united, *(one for one in standing if one.id not in gone)]
    plan.kept += standing


def _touch(a: Stay, b: Stay) -> bool:
    """Whether they share a day; where neither has an end or a known beginning they do."""
    return a.span[0] <= b.span[1] and b.span[0] <= a.span[1]


def _union(a: Stay, b: Stay) -> Stay:
    """One stay; a known first day counts more than none, an open end more than a closed one."""
    begins = [day for day in (a.from_day, b.from_day) if day is not None]
    open_ended = a.to_day is None or b.to_day is None
    later = a if a.span[1] >= b.span[1] else b
    relation = a.relation
    if Relation.HEAD in {s.relation for s in (a, b) if s.to_day is None or not open_ended}:
        relation = Relation.HEAD
    elif relation in _VAGUE:
        relation = b.relation
    return replace(
        a,
        relation=relation,
        de_facto=a.de_facto or b.de_facto,
        on_register=a.on_register or b.on_register,
        from_day=min(begins) if begins else None,
        to_day=None if open_ended else later.to_day,
        reason="" if open_ended else later.reason,
    )


def _begun(stay: Stay, others: list[Stay]) -> Stay:
    """A stay without a known first day began, at the latest, when those before it had ended."""
    if stay.from_day is not None or not stay.de_facto:
        return stay
    ends = [
        one.to_day
        for one in others
        if one.id != stay.id and one.de_facto and one.to_day and one.to_day <= stay.span[1]
    ]
    return replace(stay, from_day=max(ends)) if ends else stay


def _fitted(stay: Stay, others: list[Stay]) -> Stay | None:
    """The stay beside others that are surer: ended where the next begins if it has days of its own,
    or in the register only, or not at all."""
    if not stay.de_facto:
        return stay
    for other in sorted(others, key=lambda one: one.span):
        if not (stay.span[0] < other.span[1] and other.span[0] < stay.span[1]):
            continue
        dated = stay.from_day is not None or stay.to_day is not None
        if dated and other.from_day is not None and stay.span[0] < other.from_day:
            stay = replace(stay, to_day=other.from_day, reason=EndReason.MOVED_OUT.value)
        elif stay.on_register:
            relation = Relation.OTHER if stay.relation is Relation.HEAD else stay.relation
            return replace(stay, de_facto=False, relation=relation)
        else:
            return None
    return stay


def _closed(stay: Stay, died: date | None) -> Stay:
    if died is None or stay.to_day is not None:
        return stay
    return replace(stay, to_day=max(died, stay.span[0]), reason=EndReason.DIED.value)
