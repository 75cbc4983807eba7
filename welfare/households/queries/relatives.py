"""With whom a person lives now; one statement."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import aliased

from welfare.core.db import db
from welfare.core.security.permissions import Viewer
from welfare.households import policies
from welfare.households.kinds import Relation, Sex
from welfare.households.models import Membership, Person
from welfare.households.queries.rows import age, full_name

MOST = 30
_Own = aliased(Membership)


@dataclass(frozen=True, slots=True)
class Relative:
    """Somebody of the same household. ``relation`` is to its head; ``number`` is empty for who is
    out of the viewer's area."""

    person_id: int
    number: str
    name: str
    age: int | None
    sex: Sex
    relation: Relation


def relatives_of(person_id: int, *, viewer: Viewer) -> tuple[Relative, ...]:
    """Those who live, or are registered, in a household to which the person belongs now."""
    rows = db.session.execute(
        select(
            Person.id, Person.number, Person.title, Person.first_name, Person.middle_name,
            Person.last_name, Person.birth_date, Person.birth_precision, Person.sex,
            Membership.relation, policies.person_in_area(viewer).label("seen"),
        )
        .join(Membership, Membership.person_id == Person.id)
        .join(_Own, _Own.household_id == Membership.household_id)
        .where(
            _Own.person_id == person_id,
            _Own.to_day.is_(None),
            Membership.to_day.is_(None),
            Membership.person_id != person_id,
            Person.deceased_on.is_(None),
        )
        .order_by(Membership.id)
        .limit(MOST)
    )  # fmt: skip
    order = {relation: place for place, relation in enumerate(Relation)}
    found = {
        row.id: Relative(
            row.id,
            row.number if row.seen else "",
            full_name(row.title, row.first_name, row.middle_name, row.last_name),
            age(row.birth_date, row.birth_precision),
            row.sex,
            row.relation,
        )
        for row in rows
    }
    return tuple(sorted(found.values(), key=lambda one: (order[one.relation], -(one.age or 0))))
