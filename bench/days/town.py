"""A random day by a printed seed: eleven villages around an office, sixty houses, five workers."""

import random

from welfare.dispatch.routing import Day, Ground, Job, Place, Worker

OFFICE = Place(18.6480, 99.0405)
PRIZES = {"urgent": 240_000, "high": 120_000, "normal": 60_000, "low": 40_000}


def random_day(seed: int, *, cases: int = 60, workers: int = 5) -> Day:
    """Houses lie in clusters; some visits need a skill, an hour, two workers."""
    chance = random.Random(seed)
    villages = [
        (18.648 + chance.uniform(-0.045, 0.045), 99.0405 + chance.uniform(-0.045, 0.045))
        for _ in range(11)
    ]
    people = frozenset(range(1, workers + 1))
    skilled = frozenset(chance.sample(sorted(people), 3))
    crew = tuple(
        Worker(number, starts=510, ends=chance.choice([990, 990, 960]), most=16,
               alone=number != workers or seed % 4 > 0)
        for number in sorted(people)
    )  # fmt: skip
    jobs = tuple(_job(chance, number, villages, people, skilled) for number in range(1, cases + 1))
    return Day(OFFICE, Ground(), crew, jobs)


def _job(
    chance: random.Random,
    number: int,
    villages: list[tuple[float, float]],
    people: frozenset[int],
    skilled: frozenset[int],
) -> Job:
    lat, lng = chance.choice(villages)
    kind = chance.random()
    earliest, latest = 0, 1440
    if kind < 0.08:
        earliest, latest = 510, 690
    elif kind < 0.16:
        earliest, latest = 810, 960
    may = people
    if chance.random() < 0.2:
        may = skilled
    if chance.random() < 0.1:
        may = may - {chance.choice(sorted(may))}
    if chance.random() < 0.15:
        may = frozenset({chance.choice(sorted(may))})
    return Job(
        id=number,
        place=Place(round(lat + chance.gauss(0, 0.005), 6), round(lng + chance.gauss(0, 0.005), 6)),
        minutes=chance.choice([15, 20, 20, 25, 30]),
        prize=PRIZES[chance.choice(["urgent", "high", "normal", "normal", "low"])],
        may_lead=may,
        may_join=people,
        pair=chance.random() < 0.05,
        earliest=earliest,
        latest=latest,
    )
