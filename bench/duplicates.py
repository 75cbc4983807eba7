"""How many of a thousand known duplicates are offered, and how many of those offered are ones.

`python -m bench.duplicates [--people N] [--seed S]`. The weights were set by looking at seed 1;
what is printed and judged is another seed.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter, defaultdict
from dataclasses import asdict, dataclass
from itertools import combinations

from bench.places import OUT
from bench.registers import Entry, make
from welfare.households.kinds import DatePrecision, Relation, Sex
from welfare.households.likeness import (
    OFFERED,
    Blocks,
    Commonness,
    PersonTraits,
    compare_people,
    person_keys,
)

HELD_OUT = 20261122
RECALL, PRECISION = 0.95, 0.90
SEXES = {"m": Sex.MALE, "f": Sex.FEMALE}


@dataclass(frozen=True)
class Judged:
    """The figures of one register."""

    people: int
    true_pairs: int
    offered: int
    right: int
    compared: int
    seconds: float
    found_by_slip: dict[str, str]
    wrong: tuple[tuple[int, int], ...] = ()

    @property
    def recall(self) -> float:
        """Of the true pairs, how many are offered."""
        return self.right / self.true_pairs

    @property
    def precision(self) -> float:
        """Of the offered pairs, how many are true."""
        return self.right / max(self.offered, 1)

    @property
    def met(self) -> bool:
        """Whether both marks are kept."""
        return self.recall >= RECALL and self.precision >= PRECISION


def traits(entry: Entry) -> PersonTraits:
    """A row of the register as the matcher takes it."""
    return PersonTraits(
        first=entry.first,
        last=entry.last,
        title=entry.title,
        sex=SEXES[entry.sex],
        birth=entry.born,
        precision=DatePrecision.YEAR if entry.year_only else DatePrecision.DAY,
        identifier=entry.number,
        phone=entry.phone,
        house_no=entry.house_no,
        village_no=entry.village,
        earlier=entry.earlier,
        household_id=entry.house or None,
        relation=Relation(entry.place) if entry.place else None,
    )


def judge(entries: list[Entry], least: float = OFFERED) -> Judged:
    """Find the duplicates of a register and compare them with the truth."""
    began = time.perf_counter()
    people = [traits(entry) for entry in entries]
    known = Commonness(
        Counter(one.first for one in people), Counter(one.last for one in people), len(people)
    )
    blocks = Blocks()
    for one in people:
        blocks.add(person_keys(one), one.birth.toordinal() if one.birth else 0)
    compared, offered = 0, []
    for a, b in blocks.pairs():
        compared += 1
        likeness = compare_people(people[a], people[b], known, floor=-3.0)
        if likeness is not None and likeness.score >= least:
            offered.append((a, b))
    seconds = time.perf_counter() - began
    truth = _truth(entries)
    right = truth & set(offered)
    return Judged(
        len(entries), len(truth), len(offered), len(right), compared, round(seconds, 2),
        _by_slip(entries, truth, right), tuple(sorted(set(offered) - truth)),
    )  # fmt: skip


def _truth(entries: list[Entry]) -> set[tuple[int, int]]:
    rows: dict[int, list[int]] = defaultdict(list)
    for row, entry in enumerate(entries):
        rows[entry.who].append(row)
    return {pair for same in rows.values() for pair in combinations(same, 2)}


def _by_slip(
    entries: list[Entry], truth: set[tuple[int, int]], right: set[tuple[int, int]]
) -> dict[str, str]:
    """By each kind of slip: how many of the pairs that have it were found."""
    had: Counter[str] = Counter()
    found: Counter[str] = Counter()
    for a, b in truth:
        for slip in set(entries[a].slips + entries[b].slips) or {"none"}:
            had[slip] += 1
            found[slip] += (a, b) in right
    return {slip: f"{found[slip]}/{had[slip]}" for slip in sorted(had)}


def report(judged: Judged) -> str:
    """The figures in a few lines."""
    said = "met" if judged.met else "MISSED"
    lines = [
        f"duplicates: {judged.people:,} people, {judged.true_pairs:,} stand twice;"
        f" {judged.compared:,} pairs compared in {judged.seconds:.1f} s",
        f"  recall {judged.recall:.3f} (mark {RECALL}), precision {judged.precision:.3f}"
        f" (mark {PRECISION}): {judged.offered} offered, {judged.right} right  {said}",
        "  found by slip: " + ", ".join(f"{k} {v}" for k, v in judged.found_by_slip.items()),
    ]
    return "\n".join(lines)


def write(judged: Judged) -> None:
    """``bench/out/duplicates.json``."""
    OUT.mkdir(parents=True, exist_ok=True)
    figures = asdict(judged) | {"recall": judged.recall, "precision": judged.precision}
    figures.pop("wrong")
    text = json.dumps(figures, indent=1, ensure_ascii=False) + "\n"
    (OUT / "duplicates.json").write_text(text)


def measure(people: int = 10_000, seed: int = HELD_OUT) -> Judged:
    """Make the register, find its duplicates, and write the figures down."""
    judged = judge(make(people, people // 10, seed))
    write(judged)
    return judged


def main() -> int:
    """Print and write the figures; 1 when a mark is missed."""
    parser = argparse.ArgumentParser(prog="bench.duplicates")
    parser.add_argument("--people", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=HELD_OUT)
    asked = parser.parse_args()
    judged = measure(asked.people, asked.seed)
    print(report(judged))
    return 0 if judged.met else 1


if __name__ == "__main__":
    sys.exit(main())
