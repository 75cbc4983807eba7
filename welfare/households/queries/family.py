"""The members of a house in the order of a family picture."""

from __future__ import annotations

from collections.abc import Iterable

from welfare.households.kinds import Relation
from welfare.households.queries.files import Member

GENERATIONS = (
    frozenset({Relation.GRANDPARENT}),
    frozenset({Relation.PARENT}),
    frozenset({Relation.HEAD, Relation.SPOUSE, Relation.SIBLING, Relation.IN_LAW}),
    frozenset({Relation.CHILD}),
    frozenset({Relation.GRANDCHILD}),
    frozenset({Relation.RELATIVE, Relation.LODGER, Relation.OTHER}),
)
"""From the oldest generation to the youngest, as seen from the head; the others last."""


def generations(members: Iterable[Member]) -> list[list[Member]]:
    """Those who live there, one list a generation; generations nobody belongs to are left out."""
    living = [member for member in members if member.de_facto]
    rows = [[member for member in living if member.relation in each] for each in GENERATIONS]
    return [row for row in rows if row]
