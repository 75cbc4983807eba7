"""What the planner finds of a day with minutes instead of seconds, kept in a file by seed.

`python -m bench.days.long --keep FILE --days 20 --seconds 300`. It can be stopped at any moment and
goes on where it was; several may write into one file. Time is the process's own, so that a busy
machine makes it take longer, not poorer. Each day is searched twice for half of the time, from
different random numbers, and the better one counts.
"""

import argparse
import fcntl
import json
import sys
import time
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from bench.days.plain import plain_day, plain_tours
from bench.days.town import random_day
from tests.plan_rules import faults
from welfare.dispatch.routing import Day, Plan, plan_day
from welfare.dispatch.routing.effort import Effort

SEARCHES = 2
ENDLESS = 10_000_000


@dataclass(frozen=True, slots=True)
class Found:
    """The best of the long searches of a day."""

    seconds: float
    worth: int
    metres: int


def worth(day: Day, plan: Plan) -> int:
    """What is minimised: the way, and what the visits left out were worth in metres."""
    prizes = {job.id: job.prize for job in day.jobs}
    return plan.metres + sum(prizes[number] for number in plan.left)


def found(keep: Path, seed: int, seconds: float) -> Found | None:
    """What the file holds of a day, if it was searched for as long; ``None`` if not."""
    searches = _read(keep).get(_key(seed), [])
    if sum(one["seconds"] for one in searches) < seconds * 0.99:
        return None
    best = min(searches, key=lambda one: int(one["worth"]))
    return Found(sum(one["seconds"] for one in searches), best["worth"], best["metres"])


def search(keep: Path, seed: int, seconds: float) -> Found:
    """Search a day for so long in all, what was done before included."""
    while (known := found(keep, seed, seconds)) is None:
        _search(keep, seed, seconds / SEARCHES)
    return known


def _search(keep: Path, seed: int, seconds: float) -> None:
    day = random_day(seed)
    number = len(_read(keep).get(_key(seed), []))
    began = time.thread_time()
    plan = plan_day(
        day, effort=Effort(seconds, ENDLESS, time.thread_time), seed=1000 * (number + 1) + seed
    )
    wrong = faults(plain_day(day), plain_tours(plan), set(plan.left))
    if wrong:
        raise RuntimeError(f"the long search of day {seed} broke a rule: {wrong}")
    _add(keep, seed, {
        "seconds": round(time.thread_time() - began, 1), "worth": worth(day, plan),
        "metres": plan.metres, "left": len(plan.left),
    })  # fmt: skip


def _key(seed: int) -> str:
    """The day's own name: another town, another key."""
    return f"{seed}:{sha256(repr(plain_day(random_day(seed))).encode()).hexdigest()[:12]}"


def _read(keep: Path) -> dict[str, list[dict[str, Any]]]:
    known: dict[str, list[dict[str, Any]]] = json.loads(keep.read_text()) if keep.exists() else {}
    return known


def _add(keep: Path, seed: int, one: dict[str, Any]) -> None:
    keep.parent.mkdir(parents=True, exist_ok=True)
    with keep.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        known = _read(keep)
        known.setdefault(_key(seed), []).append(one)
        fresh = keep.with_suffix(".fresh")
        fresh.write_text(json.dumps(known, indent=1, sort_keys=True) + "\n")
        fresh.replace(keep)


def main() -> int:
    """Search day after day and say what was found."""
    parser = argparse.ArgumentParser(prog="python -m bench.days.long")
    parser.add_argument("--keep", type=Path, required=True)
    parser.add_argument("--days", type=int, default=20)
    parser.add_argument("--first", type=int, default=1)
    parser.add_argument("--step", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=300.0)
    asked = parser.parse_args()
    for seed in range(asked.first, asked.days + 1, asked.step):
        one = search(asked.keep, seed, asked.seconds)
        print(f"seed {seed}: {one.metres} m, {one.worth} with what was left out", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
