"""What the search must find, told plainly: every person and house is looked at, one by one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache

from tests.integration.households.search.town import House, Somebody, Town
from welfare.core.thai.sounds import sound_keys
from welfare.core.thai.text import search_key
from welfare.households.kinds import Reason
from welfare.households.queries.asking import Asked
from welfare.households.queries.fitting import Where

ALIKE_BELOW = 10
_GLUED = re.compile(r"(ซอย|ซ\.|ถนน|ถ\.)(?=\d)")
NAMES = (
    Reason.NAME, Reason.NAME_START, Reason.NAME_PART, Reason.NAME_ALIKE, Reason.NAME_NEAR,
)  # fmt: skip
NUMBERED = (Reason.ADDRESS, Reason.ADDRESS_START, Reason.ADDRESS_PART)
WORDED = (Reason.PLACE, Reason.ADDRESS_PART, Reason.ADDRESS_PART)
Words = tuple[tuple[str, ...], ...]


def people(asked: Asked, town: Town, villages: set[int] | None) -> dict[int, Reason]:
    """Everybody who is meant and may be seen, with the reason."""
    found: dict[int, Reason] = {}
    for one in town.people:
        reason = _by_number(asked, one)
        if reason:
            there = town.person(one.merged_into) if one.merged_into else one
            if _seen(there, town, villages):
                found.setdefault(there.id, reason)
    crowd = [one for one in town.people if not one.merged_into and _seen(one, town, villages)]
    if asked.name_words:
        found = _by_name(asked, crowd, town) | found
    elif asked.homes or asked.village_no is not None:
        numbered = any(where is Where.NUMBER for _word, where in asked.homes)
        reason = Reason.ADDRESS if numbered else Reason.PLACE if asked.homes else Reason.VILLAGE
        for one in crowd:
            if _at_home(asked, one, town):
                found.setdefault(one.id, reason)
    for one in crowd:
        ends = asked.phone_end and (one.phone or "").endswith(asked.phone_end)
        if ends and _all_fit(asked.name_words, _words(one), _part):
            found.setdefault(one.id, Reason.PHONE_END)
    return found


def _by_name(asked: Asked, crowd: list[Somebody], town: Town) -> dict[int, Reason]:
    found: dict[int, Reason] = {}
    for reason, test in zip(NAMES, (_whole, _start, _part, _alike, _alike), strict=True):
        if reason is Reason.NAME_ALIKE and len(found) >= ALIKE_BELOW:
            break
        for one in crowd:
            words = _words(one)
            if _at_home(asked, one, town) and (
                _all_but_one(asked.name_words, words) if reason is Reason.NAME_NEAR
                else _all_fit(asked.name_words, words, test)
            ):  # fmt: skip
                found.setdefault(one.id, reason)
        if reason is Reason.NAME_PART and len(asked.name_words) == 1:
            for one in crowd:
                if _at_home(asked, one, town) and _joined(_words(one), asked.name_words[0]):
                    found.setdefault(one.id, reason)
    for one in crowd if asked.homes else ():
        if _at_home(asked, one, town, lives=False) and _all_fit(
            asked.name_words, _words(one), _part
        ):
            found.setdefault(one.id, Reason.EARLIER_HOME)
    return found


def _all_fit(asked: Words, words: Iterable[str], test: Callable[[str, str], bool]) -> bool:
    return all(any(test(word, form) for word in words for form in forms) for forms in asked)


def _all_but_one(asked: Words, words: frozenset[str]) -> bool:
    """One word of the query is one slip away, the others fit or sound so."""
    shortest = 3 if asked[1:] else 4
    return any(
        any(_near(word, form, shortest) for word in words for form in asked[place])
        and _all_fit(asked[:place] + asked[place + 1 :], words, _alike)
        for place in range(len(asked))
    )


def houses(asked: Asked, town: Town, villages: set[int] | None) -> dict[int, Reason]:
    """Every house that is meant by number, code or address, with the reason."""
    found: dict[int, Reason] = {}
    for house in town.houses:
        if villages is not None and house.village_no not in {None, *villages}:
            continue
        if asked.number == house.number:
            found[house.id] = Reason.NUMBER
        elif asked.house_code and asked.house_code == house.code:
            found[house.id] = Reason.HOUSE_CODE
        elif asked.village_no is not None and house.village_no != asked.village_no:
            continue
        elif not asked.all_words:
            if asked.village_no is not None:
                found[house.id] = Reason.ADDRESS_PART
        else:
            numbered = any(where is Where.NUMBER for _word, where in asked.address)
            for place, test in enumerate((_whole, _start, _part)):
                if all(
                    any(
                        _whole(word, asked_for)
                        if where is Where.BESIDE and asked_for[0].isdecimal()  # lane 5 is not 15
                        else test(word, asked_for)
                        for word in _address(house, where, last=place == 2)
                    )
                    for asked_for, where in asked.address
                ):
                    found[house.id] = (NUMBERED if numbered else WORDED)[place]
                    break
    return found


def _by_number(asked: Asked, one: Somebody) -> Reason | None:
    if asked.number and asked.number == one.number:
        return Reason.NUMBER
    if asked.identifier and asked.identifier in (one.identifier, one.further):
        return Reason.IDENTIFIER
    if asked.phone and asked.phone == one.phone:
        return Reason.PHONE
    return None


def _seen(one: Somebody, town: Town, villages: set[int] | None) -> bool:
    if villages is None or one.house is None:
        return True
    return town.houses[one.house].village_no in {None, *villages}


def _at_home(asked: Asked, one: Somebody, town: Town, *, lives: bool = True) -> bool:
    if not asked.homes and asked.village_no is None:
        return True
    if one.house is None or one.lives is not lives:
        return False
    house = town.houses[one.house]
    if asked.village_no is not None and house.village_no != asked.village_no:
        return False
    return all(word in _address(house, where) for word, where in asked.homes)


def _address(house: House, where: Where, *, last: bool = False) -> list[str]:
    """The words among which one is looked for; as a last resort a number may stand anywhere."""
    number = _folded(house.house_no).split()
    beside = _GLUED.sub(r"\1 ", _folded(f"{house.lane} {house.landmark}")).split()
    if where is Where.BESIDE:
        return beside
    return number if where is Where.NUMBER and not last else number + beside


_folded = cache(search_key)


def _words(one: Somebody) -> frozenset[str]:
    names = ((one.first, one.middle, one.last), *((first, "", last) for first, last in one.earlier))
    return _words_of(names)


@cache
def _words_of(names: tuple[tuple[str, str, str], ...]) -> frozenset[str]:
    """Each word of each name; a part of several words also in one, a middle name joined too."""
    words: set[str] = set()
    for first, middle, last in names:
        parts = [part for part in map(search_key, (first, middle, last)) if part]
        bare = [part.replace(" ", "") for part in parts]
        words.update(bare, *(part.split() for part in parts))
        if len(bare) == 3:
            words.update((bare[0] + bare[1], bare[1] + bare[2]))
    return frozenset(words)


def _whole(word: str, asked: str) -> bool:
    return word == asked


def _start(word: str, asked: str) -> bool:
    return word.startswith(asked)


def _part(word: str, asked: str) -> bool:
    return asked in word


def _alike(word: str, asked: str) -> bool:
    return asked in word or any(
        own.startswith(heard) if len(heard) >= 4 else own == heard
        for heard in sound_keys(asked)
        if len(heard) > 1
        for own in sound_keys(word)
    )


@cache
def _near(word: str, asked: str, shortest: int) -> bool:
    """The nearest of their sounds differ by exactly one slip; of letters, not of signs."""
    if not all((char.isascii() and char.isalpha()) or "ก" <= char <= "\u0e4e" for char in asked):
        return False
    far = [
        _slips(heard, own)
        for heard in sound_keys(asked)
        if len(heard) >= shortest
        for own in sound_keys(word)
    ]
    return min(far, default=9) == 1


def _slips(one: str, other: str) -> int:
    """0, 1, or 2 for more: by trying every slip."""
    if one == other:
        return 0
    letters = set(other)
    tried = {one[:at] + one[at + 1 :] for at in range(len(one))}
    tried |= {one[:at] + new + one[at:] for at in range(len(one) + 1) for new in letters}
    tried |= {one[:at] + new + one[at + 1 :] for at in range(len(one)) for new in letters}
    tried |= {one[:at] + one[at + 1] + one[at] + one[at + 2 :] for at in range(len(one) - 1)}
    return 1 if other in tried else 2


def _joined(words: Iterable[str], forms: Iterable[str]) -> bool:
    """Two different words written as one: one of them whole, the other as far as it goes."""
    return any(
        one != other
        and (
            (form.startswith(one) and len(form) > len(one) and other.startswith(form[len(one) :]))
            or (form.endswith(one) and len(form) > len(one) and other.endswith(form[: -len(one)]))
        )
        for form in forms
        if len(form) >= 4
        for one in words
        for other in words
    )
