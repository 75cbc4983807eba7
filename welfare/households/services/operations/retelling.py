"""What a member is to a new head, as far as it follows from what both were to the old one."""

from __future__ import annotations

from collections.abc import Mapping

from welfare.households.kinds import Relation

R = Relation

_TOLD: Mapping[Relation, Mapping[Relation, Relation]] = {
    R.SPOUSE: {
        R.HEAD: R.SPOUSE, R.CHILD: R.CHILD, R.GRANDCHILD: R.GRANDCHILD, R.PARENT: R.IN_LAW,
        R.GRANDPARENT: R.IN_LAW, R.SIBLING: R.IN_LAW,
    },
    R.CHILD: {
        R.HEAD: R.PARENT, R.SPOUSE: R.PARENT, R.CHILD: R.SIBLING, R.PARENT: R.GRANDPARENT,
        R.SIBLING: R.RELATIVE, R.GRANDPARENT: R.RELATIVE, R.GRANDCHILD: R.RELATIVE,
    },
    R.PARENT: {
        R.HEAD: R.CHILD, R.SPOUSE: R.IN_LAW, R.CHILD: R.GRANDCHILD, R.SIBLING: R.CHILD,
        R.PARENT: R.SPOUSE, R.GRANDPARENT: R.PARENT, R.GRANDCHILD: R.RELATIVE,
    },
    R.GRANDCHILD: {
        R.HEAD: R.GRANDPARENT, R.SPOUSE: R.GRANDPARENT, R.GRANDCHILD: R.RELATIVE,
        R.CHILD: R.RELATIVE, R.SIBLING: R.RELATIVE, R.PARENT: R.RELATIVE,
        R.GRANDPARENT: R.RELATIVE,
    },
    R.GRANDPARENT: {
        R.HEAD: R.GRANDCHILD, R.PARENT: R.CHILD, R.SIBLING: R.GRANDCHILD, R.SPOUSE: R.IN_LAW,
        R.GRANDPARENT: R.SPOUSE, R.CHILD: R.RELATIVE, R.GRANDCHILD: R.RELATIVE,
    },
    R.SIBLING: {
        R.HEAD: R.SIBLING, R.SIBLING: R.SIBLING, R.PARENT: R.PARENT, R.SPOUSE: R.IN_LAW,
        R.GRANDPARENT: R.GRANDPARENT, R.CHILD: R.RELATIVE, R.GRANDCHILD: R.RELATIVE,
    },
}  # fmt: skip


def told_anew(new_head: Relation, member: Relation) -> Relation:
    """``new_head`` and ``member``: what each was to the old head. A proposal: people correct it.

    A child's sister is a sister; whose child a grandchild is, nobody can tell from the list.
    """
    if R.LODGER in (new_head, member):
        return R.LODGER if member is R.LODGER else R.OTHER
    if new_head in _TOLD:
        return _TOLD[new_head].get(member, member if member is R.OTHER else R.RELATIVE)
    return R.OTHER if R.OTHER in (new_head, member) else R.RELATIVE
