"""What is asked of a merge, and what comes of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from welfare.core.errors import Forbidden, Refused, StaleRecord
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Permission, Viewer
from welfare.households.likeness import Likeness
from welfare.households.queries.duplicates.fields import BOTH, A, B, Unit, seen_versions
from welfare.households.services.writing import must_edit

REASON_LENGTH = 300
UNKNOWN = Likeness(0.0, 0.0, ())
"""Of two records that nobody has compared."""


@dataclass(frozen=True, slots=True)
class Ours:
    """What somebody chose. ``survivor``: whose number stays (``a`` or ``b``). ``units``: whose
    value is taken, by the name of the unit; left out: as it was proposed. ``home``: number of the
    household they live in. ``heirs``: who becomes head of a household that loses it."""

    survivor: str = A
    units: Mapping[str, str] = field(default_factory=dict)
    home: str = ""
    heirs: Mapping[str, str] = field(default_factory=dict)
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Merged:
    """``change`` is the number by which the merge can be undone."""

    change: str
    survivor: str
    other: str


def must_merge(actor: Viewer, a: str, b: str) -> None:
    """``Forbidden`` without the right, ``Refused`` for a record and itself."""
    must_edit(actor)
    if not actor.can(Permission.MERGE_REGISTRY):
        raise Forbidden
    if a == b:
        raise Refused(_("This is one record, not two."))


def must_be_seen(seen: int, one: int, other: int) -> None:
    """``StaleRecord`` when either record was changed since both were compared."""
    now = seen_versions(one, other)
    if seen != now:
        raise StaleRecord(version=now, current={})


def settled(units: tuple[Unit, ...], proposed: dict[str, str], ours: Ours) -> dict[str, str]:
    """The proposal with what was chosen instead; choices that make no sense are left out."""
    for unit in units:
        side = ours.units.get(unit.name, "")
        if side in (A, B) or (side == BOTH and unit.text):
            proposed[unit.name] = side
    return proposed


def taken(
    units: tuple[Unit, ...], a: object, b: object, sides: Mapping[str, str], keeps: str
) -> list[str]:
    """Names of the units in which the surviving record gets something of the other."""
    return [u.name for u in units if sides[u.name] != keeps and not u.same(a, b)]
