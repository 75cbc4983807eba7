"""Processor time of servers, to the nanosecond: what a busy machine cannot blur.

While others work on the same cores, p50 tells as much of them as of us. The time that the server's
processes (and the database's, for PostgreSQL) were on a processor for one request does not.
"""

from pathlib import Path


def spent_ms(parents: list[int]) -> float:
    """Milliseconds that the children of these processes have been on a processor so far."""
    total = 0
    for parent in parents:
        for child in _children(parent):
            total += sum(_spent(task) for task in Path(f"/proc/{child}/task").glob("*/schedstat"))
    return total / 1e6


def _children(pid: int) -> list[str]:
    try:
        return Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return []


def _spent(path: Path) -> int:
    try:
        return int(path.read_text().split()[0])
    except (OSError, ValueError):
        return 0
