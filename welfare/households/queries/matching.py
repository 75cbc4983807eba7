"""SQL conditions of the search, alike on both databases."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import ColumnElement, and_, case, func, literal, or_, select, true
from sqlalchemy.orm import InstrumentedAttribute

from welfare.households.kinds import Reason
from welfare.households.models import Household, Membership, Person
from welfare.households.models.keys import identifier_index, phone_index
from welfare.households.queries.asking import Asked
from welfare.households.queries.holding import holds

Clause = ColumnElement[bool]
Key = InstrumentedAttribute[str]

_JOINED_FROM = 4
"""Letters from which a word is also looked for across spaces (สมชายใจดี typed as one)."""


@dataclass(frozen=True, slots=True)
class Match:
    """One way to be found: the reason to show for it and the test for it.

    ``implied``: a wider way stands behind it, so it ranks what is found and finds nothing itself.
    ``also`` must hold as well, but needs no second look when the found are ranked.
    """

    reason: Reason
    test: Clause
    implied: bool = False
    also: Clause | None = None


def any_of(matches: Sequence[Match]) -> Clause:
    """Found in one way or another."""
    return or_(
        *(
            and_(match.test, match.also) if match.also is not None else match.test
            for match in matches
            if not match.implied
        )
    )


def rank_of(matches: Sequence[Match]) -> ColumnElement[int]:
    """The place of the first, that is surest, way; what passes none before has the last."""
    *tested, _last = matches
    if not tested:
        return literal(0)
    return case(
        *((match.test, place) for place, match in enumerate(tested)), else_=len(matches) - 1
    )


def _contains(key: Key, word: str) -> Clause:
    return holds(key, word)


def _starts(key: Key, word: str) -> Clause:
    return holds(literal(" ") + key, f" {word}")


def _whole(key: Key, word: str) -> Clause:
    return holds(literal(" ") + key + literal(" "), f" {word} ")


def _steps(reasons: tuple[Reason, Reason, Reason], all_words: Callable[..., Clause]) -> list[Match]:
    """Whole words, then beginnings, then parts."""
    whole, start, part = reasons
    return [
        Match(whole, all_words(_whole), implied=True),
        Match(start, all_words(_starts), implied=True),
        Match(part, all_words(_contains)),
    ]


def _in_village(village_no: int | None) -> list[Clause]:
    return [] if village_no is None else [Household.village_no == village_no]


def _by_name(asked: Asked) -> list[Match]:
    """Every word must be there, in any order, in one of its spellings."""
    if not asked.name_words:
        return []
    key = Person.search_key

    def all_words(test: Callable[[Key, str], Clause]) -> Clause:
        return and_(*(or_(*(test(key, form) for form in word)) for word in asked.name_words))

    matches = _steps((Reason.NAME, Reason.NAME_START, Reason.NAME_PART), all_words)
    if len(asked.name_words) == 1:
        joined = func.replace(key, " ", "")
        forms = [form for form in asked.name_words[0] if len(form) >= _JOINED_FROM]
        if forms:
            across = or_(*(holds(joined, form) for form in forms))
            matches.append(Match(Reason.NAME_PART, across))
    return matches


def _at(asked: Asked) -> list[Clause]:
    words = [_whole(Household.search_key, word) for word in asked.house_words]
    return words + _in_village(asked.village_no)


def _lives(at: list[Clause]) -> Clause:
    return Person.id.in_(
        select(Membership.person_id)
        .join(Household, Household.id == Membership.household_id)
        .where(Membership.to_day.is_(None), *at)
    )


def people_matches(asked: Asked) -> list[Match]:
    """Every way in which a person can be meant, the surest first."""
    matches = _surely(asked)
    at, by_name = _at(asked), _by_name(asked)
    if not at:
        return matches + by_name
    lives = _lives(at)
    if by_name:
        return matches + [replace(match, also=lives) for match in by_name]
    return [*matches, Match(Reason.ADDRESS, lives)]


def _surely(asked: Asked) -> list[Match]:
    """By a number of one's own."""
    matches: list[Match] = []
    if asked.number:
        matches.append(Match(Reason.NUMBER, Person.number == asked.number))
    if asked.identifier:
        index = identifier_index(asked.identifier)
        matches.append(Match(Reason.IDENTIFIER, Person.identifier_index == index))
    if asked.phone:
        matches.append(Match(Reason.PHONE, Person.phone_index == phone_index(asked.phone)))
    return matches


def _by_address(asked: Asked) -> list[Match]:
    village = _in_village(asked.village_no)
    if not asked.all_words:
        return [Match(Reason.ADDRESS_PART, and_(true(), *village))] if village else []

    def all_words(test: Callable[[Key, str], Clause]) -> Clause:
        return and_(*(test(Household.search_key, word) for word in asked.all_words), *village)

    return _steps((Reason.ADDRESS, Reason.ADDRESS_START, Reason.ADDRESS_PART), all_words)


def household_matches(asked: Asked) -> list[Match]:
    """Every way in which a house can be meant, the surest first."""
    matches: list[Match] = []
    if asked.number:
        matches.append(Match(Reason.NUMBER, Household.number == asked.number))
    if asked.house_code:
        matches.append(Match(Reason.HOUSE_CODE, Household.house_code == asked.house_code))
    matches += _by_address(asked)
    member = member_clause(asked)
    if member is not None:
        lived_in = Household.id.in_(
            select(Membership.household_id)
            .join(Person, Person.id == Membership.person_id)
            .where(Membership.to_day.is_(None), member)
        )
        matches.append(Match(Reason.MEMBER, and_(lived_in, *_at(asked))))
    return matches


def member_clause(asked: Asked) -> Clause | None:
    """``Person`` is somebody whom the query means by number, ID, telephone or name."""
    found = _surely(asked) + _by_name(asked)
    return any_of(found) if found else None
