"""What a household's page says of records that may stand twice."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, or_, select, true
from sqlalchemy.orm import aliased

from welfare.core.db import db
from welfare.core.security.permissions import Permission, Viewer
from welfare.households import labels
from welfare.households.kinds import PairKind, PairStatus
from welfare.households.models import DuplicatePair, Household, Membership, Person
from welfare.households.policies import can_see_village, person_in_area
from welfare.households.queries.rows import full_name

MOST = 10


def _both_in_area(viewer: Viewer) -> ColumnElement[bool]:
    """Both records of a pair of people may be seen; a pair of houses is asked for by village."""
    if viewer.villages is None:
        return true()
    both = [
        select(Person.id)
        .where(Person.id == column, person_in_area(viewer))
        .correlate(DuplicatePair)
        .exists()
        for column in (DuplicatePair.a_id, DuplicatePair.b_id)
    ]
    return or_(DuplicatePair.kind == PairKind.HOUSEHOLD, and_(*both))


_PersonA, _PersonB = aliased(Person), aliased(Person)
_HouseA, _HouseB = aliased(Household), aliased(Household)


@dataclass(frozen=True, slots=True)
class PairNotice:
    """Two records that may be one: ``place`` is ``people`` or ``households``."""

    place: str
    a: str
    b: str
    names: str


def pairs_of_house(household_id: int, *, viewer: Viewer) -> tuple[PairNotice, ...]:
    """Open pairs of this house or of somebody who belongs to it, for who may merge; one
    statement. A pair with a house outside the viewer's area is left out."""
    if not viewer.can(Permission.MERGE_REGISTRY):
        return ()
    here = select(Membership.person_id).where(
        Membership.household_id == household_id, Membership.to_day.is_(None)
    )
    pair = DuplicatePair
    rows = db.session.execute(
        select(
            pair.kind, _PersonA.number.label("person_a"), _PersonB.number.label("person_b"),
            _PersonA.title, _PersonA.first_name, _PersonA.last_name,
            _PersonB.title.label("title_b"), _PersonB.first_name.label("first_b"),
            _PersonB.last_name.label("last_b"), _HouseA.number.label("house_a"),
            _HouseB.number.label("house_b"), _HouseA.house_no, _HouseA.village_no,
            _HouseB.house_no.label("house_no_b"), _HouseB.village_no.label("village_no_b"),
        )
        .outerjoin(_PersonA, and_(pair.kind == PairKind.PERSON, _PersonA.id == pair.a_id))
        .outerjoin(_PersonB, and_(pair.kind == PairKind.PERSON, _PersonB.id == pair.b_id))
        .outerjoin(_HouseA, and_(pair.kind == PairKind.HOUSEHOLD, _HouseA.id == pair.a_id))
        .outerjoin(_HouseB, and_(pair.kind == PairKind.HOUSEHOLD, _HouseB.id == pair.b_id))
        .where(
            pair.status == PairStatus.OPEN,
            _both_in_area(viewer),
            or_(
                and_(pair.kind == PairKind.PERSON, pair.a_id.in_(here)),
                and_(pair.kind == PairKind.PERSON, pair.b_id.in_(here)),
                and_(pair.kind == PairKind.HOUSEHOLD, pair.a_id == household_id),
                and_(pair.kind == PairKind.HOUSEHOLD, pair.b_id == household_id),
            ),
        )
        .order_by(pair.weight.desc(), pair.id)
        .limit(MOST)
    ).all()  # fmt: skip
    found = []
    for row in rows:
        if row.kind == PairKind.PERSON:
            first = full_name(row.title, row.first_name, "", row.last_name)
            second = full_name(row.title_b, row.first_b, "", row.last_b)
            found.append(PairNotice("people", row.person_a, row.person_b, f"{first} – {second}"))
        elif can_see_village(viewer, row.village_no) and can_see_village(viewer, row.village_no_b):
            first = labels.address(row.house_no, row.village_no)
            second = labels.address(row.house_no_b, row.village_no_b)
            found.append(PairNotice("households", row.house_a, row.house_b, f"{first} – {second}"))
    return tuple(found)
