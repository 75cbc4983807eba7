"""What holds of every household and person, whatever was done: looked at before it is saved."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from itertools import pairwise
from typing import Any

from sqlalchemy import select
from sqlalchemy.engine import Row

from welfare.core.db import db
from welfare.core.errors import Refused
from welfare.core.i18n import gettext as _
from welfare.households.kinds import Relation
from welfare.households.models import Membership, Person

Stay = Row[*tuple[Any, ...]]


def must_hold(
    households: Collection[int], people: Collection[int], *, headless: Collection[int] = ()
) -> None:
    """``Refused`` when one of these households has two heads, or none though somebody lives there
    (but for ``headless``), or when somebody would live or belong twice on one day, or belong
    anywhere before birth or after death."""
    db.session.flush()
    if households:
        _heads(households, headless)
    if people:
        by_person: dict[int, list[Stay]] = {}
        for stay in _stays(people):
            by_person.setdefault(stay.person_id, []).append(stay)
        for stays in by_person.values():
            _one_at_a_time(stays)


def without_head(households: Collection[int]) -> set[int]:
    """Those of these households in which people live and nobody who lives there is head."""
    found = _relations(households)
    return {house for house, relations in found.items() if Relation.HEAD not in relations}


def _heads(households: Collection[int], headless: Collection[int]) -> None:
    for household_id, relations in _relations(households).items():
        heads = relations.count(Relation.HEAD)
        if heads > 1 or (heads == 0 and household_id not in headless):
            raise Refused(_("A household would be without a head, or have two."), field="new_head")


def _relations(households: Collection[int]) -> dict[int, list[Relation]]:
    """Of those who live there; a household in which nobody lives is left out."""
    found: dict[int, list[Relation]] = {}
    rows = db.session.execute(
        select(Membership.household_id, Membership.relation).where(
            Membership.household_id.in_(households),
            Membership.to_day.is_(None),
            Membership.de_facto,
        )
    )
    for household_id, relation in rows:
        found.setdefault(household_id, []).append(relation)
    return found


def _stays(people: Collection[int]) -> Sequence[Stay]:
    statement = (
        select(
            Membership.person_id, Membership.household_id, Membership.de_facto,
            Membership.from_day, Membership.to_day, Person.birth_date, Person.deceased_on,
        )
        .join(Person, Person.id == Membership.person_id)
        .where(Membership.person_id.in_(people))
    )  # fmt: skip
    return db.session.execute(statement).all()


def _one_at_a_time(stays: list[Stay]) -> None:
    by_household: dict[int, list[Stay]] = {}
    for stay in stays:
        by_household.setdefault(stay.household_id, []).append(stay)
        _within_a_life(stay)
    if any(overlap(one) for one in by_household.values()):
        raise Refused(_("Somebody would belong to one household twice on the same day."))
    if overlap([stay for stay in stays if stay.de_facto]):
        raise Refused(_("Somebody would live in two households on the same day."))


def _within_a_life(stay: Stay) -> None:
    born, died = stay.birth_date, stay.deceased_on
    if died is not None and (stay.to_day is None or stay.to_day > died):
        raise Refused(_("Somebody who has died would still belong to a household."))
    if born is not None and stay.from_day is not None and stay.from_day < born:
        raise Refused(
            _("Somebody would have lived in a household before birth. Mend the date of birth.")
        )


def overlap(stays: Collection[Stay]) -> bool:
    """Whether two of these share a day. The day of leaving counts where one comes to."""
    spans = sorted(
        (stay.from_day or date.min, stay.to_day or date.max)
        for stay in stays
        if stay.to_day is None or stay.from_day is None or stay.to_day > stay.from_day
    )
    return any(after[0] < before[1] for before, after in pairwise(spans))
