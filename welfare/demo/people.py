"""Draws one person: name by generation, number, work, health."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date, timedelta

from welfare.demo import corpus, identity
from welfare.demo.chance import weighted
from welfare.demo.seeds import PersonSeed

DISABILITIES = (
    ("การเคลื่อนไหวหรือทางร่างกาย", 50),
    ("การได้ยินหรือสื่อความหมาย", 19),
    ("การเห็น", 9),
    ("จิตใจหรือพฤติกรรม", 8),
    ("สติปัญญา", 8),
    ("การเรียนรู้", 3),
    ("ออทิสติก", 3),
)


@dataclass(slots=True)
class PeopleMaker:
    """Makes people in order; the index of each is its place in `made`."""

    rng: random.Random
    today: date
    made: list[PersonSeed] = field(default_factory=list)
    phones: int = 0

    def person(
        self, *, sex: str, age: int, surname: str, marital: str, maiden: str | None = None
    ) -> PersonSeed:
        """Draw and keep one living person of about that age."""
        rng = self.rng
        birth, precision = self._birth(age)
        kind, number = self._number(birth, len(self.made) + 1)
        person = PersonSeed(
            index=len(self.made),
            title=_title(sex, age, marital, rng),
            given_name=self._given_name(sex, age),
            surname=surname,
            sex=sex,
            birth_date=birth,
            birth_precision=precision,
            id_kind=kind,
            national_id=number,
            phone=self._phone(age),
            occupation=self._occupation(age),
            marital=marital,
            monthly_income=_income(age, rng),
            disability=_disability(age, rng),
            adl=_adl(age, rng),
            welfare_card=_welfare_card(age, rng),
            previous_surname=maiden,
        )
        self.made.append(person)
        return person

    def _birth(self, age: int) -> tuple[date, str]:
        born = self.today - timedelta(days=int(age * 365.25) + self.rng.randrange(365))
        if age >= 58 and self.rng.random() < 0.09:
            return date(born.year, 1, 1), "year"
        if age >= 70 and self.rng.random() < 0.02:
            return date(born.year, born.month, 1), "month"
        return born, "day"

    def _number(self, birth: date, running: int) -> tuple[str, str | None]:
        chance = self.rng.random()
        if chance < 0.006:
            return "none", None
        if chance < 0.013:
            return "non_thai", identity.national_id("0", running)
        if chance < 0.016:
            return "pid", identity.national_id("8", running)
        late = self.rng.random() < 0.04
        if birth.year >= 1984:
            return "pid", identity.national_id("2" if late else "1", running)
        return "pid", identity.national_id("5" if late else "3", running)

    def _given_name(self, sex: str, age: int) -> str:
        generation = (
            "old" if age >= 62 else "mid" if age >= 40 else "young" if age >= 18 else "child"
        )
        return self.rng.choice(
            corpus.words("given_names", "male" if sex == "m" else "female", generation)
        )

    def _phone(self, age: int) -> str | None:
        share = 0.0 if age < 13 else 0.55 if age < 18 else 0.9 if age < 60 else 0.5
        if self.rng.random() >= share:
            return None
        self.phones += 1
        return identity.phone(self.phones)

    def _occupation(self, age: int) -> str:
        if age < 4:
            return ""
        if age < 16 or (age < 22 and self.rng.random() < 0.7):
            return "นักเรียน" if age < 19 else "นักศึกษา"
        jobs = corpus.load("places")["jobs_old" if age >= 63 else "jobs_adult"]
        return str(self.rng.choice(jobs))


def _title(sex: str, age: int, marital: str, rng: random.Random) -> str:
    if age < 15:
        return "เด็กชาย" if sex == "m" else "เด็กหญิง"
    if sex == "m":
        return "พระ" if age > 20 and rng.random() < 0.002 else "นาย"
    if marital == "single" or (age < 45 and rng.random() < 0.35):
        return "นางสาว"
    return "นาง"


def _income(age: int, rng: random.Random) -> int:
    if age < 16:
        return 0
    if age >= 63:
        return rng.choice((0, 0, 600, 700, 800, 1500, 3000, 5000))
    return rng.choice((0, 3000, 5000, 7000, 8000, 9500, 10500, 12000, 14000, 18000, 25000))


def _disability(age: int, rng: random.Random) -> str | None:
    share = 0.015 if age < 40 else 0.03 if age < 60 else 0.07
    if rng.random() >= share:
        return None
    return weighted(rng, DISABILITIES)


def _adl(age: int, rng: random.Random) -> int | None:
    """Draw a Barthel score (0-20) for the old and a few others who depend on care."""
    if age < 60:
        return rng.randint(0, 9) if rng.random() < 0.003 else None
    share = 0.02 if age < 70 else 0.06 if age < 80 else 0.2
    if rng.random() < share:
        return rng.randint(0, 11)
    return rng.randint(13, 20) if rng.random() < 0.7 else None


def _welfare_card(age: int, rng: random.Random) -> bool | None:
    if age < 18:
        return False
    chance = rng.random()
    return True if chance < 0.38 else False if chance < 0.85 else None
