"""What every step of a request leaves behind: a line in the timeline, a row of the audit."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from welfare.benefits.queries import Finding, broken
from welfare.benefits.wording import explain
from welfare.cases.kinds import Stage
from welfare.cases.models import Case, HelpRequest
from welfare.cases.services.events import add_event
from welfare.cases.workflow import HELP_STEPS, EventKind, HelpAction
from welfare.core import audit
from welfare.core.db import db
from welfare.core.errors import Refused, StaleRecord
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Viewer


def tell(
    actor: Viewer,
    case: Case,
    request: HelpRequest,
    verb: str,
    *,
    text: str = "",
    amount: Decimal | None = None,
    **more: Any,
) -> None:
    """Write line and audit of a step; ``verb`` is that of ``help.<verb>``. Nothing is public."""
    details: dict[str, Any] = {"request": request.id, **more}
    audit.record(actor, f"help.{verb}", "case", case.number, details | audit.changes_of(request))
    data: dict[str, Any] = {"verb": f"help_{verb}", "kind": request.kind.value, **details}
    if amount is not None:
        data["amount"] = str(amount)
    if verb in ("approved", "refused"):
        data["meets"] = Stage.DECISION.value
    add_event(actor=actor, case=case, kind=EventKind.ASSISTANCE, text=text, data=data)
    db.session.flush()


def refuse_stale(request: HelpRequest, version: int) -> None:
    """``StaleRecord`` when the request has changed since it was seen."""
    if request.version != version:
        raise StaleRecord(version=request.version, current={})


def refuse_step(request: HelpRequest, action: HelpAction) -> None:
    """``Refused`` when a request is in a state from which this step does not lead."""
    if request.status not in HELP_STEPS[action]:
        raise Refused(_("The request is in another state by now, so this is no longer possible."))


def refuse_broken(findings: Iterable[Finding], field: str) -> None:
    """``Refused`` with every broken rule in words."""
    against = broken(findings)
    if against:
        words = "\n".join(explain(finding) for finding in against)
        raise Refused(_("The rules of the fund do not allow this.") + "\n" + words, field=field)
