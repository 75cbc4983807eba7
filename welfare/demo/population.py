"""Fills the villages with houses and the houses with families."""

from __future__ import annotations

import random
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from welfare.demo import corpus, identity
from welfare.demo.chance import weighted
from welfare.demo.people import PeopleMaker
from welfare.demo.seeds import HouseholdSeed, MembershipSeed, PersonSeed, VillageSeed

FAMILIES = (
    ("elder_alone", 8),
    ("elder_couple", 11),
    ("nuclear", 27),
    ("three_generations", 23),
    ("skip_generation", 6),
    ("grown_child_and_elder", 11),
    ("single_parent", 6),
    ("one_adult", 8),
)


@dataclass(slots=True)
class Population:
    """Villages, houses, people and who lives where, under construction."""

    rng: random.Random
    today: date
    villages: tuple[VillageSeed, ...]
    makers: PeopleMaker
    households: list[HouseholdSeed] = field(default_factory=list)
    memberships: list[MembershipSeed] = field(default_factory=list)
    by_village: dict[int, tuple[str, ...]] = field(default_factory=dict)

    def build(self, count: int) -> None:
        """Make `count` houses with their families, then let some move and some die."""
        for village, number in _shares(self.villages, count):
            names = self.rng.sample(corpus.surnames(), 110)
            self.by_village[village.no] = tuple(names)
            for running in range(number):
                house = self._house(village, running)
                self.households.append(house)
                self._family(house)
        self._deaths()
        self._moves()
        self._written_twice()

    def _house(self, village: VillageSeed, running: int) -> HouseholdSeed:
        rng, places = self.rng, corpus.load("places")
        condition = str(rng.choice(places["conditions"]))
        poor = condition.startswith("ทรุดโทรม")
        index = len(self.households)
        return HouseholdSeed(
            index=index,
            registry_code=identity.house_code(index + 1) if rng.random() > 0.015 else None,
            village_no=village.no,
            house_no=_house_no(rng, running),
            lane=str(rng.choice(places["lanes"])),
            landmark=str(rng.choice(places["landmarks"])) if rng.random() < 0.6 else "",
            lat=round(rng.gauss(village.lat, village.spread), 6),
            lng=round(rng.gauss(village.lng, village.spread), 6),
            tenure=rng.choices(("owner", "stay", "rent", "squat"), (78, 13, 8, 1))[0],
            condition=condition,
            toilet=not poor or rng.random() > 0.06,
            water=rng.random() > 0.015,
            electricity=rng.random() > 0.01,
            monthly_income=0,
            debts=rng.choice((0, 0, 0, 0, 20_000, 50_000, 80_000, 150_000, 300_000)),
            registered_on=self.today - timedelta(days=rng.randint(200, 18_000)),
        )

    def _family(self, house: HouseholdSeed) -> None:
        rng = self.rng
        kind = weighted(rng, FAMILIES)
        members = getattr(self, f"_{kind}")(self._surname(house.village_no))
        for place, (person, relation) in enumerate(members):
            self._join(person, house, relation, head=place == 0)
        income = sum(person.monthly_income for person, _ in members)
        self.households[house.index] = replace(house, monthly_income=income)

    def _surname(self, village_no: int) -> str:
        names = self.by_village[village_no]
        return names[min(int(self.rng.expovariate(1 / 28)), len(names) - 1)]

    def _join(self, person: PersonSeed, house: HouseholdSeed, relation: str, *, head: bool) -> None:
        rng = self.rng
        born = person.birth_date or house.registered_on
        away = not head and 18 <= self._age(person) <= 50 and rng.random() < 0.14
        unlisted = (not away and person.id_kind != "pid") or (not head and rng.random() < 0.04)
        self.memberships.append(
            MembershipSeed(
                person=person.index,
                household=house.index,
                relation=relation,
                is_head=head,
                starts_on=max(born, house.registered_on),
                on_register=away or not unlisted,
                de_facto=not away,
            )
        )

    def _age(self, person: PersonSeed) -> int:
        born = person.birth_date or self.today
        return (self.today - born).days // 365

    # Families: each returns its members with their relation to the first, who is the head.

    def _adult(
        self, sex: str, age: int, surname: str, marital: str, *, in_law: bool = False
    ) -> PersonSeed:
        maiden = self.rng.choice(corpus.surnames()) if in_law and sex == "f" else None
        keep = maiden is not None and self.rng.random() < 0.18
        name = maiden if keep and maiden else surname
        return self.makers.person(
            sex=sex, age=age, surname=name, marital=marital, maiden=None if keep else maiden
        )

    def _couple(self, age: int, surname: str) -> list[tuple[PersonSeed, str]]:
        husband = self._adult("m", age, surname, "married")
        wife_age = max(18, age - self.rng.randint(-3, 7))
        wife = self._adult("f", wife_age, surname, "married", in_law=True)
        if self.rng.random() < 0.22:
            return [(wife, "หัวหน้าครัวเรือน"), (husband, "สามี")]
        return [(husband, "หัวหน้าครัวเรือน"), (wife, "ภรรยา")]

    def _children(self, surname: str, parent_age: int, most: int) -> list[tuple[PersonSeed, str]]:
        rng, found = self.rng, []
        for _ in range(rng.randint(1, most)):
            age = parent_age - rng.randint(22, 36)
            if age < 0:
                continue
            sex = rng.choice("mf")
            marital = "single" if age < 25 or rng.random() < 0.6 else "divorced"
            child = self._adult(sex, age, surname, marital)
            found.append((child, "บุตรชาย" if sex == "m" else "บุตรสาว"))
        return sorted(found, key=lambda pair: pair[0].birth_date or self.today)

    def _elder_alone(self, surname: str) -> list[tuple[PersonSeed, str]]:
        sex = self.rng.choice("mff")
        marital = self.rng.choices(("widowed", "single", "divorced"), (7, 2, 1))[0]
        age = int(self.rng.triangular(60, 93, 68))
        return [(self._adult(sex, age, surname, marital), "หัวหน้าครัวเรือน")]

    def _elder_couple(self, surname: str) -> list[tuple[PersonSeed, str]]:
        return self._couple(int(self.rng.triangular(60, 88, 65)), surname)

    def _nuclear(self, surname: str) -> list[tuple[PersonSeed, str]]:
        age = int(self.rng.triangular(26, 62, 48))
        return self._couple(age, surname) + self._children(surname, age, 2)

    def _three_generations(self, surname: str) -> list[tuple[PersonSeed, str]]:
        rng, elder_age = self.rng, int(self.rng.triangular(56, 86, 66))
        if rng.random() < 0.45:
            elders = self._couple(elder_age, surname)
        else:
            widow = self._adult(rng.choice("mff"), elder_age, surname, "widowed")
            elders = [(widow, "หัวหน้าครัวเรือน")]
        child_age = elder_age - rng.randint(22, 31)
        child = self._adult(rng.choice("mf"), child_age, surname, "married")
        spouse_sex = "f" if child.sex == "m" else "m"
        spouse = self._adult(spouse_sex, child_age, surname, "married", in_law=True)
        young = self._children(surname, child_age, 2)
        grand = [(person, "หลาน") for person, _ in young]
        child_word = "บุตรชาย" if child.sex == "m" else "บุตรสาว"
        in_law_word = "บุตรสะใภ้" if spouse_sex == "f" else "บุตรเขย"
        return [*elders, (child, child_word), (spouse, in_law_word), *grand]

    def _skip_generation(self, surname: str) -> list[tuple[PersonSeed, str]]:
        rng, age = self.rng, int(self.rng.triangular(55, 80, 64))
        if rng.random() < 0.5:
            elders = self._couple(age, surname)
        else:
            elders = [(self._adult("f", age, surname, "widowed"), "หัวหน้าครัวเรือน")]
        grand = [
            (self._adult(rng.choice("mf"), rng.randint(2, 17), surname, "single"), "หลาน")
            for _ in range(rng.choice((1, 1, 2)))
        ]
        return elders + grand

    def _grown_child_and_elder(self, surname: str) -> list[tuple[PersonSeed, str]]:
        rng, age = self.rng, int(self.rng.triangular(42, 64, 52))
        child = self._adult(rng.choice("mf"), age, surname, rng.choice(("single", "divorced")))
        sex = rng.choice("mfff")
        parent = self._adult(sex, age + rng.randint(20, 30), surname, "widowed")
        return [(child, "หัวหน้าครัวเรือน"), (parent, "บิดา" if sex == "m" else "มารดา")]

    def _single_parent(self, surname: str) -> list[tuple[PersonSeed, str]]:
        rng, age = self.rng, self.rng.randint(24, 50)
        marital = rng.choice(("divorced", "separated", "widowed"))
        parent = self._adult(rng.choice("mfff"), age, surname, marital)
        return [(parent, "หัวหน้าครัวเรือน"), *self._children(surname, age, 2)]

    def _one_adult(self, surname: str) -> list[tuple[PersonSeed, str]]:
        marital = self.rng.choice(("single", "single", "divorced", "separated"))
        age = self.rng.randint(22, 59)
        return [(self._adult(self.rng.choice("mmf"), age, surname, marital), "หัวหน้าครัวเรือน")]

    # What time does to them.

    def _deaths(self) -> None:
        """Let about one old person in forty have died within the last fourteen months."""
        for place, link in enumerate(self.memberships):
            person = self.makers.made[link.person]
            age = self._age(person)
            share = 0.004 if age < 60 else 0.018 if age < 75 else 0.07
            if age < 30 or self.rng.random() >= share:
                continue
            day = max(self.today - timedelta(days=self.rng.randint(5, 420)), link.starts_on)
            self.makers.made[person.index] = replace(person, died_on=day)
            self.memberships[place] = replace(link, ends_on=day, end_reason="died")

    def _moves(self) -> None:
        """Let about one person in sixty have moved to another house of the municipality."""
        for place, link in enumerate(list(self.memberships)):
            if link.ends_on or link.is_head or self.rng.random() >= 0.022:
                continue
            target = self.rng.choice(self.households)
            if target.index == link.household:
                continue
            day = max(
                self.today - timedelta(days=self.rng.randint(20, 700)),
                link.starts_on + timedelta(days=1),
            )
            if day >= self.today:
                continue
            self.memberships[place] = replace(link, ends_on=day, end_reason="moved")
            gone_out = self.rng.random() < 0.35
            if not gone_out:
                self.memberships.append(
                    replace(
                        link,
                        household=target.index,
                        relation="ผู้อาศัย",
                        starts_on=day,
                        on_register=self.rng.random() < 0.5,
                        de_facto=True,
                    )
                )

    def _written_twice(self) -> None:
        """Let one adult in three hundred stand in the registry a second time, without their number
        and in another house, as somebody else once wrote them down."""
        rng = self.rng
        adults = [
            person
            for person in self.makers.made
            if person.birth_date and not person.died_on and self._age(person) >= 20
        ]
        for person in rng.sample(adults, len(adults) // 300):
            born = person.birth_date or self.today
            year_only = rng.random() < 0.3
            twin = replace(
                person,
                index=len(self.makers.made),
                given_name=_slip(person.given_name, rng),
                birth_date=date(born.year, 1, 1) if year_only else born,
                birth_precision="year" if year_only else person.birth_precision,
                id_kind="none",
                national_id=None,
                phone=person.phone if rng.random() < 0.6 else None,
                disability=None,
                adl=None,
                welfare_card=None,
            )
            self.makers.made.append(twin)
            self._join(twin, rng.choice(self.households), "ผู้อาศัย", head=False)


SLIPS = (
    ("ณ", "น"), ("ศ", "ส"), ("ษ", "ส"), ("ญ", "ย"), ("ธ", "ท"), ("ฐ", "ถ"), ("ี", "ิ"), ("ู", "ุ"),
    ("่", ""), ("้", ""), ("์", ""),
)  # fmt: skip
"""How a name is misheard or mistyped."""


def _slip(name: str, rng: random.Random) -> str:
    possible = [pair for pair in SLIPS if pair[0] in name]
    return name.replace(*rng.choice(possible), 1) if possible else name


def villages() -> tuple[VillageSeed, ...]:
    """Return the eleven villages of the drawn map."""
    return tuple(
        VillageSeed(name_th=f"หมู่ที่ {row['no']}", **row) for row in corpus.load("villages")["village"]
    )


def _shares(places: tuple[VillageSeed, ...], count: int) -> list[tuple[VillageSeed, int]]:
    """Split `count` houses over the villages by share; the first takes the remainder."""
    numbers = [int(village.share * count) for village in places]
    numbers[0] += count - sum(numbers)
    return list(zip(places, numbers, strict=True))


def _house_no(rng: random.Random, running: int) -> str:
    base = str(running + 1)
    chance = rng.random()
    if chance < 0.22:
        return f"{base}/{rng.randint(1, 6)}"
    if chance < 0.225:
        return f"{base} ก"
    return base
