"""For how long files and staged rows of imports are kept: a rule of the office, in the database."""

from __future__ import annotations

from welfare.core import audit
from welfare.core.db import db
from welfare.core.errors import Forbidden, Refused, StaleRecord
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Viewer
from welfare.households.models import ImportRules
from welfare.households.policies import can_manage_villages
from welfare.households.services.imports.keeping import KEEP_DAYS

LEAST, MOST = 1, 365


def the_rules() -> ImportRules:
    """The one row; unsaved with what holds without it where there is none."""
    return db.session.get(ImportRules, 1) or ImportRules(id=1, keep_days=KEEP_DAYS, version=0)


def set_rules(*, actor: Viewer, version: int, keep_days: int) -> None:
    """Change the rule. ``StaleRecord`` when somebody saved meanwhile."""
    if not can_manage_villages(actor):
        raise Forbidden
    if not LEAST <= keep_days <= MOST:
        raise Refused(
            _("Please enter a number from %(low)s to %(high)s.", low=LEAST, high=MOST),
            field="keep_days",
        )
    rules = the_rules()
    if rules.version != version:
        raise StaleRecord(version=rules.version, current={"keep_days": str(rules.keep_days)})
    if version == 0:
        rules = ImportRules(id=1)
        db.session.add(rules)
    rules.keep_days = keep_days
    audit.record(actor, "import.rules", "import", "rules", {"keep_days": keep_days})
    db.session.flush()
