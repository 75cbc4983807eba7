"""Letting the routing rules speak of each case that waits for a worker, and keeping what they said.

They propose; whoever dispatches decides. Each case is spoken of once for each time that it waits:
new, declined, taken back, reopened. Where no rule that should can, the officers are told.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from sqlalchemy.exc import IntegrityError

from welfare.cases.kinds import RuleKind
from welfare.cases.queries import load_case_by_id
from welfare.cases.services import add_event
from welfare.cases.services.rules import note_firing, say_it_could_not
from welfare.cases.workflow import EventKind
from welfare.core import audit, clock
from welfare.core.db import db
from welfare.core.security.permissions import SYSTEM
from welfare.dispatch.queries.proposals import Proposal, RoutingRow, proposal_for
from welfare.dispatch.queries.ranking import barred, known_of
from welfare.dispatch.queries.routing_rules import everybody, routing_rows
from welfare.dispatch.queries.unrouted import unrouted
from welfare.dispatch.queries.wants import case_wants

if TYPE_CHECKING:
    from welfare.cases.models import Case

A_TICK = 200


def propose_workers() -> int:
    """Let the rules speak of what waits and was not spoken of; of how many cases one did.

    Each case is committed for itself.
    """
    today = clock.today()
    rules = [rule for rule in routing_rows() if rule.holds(today)]
    waiting = {
        case.id: case.round
        for case in (unrouted() if rules else ())
        if any(rule.fits(case) for rule in rules)
    }
    ids = sorted(waiting)[:A_TICK]
    members = everybody() if ids else []
    cases = case_wants(ids, viewer=SYSTEM)
    known = known_of(cases, members)
    db.session.rollback()
    done = 0
    for case in cases:
        said = proposal_for(
            case, rules=rules, members=members, barred=partial(barred, case, known), day=today
        )
        done += _keep(case.id, waiting[case.id], said)
    return done


def _keep(case_id: int, round_: int, said: Proposal) -> bool:
    """Write down what the rules said of a case; whether they said anything new."""
    case = load_case_by_id(case_id, viewer=SYSTEM, for_update=True)
    if case.assignee_id is not None or case.closed_at is not None:
        db.session.rollback()
        return False
    try:
        for rule, fault in said.could_not:
            once = f"{rule.key}:{case_id}:{round_}"
            if note_firing(
                kind=RuleKind.ROUTING,
                key=rule.key,
                case=case,
                fault=fault,
                once=once,
                data={"round": round_},
            ):
                say_it_could_not(
                    kind=RuleKind.ROUTING, key=rule.key, name=rule.name, case=case, fault=fault
                )
        if said.rule is not None:
            _propose(case, said.rule, sorted(said.workers), round_)
        db.session.commit()
    except IntegrityError:  # another worker was quicker
        db.session.rollback()
        return False
    return True


def _propose(case: Case, rule: RoutingRow, workers: list[int], round_: int) -> None:
    once = f"{rule.key}:{case.id}:{round_}"
    data = {"round": round_, "workers": workers}
    if not note_firing(kind=RuleKind.ROUTING, key=rule.key, case=case, once=once, data=data):
        return
    line = {"verb": "proposed", "rule": rule.key, "name": rule.name, "workers": workers}
    details = {"rule": rule.key, "workers": workers}
    add_event(actor=SYSTEM, case=case, kind=EventKind.RULE, text=rule.reason, data=line)
    audit.record(SYSTEM, "rule.proposed", "case", case.number, details)
