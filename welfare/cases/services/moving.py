"""Moving a case through its workflow: the only place where its status changes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import Enum
from typing import Any

from welfare.cases.counters import Counted, count_change
from welfare.cases.models import Case
from welfare.cases.policies import can_step
from welfare.cases.queries.categories import category_by_id
from welfare.cases.services.deadlines.stages import (
    begin_clock,
    end_stages,
    reckon_stages,
    run_again,
    stop_stages,
    write_stages,
)
from welfare.cases.services.events import add_event
from welfare.cases.services.followers import tell_followers
from welfare.cases.workflow import CaseAction, CaseStatus, EventKind, transition
from welfare.core import audit, clock, outbox
from welfare.core.db import db
from welfare.core.errors import Forbidden, Refused
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Viewer

_KINDS = {
    CaseAction.OFFER: EventKind.ASSIGNED,
    CaseAction.ACCEPT: EventKind.ACCEPTED,
    CaseAction.DECLINE: EventKind.DECLINED,
    CaseAction.TAKE_BACK: EventKind.TAKEN_BACK,
    CaseAction.WAIT: EventKind.STATUS,
    CaseAction.RESUME: EventKind.STATUS,
    CaseAction.ASK_CLOSE: EventKind.STATUS,
    CaseAction.SEND_BACK: EventKind.STATUS,
    CaseAction.CLOSE: EventKind.CLOSED,
    CaseAction.REOPEN: EventKind.REOPENED,
    CaseAction.UNDO_DECLINE: EventKind.ASSIGNED,
    CaseAction.UNDO_TAKE_BACK: EventKind.ASSIGNED,
    CaseAction.MERGE: EventKind.MERGED,
    CaseAction.TAKE_IN: EventKind.MERGED,
    CaseAction.UNMERGE: EventKind.PARTED,
    CaseAction.GIVE_OUT: EventKind.PARTED,
}


class _Unchanged(Enum):
    TOKEN = 0


UNCHANGED = _Unchanged.TOKEN
"""Leave the worker of the case as it is (a case that becomes NEW has none)."""


def move_case(
    *,
    actor: Viewer,
    case: Case,
    action: CaseAction,
    text: str = "",
    public: bool = False,
    data: Mapping[str, Any] | None = None,
    assignee_id: int | _Unchanged | None = UNCHANGED,
    end: CaseStatus | None = None,
    judged: bool = False,
) -> None:
    """Take one step of the workflow with a case that was loaded ``for_update``.

    Checks the transition table (``Refused``) and the right to it (``Forbidden``); keeps clock,
    counters, timeline, audit and outbox, and lets the followers follow. ``text`` goes on the
    timeline, to the citizen if public. ``end`` says where a step with several ends leads;
    ``judged``: whoever calls has asked for the right to it, by a rule of its own.
    """
    step = transition(case.status, action, end)
    if step is None:
        raise Refused(_("The case is in another state by now, so this step is no longer possible."))
    if not judged and not can_step(actor, case, step):
        raise Forbidden
    before, counted, worker_id = case.status, Counted.of(case), case.assignee_id
    after = _after(case, action, step.after)
    details: dict[str, Any] = {"action": action.value, "before": before.value, "after": after.value}
    case.status = after
    if assignee_id is not UNCHANGED:
        case.assignee_id = assignee_id
    elif after == CaseStatus.NEW:
        case.assignee_id = None
    with db.session.no_autoflush:
        details |= _keep_clock(case, action, before, after)
    case.updated_at = clock.now()
    audit.record(actor, f"case.{action.value}", "case", case.number, audit.changes_of(case))
    if worker_id is not None:
        details["worker_id"] = worker_id
    details |= data or {}
    add_event(actor=actor, case=case, kind=_KINDS[action], text=text, public=public, data=details)
    db.session.flush()
    count_change(counted, Counted.of(case))
    outbox.publish("case.moved", {"number": case.number, "action": action.value})
    if action == CaseAction.CLOSE:
        outbox.publish("case.closed", {"number": case.number})
    elif action == CaseAction.REOPEN:
        outbox.publish("case.reopened", {"number": case.number})
    tell_followers(actor, case, action)
    db.session.flush()


def _after(case: Case, action: CaseAction, after: CaseStatus) -> CaseStatus:
    """A case that nobody works on does not go on being worked on: it is new again."""
    rests = action in (CaseAction.RESUME, CaseAction.SEND_BACK)
    if rests and case.assignee_id is None:
        return CaseStatus.NEW
    return after


def _keep_clock(
    case: Case, action: CaseAction, before: CaseStatus, after: CaseStatus
) -> dict[str, Any]:
    """Pause, resume, stop or restart the deadline; what the timeline keeps of it."""
    now = clock.now()
    details: dict[str, Any] = {}
    if before == CaseStatus.WAITING != after:
        details = _resume_clock(case)
    if after == CaseStatus.WAITING != before:
        case.paused_at = now
    if action == CaseAction.MERGE:
        case.closed_at = now
        stop_stages(case, now)
    elif action == CaseAction.UNMERGE and case.closed_at is not None:
        run_again(case, case.closed_at)
        case.closed_at = None
        details = reckon_stages(case)
    elif action == CaseAction.CLOSE:
        case.closed_at = now
        end_stages(case, now)
    elif action == CaseAction.REOPEN:
        case.closed_at, case.outcome, case.outcome_note = None, None, ""
        case.reopened_times += 1
        case.unhappy_at = None
        details = _start_clock(case, now)
    return details


def _resume_clock(case: Case) -> dict[str, Any]:
    """The deadlines without the working days waited; later than before or the same."""
    case.paused_at = case.waits_until = None
    return reckon_stages(case)


def _start_clock(case: Case, now: datetime) -> dict[str, Any]:
    if category_by_id(case.category_id) is None:
        return {}
    begun = begin_clock(case.category_id, case.priority, now)
    case.due_at = begun.closure.due_at
    write_stages(case, begun)
    return begun.data
