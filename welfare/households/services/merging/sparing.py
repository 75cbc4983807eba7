"""Undoing a merge leaves alone where people live and who is head, where that was changed since."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast

from sqlalchemy import Table, or_, select

from welfare.core.db import db
from welfare.households.kinds import Relation
from welfare.households.models import Membership
from welfare.households.services.freezing import frozen_row
from welfare.households.services.operations.aftermath import heads_lost
from welfare.households.services.undoing import Kept, Restoring

Key = tuple[str, int]
Row = dict[str, Any]
_OF = "memberships"


def spare_later_stays(work: Restoring) -> None:
    """Where a stay that came after the merge stands in the way of one that would go back (a second
    home, a second head, twice in one house), the later one stays and the older gives way."""
    after = _after(work)
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
    _keep_heads(work, later)


def _keep_heads(work: Restoring, later: list[Row]) -> None:
    """Who is head now, and what the others are to them, stays where the head of before the merge
    does not come back. Where there had been none, there is none again."""
    headed = {row["household_id"] for row in (*_standing(work), *later) if _heads(row)}
    losing = {
        row["household_id"]
        for key, row in _after(work).items()
        if _lives(row)
        and row["household_id"] not in headed
        and _heads(now := work.present.get(key, row))
        and now["household_id"] == row["household_id"]
    }
    for house in heads_lost(work.set_id, losing):
        _keep_relations(work, house)


def _keep_relations(work: Restoring, house: int) -> None:
    kept = {
        key
        for key, row in _after(work).items()
        if row["household_id"] == house and "relation" in work.edits.get(key, {})
    }
    for key in kept:
        del work.edits[key]["relation"]
        if not work.edits[key]:
            del work.edits[key]
        work.kept.append(Kept(*key, "relation"))
    ids = {row_id for _name, row_id in kept}
    for key in work.added_keys():
        row = work.present.get(key, {})
        if key[0] == "earlier_relations" and row.get("membership_id") in ids:
            work.staying.add(key)
            work.kept.append(Kept(*key))


def _lives(row: Row) -> bool:
    return row["to_day"] is None and bool(row["de_facto"])


def _heads(row: Row) -> bool:
    return _lives(row) and row["relation"] == Relation.HEAD.value


def _standing(work: Restoring) -> list[Row]:
    """All stays of the merge, as they would be."""
    staying = [row for key, row in work.present.items() if key[0] == _OF and key not in work.edits]
    return [*staying, *_after(work).values()]


def _after(work: Restoring) -> dict[Key, Row]:
    """The stays that change, as they would be."""
    after = {
        key: work.present[key] | back
        for key, back in work.edits.items()
        if key[0] == _OF and key in work.present
    }
    return after | {key: row for key, row in work.inserts.items() if key[0] == _OF}


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
