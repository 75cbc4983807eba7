"""SQL conditions of the search, alike on both databases: LIKE with the wildcards escaped."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, case, exists, func, literal, or_
from sqlalchemy.orm import InstrumentedAttribute

from welfare.households.kinds import Reason
from welfare.households.models import Household, Membership, Person
from welfare.households.models.keys import identifier_index, phone_index
from welfare.households.queries.asking import Asked

Clause = ColumnElement[bool]
Key = InstrumentedAttribute[str]


@dataclass(frozen=True, slots=True)
class Match:
    """One way to be found, and the reason to show for it."""

    reason: Reason
    clause: Clause


def any_of(matches: list[Match]) -> Clause:
    """Found in one way or another."""
    return or_(*(match.clause for match in matches))


def rank_of(matches: list[Match]) -> ColumnElement[int]:
    """The place of the first, that is surest, way."""
    return case(*((match.clause, place) for place, match in enumerate(matches)), else_=len(matches))


def _contains(key: Key, word: str) -> Clause:
    return key.contains(word, autoescape=True)


def _starts(key: Key, word: str) -> Clause:
    return (literal(" ") + key).contains(f" {word}", autoescape=True)


def _whole(key: Key, word: str) -> Clause:
    return (literal(" ") + key + literal(" ")).contains(f" {word} ", autoescape=True)


def _in_village(village_no: int | None) -> list[Clause]:
    return [] if village_no is None else [Household.village_no == village_no]


def _by_name(asked: Asked) -> list[Match]:
    """Whole words, then beginnings, then parts; every word must be there, in any order."""
    if not asked.name_words:
        return []
    key = Person.search_key
    matches = [
        Match(
            reason, and_(*(or_(*(test(key, form) for form in word)) for word in asked.name_words))
        )
        for reason, test in (
            (Reason.NAME, _whole),
            (Reason.NAME_START, _starts),
            (Reason.NAME_PART, _contains),
        )
    ]
    if len(asked.name_words) == 1:
        joined = func.replace(key, " ", "")
        forms = [joined.contains(form, autoescape=True) for form in asked.name_words[0]]
        matches.append(Match(Reason.NAME_PART, or_(*forms)))
    return matches


def _living_in(clauses: list[Clause]) -> Clause:
    return (
        exists()
        .where(
            Membership.person_id == Person.id,
            Membership.to_day.is_(None),
            Membership.household_id == Household.id,
            *clauses,
        )
        .correlate(Person)
    )


def people_matches(asked: Asked) -> list[Match]:
    """Every way in which a person can be meant, the surest first."""
    matches: list[Match] = []
    if asked.number:
        matches.append(Match(Reason.NUMBER, Person.number == asked.number))
    if asked.identifier:
        index = identifier_index(asked.identifier)
        matches.append(Match(Reason.IDENTIFIER, Person.identifier_index == index))
    if asked.phone:
        matches.append(Match(Reason.PHONE, Person.phone_index == phone_index(asked.phone)))
    at = [_whole(Household.search_key, word) for word in asked.house_words]
    at += _in_village(asked.village_no)
    by_name = _by_name(asked)
    if by_name and at:
        lives = _living_in(at)
        matches += [Match(match.reason, and_(match.clause, lives)) for match in by_name]
    elif at:
        matches.append(Match(Reason.ADDRESS, _living_in(at)))
    else:
        matches += by_name
    return matches


def _by_address(asked: Asked) -> list[Match]:
    if not asked.all_words:
        village = _in_village(asked.village_no)
        return [Match(Reason.ADDRESS_PART, and_(*village))] if village else []
    key = Household.search_key
    return [
        Match(
            reason,
            and_(*(test(key, word) for word in asked.all_words), *_in_village(asked.village_no)),
        )
        for reason, test in (
            (Reason.ADDRESS, _whole),
            (Reason.ADDRESS_START, _starts),
            (Reason.ADDRESS_PART, _contains),
        )
    ]


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
        lives_here = (
            exists()
            .where(
                Membership.household_id == Household.id,
                Membership.to_day.is_(None),
                Membership.person_id == Person.id,
                member,
            )
            .correlate(Household)
        )
        at = [_whole(Household.search_key, word) for word in asked.house_words]
        at += _in_village(asked.village_no)
        matches.append(Match(Reason.MEMBER, and_(lives_here, *at)))
    return matches


def member_clause(asked: Asked) -> Clause | None:
    """``Person`` is somebody whom the query means by number, ID, telephone or name."""
    bare = Asked(
        text=asked.text,
        number=asked.number,
        identifier=asked.identifier,
        phone=asked.phone,
        name_words=asked.name_words,
    )
    found = people_matches(bare)
    return any_of(found) if found else None
