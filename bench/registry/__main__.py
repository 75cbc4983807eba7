"""`python -m bench.registry`: fill, serve, ask, write down. See bench/README.md.

`--only sqlite` or `--only postgresql`, `--people N`, `--rounds N` narrow it.
"""

import argparse
import json
import os
import socket
import statistics
import sys

from bench import cluster as clusters
from bench.measuring import gear, quantile
from bench.places import DATA, INSTANCE, OUT
from bench.registry.ask import PAGES, WHO, Asked, ask, told
from bench.registry.fill import postgres_registry, sqlite_registry

SIZES = (13_000, 1_000_000)
KINDS = ("sqlite", "postgresql")
MARKS = {("sqlite", 13_000): 50, ("postgresql", 13_000): 50,
         ("sqlite", 1_000_000): 150, ("postgresql", 1_000_000): 100}  # fmt: skip


def main() -> int:
    """Ask the search at every size on every database; 1 when a mark is missed."""
    parser = argparse.ArgumentParser(prog="bench.registry")
    parser.add_argument("--only", choices=KINDS)
    parser.add_argument("--people", type=int)
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    return measure([asked.only] if asked.only else list(KINDS),
                   [asked.people] if asked.people else list(SIZES), asked.rounds)  # fmt: skip


def measure(kinds: list[str], sizes: list[int], rounds: int) -> int:
    """The same, called by `make bench`."""
    INSTANCE.mkdir(parents=True, exist_ok=True)
    print(f"The search of the registry; a fixed loop takes {gear():.0f} ms,"
          f" load {os.getloadavg()[0]:.1f}")  # fmt: skip
    cluster = clusters.start(DATA / "postgres") if "postgresql" in kinds else None
    kept, figures = True, []
    try:
        for kind in kinds:
            for people in sizes:
                url = (sqlite_registry(people) if kind == "sqlite" or cluster is None
                       else postgres_registry(cluster, people))  # fmt: skip
                database = cluster.pid if cluster and kind == "postgresql" else 0
                found = ask(url, rounds, _free_port(), database)
                mark = float(MARKS.get((kind, people), 150))
                kept &= told(found, f"{kind}, {people:,} people", mark)
                figures += _figures(kind, people, found)
    finally:
        if cluster is not None:
            cluster.stop()
    OUT.mkdir(parents=True, exist_ok=True)
    (OUT / "registry.json").write_text(json.dumps(figures, ensure_ascii=False, indent=1))
    return 0 if kept else 1


def _figures(kind: str, people: int, found: list[Asked]) -> list[dict[str, object]]:
    figures: list[dict[str, object]] = []
    for page in PAGES:
        for who in WHO:
            part = [one for one in found if (one.page, one.who) == (page, who)]
            times = [ms for one in part for ms in one.times]
            cpu = [ms for one in part for ms in one.cpu]
            figures.append({
                "name": f"search: {page}, {who}", "database": kind, "people": people,
                "p50_ms": round(statistics.median(times), 2),
                "p95_ms": round(quantile(times, 0.95), 2),
                "cpu_p50_ms": round(statistics.median(cpu), 2),
                "cpu_p95_ms": round(quantile(cpu, 0.95), 2),
            })  # fmt: skip
    return figures


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


if __name__ == "__main__":
    sys.exit(main())
