"""Which tests stay together when several processes share a run, and which come first.

What takes long to build (the town of the contract, a kept state) is then built in one process and
not in each, and no long piece is left for the end, when the other processes have nothing to do.
A run in one process keeps its order.
"""

import os

import pytest

LONG = ("tests/contract/", "tests/load/", "tests/integration/households/search/",
        "tests/integration/cases/deadlines/", "tests/integration/households/sequences/",
        "tests/browser/", "tests/unit/papers/")  # fmt: skip
"""The folders that take longest, the longest first."""


def arrange(items: list[pytest.Item]) -> None:
    """Mark each test with its group, unless it says one itself, and put the long ones first."""
    if "PYTEST_XDIST_WORKER" not in os.environ:
        return
    for item in items:
        if item.get_closest_marker("xdist_group") is None:
            item.add_marker(pytest.mark.xdist_group(group(item)))
    items.sort(key=_turn)


def group(item: pytest.Item) -> str:
    """A file on one kind of database; the contract is one, for it shares a town."""
    path = item.nodeid.split("::")[0]
    callspec = getattr(item, "callspec", None)
    kind = callspec.params.get("database", "") if callspec else ""
    if path.startswith("tests/contract/") and kind:
        path = "tests/contract"
    return f"{path} {kind}".strip()


def _turn(item: pytest.Item) -> int:
    path = item.nodeid
    return next((place for place, folder in enumerate(LONG) if path.startswith(folder)), len(LONG))
