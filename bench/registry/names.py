"""Thai names in the skew of a real register: few given names for many, most surnames for few."""

import random
from functools import cache
from itertools import accumulate, zip_longest

STEMS_UP_TO, SURNAMES = 5, 150_000
TAILS = (
    "วงศ์", "วงค์", "สกุล", "กุล", "พันธ์", "รัตน์", "ชัย", "สุข", "ทอง", "แก้ว", "ใจ", "คำ", "มา", "สาย",
    "ดี", "งาม", "เจริญ", "วิชัย", "เดช", "ศิริ", "นันท์", "บุญ", "ต๊ะ", "ปัญญา", "มูล", "เรือง", "ศรี", "พรหม",
)  # fmt: skip


@cache
def given() -> dict[str, list[str]]:
    """Given names by sex, the most frequent first."""
    from pythainlp.corpus import thai_female_names, thai_male_names

    from welfare.demo import corpus

    found = {}
    for sex, names in (("m", thai_male_names()), ("f", thai_female_names())):
        ages = corpus.load("given_names")["male" if sex == "m" else "female"]
        lists = [str(ages[age]).split() for age in ("mid", "young", "old", "child")]
        common = [name for four in zip_longest(*lists) for name in four if name]
        rest = sorted(names)
        random.Random(sex).shuffle(rest)
        found[sex] = list(dict.fromkeys([*common, *rest]))
    return found


@cache
def surnames() -> list[str]:
    """Surnames, the most frequent first; those of the corpus, then stems with the usual ends."""
    from pythainlp.corpus import thai_family_names

    from welfare.demo import corpus

    chance = random.Random(2569)
    names = list(corpus.surnames()) + sorted(thai_family_names())
    chance.shuffle(names)
    stems = [name for pair in given().values() for name in pair if len(name) <= STEMS_UP_TO]
    found = dict.fromkeys(names)
    while len(found) < SURNAMES:
        found[chance.choice(stems) + chance.choice(TAILS)] = None
        found[chance.choice(TAILS) + chance.choice(stems)] = None
    return list(found)[:SURNAMES]


@cache
def weights(number: int, flat: int) -> list[float]:
    """Cumulated weights that fall with the place; the larger ``flat``, the slower at first."""
    return list(accumulate(1 / (place + flat) for place in range(number)))
