"""What deadlines begin with in an empty database: data that the administrator edits afterwards."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from math import ceil
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from welfare.cases.kinds import Stage, Told, Watched
from welfare.cases.models import Category, DeadlineRule, DeadlineSettings, EscalationRule
from welfare.cases.workflow import Priority
from welfare.core import clock
from welfare.core.db import db

FIRST = Path(__file__).resolve().parents[2] / "data" / "deadlines.toml"
_ORDER = list(Priority)


@cache
def _content() -> dict[str, Any]:
    return tomllib.loads(FIRST.read_text(encoding="utf-8"))


def fill_rules(categories: Mapping[str, Category]) -> bool:
    """The first days of every kind of trouble, where there are none. The caller commits."""
    if db.session.scalar(select(func.count()).select_from(DeadlineRule)):
        return False
    for category in categories.values():
        db.session.add_all(_rules(category))
    return bool(categories)


def _rules(category: Category) -> Iterator[DeadlineRule]:
    content = _content()
    days = {
        Stage.ACKNOWLEDGE: category.acknowledge_days,
        **{Stage(name): n for name, n in content["stages"].get(category.code, {}).items()},
        Stage.CLOSURE: category.due_working_days,
    }
    usual = _ORDER.index(category.default_priority)
    shares: dict[Priority | None, tuple[int, int]] = {None: (1, 1)}
    shares |= {Priority(name): tuple(pair) for name, pair in content["shares"].items()}
    for priority, (part, whole) in shares.items():
        if priority is not None and _ORDER.index(priority) <= usual:
            continue
        for stage in Stage:
            whole_days = days.get(stage)
            if whole_days is None and priority is not None:
                continue
            yield DeadlineRule(
                category_id=category.id,
                priority=priority,
                stage=stage,
                working_days=ceil(whole_days * part / whole) if whole_days else None,
                effective_from=content["effective_from"],
                effective_to=None,
                legal_basis=content["legal_basis"] if stage is Stage.CLOSURE else "",
                source=content["source"],
            )


def fill_escalation() -> bool:
    """The first rules of who is told, and how often reasons are asked for. The caller commits."""
    if db.session.get(DeadlineSettings, 1) is not None:
        return False
    content = _content()
    db.session.add(
        DeadlineSettings(
            id=1, legal_basis="พ.ร.บ.การอำนวยความสะดวกฯ พ.ศ. 2558 ม.10 (ให้ตรวจสอบ)", watched_at=None
        )
    )
    db.session.add_all(
        EscalationRule(
            stage=Watched(stage),
            offset_days=offset,
            told=Told(told),
            effective_from=clock.today(),
            source=content["source"],
            fault=None,
        )
        for stage, offset, told in content["escalation"]["rules"]
    )
    return True
