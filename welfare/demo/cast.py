"""Chooses who a story is about, who tells it, and what they call one another."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from welfare.demo.population import Population
from welfare.demo.seeds import HouseholdSeed, MembershipSeed, PersonSeed

THAI_MONTHS = [
    "มกราคม",
    "กุมภาพันธ์",
    "มีนาคม",
    "เมษายน",
    "พฤษภาคม",
    "มิถุนายน",
    "กรกฎาคม",
    "สิงหาคม",
    "กันยายน",
    "ตุลาคม",
    "พฤศจิกายน",
    "ธันวาคม",
]
MORTAL = {"bed", "elder", "elder75"}
WEEKDAYS = ["จันทร์", "อังคาร", "พุธ", "พฤหัส", "ศุกร์"]


@dataclass(slots=True)
class Role:
    """The one in need on the day of filing."""

    person: PersonSeed | None
    household: HouseholdSeed | None
    age: int


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody looked at for a part: age in whole years today."""

    person: PersonSeed
    age: int
    house: HouseholdSeed


SUITS: dict[str, Callable[[Candidate], bool]] = {
    "any": lambda one: one.age >= 20 and one.person.died_on is None,
    "elder": lambda one: one.age >= 61,
    "elder_young": lambda one: 59 <= one.age <= 62,
    "elder75": lambda one: one.age >= 72,
    "bed": lambda one: one.person.adl is not None and one.person.adl <= 9,
    "disabled": lambda one: one.person.disability is not None,
    "child": lambda one: 7 <= one.age <= 16,
    "infant": lambda one: one.age <= 5,
    "adult": lambda one: 22 <= one.age <= 60,
    "adult_m": lambda one: 19 <= one.age <= 58 and one.person.sex == "m",
    "adult_f": lambda one: 20 <= one.age <= 60 and one.person.sex == "f",
    "mother": lambda one: 24 <= one.age <= 48 and one.person.sex == "f",
    "poor": lambda one: one.age >= 22 and one.house.monthly_income < 12_000,
    "noid": lambda one: one.person.id_kind == "none" and one.age >= 15,
    "dead_elder": lambda one: one.person.died_on is not None and one.age >= 61,
}


@dataclass(slots=True)
class Cast:
    """The population indexed by what a story asks for."""

    rng: random.Random
    town: Population
    pools: dict[str, list[MembershipSeed]] = field(default_factory=dict)
    at_home: dict[int, list[MembershipSeed]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for link in self.town.memberships:
            if link.end_reason == "moved":
                continue
            self.at_home.setdefault(link.household, []).append(link)
            person, age = self.person(link), self.age(link)
            house = self.town.households[link.household]
            one = Candidate(person, age, house)
            for name, suits in SUITS.items():
                if suits(one):
                    self.pools.setdefault(name, []).append(link)
            if 24 <= age <= 74 and person.died_on is None:
                self.pools.setdefault(f"adult_v{house.village_no}", []).append(link)

    def person(self, link: MembershipSeed) -> PersonSeed:
        """Return the person behind a membership."""
        return self.town.makers.made[link.person]

    def age(self, link: MembershipSeed, on: date | None = None) -> int:
        """Return whole years on a day (today if not given)."""
        return age_on(self.person(link), on or self.town.today)

    def choose(self, kind: str, day: date) -> Role:
        """Draw somebody of that kind who was alive and living there on `day`."""
        if kind in ("none", "unknown"):
            return Role(None, None, 60)
        pool = self.pools.get(kind) or self.pools["any"]
        if kind in MORTAL and self.rng.random() < 0.09 and (soon := self._soon_dead(pool, day)):
            pool = soon
        for _ in range(60):
            link = self.rng.choice(pool)
            person = self.person(link)
            if self._fits(kind, person, link, day):
                house = self.town.households[link.household]
                return Role(person, house, age_on(person, day))
        return Role(None, None, 60)

    def _soon_dead(self, pool: list[MembershipSeed], day: date) -> list[MembershipSeed]:
        """Those of a pool who died within the month after `day`, so that work meets death."""
        deaths = ((link, self.person(link).died_on) for link in pool)
        return [link for link, died in deaths if died and 2 <= (died - day).days <= 30]

    def _fits(self, kind: str, person: PersonSeed, link: MembershipSeed, day: date) -> bool:
        if person.birth_date is None or person.birth_date >= day or link.starts_on > day:
            return False
        if kind == "dead_elder":
            return person.died_on is not None and 0 < (day - person.died_on).days < 150
        return person.died_on is None or person.died_on > day

    def relative(self, role: Role, day: date) -> tuple[PersonSeed, str] | None:
        """Draw a grown relative of the same house and what they call the one in need."""
        if role.person is None or role.household is None:
            return None
        found: list[PersonSeed] = []
        for link in self.at_home[role.household.index]:
            person = self.person(link)
            grown = age_on(person, day) >= 18 and (person.died_on is None or person.died_on > day)
            if person.index != role.person.index and grown:
                found.append(person)
        if not found:
            return None
        teller = self.rng.choice(found)
        return teller, kin_word(role.person, role.age, age_on(teller, day), self.rng)

    def neighbour(self, role: Role, village: int) -> PersonSeed:
        """Draw a grown person of the same village to tell the story."""
        pool = self.pools[f"adult_v{village}"]
        while True:
            person = self.person(self.rng.choice(pool))
            if role.person is None or person.index != role.person.index:
                return person


def age_on(person: PersonSeed, day: date) -> int:
    """Return whole years of age; a person without a birth date counts as 40."""
    born = person.birth_date
    if born is None:
        return 40
    return max(0, day.year - born.year - ((day.month, day.day) < (born.month, born.day)))


def kin_word(person: PersonSeed, age: int, teller_age: int, rng: random.Random) -> str:
    """What a relative of `teller_age` calls the one in need."""
    male, gap = person.sex == "m", age - teller_age
    if gap >= 42:
        return rng.choice(("ตา", "ปู่")) if male else rng.choice(("ยาย", "ย่า"))
    if gap >= 17:
        return "พ่อ" if male else "แม่"
    if gap > -12:
        return rng.choice(("พี่ชาย", "สามี", "น้องชาย")) if male else rng.choice(("พี่สาว", "น้องสาว"))
    if gap > -38:
        return "ลูกชาย" if male else "ลูกสาว"
    return rng.choice(("หลาน", "หลานชาย" if male else "หลานสาว"))


def local_call(person: PersonSeed | None, age: int, rng: random.Random) -> str:
    """What a neighbour calls somebody: ยายบัวคำ, ลุงอินสม, น้องกัญญา."""
    if person is None:
        return rng.choice(("คนแถวนี้", "คนคนนี้", "เขา"))
    male = person.sex == "m"
    if age >= 70:
        word = rng.choice(("ตา", "พ่ออุ๊ย")) if male else rng.choice(("ยาย", "แม่อุ๊ย"))
    elif age >= 52:
        word = "ลุง" if male else "ป้า"
    elif age >= 25:
        word = "พี่" if rng.random() < 0.7 else "คุณ"
    else:
        word = "น้อง"
    return word + person.given_name


def official(person: PersonSeed | None) -> str:
    """Title and given name, as an officer writes."""
    return f"{person.title}{person.given_name}" if person else "ไม่ทราบชื่อ"
