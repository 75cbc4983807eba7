"""Looking after the villages: their names and where they lie."""

from __future__ import annotations

from dataclasses import fields

from welfare.core import audit
from welfare.core.db import db
from welfare.core.errors import Forbidden, Refused, StaleRecord
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Viewer
from welfare.households.models import Village
from welfare.households.policies import can_manage_villages
from welfare.households.queries.places import VillageFacts, load_village

MOST_VILLAGES = 99


def add_village(*, actor: Viewer, village_no: int, facts: VillageFacts) -> None:
    """A new village; ``Refused`` when there is one of that number."""
    if not can_manage_villages(actor):
        raise Forbidden
    if not 1 <= village_no <= MOST_VILLAGES:
        raise Refused(_("A village number lies between 1 and 99."), field="village_no")
    if db.session.get(Village, village_no) is not None:
        raise Refused(_("There is a village of this number already."), field="village_no")
    village = Village(village_no=village_no)
    _assign(village, facts)
    db.session.add(village)
    audit.record(actor, "village.added", "village", str(village_no), audit.changes_of(village))
    db.session.flush()


def edit_village(*, actor: Viewer, village_no: int, version: int, facts: VillageFacts) -> None:
    """Change names and centre. ``StaleRecord`` when somebody saved meanwhile."""
    village = load_village(village_no, viewer=actor, for_update=True)
    if village.version != version:
        current = {
            field.name: "" if (value := getattr(village, field.name)) is None else str(value)
            for field in fields(VillageFacts)
        }
        raise StaleRecord(version=village.version, current=current)
    _assign(village, facts)
    audit.record(actor, "village.edited", "village", str(village_no), audit.changes_of(village))
    db.session.flush()


def _assign(village: Village, facts: VillageFacts) -> None:
    for field in fields(facts):
        setattr(village, field.name, getattr(facts, field.name))
