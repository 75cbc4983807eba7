"""The file of one household: everything its page shows, as plain values."""

from __future__ import annotations

from dataclasses import dataclass

from welfare.core.security.permissions import Viewer
from welfare.core.thai.identity import format_house_code
from welfare.households import labels, policies
from welfare.households.facts import HouseholdFacts
from welfare.households.kinds import Relation
from welfare.households.queries.loading import load_household_with_village
from welfare.households.queries.members import Member, members_of
from welfare.households.queries.values import household_facts


@dataclass(frozen=True, slots=True)
class HouseholdFile:
    """One household with its people; cases, help and the timeline are read beside it."""

    id: int
    number: str
    version: int
    facts: HouseholdFacts
    house_code: str
    village_name: str
    members: tuple[Member, ...]
    past: tuple[Member, ...]
    may_edit: bool

    @property
    def address(self) -> str:
        """The house in one line."""
        facts = self.facts
        return labels.address(facts.house_no, facts.village_no, facts.lane, facts.road)

    @property
    def head(self) -> str:
        """The name of the head of the household; empty where nobody is."""
        heads = (member.name for member in self.members if member.relation == Relation.HEAD)
        return next(heads, "")

    @property
    def living(self) -> tuple[Member, ...]:
        """Who lives there now."""
        return tuple(member for member in self.members if member.de_facto)

    @property
    def registered_only(self) -> tuple[Member, ...]:
        """Who stands in its house register and lives elsewhere."""
        return tuple(
            member for member in self.members if member.on_register and not member.de_facto
        )

    @property
    def living_only(self) -> tuple[Member, ...]:
        """Who lives there and stands in another house register, or in none that is known."""
        return tuple(member for member in self.living if not member.on_register)


def household_file(number: str, *, viewer: Viewer) -> HouseholdFile:
    """The household of this number with its members; ``NotFound`` outside the viewer's area."""
    house, village = load_household_with_village(number, viewer=viewer)
    everyone = members_of(house.id, viewer)
    return HouseholdFile(
        id=house.id,
        number=house.number,
        version=house.version,
        facts=household_facts(house),
        house_code=format_house_code(house.house_code) if house.house_code else "",
        village_name=village,
        members=tuple(member for member in everyone if member.to_day is None),
        past=tuple(member for member in everyone if member.to_day is not None),
        may_edit=policies.can_edit(viewer, house.village_no),
    )
