"""The family of a house as a picture has it: generations as seen from the head, in rows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from welfare.households.kinds import Relation
from welfare.households.queries.members import Member


class Generation(StrEnum):
    """A row of the picture, from the oldest to the youngest; those outside the line last."""

    GRANDPARENTS = "grandparents"
    PARENTS = "parents"
    HEAD = "head"
    CHILDREN = "children"
    GRANDCHILDREN = "grandchildren"
    OTHERS = "others"


GENERATIONS: dict[Relation, Generation] = {
    Relation.GRANDPARENT: Generation.GRANDPARENTS,
    Relation.PARENT: Generation.PARENTS,
    Relation.HEAD: Generation.HEAD,
    Relation.SPOUSE: Generation.HEAD,
    Relation.SIBLING: Generation.HEAD,
    Relation.CHILD: Generation.CHILDREN,
    Relation.IN_LAW: Generation.CHILDREN,
    Relation.GRANDCHILD: Generation.GRANDCHILDREN,
}
"""Whoever is not named here (relatives, lodgers, others) stands in the last row.

In-laws are เขย/สะใภ้, who married into the family: most often the children's generation.
"""

IN_LAW_OF_HEAD_YEARS = 12
"""An in-law within so many years of the head's age is of the head's own generation."""


@dataclass(frozen=True, slots=True)
class Row:
    """Those of one generation, the head and the spouse first."""

    generation: Generation
    members: tuple[Member, ...]


def family_rows(members: Iterable[Member], past: Iterable[Member] = ()) -> tuple[Row, ...]:
    """Everybody who belongs to the house, with those who died as its members; rows that nobody
    belongs to are left out. A member is shown once."""
    shown = list(members)
    here = {member.person_id for member in shown}
    for member in past:
        if member.deceased and member.person_id not in here:
            here.add(member.person_id)
            shown.append(member)
    head = next((one.age for one in shown if one.relation == Relation.HEAD), None)
    rows: dict[Generation, list[Member]] = {each: [] for each in Generation}
    for member in shown:
        rows[_generation(member, head)].append(member)
    return tuple(
        Row(each, tuple(sorted(found, key=_place))) for each, found in rows.items() if found
    )


def _generation(member: Member, head_age: int | None) -> Generation:
    if member.relation == Relation.IN_LAW and member.age is not None and head_age is not None:
        apart = head_age - member.age
        if abs(apart) <= IN_LAW_OF_HEAD_YEARS:
            return Generation.HEAD
        return Generation.CHILDREN if apart > 0 else Generation.PARENTS
    return GENERATIONS.get(member.relation, Generation.OTHERS)


def _place(member: Member) -> tuple[int, int]:
    first = {Relation.HEAD: 0, Relation.SPOUSE: 1}.get(member.relation, 2)
    return first, -(member.age if member.age is not None else -1)
