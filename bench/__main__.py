"""`make bench`: fill, serve, ask, compare, write down. `SMALL=1`: fifty thousand cases only.

`--only sqlite` or `--only postgresql`, `--cases N` and `--rounds N` narrow it.
"""

import argparse
import os
import platform
import socket
import statistics
import sys

from bench import cluster as clusters
from bench import dispatch, duplicates, imports, papers, results
from bench.actions import HITS, Action, Stage, actions, found_of_rare
from bench.client import Browser
from bench.days import __main__ as days
from bench.filling import stock
from bench.measuring import (
    CONNECTIONS,
    cpu_ratio,
    gear,
    measure,
    quantile,
    ratio,
    requests_per_second,
)
from bench.places import DATA, INSTANCE, OUT, PASSWORD
from bench.registry import __main__ as registry
from bench.results import Figure
from bench.server import Server

SIZES = (50_000, 1_000_000)
KINDS = ("sqlite", "postgresql")


def main() -> int:
    """The whole benchmark; 1 when a mark is missed."""
    asked = _arguments()
    sizes = [asked.cases] if asked.cases else SIZES[:1] if os.environ.get("SMALL") else SIZES
    kinds = [asked.only] if asked.only else KINDS
    figures: list[Figure] = []
    details: dict[str, object] = {
        "machine": f"{platform.machine()}, {os.cpu_count()} cores, {_system()}",
        "load_before": os.getloadavg(),
        "gear_before_ms": gear(),
    }
    print(f"A fixed loop takes {details['gear_before_ms']:.0f} ms; load {os.getloadavg()[0]:.1f}")
    cluster = clusters.start(DATA / "postgres") if "postgresql" in kinds else None
    try:
        for kind in kinds:
            for size in sizes:
                url = (
                    stock.sqlite_database(size) if kind == "sqlite"
                    else stock.postgres_database(cluster, size)  # type: ignore[arg-type]
                )  # fmt: skip
                figures += _one(url, kind, size, asked.rounds, details,
                                cluster.pid if cluster and kind == "postgresql" else 0)  # fmt: skip
        figures.append(_papers(asked.rounds))
        print(results.table(figures[-1:]))
        found = duplicates.measure()
        print(duplicates.report(found), flush=True)
    finally:
        if cluster is not None:
            cluster.stop()
    details |= {"load_after": os.getloadavg(), "gear_after_ms": gear()}
    print(
        f"The fixed loop now takes {details['gear_after_ms']:.0f} ms; load {os.getloadavg()[0]:.1f}"
    )
    grown = results.growth(figures)
    for name, database, times, kept in grown:
        if not kept:
            print(f"  MISSED  {name} on {database}: {times:.2f} times its figure at {SIZES[0]:,}")
    results.write(figures, details, OUT)
    missed = [one.name for one in figures if one.mark and not one.met]
    missed += [] if found.met else ["duplicates"]
    people = [13_000] if asked.cases or os.environ.get("SMALL") else list(registry.SIZES)
    missed += ["the search of the registry"] if registry.measure(list(kinds), people, 3) else []
    missed += [] if dispatch.measure() else ["the page of dispatch"]
    missed += [] if days.quick() else ["plans of the day"]
    small = bool(os.environ.get("SMALL"))
    kept = papers.measure_all(100 if small else 500, 1_000 if small else 10_000, asked.rounds)
    missed += [] if kept else ["papers"]
    missed += imports.measure(3_000 if os.environ.get("SMALL") else imports.ROWS)
    lost = sum(1 for one in grown if not one[3])
    print(
        f"{len(missed)} marks missed, {lost} of {len(grown)} grew more than {results.GROWTH} times"
    )
    return 1 if missed or lost else 0


def _system() -> str:
    return platform.freedesktop_os_release().get("PRETTY_NAME", platform.system())


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench")
    parser.add_argument("--only", choices=KINDS)
    parser.add_argument("--cases", type=int)
    parser.add_argument("--rounds", type=int, default=40)
    return parser.parse_args()


def _one(
    url: str, kind: str, size: int, rounds: int, details: dict[str, object], database: int
) -> list[Figure]:
    """One database of one size: both servers up, everything asked."""
    numbers, month = _prepare(url)
    real = Server("bench.app", _free_port(), url)
    bare = Server("bench.bare", _free_port(), url)
    try:
        stage = _stage(real.port, numbers, month)
        found = found_of_rare(stage.officer)
        todo = actions(stage)
        parents = [real.process.pid, bare.process.pid]
        measure(todo, Browser(bare.port), rounds, parents + ([database] if database else []))
        for action in todo:
            action.rps = _rps(action, stage)
        figures = [_figure(action, kind, size) for action in todo]
        said = f"largest worker {real.peak_mb():.0f} MB; load {os.getloadavg()[0]:.1f}"
        print(f"\n{kind}, {size:,} cases: the rare phrase finds {found} of {HITS}; {said}")
        print(results.table(figures), flush=True)
        details[f"{kind} {size}"] = {
            "rare_found": found, "rare_planted": HITS, "peak_mb": real.peak_mb(),
            "bare_peak_mb": bare.peak_mb(), "load": os.getloadavg(), "gear_ms": gear(),
        }  # fmt: skip
        if found != HITS:
            raise SystemExit(f"the search found {found} of {HITS}")
        return figures
    finally:
        real.stop()
        bare.stop()


def _stage(port: int, numbers: list[str], month: str) -> Stage:
    def signed_in(username: str) -> Browser:
        return Browser(port).sign_in(username, PASSWORD)

    return Stage(
        officer=signed_in("officer"),
        manager=signed_in("manager"),
        caseworker=signed_in("caseworker1"),
        limited=signed_in("limited"),
        citizen=Browser(port),
        numbers=numbers,
        month=month,
    )


def _rps(action: Action, stage: Stage) -> float:
    """Requests per second at four connections; a form counts once it is filed."""
    asks = []
    for _ in range(CONNECTIONS):
        copied = Stage(
            stage.officer.again(), stage.manager.again(), stage.caseworker.again(),
            stage.limited.again(), Browser(stage.citizen.port), stage.numbers, stage.month,
            stage.addresses,
        )  # fmt: skip
        asks.append(next(one for one in actions(copied) if one.name == action.name).ask)
    return requests_per_second(asks, 1.0)


def _figure(action: Action, kind: str, size: int) -> Figure:
    return Figure(
        action.name, kind, size,
        round(statistics.median(action.times), 2), round(quantile(action.times, 0.95), 2),
        round(action.rps, 1), action.statements, round(ratio(action), 2), action.mark or 0.0,
        action.size, round(statistics.median(action.bare), 2),
        round(statistics.median(action.cpu), 2), round(cpu_ratio(action), 2),
    )  # fmt: skip


def _papers(rounds: int) -> Figure:
    ours, bare = papers.measure_papers(rounds)
    return Figure(
        "one-page PDF, warm (to bare WeasyPrint)", "none", 0,
        round(statistics.median(ours), 2), round(quantile(ours, 0.95), 2),
        round(1000 / statistics.median(ours), 1), 0, round(papers.ratio(ours, bare), 2),
        papers.MARK, 0, round(statistics.median(bare), 2),
    )  # fmt: skip


def _prepare(url: str) -> tuple[list[str], str]:
    """The bare view's table, an officer of two villages, the cases to open, the month to list."""
    from sqlalchemy import text

    from bench.filling.base import make_app
    from bench.limited import ensure_limited_officer
    from welfare.core import clock
    from welfare.core.db import db

    app = make_app(url)
    with app.app_context():
        key = "SERIAL PRIMARY KEY" if url.startswith("postgresql") else "INTEGER PRIMARY KEY"
        db.session.execute(
            text(f"CREATE TABLE IF NOT EXISTS bench_bare (id {key}, words TEXT NOT NULL)")
        )
        ensure_limited_officer()
        numbers = db.session.scalars(
            text(
                "SELECT cases.number FROM cases JOIN visits ON visits.case_id = cases.id"
                " JOIN complaints ON complaints.case_id = cases.id"
                " WHERE (SELECT count(*) FROM case_events WHERE case_id = cases.id)"
                " BETWEEN 11 AND 13"
                " ORDER BY cases.id DESC LIMIT 40"
            )
        ).all()
        month = clock.today().strftime("%Y-%m")
        db.session.commit()
        db.session.remove()
        db.engine.dispose()
    return list(numbers), month


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


if __name__ == "__main__":
    INSTANCE.mkdir(parents=True, exist_ok=True)
    sys.exit(main())
