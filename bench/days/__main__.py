"""How good a day's plan is: `python -m bench.days`, a part of `make bench`.

Random days with printed seeds, sixty cases and five workers each. Each plan is compared with what
the planner finds with five minutes, and with a person who always drives to the nearest house that
is left; each is checked against the hard rules by code that shares nothing with the planner.
`--days 20 --seconds 300` is the whole measure; fewer and shorter say the same less surely. What
the long searches found is kept in `--keep`; one that was stopped goes on where it was.
"""

import argparse
import os
import sys
from pathlib import Path

from bench.days.measuring import measure
from bench.places import DATA

FEW_DAYS, FEW_SECONDS = 3, 20.0
"""For `make bench`, which has much else to do."""


def quick() -> bool:
    """A few days, as `make bench` wants them; whether the marks are kept."""
    days = 1 if os.environ.get("SMALL") else FEW_DAYS
    return measure(range(1, days + 1), seconds=FEW_SECONDS, keep=DATA / "days.json")


def main() -> int:
    """1 when a mark is missed."""
    parser = argparse.ArgumentParser(prog="python -m bench.days")
    parser.add_argument("--days", type=int, default=20)
    parser.add_argument("--first", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=300.0)
    parser.add_argument("--keep", type=Path, default=DATA / "days.json")
    asked = parser.parse_args()
    seeds = range(asked.first, asked.first + asked.days)
    return 0 if measure(seeds, seconds=asked.seconds, keep=asked.keep) else 1


if __name__ == "__main__":
    sys.exit(main())
