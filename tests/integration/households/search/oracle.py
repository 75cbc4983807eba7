"""What the search must find, told plainly: every person and house is looked at, one by one."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from tests.integration.households.search.town import House, Somebody, Town
from welfare.core.thai.sounds import sound_key
from welfare.core.thai.text import search_key
from welfare.households.kinds import Reason
from welfare.households.queries.asking import Asked

ALIKE_BELOW = 10
NAMES = (Reason.NAME, Reason.NAME_START, Reason.NAME_PART, Reason.NAME_ALIKE)
ADDRESSES = (Reason.ADDRESS, Reason.ADDRESS_START, Reason.ADDRESS_PART)


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
    if not asked.name_words:
        if asked.house_words or asked.village_no is not None:
            for one in crowd:
                if _at_home(asked, one, town):
                    found.setdefault(one.id, Reason.ADDRESS)
        return found
    by_name: dict[int, Reason] = {}
    for reason, test in zip(NAMES, (_whole, _start, _part, _alike), strict=True):
        if reason is Reason.NAME_ALIKE and len(by_name) >= ALIKE_BELOW:
            break
        for one in crowd:
            words = _words(one)
            if _at_home(asked, one, town) and all(
                any(test(word, form) for word in words for form in forms)
                for forms in asked.name_words
            ):
                by_name.setdefault(one.id, reason)
        if reason is Reason.NAME_PART and len(asked.name_words) == 1:
            for one in crowd:
                if _at_home(asked, one, town) and _joined(_words(one), asked.name_words[0]):
                    by_name.setdefault(one.id, reason)
    return by_name | found


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
            words = _address(house)
            for reason, test in zip(ADDRESSES, (_whole, _start, _part), strict=True):
                if all(
                    any(test(word, asked_for) for word in words) for asked_for in asked.all_words
                ):
                    found[house.id] = reason
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


def _at_home(asked: Asked, one: Somebody, town: Town) -> bool:
    if not asked.house_words and asked.village_no is None:
        return True
    if one.house is None or not one.lives:
        return False
    house = town.houses[one.house]
    if asked.village_no is not None and house.village_no != asked.village_no:
        return False
    return all(word in _address(house) for word in asked.house_words)


def _address(house: House) -> list[str]:
    return _folded(f"{house.house_no} {house.lane} {house.landmark}").split()


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
    heard = sound_key(asked)
    if asked in word:
        return True
    if len(heard) < 2:
        return False
    return sound_key(word).startswith(heard) if len(heard) >= 4 else sound_key(word) == heard


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
