"""Which tests stay together when several processes share a run, and which come first.

What takes long to build (the town of the contract, a kept state) is then built in one process and
not in each, and no long piece is left for the end, when the other processes have nothing to do.
A run in one process keeps its order.

Read from the name of a test: xdist's own marks for this (``--dist loadgroup``) are lost without a
word since pytest 9.2, which keeps the names of tests elsewhere.
"""

import os
import re

import pytest
from xdist.scheduler import LoadScopeScheduling

LONG = ("tests/contract/", "tests/load/", "tests/integration/households/search/",
        "tests/integration/cases/deadlines/", "tests/integration/households/sequences/",
        "tests/browser/", "tests/unit/papers/")  # fmt: skip
"""The folders that take longest, the longest first."""
TOGETHER = ("tests/load/", "tests/integration/households/search/")
"""Folders of which all stays together: two that keep all cores busy would disturb each other, and
both databases are asked for one town."""
TOGETHER_BY_KIND = ("tests/contract/",)
"""Folders whose files share a town of one kind of database."""
_KIND = re.compile(r"\[(?:[^\]]*-)?(sqlite|postgresql)[-\]]")


class Turns(LoadScopeScheduling):
    """Gives whole groups to processes, in the order in which they were collected."""

    def _split_scope(self, nodeid: str) -> str:
        return group(nodeid)


def group(nodeid: str) -> str:
    """What a test stays together with: its file on one kind of database, or more."""
    for folder in TOGETHER:
        if nodeid.startswith(folder):
            return folder
    kind = _KIND.search(nodeid)
    path = next((folder for folder in TOGETHER_BY_KIND if nodeid.startswith(folder) and kind),
                nodeid.split("::")[0])  # fmt: skip
    return f"{path} {kind[1]}" if kind else path


def put_long_first(items: list[pytest.Item]) -> None:
    """Sort the tests of a shared run: what takes longest first."""
    if "PYTEST_XDIST_WORKER" in os.environ:
        items.sort(key=_turn)


def _turn(item: pytest.Item) -> int:
    path = item.nodeid
    return next((place for place, folder in enumerate(LONG) if path.startswith(folder)), len(LONG))
