"""Recorded mothers and fathers, two generations up: what people are to each other for certain."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from sqlalchemy import and_, select
from sqlalchemy.orm import aliased

from welfare.core.db import db
from welfare.households.kinds import ParentKind, Relation
from welfare.households.models import Parentage

_Above = aliased(Parentage)


@dataclass(frozen=True, slots=True)
class Kin:
    """Recorded parents by person; people by the id of their record."""

    parents: Mapping[int, Mapping[ParentKind, int]] = field(default_factory=dict)

    def parents_of(self, person: int) -> set[int]:
        """The recorded mother and father."""
        return set(self.parents.get(person, {}).values())

    def grandparents_of(self, person: int) -> set[int]:
        """The recorded parents of the recorded parents."""
        return {one for parent in self.parents_of(person) for one in self.parents_of(parent)}

    def children_of(self, person: int) -> set[int]:
        """Those of whom this is a recorded parent."""
        return {child for child in self.parents if person in self.parents_of(child)}

    def of(self, head: int, member: int) -> Relation | None:
        """What a member is to a head; ``None`` where the records do not tell."""
        mine, theirs = self.parents_of(head), self.parents_of(member)
        if head in theirs:
            return Relation.CHILD
        if member in mine:
            return Relation.PARENT
        if mine & theirs:
            return Relation.SIBLING
        if head in self.grandparents_of(member):
            return Relation.GRANDCHILD
        if member in self.grandparents_of(head):
            return Relation.GRANDPARENT
        if self._related(head, member, mine, theirs):
            return Relation.RELATIVE
        common = self.children_of(head) & self.children_of(member)
        return Relation.SPOUSE if common else self._by_marriage(head, member)

    def _related(self, head: int, member: int, mine: set[int], theirs: set[int]) -> bool:
        """Uncle, aunt, nephew, niece, cousin."""
        above, beyond = self.grandparents_of(head), self.grandparents_of(member)
        return bool(mine & beyond or above & theirs or above & beyond)

    def _by_marriage(self, head: int, member: int) -> Relation | None:
        """The other parent of a grandchild, or of a nephew."""
        beside = {
            other
            for child in self.children_of(member)
            for other in self.parents_of(child) - {member}
        }
        if any(self.parents_of(other) & {head, *self.parents_of(head)} for other in beside):
            return Relation.IN_LAW
        return None

    def contradicts(self, head: int, member: int, relation: Relation) -> bool:
        """Whether recorded parents make a relation unlikely that follows from the list alone."""
        if relation is Relation.CHILD:
            return len(self.parents_of(member)) == 2
        if relation is Relation.PARENT:
            return len(self.parents_of(head)) == 2
        if relation is Relation.SIBLING:
            mine, theirs = self.parents.get(head, {}), self.parents.get(member, {})
            return any(mine[kind] != theirs[kind] for kind in mine.keys() & theirs.keys())
        return False


def kin_of(people: Collection[int]) -> Kin:
    """The recorded parents and grandparents of these people, in one statement."""
    if not people:
        return Kin()
    rows = db.session.execute(
        select(
            Parentage.person_id, Parentage.parent_id, Parentage.kind,
            _Above.parent_id.label("above"), _Above.kind.label("above_kind"),
        )
        .outerjoin(_Above, and_(_Above.person_id == Parentage.parent_id))
        .where(Parentage.person_id.in_(people))
    )  # fmt: skip
    found: dict[int, dict[ParentKind, int]] = {}
    for row in rows:
        found.setdefault(row.person_id, {})[row.kind] = row.parent_id
        if row.above is not None:
            found.setdefault(row.parent_id, {})[row.above_kind] = row.above
    return Kin(found)
