"""Filling PostgreSQL: COPY without indexes and checks, then indexes, then what autovacuum does."""

from datetime import datetime

import psycopg
from sqlalchemy.dialects import postgresql

from bench.cluster import Cluster
from bench.filling.ground import Ground
from bench.filling.rows import COLUMNS, Maker

SEARCH_TEXT = COLUMNS["cases"].index("search_text")


def fill(cluster: Cluster, base: str, target: str, ground: Ground, count: int,
         now: datetime) -> None:  # fmt: skip
    """A copy of the base with so many cases more."""
    draft = f"{target}_draft"
    with cluster.connect() as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{draft}"')
        connection.execute(f'CREATE DATABASE "{draft}" TEMPLATE "{base}"')
    with cluster.connect(draft) as connection:
        _fill(connection, ground, count, now)
    with cluster.connect() as connection:
        connection.execute(f'ALTER DATABASE "{draft}" RENAME TO "{target}"')


def _kept(case: tuple) -> tuple:
    """The row of a case with its search text in the form that PostgreSQL keeps."""
    from welfare.core.db import SearchText

    kept = SearchText().process_bind_param(case[SEARCH_TEXT], postgresql.dialect())
    return (*case[:SEARCH_TEXT], kept, *case[SEARCH_TEXT + 1 :])


def _fill(connection: psycopg.Connection, ground: Ground, count: int, now: datetime) -> None:
    connection.execute("SET session_replication_role = replica")
    connection.execute("SET maintenance_work_mem = '1GB'")
    connection.execute("SET synchronous_commit = off")
    indexes = connection.execute(
        "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'"
        " AND tablename = ANY(%s) AND indexname NOT IN (SELECT conname FROM pg_constraint)",
        [list(COLUMNS)],
    ).fetchall()
    for name, _definition in indexes:
        connection.execute(f'DROP INDEX "{name}"')
    maker = Maker(ground, count, now)
    with connection.transaction():
        for batch in maker.batches():
            for table, rows in batch.items():
                names = ", ".join(COLUMNS[table])
                with connection.cursor().copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                    for row in rows:
                        copy.write_row(_kept(row) if table == "cases" else row)
        for key, last in maker.numbers.items():
            connection.execute(
                "INSERT INTO running_numbers VALUES (%s, %s, %s)"
                " ON CONFLICT (kind, fiscal_year) DO UPDATE SET last = excluded.last",
                (*key, last),
            )
        for table in ("cases", "complaints"):
            connection.execute(
                f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), max(id)) FROM {table}"
            )
    for _name, definition in indexes:
        connection.execute(definition)
    connection.execute("VACUUM ANALYZE")
    connection.execute("CHECKPOINT")
