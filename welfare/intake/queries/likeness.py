"""How alike two complaints are, and why: the pure rule behind "likely duplicates"."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from rapidfuzz import fuzz

from welfare.core.thai.names import split_name
from welfare.core.thai.text import search_key

LATELY = timedelta(days=60)
"""Two complaints further apart are not duplicates but earlier and later ones."""
LIKELY = 50
"""The score (0 to 100) from which on two complaints are probably one matter."""
SAME_TEXT = 88
ALIKE_TEXT = 74
ALIKE_NAME = 82
"""How alike, of 100: as in the registry, กตัญญู and กตัญู are one name, สมชาย and สมหญิง two."""
SHORTEST_STORY = 15
NEAR_METRES = 300

_KINSHIP = re.compile(
    "^(?:คุณ)?(?:ยาย|ตา|ปู่|ย่า|ลุง|ป้า|น้า|อา|พี่|น้อง|แม่อุ๊ย|พ่ออุ๊ย|แม่|พ่อ|อุ๊ย)(?=[\u0e01-\u0e2e\u0e40-\u0e44])"
)
_HOUSE_WORDS = re.compile("^(?:บ้านเลขที่|เลขที่|บ้าน)")


class Reason(StrEnum):
    """Why two complaints are thought to be about the same thing."""

    PERSON = "person"
    PHONE = "phone"
    REPORTER = "reporter"
    HOUSE_CATEGORY = "house_category"
    HOUSE = "house"
    NAME = "name"
    NAME_ALIKE = "name_alike"
    TEXT = "text"
    TEXT_ALIKE = "text_alike"
    NEAR = "near"


WEIGHTS = {
    Reason.PERSON: 45,
    Reason.PHONE: 45,
    Reason.REPORTER: 20,
    Reason.HOUSE_CATEGORY: 50,
    Reason.HOUSE: 25,
    Reason.NAME: 30,
    Reason.NAME_ALIKE: 22,
    Reason.TEXT: 50,
    Reason.TEXT_ALIKE: 30,
    Reason.NEAR: 10,
}


@dataclass(frozen=True, slots=True)
class Matter:
    """What of a complaint is compared."""

    filed_at: datetime
    category_id: int
    description: str
    subject_name: str
    house_no: str
    village_no: int | None
    lat: float | None
    lng: float | None
    subject_phone: bytes | None
    reporter_phone: bytes | None
    household_id: int | None
    person_id: int | None


@dataclass(frozen=True, slots=True)
class Likeness:
    """A score of 0 to 100 and what it is made of; ``metres`` between the places, where known."""

    score: int
    reasons: tuple[Reason, ...]
    metres: int | None = None
    lately: bool = False

    @property
    def likely_duplicate(self) -> bool:
        """Whether they are probably about one matter."""
        return self.lately and self.score >= LIKELY

    @property
    def same_house_or_person(self) -> bool:
        """Whether they are about the same person or house, alike or not."""
        return bool({*self.reasons} & _SAME)


_SAME = {Reason.PERSON, Reason.PHONE, Reason.HOUSE, Reason.HOUSE_CATEGORY, Reason.NAME}


def likeness(one: Matter, other: Matter) -> Likeness:
    """Compare two complaints."""
    lately = abs(one.filed_at - other.filed_at) <= LATELY
    metres = metres_between(one, other)
    reasons = [
        reason
        for reason in (
            _person(one, other),
            _phone(one, other),
            _house(one, other, lately=lately),
            _name(one, other),
            _story(one, other),
            Reason.NEAR if metres is not None and metres <= NEAR_METRES else None,
        )
        if reason is not None
    ]
    score = min(sum(WEIGHTS[reason] for reason in reasons), 100)
    return Likeness(score, tuple(reasons), metres, lately)


def _person(one: Matter, other: Matter) -> Reason | None:
    return Reason.PERSON if one.person_id and one.person_id == other.person_id else None


def _phone(one: Matter, other: Matter) -> Reason | None:
    mine = {one.subject_phone, one.reporter_phone} - {None}
    if other.subject_phone in mine or (
        one.subject_phone and one.subject_phone == other.reporter_phone
    ):
        return Reason.PHONE
    if one.reporter_phone and one.reporter_phone == other.reporter_phone:
        return Reason.REPORTER
    return None


def _house(one: Matter, other: Matter, *, lately: bool) -> Reason | None:
    linked = one.household_id is not None and one.household_id == other.household_id
    written = house_key(one.house_no)
    same = linked or (
        bool(written)
        and written == house_key(other.house_no)
        and one.village_no is not None
        and one.village_no == other.village_no
    )
    if not same:
        return None
    again = lately and one.category_id == other.category_id
    return Reason.HOUSE_CATEGORY if again else Reason.HOUSE


def _name(one: Matter, other: Matter) -> Reason | None:
    mine, theirs = name_key(one.subject_name), name_key(other.subject_name)
    if not mine or not theirs:
        return None
    if " " in mine and " " in theirs:
        if mine == theirs:
            return Reason.NAME
        return Reason.NAME_ALIKE if fuzz.ratio(mine, theirs) >= ALIKE_NAME else None
    first = mine.split()[0], theirs.split()[0]
    same_village = one.village_no is not None and one.village_no == other.village_no
    return Reason.NAME_ALIKE if first[0] == first[1] and same_village else None


def _story(one: Matter, other: Matter) -> Reason | None:
    mine, theirs = search_key(one.description), search_key(other.description)
    if min(len(mine), len(theirs)) < SHORTEST_STORY:
        return None
    alike = max(fuzz.ratio(mine, theirs), fuzz.token_set_ratio(_pieces(mine), _pieces(theirs)))
    if alike >= SAME_TEXT:
        return Reason.TEXT
    return Reason.TEXT_ALIKE if alike >= ALIKE_TEXT else None


def _pieces(text: str) -> str:
    """Thai has no spaces between words: pieces of four letters stand in for them."""
    solid = text.replace(" ", "")
    return " ".join(solid[at : at + 4] for at in range(max(len(solid) - 3, 1)))


def name_key(name: str) -> str:
    """A name without title or form of address, as ``search_key`` text."""
    parts = split_name(name)
    first = _KINSHIP.sub("", parts.first) if len(parts.first) > 3 else parts.first
    return search_key(f"{first} {parts.last}")


def house_key(house_no: str) -> str:
    """A house number as typed, without the words around it: ``บ้านเลขที่ ๑๒/๑`` is ``12/1``."""
    plain = _HOUSE_WORDS.sub("", search_key(house_no)).strip()
    return plain.split("หมู่")[0].split("ม.")[0].replace(" ", "")


def neighbouring(one: str, other: str) -> bool:
    """Whether two house numbers of one village are probably next to each other."""
    first, second = (re.match(r"\d+", house_key(text)) for text in (one, other))
    if first is None or second is None or house_key(one) == house_key(other):
        return False
    return abs(int(first[0][:9]) - int(second[0][:9])) <= 2


def metres_between(one: Matter, other: Matter) -> int | None:
    """The distance between two places (equirectangular: good to a metre within a town)."""
    if None in (one.lat, one.lng, other.lat, other.lng):
        return None
    mean = math.radians((one.lat + other.lat) / 2)  # type: ignore[operator]
    east = math.radians(other.lng - one.lng) * math.cos(mean)  # type: ignore[operator]
    north = math.radians(other.lat - one.lat)  # type: ignore[operator]
    return round(math.hypot(east, north) * 6_371_000)
