"""Looking after the directory and the rules of chasing."""

from __future__ import annotations

import tomllib
from dataclasses import fields
from datetime import date
from pathlib import Path

from sqlalchemy import func, select

from welfare.core import audit, clock
from welfare.core.db import db
from welfare.core.errors import Forbidden, Refused, StaleRecord
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Viewer
from welfare.referrals.facts import AgencyFacts
from welfare.referrals.models import Agency, ChaseRule
from welfare.referrals.policies import can_manage_agencies
from welfare.referrals.queries.agencies import AGAIN_DAYS, FIRST_DAYS, load_agency
from welfare.referrals.workflow import AgencyKind

_FIRST = Path(__file__).resolve().parent.parent / "data" / "agencies.toml"


def _allow(actor: Viewer) -> None:
    if not can_manage_agencies(actor):
        raise Forbidden


def add_agency(*, actor: Viewer, facts: AgencyFacts) -> int:
    """A new agency; ``Refused`` when one of this name is there."""
    _allow(actor)
    _refuse_double(facts.name_th, None)
    agency = Agency()
    _assign(agency, facts)
    db.session.add(agency)
    db.session.flush()
    audit.record(actor, "agency.added", "agency", str(agency.id), {"kind": facts.kind.value})
    return agency.id


def edit_agency(*, actor: Viewer, agency_id: int, version: int, facts: AgencyFacts) -> None:
    """Change what is known of an agency. Letters that were sent stay as they were."""
    _allow(actor)
    agency = load_agency(agency_id)
    if agency.version != version:
        current = {x.name: str(getattr(agency, x.name)) for x in fields(facts)}
        current |= {"kind": agency.kind.value, "active": "y" if agency.active else ""}
        raise StaleRecord(version=agency.version, current=current)
    _refuse_double(facts.name_th, agency_id)
    _assign(agency, facts)
    audit.record(actor, "agency.edited", "agency", str(agency_id), audit.changes_of(agency))
    db.session.flush()


def _refuse_double(name: str, own: int | None) -> None:
    found = db.session.scalar(select(Agency.id).where(Agency.name_th == name))
    if found is not None and found != own:
        raise Refused(_("There is an agency of this name already."), field="name_th")


def _assign(agency: Agency, facts: AgencyFacts) -> None:
    for field in fields(facts):
        setattr(agency, field.name, getattr(facts, field.name))


def add_chase_rule(*, actor: Viewer, valid_from: date, first_days: int, again_days: int) -> None:
    """From a day to come on, another rule; what was sent before keeps to its own."""
    _allow(actor)
    if valid_from < clock.today():
        raise Refused(_("A rule can begin today or later."), field="valid_from")
    rule = ChaseRule(
        valid_from=valid_from,
        first_days=first_days,
        again_days=again_days,
        made_by_id=actor.user_id or None,
        made_at=clock.now(),
    )
    db.session.add(rule)
    audit.record(actor, "chase.rule_added", "agency", "rules", audit.changes_of(rule))
    db.session.flush()


def fill_agencies() -> bool:
    """The usual agencies and the first rule, in an empty database; whether it was empty."""
    if db.session.scalar(select(func.count()).select_from(Agency)):
        return False
    content = tomllib.loads(_FIRST.read_text(encoding="utf-8"))
    for entry in content["agency"]:
        db.session.add(Agency(**(entry | {"kind": AgencyKind(entry["kind"])})))
    db.session.add(
        ChaseRule(
            valid_from=date(2020, 1, 1),
            first_days=FIRST_DAYS,
            again_days=AGAIN_DAYS,
            made_at=clock.now(),
        )
    )
    return True
