"""People of the registry who may be those of a file whose numbers did not find anybody."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from welfare.core.db import db
from welfare.core.security.permissions import Viewer
from welfare.core.thai.text import search_key
from welfare.households.imports.values import RowValues
from welfare.households.kinds import DatePrecision, Sex
from welfare.households.likeness import PersonTraits
from welfare.households.models import Membership, Person
from welfare.households.queries.duplicates import candidates_for

CHUNK = 500
OFFERED = 3


@dataclass(frozen=True, slots=True)
class Likely:
    """A row that looks for its person; ``household_id`` where its house is known."""

    values: RowValues
    household_id: int | None

    @property
    def name(self) -> str:
        """First, middle and last name as search text."""
        person = self.values.person
        parts = (person.get(part, "") for part in ("first_name", "middle_name", "last_name"))
        return search_key(" ".join(parts))


@dataclass(frozen=True, slots=True)
class MayBe:
    """Somebody who may be the one: ``same`` where name and birth, or name and house, are.

    ``why`` and ``but`` are codes of ``likeness.Sign``.
    """

    person_id: int
    score: float
    same: bool
    why: tuple[str, ...] = ()
    but: tuple[str, ...] = ()


def likely_people(rows: Sequence[Likely], viewer: Viewer) -> list[tuple[MayBe, ...]]:
    """For each row those who may be it, the likeliest first.

    Who has the same name and birth or house is found at once; the matcher of duplicates, which
    looks at the whole registry, is asked for the others, all in one.
    """
    if not rows:
        return []
    namesakes = _namesakes({row.name for row in rows})
    found = [tuple(namesakes.of(row))[:OFFERED] for row in rows]
    asked = [place for place, some in enumerate(found) if not any(one.same for one in some)]
    answers = candidates_for([_traits(rows[place]) for place in asked], viewer=viewer)
    for place, candidates in zip(asked, answers, strict=True):
        found[place] = tuple(
            MayBe(
                one.person_id,
                one.score,
                False,
                tuple(sign.value for sign in one.reasons),
                tuple(sign.value for sign in one.against),
            )
            for one in candidates
            if one.offered
        )
    return found


def _traits(row: Likely) -> PersonTraits:
    person, house = row.values.person, row.values.house
    guessed = row.values.guessed
    return PersonTraits(
        first=person.get("first_name", ""),
        last=person.get("last_name", ""),
        middle=person.get("middle_name", ""),
        title=person.get("title", ""),
        sex=Sex(person.get("sex", Sex.UNKNOWN)),
        birth=None if "birth_date" in guessed else person.get("birth_date"),
        precision=DatePrecision(person.get("birth_precision", DatePrecision.DAY)),
        identifier=person.get("identifier", ""),
        phone=person.get("phone", ""),
        house_no=str(house.get("house_no", "")),
        village_no=house.get("village_no"),
        household_id=row.household_id,
        relation=row.values.link.get("relation"),
    )


class _Namesakes:
    """People by their exact name, with birth and homes."""

    def __init__(self) -> None:
        self.by_name: dict[str, list[tuple[int, object, DatePrecision]]] = {}
        self.homes: dict[int, set[int]] = {}

    def of(self, row: Likely) -> list[MayBe]:
        born = row.values.person.get("birth_date")
        year_only = row.values.person.get("birth_precision") != DatePrecision.DAY
        found = []
        for person_id, birth, _precision in self.by_name.get(row.name, ()):
            same_birth = born is not None and not year_only and birth == born
            same_home = row.household_id is not None and row.household_id in self.homes.get(
                person_id, ()
            )
            score = 0.6 + 0.2 * same_birth + 0.15 * same_home
            found.append(MayBe(person_id, score, same_birth or same_home))
        return sorted(found, key=lambda one: -one.score)


def _namesakes(names: set[str]) -> _Namesakes:
    known = _Namesakes()
    wanted = sorted(name for name in names if name)
    for start in range(0, len(wanted), CHUNK):
        chunk = wanted[start : start + CHUNK]
        rows = db.session.execute(
            select(Person.id, Person.search_key, Person.birth_date, Person.birth_precision).where(
                Person.search_key.in_(chunk), Person.merged_into_id.is_(None)
            )
        ).all()
        for row in rows:
            known.by_name.setdefault(row.search_key, []).append(
                (row.id, row.birth_date, row.birth_precision)
            )
        homes = db.session.execute(
            select(Membership.person_id, Membership.household_id).where(
                Membership.person_id.in_([row.id for row in rows]), Membership.to_day.is_(None)
            )
        )
        for person_id, household_id in homes:
            known.homes.setdefault(person_id, set()).add(household_id)
    return known
