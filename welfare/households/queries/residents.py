"""Who lived in a house, or stood in its register, on a day of the past."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, and_, case, func, or_, select
from sqlalchemy.engine import Row
from sqlalchemy.orm import aliased

from welfare.core.db import db
from welfare.core.security.permissions import Viewer
from welfare.households import policies
from welfare.households.kinds import Relation, Sex
from welfare.households.models import EarlierRelation, Membership, Person
from welfare.households.queries.loading import load_household
from welfare.households.queries.rows import age, full_name


@dataclass(frozen=True, slots=True)
class Resident:
    """Somebody as they were on that day. ``number`` is empty for who is out of the viewer's area;
    ``since`` is ``None`` where nobody knows when they came."""

    number: str
    name: str
    sex: Sex
    age: int | None
    relation: Relation
    de_facto: bool
    on_register: bool
    since: date | None
    until: date | None


_Then = aliased(EarlierRelation)


def members_on(household: str, day: date, *, viewer: Viewer) -> list[Resident]:
    """Those who belonged to the household on this day, the head first, with the relation and the
    age they had then. On the day somebody leaves they count where they come to; who came on a day
    nobody knows counts as having been there before. ``NotFound`` outside the viewer's area."""
    house = load_household(household, viewer=viewer)
    rows = db.session.execute(_statement(house.id, day, viewer)).all()
    order = {relation: place for place, relation in enumerate(Relation)}
    return sorted(
        (_resident(row, day) for row in rows),
        key=lambda one: (not one.de_facto, order[one.relation], -(one.age or 0)),
    )


def _statement(household_id: int, day: date, viewer: Viewer) -> Select[*tuple[Any, ...]]:
    first_after = (
        select(func.min(_Then.until_day))
        .where(_Then.membership_id == Membership.id, _Then.until_day > day)
        .correlate(Membership)
        .scalar_subquery()
    )
    return (
        select(
            Person.number, Person.title, Person.first_name, Person.middle_name, Person.last_name,
            Person.sex, Person.birth_date, Person.birth_precision, Membership.de_facto,
            Membership.on_register, Membership.from_day, Membership.to_day,
            case(
                (EarlierRelation.id.is_not(None), EarlierRelation.relation),
                else_=Membership.relation,
            ).label("relation"),
            policies.person_in_area(viewer).label("seen"),
        )
        .join(Person, Person.id == Membership.person_id)
        .outerjoin(
            EarlierRelation,
            and_(
                EarlierRelation.membership_id == Membership.id,
                EarlierRelation.until_day == first_after,
            ),
        )
        .where(
            Membership.household_id == household_id,
            or_(Membership.from_day.is_(None), Membership.from_day <= day),
            or_(Membership.to_day.is_(None), Membership.to_day > day),
        )
        .order_by(Membership.id)
    )  # fmt: skip


def _resident(row: Row[*tuple[Any, ...]], day: date) -> Resident:
    return Resident(
        number=row.number if row.seen else "",
        name=full_name(row.title, row.first_name, row.middle_name, row.last_name),
        sex=row.sex,
        age=age(row.birth_date, row.birth_precision, on=day),
        relation=Relation(row.relation),
        de_facto=row.de_facto,
        on_register=row.on_register,
        since=row.from_day,
        until=row.to_day,
    )
