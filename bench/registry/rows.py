"""Rows of many people in their houses. The same seed gives the same rows on both databases."""

import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

from bench.registry.names import given, surnames, weights

SEED = 13_000
BATCH = 20_000
VILLAGES = tuple(range(1, 12))
SIZES = (18, 25, 24, 17, 10, 6)
"""How many of a hundred houses hold one person, two, three …"""
RENAMED, LEFT = 0.03, 0.04
NUMBERED_EVERY = 20
"""Every so many people one has an ID and a telephone: sealing them takes most of the time."""
NOW = datetime(2026, 1, 5, tzinfo=UTC)
LANDMARKS = ("", "", "ใกล้วัด", "หลังโรงเรียน", "ริมคลอง", "หน้าตลาด", "ข้างศาลาประชาคม", "ปากซอย")
LANES = ("", "", "", "ซอย 1", "ซอย 2", "ซอย 3", "ซอยวัดป่า", "ซอยสันติสุข")

COLUMNS = {
    "households": (
        "id", "number", "house_code", "house_no", "village_no", "community", "lane", "road",
        "subdistrict", "district", "province", "postcode", "central_register", "landmark", "tenure",
        "condition", "water", "electricity", "toilet", "notes", "search_key", "created_at",
        "updated_at", "version",
    ),
    "people": (
        "id", "number", "title", "first_name", "middle_name", "last_name", "search_key", "sex",
        "birth_date", "birth_precision", "nationality", "id_kind", "identifier",
        "identifier_index", "phone", "phone_index", "registered_address", "marital_status",
        "occupation", "welfare_card", "disability", "adl_score", "deceased_on", "notes",
        "created_at", "updated_at", "version",
    ),
    "person_names": (
        "person_id", "title", "first_name", "middle_name", "last_name", "reason", "version",
    ),
    "memberships": (
        "household_id", "person_id", "relation", "de_facto", "on_register", "to_day", "reason",
        "version",
    ),
}  # fmt: skip

DERIVED = ("person_words", "name_sounds", "name_slips", "name_ends", "phone_ends", "house_words",
           "house_ends")  # fmt: skip
"""The tables of the search, which the program fills itself."""

Batch = dict[str, list[tuple]]


class Maker:
    """Houses with the people in them, batch by batch."""

    def __init__(self, people: int) -> None:
        from welfare.core.thai.references import HOUSEHOLD, PERSON, format_reference

        self.people = people
        self.random = random.Random(SEED)
        self._house_number = lambda n: format_reference(HOUSEHOLD, running=n)
        self._person_number = lambda n: format_reference(PERSON, running=n)
        self.house = self.person = 0

    def batches(self) -> Iterator[Batch]:
        """Rows by table, about so many people at a time."""
        batch: Batch = {table: [] for table in COLUMNS}
        while self.person < self.people:
            self._household(batch)
            if len(batch["people"]) >= BATCH:
                yield batch
                batch = {table: [] for table in COLUMNS}
        yield batch

    def _household(self, batch: Batch) -> None:
        chance = self.random
        self.house += 1
        village = chance.choices(VILLAGES, cum_weights=weights(len(VILLAGES), 6))[0]
        running = chance.randrange(1, max(self.people // 60, 60))
        house_no = str(running) if chance.random() < 0.6 else f"{running}/{chance.randrange(1, 40)}"
        lane, landmark = chance.choice(LANES), chance.choice(LANDMARKS)
        code = f"5101{self.house:07d}"
        batch["households"].append((
            self.house, self._house_number(self.house), code, house_no, village, "", lane, "",
            "อุโมงค์", "เมืองลำพูน", "ลำพูน", "51150", False, landmark, "owner", "sound", "yes", "yes",
            "yes", "", _folded(f"{house_no} {lane} {landmark}"), NOW, NOW, 1,
        ))  # fmt: skip
        family = chance.choices(surnames(), cum_weights=weights(len(surnames()), 300))[0]
        for place in range(chance.choices(range(1, 7), SIZES)[0]):
            if self.person < self.people:
                self._person(place, family, batch)

    def _person(self, place: int, family: str, batch: Batch) -> None:
        from welfare.core.security.crypto import encrypt
        from welfare.core.thai.identity import check_digit
        from welfare.households.models.keys import identifier_index, phone_index

        chance = self.random
        self.person += 1
        sex = "f" if chance.random() < 0.52 else "m"
        names = given()[sex]
        first = chance.choices(names, cum_weights=weights(len(names), 40))[0]
        last = family if chance.random() < 0.7 else chance.choices(
            surnames(), cum_weights=weights(len(surnames()), 300))[0]  # fmt: skip
        earlier = chance.choice(surnames()) if chance.random() < RENAMED else ""
        identifier = phone = None
        if self.person % NUMBERED_EVERY == 1:
            digits = f"3{self.person:011d}"
            identifier = digits + check_digit(digits)
            phone = f"668{self.person % 10**8:08d}"
        left = date(2025, 6, 1) if chance.random() < LEFT else None
        born = date(1935, 1, 1) + timedelta(days=chance.randrange(90 * 365))
        key = " ".join(_folded(word) for word in (first, last, earlier) if word)
        batch["people"].append((
            self.person, self._person_number(self.person), "นาย" if sex == "m" else "นาง", first,
            "", last, key, "male" if sex == "m" else "female", born, "day", "ไทย", "national",
            encrypt(identifier, column="people.identifier") if identifier else None,
            identifier_index(identifier),
            encrypt(phone, column="people.phone") if phone else None, phone_index(phone), "",
            "unknown", "", chance.choice(("yes", "no", "unknown")),
            "mobility" if chance.random() < 0.03 else None,
            chance.randrange(21) if chance.random() < 0.05 else None, None, "", NOW, NOW, 1,
        ))  # fmt: skip
        if earlier:
            batch["person_names"].append((self.person, "", first, "", earlier, "", 1))
        batch["memberships"].append((
            self.house, self.person, "head" if place == 0 else "other", True, True, left, "", 1,
        ))  # fmt: skip


@lru_cache(maxsize=400_000)
def _folded(text: str) -> str:
    from welfare.core.thai.text import search_key

    return search_key(text)
