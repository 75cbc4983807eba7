"""Facts of people in vulnerable households, surveys of these households and what they need."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from welfare.demo.bulk import Row
from welfare.demo.corpus import load
from welfare.demo.ground import Ground
from welfare.demo.registry_rows import DISABILITIES
from welfare.demo.seeds import HouseholdSeed, PersonSeed
from welfare.households.barthel import ITEMS
from welfare.households.kinds import (
    Answer,
    DatePrecision,
    Dimension,
    FactKind,
    FactSource,
    NeedKind,
    YesNo,
)

MOST = 300
"""How many households are surveyed: the vulnerable ones, as an office would."""
ROUNDS = 426, 61
"""Days before today of the two rounds."""
POOR = 3_000
"""Baht a month for each who lives there, below which a household counts as vulnerable here."""
HOME_BOUND = 11


@dataclass(frozen=True, slots=True)
class Vulnerable:
    """A household that is surveyed, with those who live there."""

    house: HouseholdSeed
    people: tuple[PersonSeed, ...]


def vulnerable(ground: Ground) -> list[Vulnerable]:
    """Households with somebody who depends on care, is disabled, or with little money, out of all
    villages."""
    town = ground.town
    living: dict[int, list[PersonSeed]] = defaultdict(list)
    for link in town.memberships:
        if link.ends_on is None and link.de_facto and town.people[link.person].died_on is None:
            living[link.household].append(town.people[link.person])
    found = []
    for house in town.households:
        people = living.get(house.index, [])
        cared = any(one.disability or (one.adl or 20) <= HOME_BOUND for one in people)
        poor = bool(people) and house.monthly_income < POOR * len(people)
        if cared or poor:
            found.append(Vulnerable(house, tuple(people)))
    step = max(len(found) / MOST, 1)
    return [found[int(place * step)] for place in range(min(len(found), MOST))]


def fact_rows(one: Vulnerable, ground: Ground) -> Iterator[Row]:
    """Facts of those who live there: disability, Barthel index, illness, carer, welfare card."""
    rng = random.Random(f"{ground.town.seed}:facts:{one.house.index}")
    words = load("known")
    for person in one.people:
        if person.disability:
            yield _fact(
                person, FactKind.DISABILITY, ground, rng, source=FactSource.DOCUMENT,
                code=DISABILITIES[person.disability].value, source_note="บัตรประจำตัวคนพิการ",
            )  # fmt: skip
        if person.adl is not None:
            yield from _assessments(person, person.adl, ground, rng)
        if person.adl is not None and person.adl <= HOME_BOUND:
            yield _carer(person, one, ground, rng)
            yield _fact(person, FactKind.ILLNESS, ground, rng, text=rng.choice(words["illness"]))
        if person.welfare_card is not None:
            yield _fact(
                person, FactKind.WELFARE_CARD, ground, rng,
                code=(YesNo.YES if person.welfare_card else YesNo.NO).value,
                from_day=None, source=FactSource.SURVEY,
            )  # fmt: skip


def _assessments(
    person: PersonSeed, score: int, ground: Ground, rng: random.Random
) -> Iterator[Row]:
    """Two: what stands in the person's file is the later one."""
    first = min(score + rng.randint(0, 3), 20)
    last_day = ground.created.date()
    for total, day in ((first, last_day - timedelta(days=380)), (score, last_day)):
        yield _fact(
            person, FactKind.ADL, ground, rng, source=FactSource.VISIT, source_note="",
            score=total, items=_items(total, rng), from_day=day,
        )  # fmt: skip


def _items(total: int, rng: random.Random) -> str:
    scores = [0] * len(ITEMS)
    while sum(scores) < total:
        place = rng.randrange(len(ITEMS))
        if scores[place] < ITEMS[place].highest:
            scores[place] += 1
    return "".join(map(str, scores))


def _carer(person: PersonSeed, one: Vulnerable, ground: Ground, rng: random.Random) -> Row:
    able = [
        other
        for other in one.people
        if other.index != person.index and (other.adl is None or other.adl > HOME_BOUND)
    ]
    if able:
        who = rng.choice(able)
        return _fact(person, FactKind.CARER, ground, rng, other_person_id=who.index + 1)
    return _fact(person, FactKind.CARER, ground, rng, text=rng.choice(load("known")["carers"]))


def _fact(
    person: PersonSeed, kind: FactKind, ground: Ground, rng: random.Random, **values: object
) -> Row:
    row: Row = {
        "person_id": person.index + 1, "kind": kind,
        "from_day": ground.created.date() - timedelta(days=rng.randint(30, 1500)),
        "from_precision": DatePrecision.DAY, "to_day": None, "code": "", "text": None,
        "amount": None, "score": None, "items": None, "issued_on": None, "expires_on": None,
        "due_on": None, "other_person_id": None, "source": FactSource.TOLD,
        "source_note": rng.choice(load("known")["told_by"]), "recorded_at": ground.created,
        "recorded_by_id": None, "superseded_by_id": None, "withdrawn_at": None,
        "withdrawn_by_id": None, "withdrawn_reason": None, "version": 1,
    }  # fmt: skip
    return row | values


def survey_rows(homes: list[Vulnerable], ground: Ground, edition_id: int) -> list[Row]:
    """Two rounds of one edition for each household; ids are given, so that answers can refer."""
    rows = []
    words, today = load("known"), ground.town.now.date()
    for place, one in enumerate(homes):
        rng = random.Random(f"{ground.town.seed}:survey:{one.house.index}")
        income = Decimal(one.house.monthly_income)
        for number, days in enumerate(ROUNDS):
            rows.append(
                {
                    "id": place * len(ROUNDS) + number + 1,
                    "household_id": one.house.index + 1,
                    "edition_id": edition_id,
                    "surveyed_on": today - timedelta(days=days + rng.randint(0, 30)),
                    "surveyed_by": rng.choice(words["surveyors"]),
                    "monthly_income": income if number else income - rng.randint(-3, 4) * 500,
                    "debts": Decimal(one.house.debts),
                    "note": rng.choice(words["survey_notes"]),
                    "recorded_at": ground.town.now - timedelta(days=days),
                    "recorded_by_id": None, "withdrawn_at": None, "withdrawn_reason": "",
                    "version": 1,
                }
            )  # fmt: skip
            rows[-1]["monthly_income"] = max(rows[-1]["monthly_income"], Decimal(0))
    return rows


def answer_rows(
    homes: list[Vulnerable], ground: Ground, indicators: dict[Dimension, int]
) -> Iterator[Row]:
    """What each round found in each of the five dimensions."""
    for place, one in enumerate(homes):
        rng = random.Random(f"{ground.town.seed}:answers:{one.house.index}")
        troubled = _troubles(one)
        for number in range(len(ROUNDS)):
            for dimension, indicator in indicators.items():
                failed = dimension in troubled or rng.random() < 0.08
                if number == 0 and rng.random() < 0.15:
                    failed = not failed
                yield {
                    "survey_id": place * len(ROUNDS) + number + 1,
                    "indicator_id": indicator,
                    "answer": Answer.FAILED if failed else Answer.PASSED,
                    "note": "",
                }


def _troubles(one: Vulnerable) -> list[Dimension]:
    """In which dimensions the household is in trouble, as far as its rows tell."""
    found = []
    if any(person.adl is not None and person.adl <= HOME_BOUND for person in one.people):
        found.append(Dimension.HEALTH)
    if one.house.monthly_income < POOR * len(one.people):
        found.append(Dimension.INCOME)
    if one.house.condition not in ("มั่นคงถาวร", "พออยู่อาศัย") or not one.house.toilet:
        found.append(Dimension.LIVING)
    return found


def need_rows(one: Vulnerable, ground: Ground) -> Iterator[Row]:
    """Problems in the dimensions that are in trouble, and now and then a strength."""
    rng = random.Random(f"{ground.town.seed}:needs:{one.house.index}")
    words = load("known")
    for dimension in _troubles(one):
        yield _need(NeedKind.PROBLEM, dimension, words["problem"], ground, rng, one)
    if rng.random() < 0.4:
        dimension = Dimension(rng.choice(sorted(words["strength"])))
        yield _need(NeedKind.STRENGTH, dimension, words["strength"], ground, rng, one)


def _need(
    kind: NeedKind,
    dimension: Dimension,
    words: dict[str, list[str]],
    ground: Ground,
    rng: random.Random,
    one: Vulnerable,
) -> Row:
    since = ground.town.now.date() - timedelta(days=rng.randint(60, 700))
    over = kind == NeedKind.PROBLEM and rng.random() < 0.15
    return {
        "household_id": one.house.index + 1, "kind": kind, "dimension": dimension,
        "text": rng.choice(words[dimension.value]), "from_day": since,
        "to_day": since + timedelta(days=50) if over else None,
        "source": rng.choice([FactSource.VISIT, FactSource.SURVEY]), "source_note": "",
        "recorded_at": ground.town.now - timedelta(days=50), "recorded_by_id": None,
        "withdrawn_at": None, "withdrawn_reason": "", "version": 1,
    }  # fmt: skip
