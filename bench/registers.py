"""A made-up register in which a thousand people stand twice, with the slips of real registers.

It shares no code with the matcher that is judged by it: names are pythainlp's lists, slips are
written out letter by letter here, ID numbers get their check digit here.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from itertools import accumulate

from pythainlp.corpus import thai_family_names, thai_female_names, thai_male_names

TONES = "่้๊๋"
LOOKALIKES = (
    ("ศ", "ษ"), ("ศ", "ส"), ("ษ", "ส"), ("ณ", "น"), ("ญ", "ย"), ("ธ", "ท"), ("ภ", "พ"), ("ฐ", "ถ"),
    ("ฑ", "ท"), ("ฎ", "ด"), ("ฏ", "ต"), ("ซ", "ส"), ("ฬ", "ล"), ("ร", "ล"),
)  # fmt: skip
VOWELS = (("ิ", "ี"), ("ุ", "ู"), ("ึ", "ื"), ("า", "ะ"), ("ใ", "ไ"), ("เ", "แ"), ("ั", "า"))
ENDINGS = (("พงษ์", "พงศ์"), ("วงษ์", "วงศ์"), ("รัตน์", "รัตน"), ("ศักดิ์", "ศักดิ"), ("จันทร์", "จันท์"))
NEIGHBOURS = {
    "ก": "ด",
    "ด": "ก",
    "น": "ร",
    "ร": "น",
    "ส": "ว",
    "ว": "ส",
    "ง": "ว",
    "ม": "ท",
    "บ": "ล",
}


@dataclass(frozen=True)
class Entry:
    """One row of the register. ``who`` is the truth; rows of one ``who`` are one person."""

    who: int
    title: str
    first: str
    last: str
    sex: str
    born: date | None
    year_only: bool
    number: str
    phone: str
    house_no: str
    village: int | None
    house: int
    place: str
    earlier: tuple[tuple[str, str], ...] = ()
    slips: tuple[str, ...] = ()


@cache
def _names() -> tuple[list[str], list[str], list[str]]:
    return (
        _usable(thai_male_names()),
        _usable(thai_female_names()),
        _usable(thai_family_names()),
    )


def _usable(names: Iterable[str]) -> list[str]:
    return sorted(name for name in names if 3 <= len(name) <= 14 and " " not in name)


@cache
def _shares(how_many: int) -> list[float]:
    return list(accumulate(1 / (place + 10) for place in range(how_many)))


class Town:
    """Families in houses, common names more common than rare ones, twins and namesakes."""

    def __init__(self, people: int, seed: int) -> None:
        self.chance = random.Random(seed)
        self.men, self.women, self.families = (self._some(names) for names in _names())
        self.rows: list[Entry] = []
        self._numbers: set[str] = set()
        self._house = 0
        while len(self.rows) < people:
            self._family()
        del self.rows[people:]
        self._namesakes(people // 100)

    def _some(self, names: list[str]) -> list[str]:
        return self.chance.sample(names, min(1200, len(names)))

    def _pick(self, names: list[str]) -> str:
        """As after Zipf: the commonest is borne by one in fifty, most by a handful."""
        return self.chance.choices(names, cum_weights=_shares(len(names)))[0]

    def _family(self) -> None:
        chance = self.chance
        self._house += 1
        house_no = f"{chance.randint(1, 320)}" + (
            f"/{chance.randint(1, 9)}" if chance.random() < 0.4 else ""
        )
        village, surname = chance.randint(1, 11), self._pick(self.families)
        phone = f"668{chance.randint(10**7, 10**8 - 1)}"
        head = self._day(1935, 1985)

        def add(place: str, sex: str, born: date, *, last: str = surname, first: str = "") -> Entry:
            return self._add(place, sex, born, last, first, phone, house_no, village)

        father = add("head", "m", head)
        if chance.random() < 0.8:
            maiden = self._pick(self.families)
            own = chance.random() < 0.3
            wife = add("spouse", "f", self._near(head, 6), last=maiden if own else surname)
            if not own and chance.random() < 0.2:
                self.rows[-1] = replace(wife, earlier=((wife.first, maiden),))
        for _ in range(chance.choice((0, 1, 1, 2, 2, 3))):
            self._child(add, father, head)
        if chance.random() < 0.25:
            add("parent", chance.choice("mf"), head - timedelta(days=365 * chance.randint(20, 32)))

    def _child(self, add: Callable[..., Entry], father: Entry, head: date) -> None:
        chance = self.chance
        born = head + timedelta(days=365 * chance.randint(20, 38) + chance.randint(0, 364))
        born = min(born, date(2026, 6, 1))
        sex = chance.choice("mf")
        first = ""
        if sex == "m" and chance.random() < 0.05:  # named after the father, but for the end
            first = father.first[: max(3, len(father.first) - 2)] + "ชัย"
        child = add("child", sex, born, first=first)
        if chance.random() < 0.03:  # twins, often with names alike
            twin = _vowel(child.first, chance) if chance.random() < 0.25 else ""
            add("child", sex, born, first=twin)

    def _add(
        self, place: str, sex: str, born: date, last: str, first: str, phone: str, house_no: str,
        village: int,
    ) -> Entry:  # fmt: skip
        chance = self.chance
        year_only = born.year < 1950 and chance.random() < 0.2
        adult = born.year < 2011
        title = ("นาย" if adult else "เด็กชาย") if sex == "m" else "เด็กหญิง"
        if sex == "f" and adult:
            title = "นาง" if place in ("spouse", "parent") else "นางสาว"
        entry = Entry(
            who=len(self.rows),
            title=title,
            first=first or self._pick(self.men if sex == "m" else self.women),
            last=last,
            sex=sex,
            born=date(born.year, 1, 1) if year_only else born,
            year_only=year_only and chance.random() < 0.5,
            number=self._number(born) if chance.random() < 0.93 else "",
            phone=phone if chance.random() < 0.5 else "",
            house_no=house_no,
            village=village,
            house=self._house,
            place=place,
        )
        self.rows.append(entry)
        return entry

    def _number(self, born: date) -> str:
        while True:
            first = "1" if born.year >= 1984 else self.chance.choice("335")
            office = self.chance.choice(("5101", "5101", "5101", "5102", "5001", "1009"))
            start = f"{first}{office}{self.chance.randint(0, 9999999):07d}"
            number = start + _check(start)
            if number not in self._numbers:
                self._numbers.add(number)
                return number

    def _day(self, start: int, end: int) -> date:
        return date(start, 1, 1) + timedelta(days=self.chance.randint(0, 365 * (end - start)))

    def _near(self, day: date, years: int) -> date:
        return day + timedelta(days=self.chance.randint(-365 * years, 365 * years))

    def _namesakes(self, how_many: int) -> None:
        """Two people of one name, of any age or born in the same year, some without a number."""
        for _ in range(how_many):
            one, other = self.chance.sample(range(len(self.rows)), 2)
            a, b = self.rows[one], self.rows[other]
            born = b.born
            if self.chance.random() < 0.3 and a.born and b.born:
                born = self._day(a.born.year, a.born.year + 1)
            self.rows[other] = replace(
                b, first=a.first, last=a.last, sex=a.sex, title=a.title, born=born,
                number=b.number if self.chance.random() < 0.85 else "",
            )  # fmt: skip


def make(people: int, pairs: int, seed: int) -> list[Entry]:
    """A register of so many rows in which so many of the people stand a second time, shuffled."""
    town = Town(people - pairs, seed)
    chance = random.Random(seed + 1)
    doubled = chance.sample(town.rows, pairs)
    rows = town.rows + [_again(entry, town, chance) for entry in doubled]
    chance.shuffle(rows)
    return rows


def _again(entry: Entry, town: Town, chance: random.Random) -> Entry:
    """The same person, written down a second time by somebody else."""
    slips: list[str] = []
    entry = replace(entry, earlier=())
    entry = _name_slip(entry, town, chance, slips)
    entry = _birth_slip(entry, chance, slips)
    entry = _number_slip(entry, chance, slips)
    entry = _place_slip(entry, chance, slips)
    return replace(entry, slips=tuple(slips))


def _name_slip(entry: Entry, town: Town, chance: random.Random, slips: list[str]) -> Entry:
    luck = chance.random()
    if luck < 0.30:
        return entry
    if luck < 0.37:
        slips.append("swapped names")
        return replace(entry, first=entry.last, last=entry.first)
    if luck < 0.47 and entry.sex == "f":
        slips.append("surname at marriage")
        return replace(entry, last=town._pick(town.families), title="นาง")
    slips.append("spelling")
    first, last = entry.first, entry.last
    which = chance.random()
    if which < 0.6 or not last:
        first = _misspelt(first, chance)
    elif which < 0.85:
        last = _misspelt(last, chance)
    else:
        slips.append("spelling twice")
        first, last = _misspelt(first, chance), _misspelt(last, chance)
    return replace(entry, first=first, last=last)


def _birth_slip(entry: Entry, chance: random.Random, slips: list[str]) -> Entry:
    luck, born = chance.random(), entry.born
    if luck < 0.62 or born is None or entry.year_only:
        return entry
    if luck < 0.80:
        slips.append("year only")
        return replace(entry, born=date(born.year, 1, 1), year_only=chance.random() < 0.5)
    if luck < 0.86:
        slips.append("no birth")
        return replace(entry, born=None)
    if luck < 0.90 and born.day <= 12:
        slips.append("day and month")
        return replace(entry, born=date(born.year, born.day, born.month))
    if luck < 0.92:
        slips.append("era")
        return replace(entry, born=born.replace(year=born.year - 543, day=min(born.day, 28)))
    slips.append("part of birth")
    if chance.random() < 0.5:
        return replace(entry, born=born.replace(day=chance.randint(1, 28)))
    return replace(entry, born=born.replace(year=born.year + chance.choice((-10, -1, 1)), day=1))


def _number_slip(entry: Entry, chance: random.Random, slips: list[str]) -> Entry:
    luck, number = chance.random(), entry.number
    if not number or luck < 0.12:
        return entry
    if luck < 0.62:
        slips.append("no ID")
        return replace(entry, number="")
    at = chance.randrange(12)
    if luck < 0.85:
        slips.append("wrong digit")
        digit = str((int(number[at]) + chance.randint(1, 9)) % 10)
        return replace(entry, number=number[:at] + digit + number[at + 1 :])
    if luck < 0.94:
        slips.append("digits swapped")
        pair = number[at : at + 2]
        return replace(entry, number=number[:at] + pair[::-1] + number[at + 2 :])
    slips.append("last digit lost")
    return replace(entry, number=number[:12])


def _place_slip(entry: Entry, chance: random.Random, slips: list[str]) -> Entry:
    phone = entry.phone if chance.random() < 0.4 else ""
    entry = replace(entry, phone=phone, place=chance.choice((entry.place, "other")))
    luck = chance.random()
    if luck < 0.55:
        return entry
    slips.append("moved house")
    if luck < 0.9:
        return replace(
            entry, house_no=f"{chance.randint(1, 320)}", village=chance.randint(1, 11),
            house=chance.randint(10**6, 10**7), place="other",
        )  # fmt: skip
    return replace(entry, house_no="", village=None, house=0, place="")


def _misspelt(name: str, chance: random.Random) -> str:
    ways = [_tone, _vowel, _letter, _ending, _doubled, _neighbour, _tone, _vowel, _letter]
    chance.shuffle(ways)
    return next((new for way in ways if (new := way(name, chance)) != name and len(new) > 1), name)


def _tone(name: str, chance: random.Random) -> str:
    at = [place for place, char in enumerate(name) if char in TONES]
    if not at:
        return name
    place = chance.choice(at)
    new: str = chance.choice(["", *TONES])
    return name[:place] + new + name[place + 1 :]


def _one_of(name: str, pairs: tuple[tuple[str, str], ...], chance: random.Random) -> str:
    both = [*pairs, *((b, a) for a, b in pairs)]
    fitting = [(old, new) for old, new in both if old in name]
    if not fitting:
        return name
    old, new = chance.choice(fitting)
    return name.replace(old, new, 1)


def _vowel(name: str, chance: random.Random) -> str:
    return _one_of(name, VOWELS, chance)


def _letter(name: str, chance: random.Random) -> str:
    return _one_of(name, LOOKALIKES, chance)


def _ending(name: str, chance: random.Random) -> str:
    changed = _one_of(name, ENDINGS, chance)
    return changed if changed != name else name.removesuffix("์")


def _doubled(name: str, chance: random.Random) -> str:
    at = chance.randrange(len(name))
    return name[: at + 1] + name[at:] if "ก" <= name[at] <= "ฮ" else name


def _neighbour(name: str, chance: random.Random) -> str:
    at = [place for place, char in enumerate(name) if char in NEIGHBOURS]
    if not at:
        return name
    place = chance.choice(at)
    return name[:place] + NEIGHBOURS[name[place]] + name[place + 1 :]


def _check(start: str) -> str:
    return str((11 - sum(int(d) * (13 - i) for i, d in enumerate(start)) % 11) % 10)
