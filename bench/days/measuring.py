"""Day after day: our plan, the long search, the hand, the check; a line each and the marks."""

import os
import statistics
import time
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from bench.days import long
from bench.days.by_hand import nearest_first
from bench.days.plain import plain_day, plain_tours
from bench.days.town import random_day
from tests.plan_rules import faults
from welfare.dispatch.routing import Day, Plan, plan_day
from welfare.dispatch.routing.planning import QUICK

NEAR_BEST, BELOW_HAND, SECONDS = 2.0, 15.0, 10.0


@dataclass(frozen=True, slots=True)
class Line:
    """One day measured. Gaps in per cent."""

    seed: int
    visits: int
    left: int
    seconds: float
    metres: int
    long_metres: int
    gap: float
    hand_metres: int
    hand_days: int
    below: float
    wrong: tuple[str, ...]

    def __str__(self) -> str:
        return (
            f"{self.seed:4}  {self.visits:6} {self.left:4}  {self.seconds:6.2f} "
            f"{self.metres / 1000:6.1f}  {self.long_metres / 1000:7.1f} {self.gap:6.2f}  "
            f"{self.hand_metres / 1000:7.1f} ({self.hand_days} d) {self.below:7.1f}  "
            f"{'; '.join(self.wrong) or 0}"
        )


HEAD = "seed  visits left  cpu s     km  long km  gap %  by hand km     below %  faults"


def measure(seeds: Iterable[int], *, seconds: float, keep: Path) -> bool:
    """Print a line a day and the marks; whether they are kept."""
    print(f"\nDays of sixty cases and five workers; the long search has {seconds:g} s.\n{HEAD}")
    lines = []
    for seed in seeds:
        lines.append(_line(seed, seconds, keep))
        print(lines[-1], flush=True)
    return _judged(lines)


def _line(seed: int, seconds: float, keep: Path) -> Line:
    day = random_day(seed)
    began = time.thread_time()
    plan = plan_day(day, effort=replace(QUICK, clock=time.thread_time, patience=600.0), seed=seed)
    took = time.thread_time() - began
    best = long.search(keep, seed, seconds)
    done = {stop.job for tour in plan.tours for stop in tour.stops}
    hand = nearest_first(day, done)
    by_hand = sum(one.metres for one in hand)
    return Line(
        seed=seed,
        visits=len(done),
        left=len(plan.left),
        seconds=took,
        metres=plan.metres,
        long_metres=best.metres,
        gap=_gap(plan.metres, long.worth(day, plan), best),
        hand_metres=by_hand,
        hand_days=len(hand),
        below=100 * (1 - plan.metres / by_hand),
        wrong=tuple(_wrong(day, plan)),
    )


def _gap(metres: int, worth: int, best: long.Found) -> float:
    """How much longer the way is; where another worth was left out, that counts with the way."""
    if worth - metres == best.worth - best.metres:
        return 100 * (metres / best.metres - 1)
    return 100 * (worth / best.worth - 1)


def _wrong(day: Day, plan: Plan) -> list[str]:
    return faults(plain_day(day), plain_tours(plan), set(plan.left))


def _judged(lines: list[Line]) -> bool:
    slowest = max(line.seconds for line in lines)
    gap = statistics.mean(line.gap for line in lines)
    below = statistics.mean(line.below for line in lines)
    broken = sum(len(line.wrong) for line in lines)
    print(
        f"slowest {slowest:.1f} s of processor, gap mean {gap:.2f} % worst "
        f"{max(line.gap for line in lines):.2f} %, below by hand mean {below:.1f} % least "
        f"{min(line.below for line in lines):.1f} %, {broken} faults; load {os.getloadavg()[0]:.1f}"
    )
    met = broken == 0 and slowest < SECONDS and gap <= NEAR_BEST and below >= BELOW_HAND
    print("all marks kept" if met else "MISSED", flush=True)
    return met
