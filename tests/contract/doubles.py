"""What stands twice in the town: a pair to be decided, and one that was merged."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from tests import cast
from welfare.core.db import db
from welfare.households import services as registry
from welfare.households.facts import PersonFacts
from welfare.households.kinds import FoundBy, PairKind, Relation, Sex
from welfare.households.likeness import Likeness, Sign
from welfare.households.queries.duplicates.fields import seen_versions
from welfare.households.queries.duplicates.sweep import Pair
from welfare.households.services.duplicates import remember_pairs
from welfare.households.services.merging import Ours, merge_people

if TYPE_CHECKING:
    from tests.contract.town import Town


def build(town: Town) -> None:
    """Somebody who looks like the person in the middle, and two who have become one."""
    orn = cast.viewer(cast.ORN)
    double = registry.add_person(
        actor=orn,
        facts=PersonFacts("ค่ำ", "ใจดี", title="นาง", sex=Sex.FEMALE, birth_date=date(1945, 4, 1)),
    )
    registry.add_member(
        actor=orn, household_number=town.household, person_number=double.number,
        relation=Relation.RELATIVE,
    )  # fmt: skip
    likeness = Likeness(0.98, 6.0, (Sign.NAME_SOUNDS, Sign.SAME_BIRTH, Sign.SAME_HOUSE))
    remember_pairs(PairKind.PERSON, [Pair(town.ids[1], double.id, likeness)], FoundBy.CHECK)
    one, other = (
        registry.add_person(actor=orn, facts=PersonFacts(first, "ปันแก้ว")) for first in ("อุ้ย", "อุ่ย")
    )
    done = merge_people(
        actor=orn, a=one.number, b=other.number, version=seen_versions(one.version, other.version),
        ours=Ours(),
    )  # fmt: skip
    db.session.commit()
    town.double, town.merge = double.number, done.change
