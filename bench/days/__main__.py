"""How good a day's plan is: `python -m bench.days`, part of `make bench`.

Random days with printed seeds, sixty cases and five workers each. Each plan is compared with what
the solver finds with much more time, and with a person who always drives to the nearest house
that is left; each is checked against the hard rules by code that shares nothing with the planner.
`--days 20 --long 300` is the whole measure; fewer and shorter days say the same less surely.
"""

import argparse
import os
import statistics
import sys
import time

from bench.days.by_hand import nearest_first
from bench.days.plain import plain_day, plain_tours
from bench.days.town import random_day
from tests.plan_rules import faults
from welfare.dispatch.routing import Day, Plan, plan_day
from welfare.dispatch.routing.planning import QUICK
from welfare.dispatch.routing.solving import Effort

NEAR_BEST, BELOW_HAND, SECONDS = 2.0, 15.0, 10.0


def main() -> int:
    """Print a line a day; 1 when a mark is missed."""
    asked = _arguments()
    seconds, gaps, gains, broken = [], [], [], 0
    print("seed  visits left  seconds    km   long km  gap %   by hand km  below %  faults")
    for seed in range(asked.first, asked.first + asked.days):
        day = random_day(seed)
        began = time.monotonic()
        plan = plan_day(day, effort=QUICK, seed=seed)
        seconds.append(time.monotonic() - began)
        best = plan_day(day, effort=Effort(asked.long, 10_000_000), seed=seed + 1000)
        wrong = faults(plain_day(day), plain_tours(plan), set(plan.left))
        broken += len(wrong)
        gap = 100 * (_worth(day, plan) / _worth(day, best) - 1)
        done = {stop.job for tour in plan.tours for stop in tour.stops}
        hand = nearest_first(day, done)
        by_hand = sum(one.metres for one in hand)
        gain = 100 * (1 - plan.metres / by_hand)
        gaps.append(gap)
        gains.append(gain)
        print(
            f"{seed:4}  {_visits(plan):6} {len(plan.left):4}  {seconds[-1]:7.2f} "
            f"{plan.metres / 1000:5.0f}  {best.metres / 1000:8.0f} {gap:6.2f}  "
            f"{by_hand / 1000:6.0f} ({len(hand)} d) {gain:7.1f}  {'; '.join(wrong) or 0}",
            flush=True,
        )
    print(
        f"slowest {max(seconds):.1f} s, gap mean {statistics.mean(gaps):.2f} % worst "
        f"{max(gaps):.2f} %, below by hand mean {statistics.mean(gains):.1f} % least "
        f"{min(gains):.1f} %, {broken} faults; load {os.getloadavg()[0]:.1f}"
    )
    met = (
        broken == 0
        and max(seconds) < SECONDS
        and statistics.mean(gaps) <= NEAR_BEST
        and statistics.mean(gains) >= BELOW_HAND
    )
    print("all marks kept" if met else "MISSED")
    return 0 if met else 1


def _visits(plan: Plan) -> int:
    return len({stop.job for tour in plan.tours for stop in tour.stops})


def _worth(day: Day, plan: Plan) -> float:
    """What the solver minimises: the way, and what the visits left out were worth in metres."""
    prizes = {job.id: job.prize for job in day.jobs}
    return plan.metres + sum(prizes[number] for number in plan.left)


def _arguments() -> argparse.Namespace:
    quick = bool(os.environ.get("SMALL"))
    parser = argparse.ArgumentParser(prog="python -m bench.days")
    parser.add_argument("--days", type=int, default=5 if quick else 20)
    parser.add_argument("--first", type=int, default=1)
    parser.add_argument("--long", type=float, default=20.0 if quick else 300.0)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
