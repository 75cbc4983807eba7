"""Loading a case for whoever keeps its plan, and noting what they did."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from welfare.cases.models import Case
from welfare.cases.policies import can_keep_plan
from welfare.cases.queries.loading import load_case
from welfare.cases.services.events import add_event
from welfare.cases.workflow import EventKind
from welfare.core import audit
from welfare.core.db import db
from welfare.core.errors import Forbidden
from welfare.core.security.permissions import Viewer


def must_keep_plan(actor: Viewer, number: str, *, lock: bool = False) -> Case:
    """The case; ``NotFound`` or ``Forbidden`` for whoever may not keep its plan. ``lock``: until
    the commit nobody else steps on it."""
    case = load_case(number, viewer=actor, for_update=lock)
    if not can_keep_plan(actor, case):
        raise Forbidden
    return case


def tell(
    actor: Viewer,
    case: Case,
    kind: EventKind,
    action: str,
    *,
    text: str = "",
    data: Mapping[str, Any],
    changes: Mapping[str, Any] | None = None,
) -> None:
    """Write a step into the timeline and the audit; ``action`` is ``thing.verb``.

    ``data`` is plain and tells nothing of anybody; ``changes`` is what the audit keeps beside it.
    """
    audit.record(actor, action, "case", case.number, {**data, **(changes or {})})
    add_event(actor=actor, case=case, kind=kind, text=text, data={"verb": action, **data})
    db.session.flush()
