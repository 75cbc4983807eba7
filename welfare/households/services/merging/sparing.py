"""Undoing a merge leaves alone where people live and who is head, where that was changed since."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast

from sqlalchemy import Table, or_, select

from welfare.core.db import db
from welfare.households.kinds import Relation
from welfare.households.models import Membership
from welfare.households.services.freezing import frozen_row
from welfare.households.services.undoing import Kept, Restoring

Key = tuple[str, int]
Row = dict[str, Any]
_OF = "memberships"


def spare_later_stays(work: Restoring) -> None:
    """Where a stay that came after the merge stands in the way of one that would go back (a second
    home, a second head, twice in one house), the later one stays and the older gives way."""
    after = {
        key: work.present[key] | work.edits.get(key, {})
        for key in work.present
        if key[0] == _OF and key in work.edits
    }
    after |= {key: row for key, row in work.inserts.items() if key[0] == _OF}
    later = _later(work, after.values())
    for key, row in after.items():
        if row["to_day"] is not None:
            continue
        mine = [one for one in later if one["person_id"] == row["person_id"]]
        twice = any(one["household_id"] == row["household_id"] for one in mine)
        moved = bool(row["de_facto"]) and any(one["de_facto"] for one in mine)
        if twice or moved:
            _stay_ended(work, key, mine)
        if row["relation"] == Relation.HEAD.value and any(
            one["household_id"] == row["household_id"] and one["relation"] == Relation.HEAD.value
            for one in later
        ):
            _no_longer_head(work, key)


def _later(work: Restoring, rows: Iterable[Row]) -> list[Row]:
    """Open stays of these people and in these houses that the merge did not touch."""
    rows = list(rows)
    touched = {key[1] for key in (*work.present, *work.inserts) if key[0] == _OF}
    of = cast(Table, Membership.__table__)
    found = db.session.execute(
        select(of).where(
            or_(
                of.c.person_id.in_({row["person_id"] for row in rows}),
                of.c.household_id.in_({row["household_id"] for row in rows}),
            ),
            of.c.to_day.is_(None),
            of.c.id.not_in(touched),
        )
    ).mappings()
    return [frozen_row(dict(row)) for row in found]


def _stay_ended(work: Restoring, key: Key, later: list[Row]) -> None:
    """It does not open again: as it stands now, or up to the day the later one began."""
    back = work.edits.get(key)
    if back is None:
        row = work.inserts[key]
        begun = max((one["from_day"] for one in later if one["from_day"]), default=None)
        row["to_day"] = max(begun or row["from_day"] or "", row["from_day"] or "") or None
        if row["to_day"] is None:
            row["de_facto"] = False
        work.kept.append(Kept(*key, "to_day"))
        return
    for column in ("to_day", "reason", "de_facto"):
        if column in back:
            del back[column]
            work.kept.append(Kept(*key, column))
    if not back:
        del work.edits[key]


def _no_longer_head(work: Restoring, key: Key) -> None:
    back = work.edits.get(key)
    if back is None:
        work.inserts[key]["relation"] = Relation.RELATIVE.value
        work.kept.append(Kept(*key, "relation"))
    elif "relation" in back:
        back["relation"] = Relation.RELATIVE.value
        work.kept.append(Kept(*key, "relation"))
