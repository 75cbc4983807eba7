"""Villages as whoever looks after them sees them."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from welfare.core.db import db
from welfare.core.errors import Forbidden, NotFound
from welfare.core.security.permissions import Viewer
from welfare.households.models import Village
from welfare.households.policies import can_manage_villages


@dataclass(frozen=True, slots=True)
class VillageFacts:
    """Names and centre of a village; degrees (WGS 84), or none."""

    name_th: str
    name_en: str
    lat: float | None
    lng: float | None


@dataclass(frozen=True, slots=True)
class VillageFile:
    """One village with its version."""

    village_no: int
    version: int
    facts: VillageFacts


def village_files(*, viewer: Viewer) -> list[VillageFile]:
    """All villages by number."""
    _must_manage(viewer)
    return [_file(row) for row in db.session.scalars(select(Village).order_by(Village.village_no))]


def village_file(village_no: int, *, viewer: Viewer) -> VillageFile:
    """One village; ``NotFound``."""
    return _file(load_village(village_no, viewer=viewer))


def load_village(village_no: int, *, viewer: Viewer, for_update: bool = False) -> Village:
    """The record of a village; ``Forbidden`` without the right to lists, ``NotFound``."""
    _must_manage(viewer)
    found = db.session.get(
        Village, village_no, with_for_update=for_update or None, populate_existing=for_update
    )
    if found is None:
        raise NotFound
    return found


def _file(row: Village) -> VillageFile:
    facts = VillageFacts(row.name_th, row.name_en, row.lat, row.lng)
    return VillageFile(row.village_no, row.version, facts)


def _must_manage(viewer: Viewer) -> None:
    if not can_manage_villages(viewer):
        raise Forbidden
