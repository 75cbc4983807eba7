"""Finding the pairs worth comparing without comparing all with all.

Each record stands under a few keys; only records that share a key are compared. A slip breaks some
of the keys, seldom all: a wrong letter in the first name leaves surname and year, a wrong digit of
the ID leaves two thirds of it, swapped names meet under the names in order.

``Blocks`` holds eight bytes a key, sorted once; a million people with ten keys are 80 MB.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from hashlib import blake2b

from welfare.core.thai.dates import BE_OFFSET
from welfare.households.likeness.places import house_number
from welfare.households.likeness.sounds import skeleton
from welfare.households.likeness.traits import HouseTraits, PersonTraits

LARGEST = 60
"""A block of more records is not compared whole: each with its neighbours by ``order`` only."""
NEIGHBOURS = 12
_PLACE_BITS = 24
_PLACES = (1 << _PLACE_BITS) - 1


def person_keys(person: PersonTraits) -> list[str]:
    """Under what a person is looked up; equal keys in two records make a pair to compare."""
    first, last = skeleton(person.first), skeleton(person.last)
    keys = [f"n {min(first, last)} {max(first, last)}"]
    for earlier_first, earlier_last in person.earlier:
        one, two = skeleton(earlier_first), skeleton(earlier_last)
        keys.append(f"n {min(one, two)} {max(one, two)}")
    if person.birth is not None:
        born = person.birth
        year = born.year % BE_OFFSET
        keys += [f"fy {first} {year}", f"ly {last} {year}"]
        if (born.month, born.day) != (1, 1):
            early, late = sorted((born.day, born.month))
            keys.append(f"b {year} {early} {late}")
            keys.append(f"fd {first} {early} {late}")
    if person.phone:
        keys.append(f"p {person.phone}")
    if person.house_no and person.village_no is not None:
        house = f"{person.village_no} {house_number(person.house_no)}"
        keys += [f"lh {last} {house}", f"fh {first} {house}"]
    keys += [f"i {number}" for number in person.numbers]
    return keys + _identifier_keys(person.identifier)


def _identifier_keys(digits: str) -> list[str]:
    """The number whole, and without each third of it: one wrong digit leaves one of these."""
    if not digits:
        return []
    keys = [f"i {digits}"]
    if digits.isdecimal() and len(digits) >= 12:
        a, b, c = digits[:5], digits[5:9], digits[9:13]
        keys += [f"ia {b}{c}", f"ib {a}{c}", f"ic {a}{b}"]
    return keys


def house_keys(house: HouseTraits) -> list[str]:
    """Under what a house is looked up."""
    number = house_number(house.house_no)
    digits = "".join(sorted(char for char in number if char.isdecimal()))
    keys = [f"h {number}"] if number and house.village_no is None else []
    if number and house.village_no is not None:
        keys += [f"h {house.village_no} {digits}", f"h {number}"]
    if house.house_code:
        code = house.house_code
        keys += [f"c {code}", f"ca {code[:6]}", f"cb {code[5:]}"]
    if house.lat is not None and house.lng is not None:
        keys.append(f"g {house.lat:.3f} {house.lng:.3f}")
    return keys


class Blocks:
    """Keys of records, each record by its place in a list, and the pairs they make."""

    def __init__(self) -> None:
        self._keys = array("Q")
        self._order = array("q")
        self.cut = 0
        """Blocks that were too large to be compared whole."""

    def __len__(self) -> int:
        return len(self._order)

    def add(self, keys: list[str], order: int = 0) -> int:
        """Add a record; its place. ``order`` puts alike records of a large block together."""
        place = len(self._order)
        if place > _PLACES:
            raise OverflowError("more than 16 million records")
        self._order.append(order)
        self._keys.extend({(_hashed(key) << _PLACE_BITS) | place for key in keys})
        return place

    def pairs(self) -> Iterator[tuple[int, int]]:
        """Every pair of places that share a key, smaller place first, each once, in order."""
        found = array("Q")
        keys = sorted(self._keys)
        start = 0
        for end in range(1, len(keys) + 1):
            if end < len(keys) and keys[end] >> _PLACE_BITS == keys[start] >> _PLACE_BITS:
                continue
            if end - start > 1:
                found.extend(self._within([key & _PLACES for key in keys[start:end]]))
            start = end
        last = -1
        for pair in sorted(found):
            if pair != last:
                yield pair >> _PLACE_BITS, pair & _PLACES
            last = pair

    def _within(self, places: list[int]) -> Iterator[int]:
        reach = len(places)
        if reach > LARGEST:
            self.cut += 1
            places.sort(key=self._order.__getitem__)
            reach = NEIGHBOURS + 1
        for at, one in enumerate(places):
            for other in places[at + 1 : at + reach]:
                yield (one << _PLACE_BITS | other) if one < other else (other << _PLACE_BITS | one)


def _hashed(key: str) -> int:
    return int.from_bytes(blake2b(key.encode(), digest_size=5).digest())
