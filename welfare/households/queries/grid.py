"""How densely the area is lived in: houses counted by the cells of a grid, never one by one."""

from __future__ import annotations

from collections.abc import Mapping
from time import monotonic

from sqlalchemy import func, select

from welfare.core.db import db, floor_of
from welfare.core.security.permissions import Viewer
from welfare.households.models import Household
from welfare.households.policies import in_area
from welfare.households.queries.bounds import METRES_PER_DEGREE, Bounds, Place

CELLS_PER_DEGREE = 400
"""A cell of the grid is 1/400 of a degree: about 275 by 265 metres in Lamphun."""
MOST_CELLS = 2000
"""With more than so many cells, four become one, as often as it takes."""
COUNTED_AT_ONCE = 20_000
"""Up to so many houses with a place, the cells are counted anew for each map."""
KEPT_SECONDS = 300

Fields = Mapping[tuple[int, int, int], int]
"""Houses by village (0: not known), row and column of the grid."""

_kept: dict[tuple[str, frozenset[int] | None], tuple[float, Fields]] = {}


def fields_of(viewer: Viewer, placed: int) -> Fields:
    """The houses of the viewer's area by village and cell; ``placed``: how many have a place.

    Of a large registry it is kept for some minutes: half a second of counting says nothing new of
    how densely a place is lived in.
    """
    if not placed:
        return {}
    if placed <= COUNTED_AT_ONCE:
        return _counted(viewer)
    key = (str(db.engine.url), viewer.villages)
    found = _kept.get(key)
    if found is None or monotonic() > found[0]:
        found = (monotonic() + KEPT_SECONDS, _counted(viewer))
        _kept[key] = found
    return found[1]


def _counted(viewer: Viewer) -> Fields:
    village = func.coalesce(Household.village_no, 0).label("village")
    row = floor_of(Household.lat * CELLS_PER_DEGREE).label("row")
    column = floor_of(Household.lng * CELLS_PER_DEGREE).label("column")
    rows = db.session.execute(
        select(village, row, column, func.count())
        .where(Household.lat.is_not(None), Household.lng.is_not(None), in_area(viewer))
        .group_by(village, row, column)
    )
    return {(one[0], one[1], one[2]): one[3] for one in rows}


def widened(fields: Fields, bounds: Bounds | None) -> tuple[dict[tuple[int, int], int], int]:
    """The cells within the bounds by row and column, and how many go to a degree: wider ones where
    there are too many to draw."""
    per_degree = CELLS_PER_DEGREE
    cells: dict[tuple[int, int], int] = {}
    for (_village, row, column), n in fields.items():
        if bounds is None or bounds.holds((row + 0.5) / per_degree, (column + 0.5) / per_degree):
            cells[row, column] = cells.get((row, column), 0) + n
    while len(cells) > MOST_CELLS:
        per_degree //= 2
        wider: dict[tuple[int, int], int] = {}
        for (row, column), n in cells.items():
            wider[row // 2, column // 2] = wider.get((row // 2, column // 2), 0) + n
        cells = wider
    return cells, per_degree


def middles(fields: Fields, km: float) -> dict[int, Place]:
    """The middle of each village's houses, those far off left out: the mean of the cells that lie
    within twice so many kilometres of the median one."""
    found: dict[int, Place] = {}
    near = 2 * km * 1000 / METRES_PER_DEGREE * CELLS_PER_DEGREE
    of_village: dict[int, list[tuple[int, int, int]]] = {}
    for (village_no, row, column), n in fields.items():
        of_village.setdefault(village_no, []).append((row, column, n))
    for village_no, cells in of_village.items():
        row = _weighted([(row, n) for row, _column, n in cells])
        column = _weighted([(column, n) for _row, column, n in cells])
        close = [one for one in cells if abs(one[0] - row) <= near and abs(one[1] - column) <= near]
        total = sum(n for _row, _column, n in close) or 1
        found[village_no] = (
            sum((row + 0.5) * n for row, _column, n in close) / total / CELLS_PER_DEGREE,
            sum((column + 0.5) * n for _row, column, n in close) / total / CELLS_PER_DEGREE,
        )
    return found


def _weighted(values: list[tuple[int, int]]) -> int:
    """The median of values that stand so many times."""
    half, so_far = sum(n for _value, n in values) / 2, 0
    for value, n in sorted(values):
        so_far += n
        if so_far >= half:
            return value
    return 0
