"""What rules leave behind: that they fired, or why they could not and who has it instead."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import structlog
from sqlalchemy import select

from welfare.cases.kinds import Fault, RuleKind
from welfare.cases.models import Case, RuleFiring
from welfare.cases.services.events import add_event
from welfare.cases.workflow import EventKind
from welfare.core import audit, clock, outbox
from welfare.core.db import db
from welfare.core.security.permissions import SYSTEM

log = structlog.get_logger()


def note_firing(
    *,
    kind: RuleKind,
    key: str,
    case: Case | None = None,
    reference: str = "",
    fault: Fault | None = None,
    once: str | None = None,
    data: Mapping[str, Any] | None = None,
) -> bool:
    """Keep that a rule fired, or could not (``fault``); whether it is new (``once``).

    The caller commits.
    """
    if once is not None and _noted(once):
        return False
    db.session.add(
        RuleFiring(
            kind=kind, rule_key=key, at=clock.now(), case_id=case.id if case else None,
            reference=reference, fault=fault, once=once, data=dict(data or {}),
        )
    )  # fmt: skip
    db.session.flush()
    return True


def _noted(once: str) -> bool:
    return db.session.scalar(select(RuleFiring.id).where(RuleFiring.once == once)) is not None


def say_it_could_not(*, kind: RuleKind, key: str, name: str, case: Case, fault: Fault) -> None:
    """A line on the case that a rule could not run, and to the officers that the case is theirs."""
    details = {"rule": key, "kind": kind.value, "fault": fault.value}
    add_event(
        actor=SYSTEM, case=case, kind=EventKind.RULE,
        data={"verb": "could_not", "name": name, **details},
    )  # fmt: skip
    audit.record(SYSTEM, "rule.could_not", "case", case.number, details)
    outbox.publish("rule.could_not", {"number": case.number, "fault": fault.value})


def try_for(
    case: Case, work: Callable[[], None], *, kind: RuleKind, key: str, name: str, once: str
) -> bool:
    """Do what a rule says of one case in a savepoint; what raises is noted, once, and falls back.

    Whether it was done. The caller commits.
    """
    try:
        with db.session.begin_nested():
            work()
    except Exception as error:  # a rule that fails must neither be silent nor stop the others
        log.error("rule", key=key, kind=type(error).__name__)
        what = {"error": type(error).__name__}
        if note_firing(
            kind=kind, key=key, case=case, fault=Fault.BROKEN, once=f"{once}:broken", data=what
        ):
            say_it_could_not(kind=kind, key=key, name=name, case=case, fault=Fault.BROKEN)
        return False
    return True


def try_rule(work: Callable[[], int], *, kind: RuleKind, key: str) -> int:
    """Let a job do what its rules say; what raises is noted as the rule's fault. 0 then.

    Commits what was done, or that it could not be done.
    """
    try:
        done = work()
        if _failed_before(key):
            note_firing(kind=kind, key=key, data=_THE_JOB)
        db.session.commit()
    except Exception as error:
        db.session.rollback()
        log.error("rule", key=key, kind=type(error).__name__)
        what = {**_THE_JOB, "error": type(error).__name__}
        note_firing(kind=kind, key=key, fault=Fault.BROKEN, data=what)
        db.session.commit()
        return 0
    return done


_THE_JOB = {"job": True}
"""Marks what is noted of a job as a whole, not of one case."""


def _failed_before(key: str) -> bool:
    """Whether the last that is noted of a rule is that its job failed."""
    last = db.session.execute(
        select(RuleFiring.fault, RuleFiring.data)
        .where(RuleFiring.rule_key == key)
        .order_by(RuleFiring.id.desc())
        .limit(1)
    ).first()
    return last is not None and last.fault is not None and last.data.get("job") is True
