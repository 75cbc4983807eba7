"""Random sequences of operations and undos leave every invariant of the registry whole.

SEQUENCES says how many, SHRINK that a failing one is made short: see docs/testing.md.
"""

import os
from collections import Counter

import pytest
from flask import Flask
from hypothesis import HealthCheck, Phase, example, given, note, settings
from hypothesis import strategies as st

from tests import cast
from tests.integration.households.sequences.history import History
from tests.integration.households.sequences.steps import draw
from tests.integration.households.sequences.world import World

SEQUENCES = int(os.environ.get("SEQUENCES", "8"))
PHASES = [Phase.explicit, Phase.generate, *([Phase.shrink] if "SHRINK" in os.environ else [])]
"""Shrinking what fails takes minutes: only when asked for."""

pytestmark = pytest.mark.usefixtures("stage")


def new_world() -> World:
    """Settled families."""
    return World(cast.viewer(cast.ORN)).build()


def test_whatever_is_done_the_registry_stays_whole(
    app: Flask, database: str, capsys: pytest.CaptureFixture[str]
) -> None:
    counts: Counter[str] = Counter()
    worlds: list[World] = []

    @settings(
        max_examples=SEQUENCES,
        database=None,
        phases=PHASES,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )
    @given(seed=st.integers(0, 2**40), length=st.integers(4, 12))
    @example(seed=255_820, length=7)  # a birth into an empty house, taken back
    @example(seed=7_550_705_514, length=9)  # a merge undone under another head
    @example(seed=4_326, length=9)  # a birth done again in a house that was merged away
    @example(seed=68_719_476_736, length=8)  # a later merge had taken the head's link
    @example(seed=318_125_572, length=8)  # a merge undone under another that had its head's link
    @example(seed=891_596_543_827, length=9)  # a house without a head, merged and two again
    @example(seed=529_597_202_686, length=8)  # a head back in a house that was merged since
    @example(seed=52_774_880_927, length=11)  # a merged person no longer belongs where they led
    @example(seed=960_257_671_922, length=10)  # a row in the place of one that is to come back
    def run(seed: int, length: int) -> None:
        sequence = draw(seed, length)
        note("\n".join(map(str, sequence)))
        with app.app_context():
            history = History(worlds.pop() if worlds else new_world()).start()
            for step in sequence:
                history.take(step)
            history.undo_all()
            counts.update(history.counts, sequences=1)
            if not history.mixed:
                worlds.append(history.world.as_at_first())

    run()
    if "SEQUENCES" in os.environ:
        with capsys.disabled():
            print(f"\n{database}: {dict(sorted(counts.items()))}")  # noqa: T201 - figures asked for by name
    assert counts["sequences"] >= SEQUENCES
