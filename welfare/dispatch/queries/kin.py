"""Whom a worker is related to, as far as the registry knows.

Who decides on or looks after a relative is in conflict: พ.ร.บ. วิธีปฏิบัติราชการทางปกครอง 2539 ม. 13
(ascendants and descendants, brothers and sisters, cousins within three degrees, relatives by
marriage within two). Parents and children are followed four steps, and who shares a house with
the worker or with such a relative counts as well: rather one too many than one too few.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import and_, literal, select, union_all

from welfare.core.db import db
from welfare.dispatch.models import WorkerProfile
from welfare.households.models import Membership, Parentage

STEPS = 4


@dataclass(frozen=True, slots=True)
class Kin:
    """People and houses of a worker's family."""

    people: frozenset[int] = frozenset()
    houses: frozenset[int] = frozenset()
    own_house: frozenset[int] = frozenset()

    def touches(
        self, *, person_id: int | None, household_id: int | None, home_id: int | None
    ) -> bool:
        """Whether a case is about the family: its person, its house, or who lives with them."""
        if person_id in self.people and person_id is not None:
            return True
        if household_id in self.houses and household_id is not None:
            return True
        return home_id is not None and home_id in self.own_house


NO_KIN = Kin()


def kin_of(user_ids: Iterable[int]) -> dict[int, Kin]:
    """The families of those workers whose own record is known, in one statement."""
    wanted = sorted(set(user_ids))
    if not wanted:
        return {}
    edges = union_all(
        select(Parentage.person_id.label("one"), Parentage.parent_id.label("other")),
        select(Parentage.parent_id.label("one"), Parentage.person_id.label("other")),
    ).subquery()
    family = select(
        WorkerProfile.user_id, WorkerProfile.person_id.label("person_id"), literal(0).label("far")
    ).where(WorkerProfile.user_id.in_(wanted), WorkerProfile.person_id.is_not(None))
    walk = family.cte("kin", recursive=True)
    walk = walk.union(
        select(walk.c.user_id, edges.c.other, walk.c.far + 1).where(
            edges.c.one == walk.c.person_id, walk.c.far < STEPS
        )
    )
    lives = and_(Membership.person_id == walk.c.person_id, Membership.to_day.is_(None))
    rows = db.session.execute(
        select(walk.c.user_id, walk.c.person_id, walk.c.far, Membership.household_id).select_from(
            walk.outerjoin(Membership, lives)
        )
    )
    people: dict[int, set[int]] = {}
    houses: dict[int, set[int]] = {}
    own: dict[int, set[int]] = {}
    for row in rows:
        people.setdefault(row.user_id, set()).add(row.person_id)
        if row.household_id is not None:
            houses.setdefault(row.user_id, set()).add(row.household_id)
            if row.far == 0:
                own.setdefault(row.user_id, set()).add(row.household_id)
    return {
        user_id: Kin(
            frozenset(found),
            frozenset(houses.get(user_id, ())),
            frozenset(own.get(user_id, ())),
        )
        for user_id, found in people.items()
    }
