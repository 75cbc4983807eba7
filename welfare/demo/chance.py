"""Drawing by weight."""

from __future__ import annotations

import random
from collections.abc import Sequence


def weighted(rng: random.Random, pairs: Sequence[tuple[str, float]]) -> str:
    """Draw one name; each comes as often as its weight says."""
    return rng.choices([name for name, _ in pairs], [weight for _, weight in pairs])[0]
