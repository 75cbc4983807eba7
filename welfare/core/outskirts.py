"""How far a place may lie outside the villages before it is taken for a slip."""

from __future__ import annotations

from flask import current_app


def far_km() -> float:
    """From how many kilometres outside the villages on a place is asked about (a setting)."""
    return float(current_app.config["SETTINGS"].map_far_km)
