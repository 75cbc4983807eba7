"""The databases the benchmark needs: made when they are missing or made otherwise, else kept."""

import time
from pathlib import Path

from bench.cluster import Cluster
from bench.filling import postgres, sqlite
from bench.filling.base import fill_base, make_app
from bench.filling.ground import read_ground
from bench.filling.rows import utc_now
from bench.places import DATA, fingerprint


def sqlite_database(count: int) -> str:
    """The address of a SQLite database with so many cases."""
    target = DATA / f"{fingerprint()}-{count}.db"
    if not target.exists():
        base = _sqlite_base()
        ground = read_ground(f"sqlite:///{base}")
        _said(
            f"filling SQLite with {count:,} cases",
            lambda: sqlite.fill(base, target, ground, count, utc_now()),
        )
        _said("counting them", lambda: _count(f"sqlite:///{target}"))
    return f"sqlite:///{target}"


def postgres_database(cluster: Cluster, count: int) -> str:
    """The address of a PostgreSQL database with so many cases."""
    name = f"bench_{fingerprint()}_{count}"
    if name not in cluster.databases():
        base = _postgres_base(cluster)
        ground = read_ground(cluster.url(base))
        _said(f"filling PostgreSQL with {count:,} cases",
              lambda: postgres.fill(cluster, base, name, ground, count, utc_now()))  # fmt: skip
        _said("counting them", lambda: _count(cluster.url(name)))
    return cluster.url(name)


def _sqlite_base() -> Path:
    base = DATA / f"{fingerprint()}-base.db"
    if not base.exists():
        DATA.mkdir(parents=True, exist_ok=True)
        draft = DATA / "base-draft.db"
        for suffix in ("", "-wal", "-shm"):
            Path(f"{draft}{suffix}").unlink(missing_ok=True)
        _said("loading the fictional town into SQLite", lambda: fill_base(f"sqlite:///{draft}"))
        draft.rename(base)
    return base


def _postgres_base(cluster: Cluster) -> str:
    name = f"bench_{fingerprint()}_base"
    if name not in cluster.databases():
        with cluster.connect() as connection:
            connection.execute("DROP DATABASE IF EXISTS bench_draft")
            connection.execute("CREATE DATABASE bench_draft TEMPLATE template0")
        url = cluster.url("bench_draft")
        _said("loading the fictional town into PostgreSQL", lambda: fill_base(url))
        with cluster.connect() as connection:
            connection.execute(f'ALTER DATABASE bench_draft RENAME TO "{name}"')
    return name


def _count(url: str) -> None:
    from welfare.cases.counters import rebuild
    from welfare.core.db import db

    app = make_app(url)
    with app.app_context():
        rebuild()
        db.session.commit()
        db.session.remove()
        db.engine.dispose()


def _said(what: str, act: object) -> None:
    started = time.monotonic()
    print(f"  {what} …", end=" ", flush=True)
    act()  # type: ignore[operator]
    print(f"{time.monotonic() - started:.0f} s", flush=True)
