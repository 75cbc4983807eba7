"""Pages of the operations on households."""

from welfare.households.views.operations import (
    births,
    deaths,
    heads,
    listing,
    marriages,
    moves,
    shapes,
    strays,
    then,
)

__all__ = [
    "births",
    "deaths",
    "heads",
    "listing",
    "marriages",
    "moves",
    "shapes",
    "strays",
    "then",
]
