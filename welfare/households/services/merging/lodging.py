"""Applying a plan of stays to memberships, in an order that unique indexes bear."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import cast

from sqlalchemy import Table, select

from welfare.core.db import db
from welfare.households.models import EarlierRelation, Membership
from welfare.households.queries.duplicates.stays import Plan, Stay
from welfare.households.services.recording import Recording

_FIELDS = (
    "household_id", "person_id", "relation", "de_facto", "on_register", "from_day", "to_day",
    "reason",
)  # fmt: skip


def apply_plan(
    changes: Recording, plan: Plan, *, person_id: int | None = None, household_id: int | None = None
) -> None:
    """Bring memberships into the state of the plan; every kept one belongs to this person, or this
    household, afterwards."""
    wanted = [stay.id for stay in plan.kept]
    gone = [*plan.absorbed, *plan.dropped]
    links = {
        link.id: link
        for link in db.session.scalars(
            select(Membership).where(Membership.id.in_([*wanted, *gone])).order_by(Membership.id)
        )
    }
    _send_relations(changes, plan)
    for stay_id in gone:
        db.session.delete(links[stay_id])
    db.session.flush()
    for stay in sorted(plan.kept, key=_frees_first):
        _write(links[stay.id], stay, {"person_id": person_id, "household_id": household_id})
        db.session.flush()


def _send_relations(changes: Recording, plan: Plan) -> None:
    of = cast(Table, EarlierRelation.__table__)
    for gone, into in plan.absorbed.items():
        changes.repoint(of, "membership_id", gone, _last(into, plan.absorbed))
    for row in db.session.scalars(
        select(EarlierRelation).where(EarlierRelation.membership_id.in_(plan.dropped))
    ):
        db.session.delete(row)
    db.session.flush()


def _last(stay_id: int, absorbed: Mapping[int, int]) -> int:
    while stay_id in absorbed:
        stay_id = absorbed[stay_id]
    return stay_id


def _frees_first(stay: Stay) -> tuple[bool, bool, int]:
    """What ends, or is no home any more, before what takes its place."""
    return stay.to_day is None and stay.de_facto, stay.to_day is None, stay.id


def _write(link: Membership, stay: Stay, owner: Mapping[str, int | None]) -> None:
    for name in _FIELDS:
        value = owner.get(name) or getattr(stay, name)
        if getattr(link, name) != value:
            setattr(link, name, value)


def stays_of(links: Iterable[Membership]) -> list[Stay]:
    """Memberships as the plan takes them."""
    return [
        Stay(
            link.id, link.household_id, link.person_id, link.relation, link.de_facto,
            link.on_register, link.from_day, link.to_day, link.reason, link.version,
        )
        for link in links
    ]  # fmt: skip
