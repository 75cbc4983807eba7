"""Random sequences of operations and undos leave every invariant of the registry whole.

SEQUENCES says how many: see docs/testing.md.
"""

import os
from collections import Counter

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import cast
from tests.integration.households.sequences.history import History
from tests.integration.households.sequences.steps import OPERATIONS, Step
from tests.integration.households.sequences.world import World

SEQUENCES = int(os.environ.get("SEQUENCES", "15"))

pytestmark = pytest.mark.usefixtures("stage")

place = st.integers(0, 40)
steps = st.lists(
    st.builds(
        Step,
        kind=st.sampled_from([*OPERATIONS, "undo", "undo"]),
        one=place,
        two=place,
        three=place,
        ago=st.one_of(st.integers(0, 60), st.integers(-1, 4000)),
        flags=st.integers(0, 31),
    ),
    min_size=4,
    max_size=10,
)


def test_whatever_is_done_the_registry_stays_whole(
    app: Flask, database: str, capsys: pytest.CaptureFixture[str]
) -> None:
    counts: Counter[str] = Counter()

    @settings(
        max_examples=SEQUENCES,
        database=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )
    @given(sequence=steps)
    def run(sequence: list[Step]) -> None:
        with app.app_context():
            history = History(World(cast.viewer(cast.ORN)).build()).start()
            for step in sequence:
                history.take(step)
            history.undo_all()
            counts.update(history.counts, sequences=1)

    run()
    if "SEQUENCES" in os.environ:
        with capsys.disabled():
            print(f"\n{database}: {dict(sorted(counts.items()))}")  # noqa: T201
    assert counts["sequences"] >= SEQUENCES
