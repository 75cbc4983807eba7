"""A small world of households, and what became of its rows: looked at past the program's models."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import select, text

from welfare.core.db import Base, db
from welfare.core.security.permissions import Viewer
from welfare.households import services
from welfare.households.facts import HouseholdFacts, PersonFacts
from welfare.households.kinds import Relation, Sex

Row = dict[str, Any]
Rows = dict[tuple[str, int], Row]

TABLES = (
    "households", "people", "person_names", "memberships", "earlier_relations", "parentages",
    "person_facts", "person_identifiers", "person_phones",
)  # fmt: skip
HOUSEKEEPING = {"version", "updated_at"}
FAMILIES: tuple[tuple[tuple[Relation, Sex, int], ...], ...] = (
    (
        (Relation.HEAD, Sex.MALE, 1960), (Relation.SPOUSE, Sex.FEMALE, 1962),
        (Relation.CHILD, Sex.MALE, 1985), (Relation.GRANDCHILD, Sex.FEMALE, 2012),
    ),
    ((Relation.HEAD, Sex.FEMALE, 1970), (Relation.CHILD, Sex.FEMALE, 1995)),
    ((Relation.HEAD, Sex.MALE, 1990),),
    (),
)  # fmt: skip
"""The last house stands empty."""


@dataclass
class World:
    """Numbers of what there is; more are born and built on the way."""

    actor: Viewer
    households: list[str] = field(default_factory=list)
    people: list[str] = field(default_factory=list)
    first: dict[str, int] = field(default_factory=dict)
    """The highest id of each table before this world."""

    def build(self) -> "World":
        """Settle the families, since ten years ago or since nobody knows when."""
        for name in TABLES:
            self.first[name] = db.session.scalar(text(f"SELECT coalesce(max(id), 0) FROM {name}"))
        for place, family in enumerate(FAMILIES):
            house = services.add_household(
                actor=self.actor, facts=HouseholdFacts(str(place + 1), village_no=2)
            )
            self.households.append(house.number)
            for relation, sex, born in family:
                self._settle(house.number, relation, sex, born, place)
        self.people.append(self._person(Sex.MALE, 1980, "นอก"))
        db.session.commit()
        return self

    def as_at_first(self) -> "World":
        """The same world for another sequence: all that was done to it has been undone."""
        self.households = self.households[: len(FAMILIES)]
        self.people = self.people[: sum(map(len, FAMILIES)) + 1]
        return self

    def _settle(self, house: str, relation: Relation, sex: Sex, born: int, place: int) -> None:
        number = self._person(sex, born, f"สกุล{place}")
        self.people.append(number)
        services.add_member(
            actor=self.actor, household_number=house, person_number=number, relation=relation,
            from_day=None if place == 1 else date(max(born, 2015), 6, 1),
            on_register=born != 1985,
        )  # fmt: skip

    def _person(self, sex: Sex, born: int, last: str) -> str:
        facts = PersonFacts(f"คน{len(self.people)}", last, sex=sex, birth_date=date(born, 3, 4))
        return services.add_person(actor=self.actor, facts=facts).number

    def rows(self) -> Rows:
        """Every row of this world, without its housekeeping."""
        found: Rows = {}
        for name in TABLES:
            table = Base.metadata.tables[name]
            rows = db.session.execute(select(table).where(table.c.id > self.first[name]))
            for row in rows.mappings():
                kept = {key: value for key, value in row.items() if key not in HOUSEKEEPING}
                found[name, row["id"]] = kept
        db.session.rollback()
        return found


def changed(before: Rows, after: Rows) -> set[tuple[str, int]]:
    """The rows that are not what they were."""
    return {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)}
