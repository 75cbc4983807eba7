"""The generator: a whole municipality from a seed, the same one every time."""

from __future__ import annotations

import hashlib
import random
from datetime import date, datetime

from welfare.demo import calendar, corpus
from welfare.demo.cast import Cast
from welfare.demo.desk import Desk
from welfare.demo.people import PeopleMaker
from welfare.demo.population import Population, villages
from welfare.demo.seeds import Municipality, StaffSeed

HOUSEHOLDS = 4_500
CASES = 1_060
SEED = 2569


def generate(
    *, now: datetime, households: int = HOUSEHOLDS, cases: int = CASES, seed: int = SEED
) -> Municipality:
    """Generate the municipality as it stands at `now` (aware).

    The history begins with the fiscal year before the present one. Raises ValueError for a
    naive `now`, fewer than 50 households or a negative number of cases.
    """
    if now.tzinfo is None:
        raise ValueError("now must carry a time zone")
    if households < 50 or cases < 0:
        raise ValueError("at least 50 households and no negative number of cases")
    moment = now.astimezone(calendar.BANGKOK)
    rng = random.Random(seed)
    town = Population(rng, moment.date(), villages(), PeopleMaker(rng, moment.date()))
    town.build(households)
    people = staff()
    desk = Desk(rng, moment, Cast(rng, town), people)
    desk.fill(cases, first_day(moment.date()))
    return Municipality(
        seed=seed,
        now=moment,
        villages=town.villages,
        staff=people,
        households=tuple(town.households),
        people=tuple(town.makers.made),
        memberships=tuple(town.memberships),
        complaints=tuple(desk.complaints),
        cases=tuple(desk.cases),
    )


def first_day(today: date) -> date:
    """Return the first day (1 October) of the fiscal year before the one of `today`."""
    return date(today.year - (1 if today.month >= 10 else 2), 10, 1)


def staff() -> tuple[StaffSeed, ...]:
    """Return the demo accounts, with invented display names."""
    return tuple(
        StaffSeed(
            username=row["username"],
            display_name=row["display_name"],
            roles=tuple(row["roles"]),
            villages=tuple(row["villages"]) if "villages" in row else None,
            home=tuple(row.get("home", ())),
            position=row.get("position", ""),
            skills=tuple(row.get("skills", ())),
        )
        for row in corpus.load("staff")["staff"]
    )


def digest(town: Municipality) -> str:
    """Return a SHA-256 over everything generated: equal for equal seed, size and `now`."""
    found = hashlib.sha256()
    for part in (town.households, town.people, town.memberships, town.complaints, town.cases):
        for item in part:
            found.update(repr(item).encode())
    return found.hexdigest()
