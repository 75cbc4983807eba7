"""What a member is to a new head, as far as it follows from what both were to the old one and
from their recorded parents."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from welfare.households.kinds import Relation
from welfare.households.queries.kinship import Kin

R = Relation

_TOLD: Mapping[Relation, Mapping[Relation, Relation]] = {
    R.SPOUSE: {
        R.HEAD: R.SPOUSE, R.CHILD: R.CHILD, R.GRANDCHILD: R.GRANDCHILD, R.PARENT: R.IN_LAW,
        R.GRANDPARENT: R.IN_LAW, R.SIBLING: R.IN_LAW,
    },
    R.CHILD: {
        R.HEAD: R.PARENT, R.SPOUSE: R.PARENT, R.CHILD: R.SIBLING, R.PARENT: R.GRANDPARENT,
        R.SIBLING: R.RELATIVE, R.GRANDPARENT: R.RELATIVE, R.RELATIVE: R.RELATIVE,
    },
    R.PARENT: {
        R.HEAD: R.CHILD, R.SPOUSE: R.IN_LAW, R.CHILD: R.GRANDCHILD, R.SIBLING: R.CHILD,
        R.PARENT: R.SPOUSE, R.GRANDCHILD: R.RELATIVE, R.RELATIVE: R.RELATIVE,
    },
    R.GRANDCHILD: {
        R.HEAD: R.GRANDPARENT, R.SPOUSE: R.GRANDPARENT, R.SIBLING: R.RELATIVE,
        R.PARENT: R.RELATIVE, R.GRANDPARENT: R.RELATIVE, R.RELATIVE: R.RELATIVE,
    },
    R.GRANDPARENT: {
        R.HEAD: R.GRANDCHILD, R.SIBLING: R.GRANDCHILD, R.SPOUSE: R.IN_LAW, R.CHILD: R.RELATIVE,
        R.GRANDCHILD: R.RELATIVE, R.RELATIVE: R.RELATIVE,
    },
    R.SIBLING: {
        R.HEAD: R.SIBLING, R.SIBLING: R.SIBLING, R.PARENT: R.PARENT, R.SPOUSE: R.IN_LAW,
        R.GRANDPARENT: R.GRANDPARENT, R.CHILD: R.RELATIVE, R.GRANDCHILD: R.RELATIVE,
        R.RELATIVE: R.RELATIVE,
    },
    R.RELATIVE: {R.HEAD: R.RELATIVE},
    R.OTHER: {R.HEAD: R.OTHER},
}  # fmt: skip
"""By what the new head was, and what the member was, to the old head. What is not in here nobody
can tell from the list: whose child a grandchild is, whether a daughter-in-law is the wife."""


class Standing(NamedTuple):
    """A member: the id of the person, and what they are to the head of now."""

    person: int
    relation: Relation


def told_anew(new_head: Relation, member: Relation) -> Relation | None:
    """``new_head`` and ``member``: what each was to the old head. A proposal: people correct it.
    ``None`` where nobody can tell from that."""
    if R.LODGER in (new_head, member):
        return R.LODGER if member is R.LODGER else R.OTHER
    if member is R.OTHER:
        return R.OTHER
    return _TOLD.get(new_head, {}).get(member)


def retold(new_head: Standing, member: Standing, kin: Kin) -> Relation | None:
    """What a member is to the new head: by recorded parents first, then by what both were; ``None``
    where neither tells, or the one speaks against the other."""
    recorded = kin.of(new_head.person, member.person)
    follows = told_anew(new_head.relation, member.relation)
    if recorded is R.SPOUSE:
        return R.SPOUSE if follows in (None, R.SPOUSE) else follows
    if recorded is not None:
        return recorded
    if follows is not None and kin.contradicts(new_head.person, member.person, follows):
        return None
    return follows
