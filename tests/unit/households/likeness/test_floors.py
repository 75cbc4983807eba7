"""On a small made-up register of an unseen seed the marks of the benchmark are kept."""

from __future__ import annotations

from bench.duplicates import judge
from bench.registers import make


def test_recall_and_precision_keep_their_floors() -> None:
    judged = judge(make(3000, 300, seed=77))
    assert judged.recall >= 0.94
    assert judged.precision >= 0.90
    assert judged.compared < 3000 * 20, "far from all with all"


def test_a_register_without_duplicates_offers_next_to_nothing() -> None:
    judged = judge(make(2000, 1, seed=78))
    assert judged.offered <= 2000 * 0.005
